import re
from dataclasses import astuple, fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from tests.measure.talks_by_hand import C, O, T, U, talk, talks
from tsd.measure.focus.returning import Facts, Return, returns_of
from tsd.measure.guidelines import advice
from tsd.measure.guidelines.context import REACTIONS, Context, context_of
from tsd.measure.guidelines.indicators import MOST_QUOTES, NO_REVIEW, QUOTE_LENGTH, guideline_rows
from tsd.measure.rows import Measured
from tsd.measure.tables import GUIDELINES
from tsd.schema import Unmeasured, words_between

few = runs(max_examples=60, deadline=None)
NONE = float("nan")
INDICATORS = [
    "frequency",
    "length",
    "asked",
    "addressed",
    "client_resumed",
    "solicited",
    "permission",
    "intimate_cues",
    "other_client_cues",
    "therapist_need_cues",
    "client_reply",
    "position",
]
PLAIN = Context(
    position=0.5,
    question=None,
    overlap=NONE,
    permission=False,
    flags={},
    unresolved=None,
    reply=None,
    reply_words=None,
    reply_ratio=NONE,
    reactions=(),
)


def measured(made, contexts=None, back=None, **more):
    """Measure what guideline_rows looks at; two words take a second."""
    lengths = [
        words_between(made.texts[each.utterance], each.start_char, each.end_char)
        for each in made.disclosures
    ]
    known = {
        "talk": made,
        "lengths": lengths,
        "disclosure_seconds": np.array(lengths, dtype=float) / 2,
        "returned": returns_of(made) if back is None else back,
        "contexts": context_of(made) if contexts is None else contexts,
    }
    m = Measured(**{each.name: known.get(each.name) for each in fields(Measured)})
    own = made.of(T)
    where = {each.utterance for each in made.disclosures}
    summary = {}
    if own.any():
        words = int(made.words[own].sum())
        summary = {
            "therapist_utterances": int(own.sum()),
            "disclosures": len(made.disclosures),
            "disclosing_utterances": len(where),
            "disclosures_per_100": 100 * len(where) / int(own.sum()),
            "disclosure_words": sum(lengths),
            "disclosure_seconds": sum(lengths) / 2,
            "disclosure_word_share": sum(lengths) / words if words else NONE,
        }
    return m, summary | more


def rows(made, contexts=None, back=None, **more):
    return guideline_rows(*measured(made, contexts, back, **more))


def row(indicator, made, contexts=None, back=None, **more):
    return next(r for r in rows(made, contexts, back, **more) if r["indicator"] == indicator)


def contexts(*changes):
    return [replace(PLAIN, **change) for change in changes]


THREE = talk(
    (C, "Have you kids?"),
    (T, "Two boys. And yours?", "Two boys."),
    (C, "One girl, thanks."),
    (T, "Mm."),
    (T, "My wife left. I cried.", ["My wife left.", "I cried."]),
    (C, "Oh no."),
)
"""Three disclosures of 2, 3 and 2 words, in utterances 1 and 4; the therapist has 10 words."""

# --- each indicator


def test_frequency():
    found = row("frequency", THREE)
    assert found["value"] == pytest.approx(200 / 3)
    assert found["detail"] == "disclosures: 3, in 2 of 3 therapist utterances"
    assert found["to_review"] is None
    assert found["utterances"] == ["1", "4"]
    assert found["evidence"] == ["1: “Two boys.”", "4: “My wife left.”", "4: “I cried.”"]


def test_length():
    found = row("length", THREE)
    assert found["value"] == 2
    assert found["detail"] == (
        "words: longest 3, all together 7 (4 s), 70.0% of the therapist's words"
    )
    assert found["to_review"] is None
    assert found["utterances"] == ["1", "4"]


def back(holds, often):
    """Let the three facts hold after each disclosure as given, and as often elsewhere."""
    return Return(Facts(*[np.array(holds)] * 3), Facts(*[np.array(often)] * 3))


