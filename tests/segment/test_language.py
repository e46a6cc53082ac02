import warnings

import pytest
import spacy
from hypothesis import given, settings
from spacy.tokens import Doc, DocBin, Span

from tests.segment.sessions_by_hand import C, O, T, session, sessions, texts, unit_texts
from tsd.errors import SessionTooLongError
from tsd.schema import Label, Role, Session, Utterance
from tsd.segment.language import SessionLanguage

few = settings(max_examples=60, deadline=None)

SHORT = session((T, "How are you?"), (C, "Fine."), session_id="short")
LONG = session((C, "well " * 40 + "yes"), (T, "I see."), session_id="long")
AFTER = session((C, "Hello."), (T, "I was sad. And you?"), session_id="after")


def small():
    """Make a pipeline that takes 100 characters at most."""
    nlp = SessionLanguage(max_length=100)
    nlp.add_pipe("tsd_units")
    nlp.add_pipe("tsd_cues")
    return nlp


# --- one session is one Doc


@few
@given(sessions)
def test_utterance_spans_are_exactly_the_texts(bare, made):
    doc = bare(made)
    expected = [utterance.text for utterance in made.utterances]
    assert [span.text for span in doc.spans["utterances"]] == expected


@few
@given(texts)
def test_a_one_utterance_session_is_one_span(bare, text):
    doc = bare(session((C, text)))
    assert [span.text for span in doc.spans["utterances"]] == [text]
    assert doc.text == text


def test_the_text_of_the_doc_has_one_utterance_per_line(bare):
    assert bare(SHORT).text == "How are you?\nFine."


def test_utterance_spans_hold_no_separator(bare):
    doc = bare(session((T, "Yes."), (C, "No."), (T, "Oh.")))
    spans = list(doc.spans["utterances"])
    assert all(not token.is_space for span in spans for token in span)


def test_line_breaks_inside_an_utterance_stay_inside(bare):
    doc = bare(session((C, "one\n\ntwo\nthree"), (T, "four")))
    assert [span.text for span in doc.spans["utterances"]] == ["one\n\ntwo\nthree", "four"]


def test_the_facts_of_an_utterance_are_read_from_its_span(bare):
    utterance = Utterance(
        "I was ill, too.",
        "Dr A",
        Role.THERAPIST,
        "u7",
        1.5,
        3.25,
        Label.SIMILAR_CHALLENGE,
        (Label.PERSONAL_DETAILS,),
        ("intimate",),
        ("I was ill",),
    )
    doc = bare(Session("s", (utterance,), "s.csv"))
    span = doc.spans["utterances"][0]
    assert (span._.utterance_id, span._.speaker, span._.role) == ("u7", "Dr A", "therapist")
    assert (span._.start_time, span._.end_time) == (1.5, 3.25)
    assert (span._.human_label, span._.human_also) == ("similar_challenge", ["personal_details"])
    assert (span._.human_flags, span._.disclosing) == (["intimate"], ["I was ill"])


def test_an_utterance_without_an_id_has_its_position_as_id(bare):
    doc = bare(SHORT)
    assert [span._.utterance_id for span in doc.spans["utterances"]] == ["0", "1"]


def test_unknown_times_and_labels_are_none(bare):
    doc = bare(SHORT)
    span = doc.spans["utterances"][0]
    assert span._.start_time is None
    assert span._.end_time is None
    assert span._.human_label is None


def test_the_doc_knows_its_session_and_source(bare):
    doc = bare(Session("s1", SHORT.utterances, "folder/s1.txt"))
    assert (doc._.session_id, doc._.source, doc._.problem) == ("s1", "folder/s1.txt", None)


def test_a_plain_text_is_one_therapist_utterance(nlp):
    doc = nlp("  I trained in Leeds.\nAnd you? ")
    assert [(span._.role, span.text) for span in doc.spans["utterances"]] == [
        ("therapist", "I trained in Leeds.\nAnd you?")
    ]


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_a_text_without_words_gives_an_empty_doc(nlp, text):
    doc = nlp(text)
    assert len(doc) == 0
    assert unit_texts(doc) == []


