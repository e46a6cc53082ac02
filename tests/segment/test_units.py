import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.segment.sessions_by_hand import C, O, T, U, session, sessions, unit_texts
from tsd.schema import Role, count_words
from tsd.segment.language import SessionLanguage

few = settings(max_examples=150, deadline=None)


def units(nlp, text):
    return unit_texts(nlp(text))


# --- what always holds


@few
@given(sessions)
def test_units_lie_in_therapist_utterances_in_order_without_overlap(nlp, made):
    doc = nlp(made)
    spans = list(doc.spans["utterances"])
    end = 0
    for unit in doc.spans["units"]:
        utterance = spans[unit._.utterance]
        assert unit._.role == Role.THERAPIST
        assert end <= unit.start < unit.end
        assert utterance.start <= unit.start
        assert unit.end <= utterance.end
        end = unit.end


@few
@given(sessions)
def test_units_lose_no_letter_and_no_digit_of_the_therapist(nlp, made):
    spoken = "".join(each.text for each in made.utterances if each.role is Role.THERAPIST)
    found = "".join(unit_texts(nlp(made)))
    assert re.findall(r"[^\W_]", found) == re.findall(r"[^\W_]", spoken)


@few
@given(sessions)
def test_no_unit_is_only_marks_or_white_space(nlp, made):
    doc = nlp(made)
    for unit in doc.spans["units"]:
        assert any(not (token.is_punct or token.is_space) for token in unit)


@few
@given(sessions)
def test_units_do_not_depend_on_the_other_utterances(nlp, made):
    alone = []
    for utterance in made.utterances:
        alone += unit_texts(nlp(session((utterance.role, utterance.text))))
    assert unit_texts(nlp(made)) == alone


@few
@given(sessions)
def test_every_utterance_of_the_therapist_with_a_word_has_a_unit(nlp, made):
    doc = nlp(made)
    with_unit = {unit._.utterance for unit in doc.spans["units"]}
    for number, utterance in enumerate(made.utterances):
        if utterance.role is Role.THERAPIST and count_words(utterance.text):
            assert number in with_unit


# --- who speaks


@pytest.mark.parametrize("role", [C, O, U])
def test_only_the_therapist_is_divided(nlp, role):
    doc = nlp(session((role, "I was sad. I cried."), (T, "Yes. I see.")))
    assert unit_texts(doc) == ["Yes.", "I see."]


def test_a_session_without_a_therapist_has_no_units(nlp):
    assert unit_texts(nlp(session((C, "Hello. I am here.")))) == []


def test_a_one_word_session_is_one_unit(nlp):
    assert units(nlp, "no") == ["no"]


@pytest.mark.parametrize("text", ["...", "?!", "—", "“”", ". . ."])
def test_marks_alone_are_no_unit(nlp, text):
    assert units(nlp, text) == []


def test_an_emoji_alone_is_a_unit(nlp):
    assert units(nlp, "😀") == ["😀"]


# --- written sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I was sad. I cried.", ["I was sad.", "I cried."]),
        ("You did? I did! Good.", ["You did?", "I did!", "Good."]),
        ("you did? i did! good. right", ["you did?", "i did!", "good.", "right"]),
        ("Really?!?! Wow!!!! Okay", ["Really?!?!", "Wow!!!!", "Okay"]),
        ("I was 15! no way", ["I was 15!", "no way"]),
        ("It was 3.5 miles. Yes.", ["It was 3.5 miles.", "Yes."]),
        ("I was sad.And you?", ["I was sad.", "And you?"]),
        ("Я тоже развёлся. А вы?", ["Я тоже развёлся.", "А вы?"]),
    ],
)
def test_sentences_end_at_their_marks(nlp, text, expected):
    assert units(nlp, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I trained with Dr. Lee in Leeds.",
        "We met Mrs. Jones, Mr. Smith and Prof. Lee.",
        "I see people with panic, e.g. in lifts, i.e. in small rooms.",
        "I work at St. Mary's.",
        "I got up at 5 a.m. on Monday.",
        "I have a Ph.D. in psychology.",
        "I grew up in the U.S. with my gran.",
    ],
)
def test_abbreviations_end_nothing(nlp, text):
    assert units(nlp, text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said "I am fine." And left.', ['She said "I am fine."', "And left."]),
        ("“I am fine.” Then he left.", ["“I am fine.”", "Then he left."]),
        ("'Stop.' I said.", ["'Stop.'", "I said."]),
        ('He said, "Why?" I cried.', ['He said, "Why?"', "I cried."]),
        ("(I did.) Okay.", ["(I did.)", "Okay."]),
    ],
)
def test_closing_quotes_and_brackets_stay_with_their_sentence(nlp, text, expected):
    assert units(nlp, text) == expected


def test_notes_of_the_transcriber_stay_with_their_sentence(nlp):
    assert units(nlp, "[laughs] I know. (chuckles) Yes.") == ["[laughs] I know.", "(chuckles) Yes."]


