import pandas as pd
import pytest

from tests.measure.talks_by_hand import C, T, doc
from tsd.measure import tables
from tsd.measure.corpus import Known, gather
from tsd.measure.session import analyze
from tsd.schema import Problem, Severity

SESSIONS = {
    "often": [(C, 100), (T, 40, True), (T, 100), (C, 40), (T, 20, True)],
    "never": [(C, 20), *[(T, 10)] * 8],
    "nobody": [(C, 50)],
    "alone": [(T, 10), (T, 20, True), (T, 30)],
    "short": [(C, 5), (T, 5, True), (C, 3)],
    "mute": [(C, 0), (T, 5, True), (C, 0)],
    "last": [(C, 5), (T, 5, True)],
}


def measured(name):
    return analyze(doc(*SESSIONS[name], session_id=name))


@pytest.fixture(scope="module")
def corpus():
    return gather([measured(name) for name in SESSIONS], [])


def listed(corpus, **where):
    """The rows of the table `missing` with these values."""
    rows = corpus.missing
    for name, value in where.items():
        rows = rows[rows[name] == value]
    return rows


def reasons(corpus, session_id, table, column):
    rows = listed(corpus, session_id=session_id, table=table)
    return rows[rows["columns"].map(lambda names: column in names)]["reason"].tolist()


NUMBERS = [
    (table.name, column.name)
    for table in tables.TABLES
    if table.name not in ("utterances", "guidelines", "missing", "problems")
    for column in table.columns
    if column.dtype in ("float64", "Int64", "boolean")
]


@pytest.mark.parametrize(("table", "column"), NUMBERS)
def test_every_cell_without_a_number_is_counted_once_for_the_corpus(corpus, table, column):
    frame = getattr(corpus, table)
    rows = listed(corpus, level="corpus", table=table)
    rows = rows[rows["columns"].map(lambda names: column in names)]
    assert rows["missing"].sum() == frame[column].isna().sum()
    assert set(rows["of"]) <= {len(frame)}
    assert (rows["reason"] != "").all()


def test_every_number_of_the_corpus_that_is_missing_has_a_reason(corpus):
    named = {name for names in listed(corpus, level="corpus")["columns"] for name in names}
    without = {name for name, value in corpus.summary.items() if value is None}
    assert "focus_shift_adjusted" in without
    assert without <= named


def test_the_sessions_rows_add_up_to_those_of_the_corpus(corpus):
    """Where they are listed at all: what every row lacks is not repeated."""

    def by_column(level):
        rows = listed(corpus, level=level).explode("columns")
        return rows.groupby(["table", "columns", "reason"])["missing"].sum()

    own, everything = by_column("session"), by_column("corpus")
    assert len(own) > 20
    assert own.drop("rates", level="table").to_dict().items() <= everything.to_dict().items()
    repeated = listed(corpus, level="corpus").explode("columns")
    of_all = repeated[repeated["missing"] == repeated["of"]]
    keys = set(of_all[["table", "columns", "reason"]].itertuples(index=False, name=None))
    assert not keys & set(own.index)


def test_what_is_known_already_is_not_worded_anew(corpus):
    focus_test = corpus.sessions.set_index("session_id")["focus_test"]
    for name in ("never", "alone", "short"):
        (reason,) = reasons(corpus, name, "sessions", "focus_shift_adjusted")
        assert focus_test[name] == f"not tested: {reason}"
    rates = corpus.rates.set_index("name")["flagged_note"]
    assert reasons(corpus, "nobody", "rates", "flagged") == [rates["nobody"]]
    found = set(listed(corpus, table="following")["reason"])
    assert found == set(corpus.following["note"]) - {""}