def test_a_doc_made_by_hand_is_one_therapist_utterance(nlp):
    doc = nlp(Doc(nlp.vocab, words=["I", "was", "sad", "."]))
    assert unit_texts(doc) == ["I was sad ."]


def test_a_processed_doc_may_be_processed_again(nlp):
    doc = nlp(AFTER)
    before = unit_texts(doc)
    assert unit_texts(nlp(doc)) == before


# --- many sessions


def test_pipe_gives_one_doc_per_session_in_order(nlp):
    many = [session((T, f"I am number {n}."), session_id=str(n)) for n in range(20)]
    assert [doc._.session_id for doc in nlp.pipe(many, batch_size=3)] == [
        s.session_id for s in many
    ]


def test_pipe_equals_one_call_per_session(nlp):
    piped = list(nlp.pipe([SHORT, AFTER]))
    assert [unit_texts(doc) for doc in piped] == [unit_texts(nlp(each)) for each in (SHORT, AFTER)]


def test_pipe_takes_texts_and_sessions(nlp):
    docs = list(nlp.pipe(["I was sad. And you?", SHORT]))
    assert [unit_texts(doc) for doc in docs] == [["I was sad.", "And you?"], ["How are you?"]]


def test_pipe_takes_a_generator_and_is_lazy(nlp):
    taken = []

    def stream():
        for n in range(1000):
            taken.append(n)
            yield session((T, "Yes."), session_id=str(n))

    next(nlp.pipe(stream(), batch_size=2))
    assert len(taken) < 100


def test_pipe_of_nothing_gives_nothing(nlp):
    assert list(nlp.pipe([])) == []


def test_pipe_as_tuples_keeps_the_context(nlp):
    pairs = nlp.pipe([(SHORT, "a"), (AFTER, "b")], as_tuples=True)
    assert [(doc._.session_id, context) for doc, context in pairs] == [
        ("short", "a"),
        ("after", "b"),
    ]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_two_processes_give_the_same_docs_in_order(nlp):
    many = [
        session((C, f"Are you {n}?"), (T, f"I am {n}. And you?"), session_id=str(n))
        for n in range(9)
    ]
    alone = [doc.to_json() for doc in nlp.pipe(many)]
    two = list(nlp.pipe(many, n_process=2, batch_size=2))
    assert [doc.to_json() for doc in two] == alone
    assert [doc._.session_id for doc in two] == [each.session_id for each in many]
    assert [span._.speaker for span in two[3].spans["utterances"]] == ["client", "therapist"]


# --- sessions that are too long


def test_a_session_that_is_too_long_raises():
    with pytest.raises(
        SessionTooLongError, match=r"'long' has 210 characters, more than the limit of 100"
    ):
        small()(LONG)


def test_the_error_holds_no_word_of_the_transcript():
    with pytest.raises(SessionTooLongError) as caught:
        small()(LONG)
    assert "well" not in str(caught.value)


def test_a_session_of_exactly_the_limit_is_taken():
    assert len(small()(session((C, "x" * 100))).text) == 100


def test_separators_count_towards_the_limit():
    with pytest.raises(SessionTooLongError):
        small()(session((C, "x" * 50), (T, "y" * 50)))


def test_in_pipe_a_session_that_is_too_long_becomes_an_empty_doc_with_a_problem():
    with pytest.warns(UserWarning, match="'long' has 210 characters"):
        docs = list(small().pipe([SHORT, LONG, AFTER]))
    assert [doc._.session_id for doc in docs] == ["short", "long", "after"]
    assert [bool(doc._.problem) for doc in docs] == [False, True, False]
    assert len(docs[1]) == 0
    assert [list(group) for group in docs[1].spans.values()] == [[], [], []]
    assert unit_texts(docs[2]) == ["I was sad.", "And you?"]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_session_that_is_too_long_loses_no_other_with_two_processes():
    with pytest.warns(UserWarning, match="'long' has 210 characters"):
        docs = list(small().pipe([SHORT, LONG, AFTER], n_process=2, batch_size=1))
    assert [(doc._.session_id, bool(doc._.problem)) for doc in docs] == [
        ("short", False),
        ("long", True),
        ("after", False),
    ]


