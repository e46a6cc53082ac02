import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from tests.measure.talks_by_hand import C, O, T, U, talk, talks, turns
from tsd.measure.guidelines import context, flags
from tsd.measure.guidelines.context import REACTIONS, context_of
from tsd.measure.guidelines.reacting import (
    asks_about_therapist,
    content_words,
    shows_concern,
    thanks,
)

few = runs(max_examples=80, deadline=None)
MINE = "I trained in Leeds."


@pytest.fixture(autouse=True)
def _by_marker_words(monkeypatch):
    """Find flags by marker words, so that these tests do not depend on the real word lists."""
    marks = {"secret": "intimate", "patient": "other_client", "help me": "therapist_need"}

    def find_flags(text, label):
        return [
            SimpleNamespace(flag=marks[hit.group()], words=hit.group(), start=hit.start())
            for hit in re.finditer("|".join(marks), text)
        ]

    monkeypatch.setattr(context, "find_flags", find_flags)
    monkeypatch.setattr(context, "asks_permission", lambda text: "may I share" in text)
    answers = {"still": True, "long ago": False}
    monkeypatch.setattr(
        context,
        "is_unresolved",
        lambda text: next((value for mark, value in answers.items() if mark in text), None),
    )


def only(*turns, **more):
    """Return the context of the first disclosure of a talk."""
    return everything(*turns, **more)[0]


def everything(*turns, asked=(), flags=None, p=None):
    made = talk(*turns)
    made.asked[list(asked)] = True
    if flags is not None:
        made = replace(made, flags=[flags.get(u, ()) for u in range(len(turns))])
    found = [replace(each, p_disclosure=p) for each in made.disclosures]
    return context_of(replace(made, disclosures=found))


# --- position


def test_position_is_the_share_of_words_before():
    assert only((C, 30), (T, 10), (T, 20, True), (C, 40)).position == 0.4


def test_position_counts_the_words_of_its_utterance_before_it():
    text = f"one two three four {MINE}"  # 4 + 4 words
    assert only((C, 2), (T, text, MINE), (C, 10)).position == pytest.approx(6 / 20)


def test_position_is_0_at_the_beginning_and_leaves_out_others():
    assert only((O, 50), (T, 4, True), (U, 50), (C, 4)).position == 0


def test_position_is_missing_without_words():
    assert np.isnan(only((T, "...", True)).position)


# --- solicited


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Have you ever lost somebody?", True),
        ("so have you ever lost somebody", True),
        ("Um, do you have kids?", True),
        ("Do you believe in God?", False),
        ("Fine, thanks. And you?", False),
        ("What about you", False),
        ("No kids yet, and yourself?", False),
        ("Really? Did you?", False),
        ("you ever been inside", True),
    ],
)
def test_a_question_about_the_therapist_solicits(text, cue):
    found = only((C, text), (T, MINE, True), asked=[0] if cue else [])
    assert found.solicited
    assert found.question == 0


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("If you ever have you ever days.", True),  # a cue in no question
        ("My dad died. Is that odd?", True),  # a question to nobody
        ("Do you think I should go?", False),  # about the work
        ("Can you send the form?", False),
        ("It is between me and you.", False),
        ("How are my chances?", False),
        ("What's that?", False),
        ("", False),
    ],
)
def test_other_words_do_not_solicit(text, cue):
    found = only((C, text or "..."), (T, MINE, True), asked=[0] if cue else [])
    assert not found.solicited
    assert found.question is None


def test_the_question_may_be_anywhere_in_the_clients_last_turn():
    turns = [(C, "And you?"), (O, 3), (C, 3), (T, "Mm, well."), (T, MINE, True)]
    assert only(*turns).question == 0


@pytest.mark.parametrize(
    "turns",
    [
        [(C, "And you?"), (T, 3), (C, 3), (T, MINE, True)],  # in an earlier turn
        [(T, MINE, True), (C, "And you?")],  # later
        [(O, "And you?"), (T, MINE, True)],  # by somebody else
    ],
)
def test_other_questions_do_not_solicit(turns):
    assert not only(*turns).solicited


# --- overlap


def test_overlap_is_the_share_of_its_content_words_in_the_clients_last_two_turns():
    turns = [
        (C, "My garden."),
        (T, 1),
        (C, "I moved houses."),
        (T, 1),
        (C, "Moving with dogs."),
        (T, "I moved house with cats in the garden.", True),  # mov, hous, cat, garden
    ]
    assert only(*turns).overlap == 0.5
    assert only(*turns[2:]).overlap == 0.5
    assert only(*turns[4:]).overlap == 0.25


@pytest.mark.parametrize(
    "turns",
    [
        [(T, MINE, True), (C, "Leeds.")],
        [(C, "..."), (T, MINE, True)],
        [(C, "Leeds."), (T, "So am I.", True)],  # no content words
    ],
)
def test_overlap_is_missing_without_words_to_compare(turns):
    assert np.isnan(only(*turns).overlap)


def test_overlap_is_0_when_the_client_said_nothing_but_stop_words():
    assert only((C, "Yeah, I know."), (T, MINE, True)).overlap == 0