def test_a_question_mark_without_a_blank_after_it_ends_a_sentence(nlp):
    assert units(nlp, "so whats your plan?my kids hated it") == [
        "so whats your plan?",
        "my kids hated it",
    ]


def test_units_hold_no_white_space_at_their_ends(nlp):
    assert units(nlp, "Line one.\nLine two.  Three.") == ["Line one.", "Line two.", "Three."]


# --- speech


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I was... you know... scared. And you?", ["I was... you know... scared.", "And you?"]),
        ("Well... Maybe. Hm.", ["Well...", "Maybe.", "Hm."]),
        ("Well… Maybe.", ["Well…", "Maybe."]),
        ("wait.. what", ["wait.. what"]),
        ("Mm -- Hmm — So I left – And you?", ["Mm --", "Hmm —", "So I left –", "And you?"]),
        ("he left me -- and so on -- at ten.", ["he left me -- and so on -- at ten."]),
        ("I was going to-- No, wait.", ["I was going to--", "No, wait."]),  # a dash on a word
    ],
)
def test_an_ellipsis_or_a_dash_ends_a_unit_only_before_a_capital(nlp, text, expected):
    assert units(nlp, text) == expected


@pytest.mark.parametrize("text", ["-and you usually-", "I was going to- no, wait.", "and he--"])
def test_a_turn_cut_off_at_its_ends_is_one_unit(nlp, text):
    assert units(nlp, text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "I-- If-if they were there and I-I stayed.",
        "I -- I -- I was drinking.",
        "I... I was drinking.",
    ],
)
def test_a_stutter_is_one_unit(nlp, text):
    assert units(nlp, text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I ' m fine . . how are you ?", ["I ' m fine . .", "how are you ?"]),
        (
            "i ' m fine . how are you ? i ' ve got two kids .",
            ["i ' m fine .", "how are you ?", "i ' ve got two kids ."],
        ),
        ("five ! yours ?", ["five !", "yours ?"]),
    ],
)
def test_tokenized_chat_is_divided_at_its_marks(nlp, text, expected):
    assert units(nlp, text) == expected


# --- speech recognition: neither capitals nor full stops


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "i lost my dad when i was young what was that like for you when it happened",
            ["i lost my dad", "when i was young", "what was that like for you when it happened"],
        ),
        (
            "okay well i had two beagles growing up and they ate everything so i know the feeling",
            [
                "okay well i had two beagles growing up",
                "and they ate everything",
                "so i know the feeling",
            ],
        ),
        (
            "thats really hard and i used to do the same thing at school do you have anybody there",
            [
                "thats really hard",
                "and i used to do the same thing at school",
                "do you have anybody there",
            ],
        ),
    ],
)
def test_a_long_stretch_without_marks_is_divided_at_clauses(nlp, text, expected):
    assert units(nlp, text) == expected


def test_a_short_stretch_without_marks_stays_whole(nlp):
    text = "i lost my dad and i was ten"
    assert units(nlp, text) == [text]


def test_a_full_stop_at_the_very_end_changes_nothing(nlp):
    text = "i lost my dad when i was young what was that like for you when it happened"
    assert units(nlp, text + ".") == [*units(nlp, text)[:-1], units(nlp, text)[-1] + "."]


def test_a_clause_is_not_divided_after_a_word_that_needs_it(nlp):
    text = "okay so i would really like to know what was the hardest part of all of that"
    assert not any(unit.startswith("what was") for unit in units(nlp, text))


def test_a_question_after_it_is_divided_off(nlp):
    text = "and my roommate left so i was alone for a while and i hated it what was it like for you"
    assert units(nlp, text)[-1] == "what was it like for you"


def test_no_piece_of_a_divided_stretch_has_under_four_words(nlp):
    text = " ".join(["so i said no and he said yes but they did not care because it was late"] * 5)
    pieces = units(nlp, text)
    assert len(pieces) > 5
    assert min(count_words(piece) for piece in pieces) >= 4


def test_a_long_sentence_with_marks_is_divided_only_past_the_longest_unit(nlp):
    twelve = "um, so i sat there and i sat and you sat in"
    assert count_words(twelve) == 12
    assert units(nlp, twelve) == [twelve]
    assert units(nlp, twelve + " there") == ["um, so i sat there", "and i sat and you sat in there"]


def test_the_longest_unit_can_be_set():
    nlp = SessionLanguage()
    nlp.add_pipe("tsd_units", config={"longest_unit": 10})
    assert units(nlp, "um, i grew up in the north, and my dad was a miner there.") == [
        "um, i grew up in the north,",
        "and my dad was a miner there.",
    ]


def test_a_piece_that_is_still_too_long_is_divided_near_its_middle(nlp):
    """Ten words, "you", ten words, "i", ten words: no two words here open a clause."""
    ten = "one two three four five six seven eight nine ten"
    text = f"{ten} you {ten} i {ten}"
    assert units(nlp, text) == [f"{ten} you {ten}", f"i {ten}"]
    assert units(nlp, f"{ten} you {ten}") == [f"{ten} you {ten}"]