@pytest.mark.parametrize("fact", ["asked", "addressed", "client_resumed"])
def test_the_facts_about_the_return_of_the_focus(fact):
    found = row(fact, THREE, back=back([True, False, True], [0.5, NONE, 0.7]))
    assert found["value"] == pytest.approx(2 / 3)
    assert found["detail"] == (
        "disclosures: 2 of 3; where there is something to compare with: 2 of 2; at the session's "
        "other therapist utterances of like length: 60%"
    )
    assert found["elsewhere"] == pytest.approx(0.6)
    assert found["utterances"] == ["4"]
    assert found["evidence"] == ["4: “My wife left.”"]


def test_without_utterances_of_like_length_there_is_no_base_rate():
    found = row("asked", THREE, back=back([True, False, True], [NONE] * 3))
    assert found["detail"] == "disclosures: 2 of 3"
    assert np.isnan(found["elsewhere"])


def test_only_a_client_who_does_not_resume_is_listed_for_review():
    seen = back([True, False, True], [NONE] * 3)
    listed = [row(fact, THREE, back=seen)["to_review"] for fact in Facts._fields]
    assert listed == [None, None, 1]


@pytest.mark.parametrize(
    ("client", "detail"),
    [([], "no client recognized"), ([(C, "...")], "no client says a word")],
)
def test_without_a_word_of_a_client_nothing_is_listed_for_review(client, detail):
    seen = back([NONE], [NONE])
    found = row("client_resumed", talk((T, "I cried.", True), *client), back=seen)
    assert np.isnan(found["value"])
    assert (found["detail"], found["to_review"]) == (detail, None)
    assert (found["utterances"], found["evidence"]) == ([], [])


def test_what_coders_found_is_quoted_at_the_first_fact():
    assert row("asked", THREE)["literature"] == [
        "focus back with the client afterward: 93% of events (Pinto-Coelho et al. 2016; judged by "
        "coders, who read the meaning; tsd only sees three signs in the words)"
    ]


def test_solicited():
    found = row(
        "solicited",
        THREE,
        contexts({"question": 0, "overlap": 0.5}, {"overlap": 0.25}, {}),
    )
    assert found["value"] == pytest.approx(1 / 3)
    assert found["detail"] == (
        "disclosures after a question by the client: 1 of 3; 38% (median) of a disclosure's "
        "content words are in the client's last two turns"
    )
    assert (found["to_review"], found["utterances"]) == (None, ["1"])
    assert found["evidence"] == ["0: “Have you kids?”"]
    assert "73% of events" in found["literature"][0]


def test_solicited_without_any_overlap():
    found = row("solicited", THREE, contexts({}, {}, {}))
    assert found["detail"] == "disclosures after a question by the client: 0 of 3"


def test_permission():
    found = row(
        "permission",
        THREE,
        contexts({"question": 0}, {"permission": True}, {}),
    )
    assert found["value"] == pytest.approx(1 / 3)
    assert found["detail"] == (
        "disclosures after asking permission: 1 of 3; without permission or a question by the "
        "client: 1"
    )
    assert (found["to_review"], found["evidence"]) == (1, ["4: “I cried.”"])


@pytest.mark.parametrize(
    ("indicator", "flag"),
    [
        ("intimate_cues", "intimate"),
        ("other_client_cues", "other_client"),
        ("therapist_need_cues", "therapist_need"),
    ],
)
def test_flags(indicator, flag):
    flagged = {"flags": {flag: ("wife",)}}
    found = row(indicator, THREE, contexts({}, flagged, {}))
    assert found["value"] == 1
    assert found["detail"].startswith("disclosures with this flag: 1 of 3")
    assert (found["to_review"], found["utterances"]) == (1, ["4"])
    assert found["evidence"] == ["4: “My wife left.”"]
    other = "therapist_need_cues" if indicator != "therapist_need_cues" else "intimate_cues"
    assert row(other, THREE, contexts({}, flagged, {}))["value"] == 0


def test_the_words_of_a_flag_are_quoted_in_their_place():
    text = " ".join(["start"] * 60 + ["mywife"] + ["end"] * 60)
    flagged = contexts({"flags": {"intimate": ("mywife",)}})
    (quote,) = row("intimate_cues", talk((T, text, True)), flagged)["evidence"]
    assert re.fullmatch(r"0: “…(start )+mywife( end)+…”", quote)
    assert len(quote) < QUOTE_LENGTH + 40