def test_in_pipe_as_tuples_a_session_that_is_too_long_keeps_its_context():
    with pytest.warns(UserWarning, match="'long' has 210 characters"):
        pairs = list(small().pipe([(SHORT, 1), (LONG, 2), (AFTER, 3)], as_tuples=True))
    assert [(doc._.session_id, context) for doc, context in pairs] == [
        ("short", 1),
        ("long", 2),
        ("after", 3),
    ]


def test_a_plain_text_that_is_too_long_raises():
    with pytest.raises(SessionTooLongError):
        small()("x" * 101)


def test_no_warning_when_nothing_is_wrong(nlp):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(list(nlp.pipe([SHORT, AFTER]))) == 2


# --- storing


def facts(doc):
    """Everything tsd knows of a Doc, as plain values."""
    columns = ("utterance_id", "speaker", "role", "start_time", "end_time", "human_label")
    return (
        doc.text,
        doc._.session_id,
        doc._.source,
        {
            name: [
                (span.text, span.label_, span._.utterance, *(span._.get(c) for c in columns))
                for span in group
            ]
            for name, group in doc.spans.items()
        },
    )


@few
@given(sessions)
def test_a_doc_survives_docbin(nlp, made):
    doc = nlp(made)
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    [back] = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert facts(back) == facts(doc)


def test_a_doc_survives_to_bytes(nlp):
    doc = nlp(AFTER)
    assert facts(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == facts(doc)


def test_several_docs_survive_one_docbin_in_order(nlp):
    docs = list(nlp.pipe([SHORT, AFTER]))
    stored = DocBin(store_user_data=True, docs=docs)
    assert [facts(doc) for doc in stored.get_docs(nlp.vocab)] == [facts(doc) for doc in docs]


def test_labels_and_flags_survive_docbin(nlp):
    utterance = Utterance("I trained.", "T", Role.THERAPIST, label=Label.TRAINING, flags=("a", "b"))
    stored = DocBin(store_user_data=True, docs=[nlp(Session("s", (utterance,)))])
    [back] = stored.get_docs(nlp.vocab)
    span = back.spans["utterances"][0]
    assert span._.human_label == "training"
    assert list(span._.human_flags) == ["a", "b"]


def test_what_a_disclosure_span_carries_survives_docbin(nlp):
    doc = nlp(AFTER)
    unit = doc.spans["units"][0]
    span = Span(doc, unit.start, unit.end, label="similar_challenge")
    span._.p_disclosure, span._.p_similar_challenge = 0.9, 0.8
    span._.cues = ("own past", "own life")
    doc.spans["disclosures"] = [span]
    [back] = DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)
    [found] = back.spans["disclosures"]
    assert (found.text, found.label_) == ("I was sad.", "similar_challenge")
    assert (found._.p_disclosure, found._.p_similar_challenge) == (0.9, 0.8)
    assert tuple(found._.cues) == ("own past", "own life")


def test_a_stored_pipeline_is_the_same_pipeline(tmp_path):
    small().to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert (type(loaded), loaded.lang, loaded.max_length) == (SessionLanguage, "tsd", 100)
    assert facts(loaded(AFTER)) == facts(small()(AFTER))


def test_a_max_length_that_is_given_replaces_the_stored_one():
    assert SessionLanguage(meta={"max_length": 7}).max_length == 7
    assert SessionLanguage(meta={"max_length": 7}, max_length=8).max_length == 8


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("wow!ok", ["wow", "!", "ok"]),
        ("it rained.I left", ["it", "rained", ".", "I", "left"]),
        ("going to-- well", ["going", "to", "--", "well"]),
        ("im sad", ["i", "m", "sad"]),
    ],
)
def test_speech_is_divided_as_transcripts_write_it(text, tokens, tmp_path):
    SessionLanguage().to_disk(tmp_path)
    for nlp in (SessionLanguage(), spacy.blank("tsd"), spacy.load(tmp_path)):
        assert [token.text for token in nlp(text)] == tokens


def test_other_speakers_are_kept(bare):
    doc = bare(session((T, "Yes."), (O, "[tape ends]"), (C, "No.")))
    assert [span._.role for span in doc.spans["utterances"]] == ["therapist", "other", "client"]
