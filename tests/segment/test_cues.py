import pytest
from hypothesis import given, settings

from tests.segment.sessions_by_hand import C, O, T, U, session, sessions
from tsd.schema import Role
from tsd.segment import cues_patterns as patterns

THERAPIST = {**patterns.FOR, **patterns.AGAINST}
NAMED = [*patterns.FOR.items(), *patterns.AGAINST.items(), *patterns.CLIENT.items()]


def cues(doc):
    return [(cue.text, cue.label_) for cue in doc.spans["cues"]]


def names(doc):
    return {cue.label_ for cue in doc.spans["cues"]}


# --- the word lists


@pytest.mark.parametrize("name", list(THERAPIST))
def test_every_phrase_is_found_in_what_the_therapist_says(nlp, name):
    doc_names = {phrase: names(nlp(phrase)) for phrase in THERAPIST[name]}
    assert [phrase for phrase, found in doc_names.items() if name not in found] == []


@pytest.mark.parametrize("name", list(patterns.CLIENT))
def test_every_phrase_is_found_in_what_the_client_says(nlp, name):
    docs = {phrase: nlp(session((C, phrase))) for phrase in patterns.CLIENT[name]}
    assert [phrase for phrase, doc in docs.items() if name not in names(doc)] == []


def test_phrases_are_written_in_lower_case_without_contractions():
    phrases = [phrase for _, some in NAMED for phrase in some]
    assert [phrase for phrase in phrases if phrase != phrase.lower() or "'" in phrase] == []


def test_no_name_is_in_two_groups():
    used = [name for name, _ in NAMED]
    assert len(used) == len(set(used))


@pytest.mark.parametrize(("name", "phrases"), NAMED)
def test_no_phrase_is_twice_under_one_name(name, phrases):
    assert len(phrases) == len(set(phrases))


# --- who speaks


@pytest.mark.parametrize("role", [C, O, U])
def test_a_cue_of_the_therapist_is_no_cue_of_another_speaker(nlp, role):
    assert cues(nlp(session((role, "My husband left, me too.")))) == []


@pytest.mark.parametrize("role", [T, O, U])
def test_a_question_of_the_client_is_no_cue_of_another_speaker(nlp, role):
    assert "client asks" not in names(nlp(session((role, "Are you married?"))))


def test_a_question_of_the_client_is_a_cue(nlp):
    doc = nlp(session((C, "Do you have kids?"), (T, "Why do you ask?")))
    assert cues(doc) == [("Do you have kids", "client asks")]


def test_no_cue_runs_over_two_utterances(nlp):
    assert cues(nlp(session((T, "and my"), (T, "husband")))) == []


# --- how it is written


@pytest.mark.parametrize(
    "text",
    [
        "I have worked in schools.",
        "I've worked in schools.",
        "I’ve worked in schools.",
        "ive worked in schools",
        "i have worked in schools",
        "I HAVE WORKED IN SCHOOLS",
    ],
)
def test_case_and_contractions_do_not_matter(nlp, text):
    assert "own training" in names(nlp(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My role here is to listen.", "own role"),
        ("I trained in Leeds.", "own training"),
        ("In my experience it passes.", "own practice"),
    ],
)
def test_what_a_professional_says_of_their_work_has_three_names(nlp, text, name):
    assert names(nlp(text)) == {name}


@pytest.mark.parametrize("i_am", ["I am", "I'm", "I’m", "i'm", "im", "I ' m", "I 'm"])
def test_i_am_is_found_in_all_its_spellings(nlp, i_am):
    assert names(nlp(f"{i_am} married")) == {"own life"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I know what it's like.", "shared experience"),
        ("I know what it is like.", "shared experience"),
        ("I'd be furious.", "hypothetical"),
        ("I would be furious.", "hypothetical"),
    ],
)
def test_is_and_would_may_be_shortened(nlp, text, name):
    assert name in names(nlp(text))


def test_part_of_a_word_is_no_cue(nlp):
    assert cues(nlp("Tommy caterpillar me toothbrush")) == []


# --- the spans


@settings(max_examples=60, deadline=None)
@given(sessions)
def test_cues_are_in_order_each_inside_an_utterance_of_its_speaker(nlp, made):
    doc = nlp(made)
    spans = list(doc.spans["utterances"])
    found = list(doc.spans["cues"])
    assert [(c.start, c.end) for c in found] == sorted((c.start, c.end) for c in found)
    for cue in found:
        assert cue.end <= spans[cue._.utterance].end
        assert cue._.role == (Role.CLIENT if cue.label_ in patterns.CLIENT else Role.THERAPIST)


def test_cues_may_overlap(nlp):
    assert cues(nlp("Well, my own kids.")) == [
        ("my own", "own life"),
        ("my own kids", "own circle"),
    ]


def test_predict_leaves_the_doc_alone(nlp):
    doc = nlp.make_doc("My husband left.")
    assert len(nlp.get_pipe("tsd_cues").predict(doc)) == 1
    assert "cues" not in doc.spans


def test_a_text_without_cues_has_an_empty_group(nlp):
    assert cues(nlp("Tell us more.")) == []