def test_content_words_leave_out_endings_fillers_notes_and_contractions():
    text = "Um, [laughs] I don’t run; she's running, he ran 12 miles (we didn't)."
    assert content_words(text) == {"run", "ran", "mil"}


# --- permission


def test_permission_earlier_in_the_utterance_needs_no_answer():
    assert only((C, 1), (T, f"may I share? {MINE}", MINE)).permission


def test_permission_asked_after_the_disclosure_comes_too_late():
    assert not only((C, 1), (T, f"{MINE} may I share?", MINE)).permission


ASKED = (T, "may I share something")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([ASKED, (C, "Yes.")], True),
        ([ASKED, (C, "Yes."), (T, "Well.")], True),
        ([ASKED, (O, 5), (C, "Yes."), (U, 5), (T, "Well.")], True),
        ([ASKED, (C, "Yes."), (T, "Well."), (C, "Yes?")], False),  # four back
        ([ASKED], False),  # nobody has answered
        ([ASKED, (C, "...")], False),
        ([ASKED, (O, "Yes.")], False),
        ([(C, "may I share something"), (T, 1), (C, 1)], False),
    ],
)
def test_permission_asked_in_an_utterance_before(before, expected):
    assert only(*before, (T, MINE, True)).permission is expected


# --- flags


def test_flags_come_in_their_order_with_the_words():
    found = only((T, "a patient told a secret, a patient too", True))
    assert list(found.flags.items()) == [
        ("intimate", ("secret",)),
        ("other_client", ("patient", "patient")),
    ]


def test_without_a_match_there_are_no_flags():
    assert only((T, MINE, True)).flags == {}


def test_a_coders_flags_replace_those_found():
    turns = [(T, "a secret", True), (T, MINE, True)]
    coded = {0: (), 1: ("therapist_need", "returns_focus", "intimate")}
    first, second = everything(*turns, flags=coded)
    assert first.flags == {}
    assert list(second.flags.items()) == [("intimate", ()), ("therapist_need", ())]


@pytest.mark.parametrize(
    "more",
    [
        {"flags": {0: ("intimate",)}},  # the coder's flag keeps the words
        {"flags": {}},  # no coder set any
        {"flags": {0: ("other_client",)}, "p": 0.9},  # the classifier found the disclosure
    ],
)
def test_flags_have_the_words_found(more):
    assert only((T, "a secret", True), **more).flags == {"intimate": ("secret",)}


def test_a_coders_permission_replaces_the_one_found():
    turns = [(T, "Hm."), (C, "Yes."), (T, f"may I share {MINE}", MINE)]
    assert not only(*turns, flags={0: ("intimate",)}).permission
    assert only(*turns, flags={0: ("permission",)}).permission
    assert only(*turns, flags={2: ("permission",)}).permission
    assert not only(*turns[:2], (T, MINE, True), flags={0: ("permission",)}, p=0.9).permission


def test_a_flag_next_to_the_disclosing_words_counts():
    assert "intimate" in only((T, f"My secret. {MINE} Hm.", MINE)).flags


def test_a_flag_belongs_to_the_nearest_disclosure():
    text = "I ran. So it was, for years. I sang, my secret. Hm."
    first, second = everything((T, text, ["I ran.", "I sang,"]))
    assert (list(first.flags), list(second.flags)) == ([], ["intimate"])


@pytest.mark.parametrize(
    ("text", "expected"), [("I still drink", True), ("It is long ago", False), ("I drank", None)]
)
def test_unresolved_is_what_the_words_say(text, expected):
    assert only((T, text, True)).unresolved is expected


# --- the reply


def test_the_reply_is_the_clients_whole_next_turn():
    # the client's turns have 6, 3 + 4 and 2 words: the median is 6
    found = only((C, 6), (T, 5, True), (T, 5), (C, 3), (O, 9), (C, 4), (T, 1), (C, 2))
    assert (found.reply, found.reply_words) == (3, 7)
    assert found.reply_ratio == pytest.approx(7 / 6)


def test_a_backchannel_is_a_reply():
    found = only((C, 9), (T, 5, True), (C, "Mhm."), (T, 1), (C, 3))
    assert (found.reply_words, found.reply_ratio) == (1, pytest.approx(1 / 3))


def test_a_silence_is_a_reply_without_words_and_no_turn_of_usual_length():
    found = only((C, 4), (T, 5, True), (C, "..."), (T, 1), (C, 4))
    assert (found.reply, found.reply_words, found.reply_ratio) == (2, 0, 0)


def test_without_a_reply_it_is_missing():
    found = only((C, 4), (T, 5, True), (O, 5), (T, 1))
    assert (found.reply, found.reply_words, found.reactions) == (None, None, ())
    assert np.isnan(found.reply_ratio)


def test_disclosures_of_one_turn_share_the_reply():
    first, second = everything((T, 5, True), (T, 5, True), (C, "Thank you."))
    assert first.reply == second.reply == 2
    assert first.reactions == second.reactions == ("thanks",)


# --- reactions


