import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsd.classify.frames import frames
from tsd.classify.words import normalize, read_words

_SPOKEN = (
    "I my me myself you your we they sister nurse lost am was not would never too like here a the "
    "and , ? “ zebra said work if um"
)
spoken = st.lists(st.sampled_from(_SPOKEN.split()), max_size=14).map(" ".join)


def of(text):
    return frames(read_words(normalize(text)))


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("I work here", "it:pres"),
        ("I worked here", "it:past"),
        ("I grew up there", "it:past"),
        ("I was sad", "it:was"),
        ("I am sad", "it:be"),
        ("I've lost it", "it:have"),
        ("I would go", "it:would"),
        ("I'd go", "it:would"),
        ("I would have gone", "it:would_have"),
        ("I can't sleep", "it:can:not"),
        ("I don't drink", "it:do:not"),
        ("I'm walking", "it:be_ing"),
    ],
)
def test_tense_and_mood(text, frame):
    assert [each for each in of(text) if each.startswith("it:")] == [frame]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I lost my sister", {"iv:PROBLEM", "pre:^:PROBLEM", "i:PROBLEM>MY.KIN", "i>MY.KIN"}),
        ("I am a nurse", {"i:be:A", "i:be>A.ROLE", "i>ROLE", "n:A:ROLE"}),
        ("I'm not your nurse", {"i:be:YOUR:not", "i:be>YOUR.ROLE", "i>YOU", "n:YOUR:ROLE"}),
        ("I usually work with teens", {"i:HABIT:WORKING", "i:HABIT", "i:WORKING>CLIENTS"}),
        ("I never", {"i:pres:END", "i:END:HABIT"}),
        ("I cried", {"i:PROBLEM>0", "i:past>0", "pre:START:past", "pre:^:PROBLEM"}),
        ("I feel sad", {"i:pres:feel", "i:feel>FEELING", "has:FEELING"}),  # the verb as said
    ],
)
def test_what_the_first_person_does_is_or_has(text, expected):
    assert expected <= set(of(text))


def test_what_is_before_a_first_person_is_in_a_frame():
    assert {"you..i:was", "pre:PAST:was", "pre:said:w"} <= set(of("you said I was late"))
    assert not any(frame.startswith("you..i") for frame in of("I was late, you said"))


def test_what_a_verb_is_about_ends_where_the_next_subject_begins():
    """Not the first "I" has a sister, but the second."""
    found = of("I smoked and I lost my sister")
    assert {"i:PROBLEM>0", "i:PROBLEM>MY.KIN"} <= set(found)
    assert found.index("i:PROBLEM>0") < found.index("i:PROBLEM>MY.KIN")
    assert "i>MY.KIN" not in of("I smoked and you lost my sister")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my sister left", {"my:KIN", "my:sister", "my:KIN:PAST"}),
        ("my dear sister left", {"my:KIN", "my:sister"}),  # past a word of no class
        ("like my sister", {"like:my:KIN"}),
        ("my zebra", {"my:w", "my:zebra", "my:w:END"}),
        ("is it my", {"my:END", "my:$"}),
    ],
)
def test_what_is_mine(text, expected):
    assert expected <= set(of(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("me too", {"^:me", "me:ALSO"}),
        ("it helps me", {"helps:me", "IT:helps:me", "me:END"}),
        ("I did it myself", {"it:myself", "PAST:it:myself"}),
    ],
)
def test_what_is_done_to_me_or_by_myself(text, expected):
    assert expected <= set(of(text))


def test_others_are_not_the_speaker():
    assert {"you", "you:PAST", "START:you"} <= set(of("you left"))
    assert {"THEY:PAST", "WE:PAST"} <= set(of("they left, we left"))
    assert "n:YOUR:KIN" in of("your sister")
    assert "n:THEIR:KIN" in of("her little sister")
    assert "n::KIN" in of("sister")


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("how was your week", {"nofirst:you", "no:WHICH_WAS_YOUR", "short:WHICH_WAS_YOUR_TIME"}),
        ("it rained", {"nofirst", "no:IT_ED", "short:IT_ED"}),
        ("it rained and it rained and it rained", {"nofirst", "no:IT_ED_AND"}),
        ("it told me", set()),
    ],
)
def test_a_unit_without_a_first_person_is_described_as_a_whole(text, nobody):
    assert {f for f in of(text) if f.startswith(("nofirst", "no:", "short:"))} == nobody


def test_how_a_unit_opens_and_ends():
    assert {"open:I", "open:I_WAS", "open:I_WAS_A", "close:ROLE"} <= set(of("I was a nurse"))


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("I lost my sister", "it:past"),
        ("I taught there", "it:past"),
        ("my own sister left", "my:KIN"),
        ("my mother-in-law left", "my:KIN"),
    ],
)
def test_irregular_pasts_and_compounds_are_known(text, frame):
    assert frame in of(text)


@pytest.mark.parametrize("text", ["", "um", "..."])
def test_nothing_said_is_no_frame(text):
    assert of(text) == []


@given(spoken)
def test_a_frame_has_no_blank_and_is_given_once(text):
    found = of(text)
    assert [frame for frame in found if frame.split() != [frame]] == []
    assert len(found) == len(set(found))


@given(spoken)
def test_hesitations_change_nothing(text):
    """Whatever the class of its neighbors; a comma next to it would count."""
    assert of(" ".join(f"{word} um" for word in text.split())) == of(text)
