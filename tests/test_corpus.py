"""The training corpus: schema, duplicates, openings, and what it must hold."""

import csv
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from tsd.readers import read_file
from tsd.schema import TYPES, Label, Role, count_words

COLUMNS = [
    *("session_id", "utterance_id", "speaker", "text", "label", "also", "flags", "disclosing"),
    *("setting", "style", "kind", "source"),
]
SETTINGS = {
    *("addiction", "advice site", "career", "couples and family", "grief", "hospital"),
    *("outpatient", "peer chat", "pharmacy", "primary care", "probation", "school"),
    "text therapy",
}
IDENTIFIERS = ("may have ", "may not be de-identified: ")  # of people who are invented
STYLES = {"asr", "transcribed", "typed", "written"}


@pytest.fixture(scope="module")
def table(root):
    """The rows of all files, as they stand there."""
    found = []
    for path in sorted((root / "data/corpus").glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file, strict=True)
            rows = list(reader)
        assert reader.fieldnames == COLUMNS, path.name
        assert {row["source"] for row in rows} == {path.stem}
        found += rows
    return found


def shares(table, column):
    """Return for each value of a column how many therapist rows it has and how many disclose."""
    labels = defaultdict(list)
    for row in table:
        if row["speaker"] == "therapist":
            labels[row[column]].append(row["label"] in TYPES)
    return {name: (len(flags), sum(flags) / len(flags)) for name, flags in labels.items()}


@pytest.fixture(scope="module")
def sessions(root):
    readings = [read_file(path) for path in sorted((root / "data/corpus").glob("*.csv"))]
    problems = [p.message for reading in readings for p in reading.problems]
    assert [each for each in problems if not each.startswith(IDENTIFIERS)] == []
    return [session for reading in readings for session in reading.sessions]


@pytest.fixture(scope="module")
def said(sessions):
    return [u for s in sessions for u in s.utterances if u.role is Role.THERAPIST]


def test_session_names_are_unique(sessions):
    assert max(Counter(s.session_id for s in sessions).values()) == 1


def test_it_is_large_enough(said):
    assert len(said) >= 30_000


def test_every_row_has_what_is_told_of_every_row(table):
    for name in ("session_id", "utterance_id", "speaker", "text", "setting", "style", "kind"):
        assert all(row[name] for row in table), name
    assert {row["speaker"] for row in table} == {"therapist", "client", "other"}
    assert {row["kind"] for row in table} == {"session", "exchange"}


@pytest.mark.parametrize("column", ["setting", "style", "kind", "source"])
def test_a_session_is_of_one_kind_throughout(table, column):
    pairs = {(row["session_id"], row[column]) for row in table}
    assert [name for name, n in Counter(name for name, _ in pairs).items() if n > 1] == []


def test_whole_sessions_are_many_and_whole(table):
    lengths = Counter(row["session_id"] for row in table if row["kind"] == "session")
    assert len(lengths) >= 60
    assert min(lengths.values()) >= 40


def test_every_setting_has_enough_of_both(table):
    found = shares(table, "setting")
    assert set(found) == SETTINGS
    assert {n: size for n, (size, _) in found.items() if size < 300} == {}
    assert {n: share for n, (_, share) in found.items() if not 0.1 <= share <= 0.6} == {}


def test_every_style_has_enough_of_both(table):
    found = shares(table, "style")
    assert set(found) == STYLES
    assert {n: share for n, (_, share) in found.items() if not 0.15 <= share <= 0.55} == {}


def test_every_therapist_utterance_has_a_label_and_nobody_else(sessions, said):
    assert all(u.label is not None for u in said)
    others = [u for s in sessions for u in s.utterances if u.role is not Role.THERAPIST]
    assert all(u.label is None for u in others)


def test_every_disclosure_has_its_words_marked(said):
    for u in said:
        assert bool(u.disclosing) == (u.label in TYPES)


def test_every_type_is_well_represented(said):
    labels = Counter(u.label for u in said)
    assert all(labels[label] >= 200 for label in TYPES)
    assert labels[Label.NONE] > sum(labels[label] for label in TYPES)


def test_no_utterance_stands_twice(said, sessions):
    """A short answer may, as what it answers can make it a disclosure or not."""
    texts = Counter(u.text.lower() for u in said if u.words > 7)
    assert [text for text, n in texts.items() if n > 1] == []
    exchanges = Counter(
        (before.text.lower(), u.text.lower())
        for session in sessions
        for before, u in pairwise(session.utterances)
        if u.role is Role.THERAPIST and u.words > 3
    )
    assert [pair for pair, n in exchanges.items() if n > 1] == []


def test_no_opening_is_a_template(said):
    openings = Counter(" ".join(u.text.lower().split()[:3]) for u in said if u.words > 3)
    assert [o for o, n in openings.items() if n > 0.003 * len(said)] == []


def test_length_alone_does_not_tell_the_label(said):
    lengths = {
        flag: sorted(count_words(u.text) for u in said if (u.label in TYPES) is flag)
        for flag in (True, False)
    }
    medians = {flag: values[len(values) // 2] for flag, values in lengths.items()}
    assert 0.6 < medians[True] / medians[False] < 1.7
