import pandas as pd
import pytest

from tests.measure.talks_by_hand import C, T, doc
from tsd.measure.corpus import gather
from tsd.measure.guidelines.advice import INDICATORS
from tsd.measure.session import analyze
from tsd.report.sections import guideline_overview, guidelines_of, rate_rows, records
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
    rows = list(guideline_overview(result.guidelines))
    assert [row["title"] for row in rows] == [each.title for each in INDICATORS.values()]
    assert rows[0]["shown"] == "50"
    assert rows[0]["sessions"] == 2


def test_shares_are_shown_in_percent(result):
    rows = {row["title"]: row for row in guideline_overview(result.guidelines)}
    assert rows[INDICATORS["permission"].title]["shown"] == "0%"
    assert rows[INDICATORS["permission"].title]["to_review"] == 2


def test_the_evidence_of_a_session_is_a_list(result):
    rows = result.guidelines[result.guidelines["session_id"] == "a"]
    shown = {row["indicator"]: row for row in guidelines_of(rows)}
    assert shown["intimate_cues"]["evidence"] == ["1: “I lost my dad too.”"]


def test_without_rows_there_is_nothing_to_show(result):
    assert list(guidelines_of(result.guidelines.iloc[:0])) == []


def test_missing_cells_become_none():
    table = pd.DataFrame({"a": [float("nan")], "b": [pd.NA], "c": [0], "d": [""], "e": [["x"]]})
    assert records(table) == [{"a": None, "b": None, "c": 0, "d": "", "e": ["x"]}]


def test_the_line_of_shares_breaks_where_nobody_talks():
    windows = pd.DataFrame(
        {"begin": [0, 25, 50], "end": [50, 75, 100], "therapist_share": [1, float("nan"), 0.25]}
    )
    assert share_line(windows, 100) == ["250.00,0.0", "750.00,75.0"]
    assert share_line(windows.iloc[:0], 100) == []