def test_a_long_piece_without_any_word_that_begins_a_clause_stays_whole(nlp):
    text = " ".join(["blue"] * 40)
    assert units(nlp, text) == [text]


def test_a_stretch_without_any_clause_stays_whole(nlp):
    text = " ".join(["word"] * 80)
    assert units(nlp, text) == [text]


# --- statements in the first person after a comma or a dash


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You can't sleep, I've been there.", ["You can't sleep,", "I've been there."]),
        ("you cant sleep, ive been there", ["you cant sleep,", "ive been there"]),
        ("oh yeah, I know that.", ["oh yeah,", "I know that."]),
        ("You feel lost; my mum did too.", ["You feel lost;", "my mum did too."]),
        ("thank you (really) I mean it", ["thank you (really)", "I mean it"]),
        ("They left us -- I was ten.", ["They left us --", "I was ten."]),
        ("They left - I was ten.", ["They left -", "I was ten."]),
        ("They left — I was ten.", ["They left —", "I was ten."]),
        ("They left... I was ten.", ["They left...", "I was ten."]),
        ("It was hard, me too.", ["It was hard,", "me too."]),
        ("He left, I cried, my dad cried.", ["He left,", "I cried,", "my dad cried."]),
    ],
)
def test_a_statement_in_the_first_person_is_a_unit_however_short(nlp, text, expected):
    assert units(nlp, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Yes, I know.",  # one word before
        "He left, mine",  # no first person that begins a statement
        "It was hard, me.",  # one word after
        "You left, you cried.",
        "I trained in Leeds, in Bath, and I work here.",  # a connective after the comma
        "He left and I cried.",  # no break
    ],
)
def test_other_commas_divide_nothing(nlp, text):
    assert units(nlp, text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "When I was young, I drank.",
        "when he left, my heart broke",
        "and when he left, my heart broke",
        "In March, I moved house.",
        "As a nurse, I see that.",
    ],
)
def test_a_statement_stays_with_what_depends_on_it(nlp, text):
    assert units(nlp, text) == [text]


@pytest.mark.parametrize("text", ["so I, I lost my dad", "and my, my dad left", "he went, um, I-"])
def test_a_statement_begun_twice_is_one_unit(nlp, text):
    assert units(nlp, text) == [text]


@pytest.mark.parametrize("longest", [8, 12, 200])
def test_a_statement_is_a_unit_whatever_the_longest(longest):
    nlp = SessionLanguage()
    nlp.add_pipe("tsd_units", config={"longest_unit": longest})
    assert units(nlp, "He left, I cried.") == ["He left,", "I cried."]


def test_a_statement_after_a_sentence_that_ends_in_a_pronoun_is_a_unit(nlp):
    """The example of `units_patterns`."""
    assert units(nlp, "I get it, I lost mine too") == ["I get it,", "I lost mine too"]


_SPOKEN = (
    *("I", "my", "me", "ive", "I'm", "it", "he", "left", "when", "in", "and", "so", "was", "um"),
    *(",", ",", ";", " -", " --", "—", "...", ")", ".", "?"),
)
statements = st.lists(st.sampled_from(_SPOKEN), min_size=1, max_size=30).map(
    lambda parts: "".join(part if part.strip() in ",;-—...?)" else " " + part for part in parts)
)


@pytest.fixture(scope="module")
def divided_early():
    nlp = SessionLanguage()
    nlp.add_pipe("tsd_units", config={"longest_unit": 8})
    return nlp


@few
@given(statements.map(str.strip).filter(bool))
def test_units_of_statements_are_in_order_disjoint_and_hold_every_word(divided_early, text):
    doc = divided_early(text)
    covered = [token.i for unit in doc.spans["units"] for token in unit]
    assert covered == sorted(set(covered))
    words = {token.i for token in doc if not (token.is_punct or token.is_space)}
    assert words <= set(covered)
    assert all(words & {token.i for token in unit} for unit in doc.spans["units"])


@few
@given(statements.map(str.strip).filter(bool))
def test_a_division_depends_neither_on_case_nor_on_what_came_before(nlp, text):
    """A capital ends a unit after a pause; without any pause, case does not matter."""
    plain = re.sub(r"[—–]|-+|\.{2,}", ",", text)
    assert [each.lower() for each in units(nlp, plain)] == units(nlp, plain.lower())
    doc = nlp(session((T, "I left, I cried."), (T, text)))
    assert [unit.text for unit in doc.spans["units"] if unit._.utterance == 1] == units(nlp, text)


# --- predict and set_annotations


def test_predict_leaves_the_doc_alone(bare, nlp):
    doc = bare(session((T, "Yes. No.")))
    assert len(nlp.get_pipe("tsd_units").predict(doc)) == 2
    assert "units" not in doc.spans


def test_set_annotations_replaces_what_was_there(nlp):
    doc = nlp("Yes. No.")
    nlp.get_pipe("tsd_units").set_annotations(doc, [(0, 2)])
    assert unit_texts(doc) == ["Yes."]