def reactions(reply, *, cue=False, before="My dad left.", after=()):
    turns = [(C, before), (T, MINE, True), *after, (C, reply)]
    return only(*turns, asked=[len(turns) - 1] if cue else []).reactions


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Thanks for telling me.", ("thanks",)),
        ("ok thank you", ("thanks",)),
        ("Oh. I appreciate that.", ("thanks",)),
        ("So what did you do?", ("asks_about_therapist",)),
        ("what did you do", ("asks_about_therapist",)),
        ("Are you okay?", ("asks_about_therapist", "concern_for_therapist")),
        ("Oh. I’m sorry.", ("concern_for_therapist",)),
        ("im sorry to hear that", ("concern_for_therapist",)),
        ("That must have been hard for you.", ("concern_for_therapist",)),
        ("Thank you. I'm so sorry.", ("thanks", "concern_for_therapist")),
        ("Okay.", ()),
        ("No thanks.", ()),
        ("Thank God.", ()),
        ("I'm sorry I was late.", ()),
        ("Are you okay with Tuesday.", ()),
        ("I went home.", ()),
    ],
)
def test_reactions_in_the_reply(reply, expected):
    assert reactions(reply) == expected


def test_a_cue_in_a_question_asks_about_the_therapist():
    assert reactions("Can you tell me, have you ever?", cue=True) == ("asks_about_therapist",)


NEW = "Parking tickets cost ninety dollars, garage broke, mechanic lost keys, neighbors complained."


def test_a_long_reply_without_a_known_word_may_change_the_topic():
    assert reactions(NEW) == ("topic_change",)


@pytest.mark.parametrize(
    ("before", "after"),
    [("My mechanic left.", []), ("Hm.", [(T, "And the garage?")]), ("Hm.", [(T, "Tickets!")])],
)
def test_a_reply_with_a_word_of_either_keeps_the_topic(before, after):
    assert reactions(NEW, before=before, after=after) == ()


def test_a_short_reply_is_too_short_to_change_the_topic():
    seven, eight = "one tickets cost dollars garage broke mechanic keys", "neighbors"
    assert len(content_words(seven)) == 7
    assert reactions(seven) == ()
    assert reactions(f"{seven} {eight}") == ("topic_change",)


def test_only_the_clients_last_two_turns_keep_a_topic():
    turns = [(C, "My mechanic."), (T, 1), (C, "Hm."), (T, MINE, True), (C, NEW)]
    assert only(*turns).reactions == ()
    assert only(turns[0], (T, 1), (C, "Hm."), *turns[1:]).reactions == ("topic_change",)


# --- words


@pytest.mark.parametrize("text", ["", "...", "你呢？", "?", "you " * 50, "and " * 3000])
def test_odd_texts_break_nothing(text):
    assert asks_about_therapist(text, cue=True) in (True, False)
    assert not thanks(text)
    assert not shows_concern(text)
    assert isinstance(content_words(text), frozenset)


# --- the real flags


def test_the_flags_of_the_package_fit(monkeypatch):
    monkeypatch.undo()
    found = only((T, "May I share something?"), (C, "Yes."), (T, "I lost my mother.", True))
    assert found.permission
    assert list(found.flags) == ["intimate"]
    assert all(found.flags.values())


def test_the_names_of_flags_are_those_of_the_codebook():
    assert flags.FLAGS == ("intimate", "other_client", "therapist_need")


# --- what always holds


@few
@given(talks)
def test_every_disclosure_has_a_context_within_bounds(made):
    found = context_of(made)
    assert len(found) == len(made.disclosures)
    for each, disclosure in zip(found, made.disclosures, strict=True):
        assert 0 <= each.position <= 1
        assert np.isnan(each.overlap) or 0 <= each.overlap <= 1
        assert set(each.reactions) <= set(REACTIONS)
        assert (each.reply is None) == (each.reply_words is None)
        # a client who never says a word has turns of no usual length
        silent = not made.words[made.of(C)].any()
        assert np.isnan(each.reply_ratio) == (each.reply is None or silent)
        if each.reply is not None:
            assert each.reply > disclosure.utterance
            assert made.roles[each.reply] is C
    assert [each.position for each in found] == sorted(each.position for each in found)


def comparable(found):
    numbers = np.array([[each.position, each.overlap, each.reply_ratio] for each in found])
    return numbers, [
        (each.solicited, each.permission, each.flags, each.reply_words, each.reactions)
        for each in found
    ]


_words = st.sampled_from(["And you?", "Thanks.", "may I share", "I am Leeds", "a secret", "..."])


@few
@given(turns, st.data())
def test_what_others_say_changes_nothing(drawn, data):
    position = data.draw(st.integers(0, len(drawn)))
    role = data.draw(st.sampled_from([O, U]))
    more = [*drawn[:position], (role, data.draw(_words)), *drawn[position:]]
    (numbers, names), (others, other_names) = (
        comparable(everything(*each)) if any(len(turn) > 2 for turn in each) else ([], [])
        for each in (drawn, more)
    )
    np.testing.assert_array_equal(numbers, others)
    assert names == other_names