@pytest.mark.parametrize(
    ("session", "table", "column", "reason"),
    [
        ("nobody", "sessions", "disclosures", "not measured: no therapist was recognized"),
        ("nobody", "sessions", "focus_shift", "not measured: no therapist was recognized"),
        ("nobody", "sessions", "therapist_turns", "not measured: no therapist was recognized"),
        ("nobody", "sessions", "floor_shared", "not measured: no therapist was recognized"),
        ("alone", "sessions", "therapist_talk_share", "no client was recognized"),
        ("alone", "sessions", "client_longest_turn", "no client was recognized"),
        ("alone", "sessions", "focus_shift", "only one side speaks"),
        ("never", "sessions", "focus_shift", "no disclosure"),
        ("short", "sessions", "focus_shift", "fewer than 20 words before or after"),
        ("short", "disclosures", "client_share_after", "fewer than 20 words before or after"),
        ("alone", "disclosures", "reply_ratio", "no client was recognized"),
        ("alone", "disclosures", "client_resumed", "no client was recognized"),
        ("alone", "disclosures", "client_resumed_base", "no client was recognized"),
        ("alone", "disclosures", "turns_to_return", "no client was recognized"),
        ("mute", "disclosures", "client_resumed", "no client says a word"),
        ("last", "disclosures", "reply_ratio", "the client says nothing after it"),
    ],
)
def test_the_reason_of_a_session(corpus, session, table, column, reason):
    assert reasons(corpus, session, table, column) == [reason]


def test_a_reason_for_every_row_of_a_table_is_listed_once(corpus):
    rows = corpus.missing[corpus.missing["reason"] == "needs start and end times"]
    assert rows[["level", "session_id", "table", "missing", "of"]].to_numpy().tolist() == [
        ["corpus", "", "sessions", 7, 7]
    ]
    balance = ["score", "type", "windows", "windows_therapist", "windows_client"]
    assert rows["columns"].tolist() == [[f"balance_{name}" for name in balance]]


def test_metadata_that_were_not_given_and_those_with_gaps():
    results = [measured("often"), measured("never")]
    nothing = gather(results, []).missing
    (row,) = nothing[nothing["reason"] == "no --metadata"].to_dict("records")
    assert row["columns"] == ["therapist", "case", "session_number"]
    assert (row["missing"], row["of"]) == (2, 2)
    columns = {
        "therapist": {"often": "A", "never": "A"},
        "case": {"often": "a"},
        "session_number": {"often": 3, "never": 4},
        "alliance": {"often": 5.0},
    }
    some = gather(results, [], known=Known(columns)).missing
    some = some[some["reason"] == "no value in --metadata"]
    assert some[["level", "session_id", "columns", "missing", "of"]].to_numpy().tolist() == [
        ["corpus", "", ["case", "alliance"], 1, 2],
        ["session", "never", ["case", "alliance"], 1, 1],
    ]


def test_sessions_that_could_not_be_read_or_analyzed():
    problems = [
        Problem("cannot be opened", path="a.csv"),
        Problem("could not be analyzed", path="b.csv", session_id="b"),
        Problem("could not be analyzed", path="b.csv", session_id="b"),
        Problem("odd", Severity.WARNING, path="c.csv"),
        Problem("no therapist", path="often.csv", session_id="often"),
        Problem("interrupted"),
    ]
    corpus = gather([measured("often")], problems)
    (row,) = corpus.missing[corpus.missing["columns"].map(lambda n: n == ["(the whole row)"])].index
    assert corpus.missing.loc[row].to_dict() == {
        "level": "corpus",
        "session_id": "",
        "table": "sessions",
        "columns": ["(the whole row)"],
        "missing": 2,
        "of": 3,
        "reason": "could not be read or analyzed: see the table problems",
    }


def test_without_sessions_only_numbers_of_the_corpus_are_missing():
    missing = gather([], []).missing
    assert set(missing["table"]) <= {"counts", "following", "curve", "rates"}
    assert "disclosures_per_session" in missing.explode("columns")["columns"].tolist()


def test_the_order_of_the_sessions_changes_only_the_order_of_the_rows(corpus):
    other = gather([measured(name) for name in reversed(SESSIONS)], []).missing

    def sorted_rows(missing):
        rows = missing.assign(columns=missing["columns"].map(", ".join))
        return rows.sort_values(list(rows.columns)).reset_index(drop=True)

    pd.testing.assert_frame_equal(sorted_rows(other), sorted_rows(corpus.missing))
