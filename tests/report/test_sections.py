import pandas as pd
import pytest

from tests.measure.talks_by_hand import C, T, doc
from tsd.measure.corpus import gather
from tsd.measure.guidelines.advice import INDICATORS
from tsd.measure.session import analyze
from tsd.report.sections import guideline_overview, guidelines_of, rate_rows, records
from tsd.report.shares import after_disclosures
from tsd.report.timeline import share_line


@pytest.fixture(scope="module")
def result():
    turns = [(C, "It was sudden."), (T, "I lost my dad too.", True), (C, 40), (T, 20)]
    sessions = [analyze(doc(*turns, session_id=name)) for name in ("a", "b")]
    return gather(sessions, [])


def test_the_rates_begin_with_all_sessions(result):
    rows = list(rate_rows(result.rates))
    assert [row["name"] for row in rows] == ["all sessions"]
    assert rows[0]["flagged"] == 50
    assert rows[0]["audited"] is None
    assert rows[0]["audited_note"]


def test_every_indicator_is_in_the_overview_in_order(result):
    rows = list(guideline_overview(result))
    assert [row["title"] for row in rows] == [each.title for each in INDICATORS.values()]


@pytest.fixture(scope="module")
def uneven():
    """One session of nine disclosures after each of which the therapist asks, and two of one."""
    often = [
        each for _ in range(9) for each in [(T, "I lost my dad too.", True), (C, 9), (T, "Oh?")]
    ]
    once = [(C, 9), (T, "I trained.", True), (C, 3), (T, 5), *[(C, 9), (T, "And you?")] * 9]
    talks = {"often": often, "one": once, "two": once, "none": [(C, 9), (T, 5)]}
    return gather([analyze(doc(*turns, session_id=name)) for name, turns in talks.items()], [])


def overview(result):
    return {
        key: (row["shown"], row["over"], row["elsewhere"])
        for key, row in zip(INDICATORS, guideline_overview(result), strict=True)
    }


def test_the_overview_is_over_all_disclosures_and_agrees_with_the_headline(uneven):
    shown, s = overview(uneven), uneven.summary
    assert shown["frequency"] == (f"{s['disclosures_per_100']:.1f}", "over 4 sessions", None)
    assert shown["length"] == ("5", "median over 11 disclosures", None)
    assert shown["solicited"] == ("0%", "over 11 disclosures", None)
    assert shown["intimate_cues"] == ("9", "of 11 disclosures", None)
    assert shown["position"][1] == "median over 11 disclosures"
    for fact in ("asked", "addressed", "client_resumed"):
        after = after_disclosures(s, fact)
        assert shown[fact] == (after.shown, "over 2 of 11 disclosures", after.elsewhere)
    assert shown["asked"] == (
        "0 of 2",
        "over 2 of 11 disclosures",
        "89%",
    )  # the last is not followed


def test_without_a_disclosure_the_overview_shows_dashes():
    result = gather([analyze(doc((C, 9), (T, 5), session_id="a"))], [])
    shown = overview(result)
    assert shown.pop("frequency") == ("0", "over 1 session", None)
    assert set(shown.values()) == {(None, "over 0 disclosures", None)}


def test_without_a_client_it_is_not_known_whether_they_resume():
    result = gather([analyze(doc((T, 9, True), (T, 5), session_id="a"))], [])
    shown = overview(result)
    assert shown["asked"] == ("0 of 1", "over 1 disclosure", None)
    assert shown["client_resumed"] == (None, "over 0 of 1 disclosure", None)
    assert shown["client_reply"] == (None, "median over 0 of 1 disclosure", None)


def test_few_disclosures_of_a_session_are_counted(uneven):
    rows = uneven.guidelines[uneven.guidelines["session_id"] == "often"]
    shown = {row["indicator"]: row["shown"] for row in guidelines_of(rows, 9)}
    assert shown["asked"] == "9 of 9"
    shown = {row["indicator"]: row["shown"] for row in guidelines_of(rows, 10)}
    assert shown["asked"] == "100%"


def test_the_evidence_of_a_session_is_a_list(result):
    rows = result.guidelines[result.guidelines["session_id"] == "a"]
    shown = {row["indicator"]: row for row in guidelines_of(rows, 1)}
    assert shown["intimate_cues"]["evidence"] == ["1: “I lost my dad too.”"]


def test_without_rows_there_is_nothing_to_show(result):
    assert list(guidelines_of(result.guidelines.iloc[:0], 0)) == []


def test_missing_cells_become_none():
    table = pd.DataFrame({"a": [float("nan")], "b": [pd.NA], "c": [0], "d": [""], "e": [["x"]]})
    assert records(table) == [{"a": None, "b": None, "c": 0, "d": "", "e": ["x"]}]


def test_the_line_of_shares_breaks_where_nobody_talks():
    windows = pd.DataFrame(
        {"begin": [0, 25, 50], "end": [50, 75, 100], "therapist_share": [1, float("nan"), 0.25]}
    )
    assert share_line(windows, 100) == ["250.00,0.0", "750.00,75.0"]
    assert share_line(windows.iloc[:0], 100) == []