def test_the_words_of_a_flag_may_be_outside_the_disclosure():
    flagged = contexts({"flags": {"intimate": ("Your wife",)}})
    made = talk((T, "Your wife died? Mine too.", "Mine too."))
    assert row("intimate_cues", made, flagged)["evidence"] == ["0: “Your wife died? Mine too.”"]


def test_a_coders_flag_quotes_the_disclosure():
    flagged = contexts({"flags": {"intimate": ()}}, {}, {})
    assert row("intimate_cues", THREE, flagged)["evidence"] == ["1: “Two boys.”"]


def test_therapist_need_cues_counts_what_is_unresolved():
    need = {"flags": {"therapist_need": ()}}
    each = contexts(
        {**need, "unresolved": True}, {**need, "unresolved": False}, {"unresolved": True}
    )
    assert row("therapist_need_cues", THREE, each)["detail"] == (
        "disclosures with this flag: 2 of 3; by their wording, current or unresolved: 1, past: 1, "
        "unclear: 0"
    )


def test_client_reply():
    found = row(
        "client_reply",
        THREE,
        contexts(
            {"reply": 2, "reply_words": 3, "reply_ratio": 1.5, "reactions": ("thanks",)},
            {"reply": 5, "reply_words": 2, "reply_ratio": 0.4},
            {},
        ),
    )
    assert found["value"] == pytest.approx(0.95)
    assert found["detail"] == (
        "followed by thanks: 1, questions about the therapist: 0, concern for the therapist: 0, a "
        "possible change of topic: 0, no reply: 1 (of 3 disclosures)"
    )
    assert (found["to_review"], found["utterances"]) == (1, ["4"])
    assert found["evidence"] == ["5: “Oh no.”"]


@pytest.mark.parametrize(
    ("reactions", "ratio", "listed"),
    [
        (("concern_for_therapist",), 2.0, 1),
        (("asks_about_therapist",), 2.0, 1),
        (("thanks", "topic_change"), 2.0, 0),
        ((), 0.49, 1),
        ((), 0.5, 0),
        ((), NONE, 0),
    ],
)
def test_which_replies_are_listed(reactions, ratio, listed):
    one = {"reply": 2, "reply_words": 3, "reply_ratio": ratio, "reactions": reactions}
    assert row("client_reply", THREE, contexts(one, {}, {}))["to_review"] == listed


def test_a_reply_to_two_disclosures_is_quoted_once_and_counted_twice():
    one = {
        "reply": 5,
        "reply_words": 2,
        "reply_ratio": 1.0,
        "reactions": ("concern_for_therapist",),
    }
    found = row("client_reply", THREE, contexts({}, one, one))
    assert (found["to_review"], found["utterances"]) == (2, ["4"])
    assert found["evidence"] == ["5: “Oh no.”"]


def test_position():
    found = row("position", THREE, contexts({"position": 0.1}, {"position": 0.4}, {"position": 1}))
    assert found["value"] == 0.4
    assert found["detail"] == (
        "disclosures in the first third of the session's words: 1, in the second: 1, in the last: 1"
    )
    assert (found["to_review"], found["utterances"]) == (None, ["1", "4"])


# --- sessions with nothing to measure


def test_without_a_disclosure_only_the_rate_is_known():
    found = rows(talk((C, 5), (T, 5)))
    assert [r["indicator"] for r in found] == INDICATORS
    assert found[0]["value"] == 0
    assert np.isnan([r["value"] for r in found[1:]]).all()
    assert {r["detail"] for r in found} == {"no disclosure found"}
    assert {r["to_review"] for r in found} == {None, 0}
    assert [r["utterances"] + r["evidence"] for r in found] == [[]] * len(found)


@pytest.mark.parametrize("turns", [[(C, 5)], [(U, 5), (O, 5)], []])
def test_without_a_therapist_nothing_is_known(turns):
    found = rows(talk(*turns))
    assert [r["indicator"] for r in found] == INDICATORS
    assert np.isnan([r["value"] for r in found]).all()
    assert {r["detail"] for r in found} == {"not measured: no therapist was recognized"}
    assert {r["to_review"] for r in found} == {None}


