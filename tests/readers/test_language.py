import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from tests.readers.talk_in_languages import ENGLISH, SENTENCES
from tsd.readers.language import (
    LEAST_BYTES,
    MOST_PARTS,
    PART_LENGTH,
    _identifier,
    _parts,
    language_name,
    spoken_languages,
)
from tsd.readers.language_patterns import NAMES, NO_LANGUAGE, SAME
from tsd.schema import Role, Utterance

T, C, O = Role.THERAPIST, Role.CLIENT, Role.OTHER  # noqa: E741


def found(*turns):
    return spoken_languages([Utterance(text, str(role), role) for role, text in turns])


@pytest.mark.parametrize("code", SENTENCES)
@pytest.mark.parametrize("change", [str, str.lower, str.upper], ids=["", "lower", "upper"])
def test_a_few_sentences_are_enough(code, change):
    languages = found((T, change(SENTENCES[code])), (C, change(SENTENCES[code])))
    assert languages.therapist == languages.everybody == {code: 1.0}
    assert (languages.main, languages.english) == (code, False)


@pytest.mark.parametrize("change", [str, str.lower, str.upper], ids=["", "lower", "upper"])
def test_english_is_english(change):
    languages = found((T, change(ENGLISH)), (C, change(ENGLISH)))
    assert languages.everybody == {"en": 1.0}
    assert languages.english
    assert languages.others == {}


@pytest.mark.parametrize(
    "text",
    [
        # as speech recognition writes it, with what a name or a number leaves behind
        "so um yeah i mean i was gonna call her back but then uh you know i just didn't get to it "
        "cause the kids were like all over the place and i was beat",
        "I saw [NAME] at [LOCATION] on the [DATE], and XXXX told me that ___ would not come to the "
        "wedding, so I went home, sat down in the kitchen and cried for an hour",
        # a client with a foreign surname and food, and a dialect
        "My grandmother Małgorzata made pierogi and żurek every Sunday, and after she died nobody "
        "in the family wanted to cook them any more because it hurt too much to smell it",
        "he ain't never gonna change and i done told my sister that but she don't wanna hear it "
        "so now i'm just sitting up in the house by myself waiting on somebody to call",
        "He said ich liebe dich, and I didn't know what to say back to him, so I laughed and went "
        "to bed, and the next day he had packed everything and the house was empty",
    ],
)
def test_english_with_names_placeholders_and_dialect_is_english(text):
    assert found((T, text)).everybody == {"en": 1.0}


@pytest.mark.parametrize(
    "text",
    [
        "Come in.",
        "Wie geht es Ihnen heute?",
        " ".join(["mhm yeah okay"] * 50),
        " ".join(["ja genau hm"] * 50),
        "[NAME] [LOCATION] XXXX ___ <PERSON> " * 20,
        "12 14 17 3000 08:15 " * 30,
        "(laughs) haha " * 40,
        "😀 " * 100,
        "...",
        "a" * 5000,
    ],
)
def test_too_little_talk_is_in_no_language(text):
    languages = found((T, text.strip()))
    assert languages.everybody == languages.therapist == {}
    assert (languages.main, languages.english) == ("", True)


def test_about_twenty_words_are_needed():
    words = ENGLISH.split()
    enough = next(n for n in range(len(words)) if found((T, " ".join(words[: n + 1]))).main)
    assert 15 <= enough <= 22
    assert len(" ".join(words[:enough])) == pytest.approx(LEAST_BYTES, abs=15)


def test_what_the_sides_say_is_enough_together():
    half = len(ENGLISH) // 3
    languages = found((T, ENGLISH[:half].strip()), (C, ENGLISH[half : 2 * half].strip()))
    assert languages.therapist == {}
    assert languages.everybody == {"en": 1.0}


def test_a_client_with_another_language_is_a_share_of_the_talk():
    languages = found((T, ENGLISH), (C, SENTENCES["de"]))
    assert languages.english
    assert languages.therapist == {"en": 1.0}
    assert languages.others == {"de": pytest.approx(0.5, abs=0.1)}


def test_a_therapist_with_another_language_is_what_counts():
    languages = found((T, SENTENCES["es"]), *[(C, ENGLISH)] * 3)
    assert (languages.main, languages.english) == ("es", False)
    assert list(languages.everybody) == ["en", "es"]


def test_an_interpreter_is_one_of_the_others():
    turns = [(T, ENGLISH), (O, SENTENCES["tr"]), (C, SENTENCES["tr"]), (O, ENGLISH)]
    languages = found(*turns * 5)
    assert languages.english
    assert languages.others["tr"] == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_a_long_session_is_sampled_evenly(share):
    turns = [SENTENCES["de"]] * int(400 * share) + [ENGLISH] * int(400 * (1 - share))
    languages = found(*((T, text) for text in turns))
    assert languages.everybody["de"] == pytest.approx(share, abs=2 / MOST_PARTS)


def test_the_parts_of_a_short_talk_are_all_of_it_and_those_of_a_long_one_are_limited():
    texts = [f"word{number}" for number in range(200)]
    assert "".join(_parts(texts)).replace(" ", "") == "".join(texts)
    assert all(PART_LENGTH <= len(part) + 1 < 2 * PART_LENGTH for part in _parts(texts))
    long = _parts(["word " * 100_000] * 20)
    assert len(long) == MOST_PARTS
    assert {len(part) for part in long} == {PART_LENGTH}


def test_every_language_of_the_library_has_a_name_or_counts_as_one_that_has():
    codes = {SAME.get(code, code) for code in _identifier().labels} - set(NO_LANGUAGE)
    assert codes == set(NAMES)
    assert len(set(NAMES.values())) == len(NAMES)
    assert language_name("de") == "German"


@given(st.lists(st.tuples(st.sampled_from([T, C, O]), st.text(min_size=1, max_size=400))))
def test_any_text_gives_shares(turns):
    languages = found(*((role, text.strip()) for role, text in turns if text.strip()))
    for shares in (languages.therapist, languages.everybody):
        assert set(shares) <= set(NAMES)
        assert list(shares.values()) == sorted(shares.values(), reverse=True)
        assert not shares or sum(shares.values()) == pytest.approx(1)


@runs(max_examples=25)
@given(st.permutations([(T, ENGLISH)] * 6 + [(C, ENGLISH)] * 4 + [(C, SENTENCES["fr"])] * 3))
def test_the_order_of_the_turns_hardly_matters(turns):
    languages = found(*turns)
    assert languages.therapist == {"en": 1.0}
    assert languages.others["fr"] == pytest.approx(0.25, abs=0.15)


def test_the_same_from_many_threads():
    turns = [(T, ENGLISH), (C, SENTENCES["it"]), (C, ENGLISH)] * 4
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: found(*turns), range(24)))
    assert results == [found(*turns)] * 24


def test_other_users_of_the_library_change_nothing():
    import py3langid

    try:
        py3langid.set_languages(["de", "fr"])
        assert found((T, ENGLISH)).main == "en"
    finally:
        py3langid.set_languages(None)


def test_the_library_is_loaded_when_it_is_needed():
    code = "import sys, tsd.readers; print('py3langid' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