def test_a_disclosure_without_words_breaks_nothing():
    found = {r["indicator"]: r for r in rows(talk((T, "...", True)))}
    assert np.isnan(found["position"]["value"])
    assert "%" not in found["length"]["detail"]


# --- quotes


def test_a_long_passage_is_shortened():
    (quote,) = row("frequency", talk((T, 200, True)))["evidence"]
    assert quote.startswith("0: “word")
    assert quote.endswith(" word…”")
    assert QUOTE_LENGTH <= len(quote) < QUOTE_LENGTH + 30


def test_many_quotes_end_in_how_many_more():
    made = talk(*[(T, f"I am {number}.", True) for number in range(MOST_QUOTES + 3)])
    parts = row("frequency", made)["evidence"]
    assert len(parts) == MOST_QUOTES + 1
    assert parts[-1] == "… 3 more"


def test_a_quote_is_one_line():
    assert row("frequency", talk((T, "I am\nfrom  Leeds.", True)))["evidence"] == [
        "0: “I am from Leeds.”"
    ]


# --- texts


def every_text():
    for name, each in advice.INDICATORS.items():
        yield from (name, each.title, each.advice, each.unit, each.cannot_know)
        yield from (text for finding in each.findings for text in astuple(finding))
    yield from (*Unmeasured, advice.NO_DISCLOSURE)
    for what, why in advice.NOT_IN_TEXT:
        yield from (what, why)


def test_the_indicators_are_these():
    assert list(advice.INDICATORS) == INDICATORS
    assert [r["indicator"] for r in rows(THREE)] == INDICATORS


def test_no_text_passes_a_verdict():
    words = r"violat|inappropriate|unethical|\bscor|\brank|should not have|misconduct|excessive"
    texts = [*every_text(), *(str(r["detail"]) for r in rows(THREE))]
    assert not [text for text in texts if re.search(words, text, re.IGNORECASE)]


def test_every_indicator_says_what_it_cannot_know_and_where_its_advice_is_from():
    for each in advice.INDICATORS.values():
        assert each.cannot_know.endswith(".")
        assert re.match("Advice (in the literature|from practice|in codes of ethics)", each.advice)


@pytest.mark.parametrize("name", ["length", "permission", "position"])
def test_the_literature_is_empty_where_no_figure_exists(name):
    assert row(name, THREE)["literature"] == []


# --- what always holds


@few
@given(talks)
def test_a_row_per_indicator_whatever_the_session(made):
    found = rows(made)
    assert [r["indicator"] for r in found] == INDICATORS
    for each in found:
        assert tuple(each) == GUIDELINES.names
        assert np.isnan(each["others"])
        listed = each["to_review"]
        assert listed is None or 0 <= listed <= len(made.disclosures)
        if each["indicator"] in NO_REVIEW:
            assert listed is None
        if each["unit"] == "share of disclosures":
            assert np.isnan(each["value"]) or 0 <= each["value"] <= 1
        assert bool(each["utterances"]) == bool(each["evidence"])


@few
@given(st.data())
def test_only_the_evidence_holds_words_of_the_transcript(data):
    texts = ["My mother died and I still cry, you?", "Have you kids?", "Thank you. Are you ok?"]
    turns = [
        (role, f"xq {data.draw(st.sampled_from(texts))}", *disclosing)
        for role, *disclosing in data.draw(
            st.lists(st.sampled_from([(T, True), (T,), (C,)]), min_size=1)
        )
    ]
    for each in rows(talk(*turns)):
        held = {name for name, value in each.items() if re.search(r"xq|mother", str(value))}
        assert held <= {"evidence"}


def test_every_reaction_is_counted():
    one = {"reply": 2, "reply_words": 3, "reply_ratio": 1.0, "reactions": REACTIONS}
    detail = row("client_reply", THREE, contexts(one, {}, {}))["detail"]
    assert re.findall(r": (\d)", detail) == ["1"] * len(REACTIONS) + ["2"]
