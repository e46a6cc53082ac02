"""The samples are what the README shows: they must read without a complaint."""

import csv

import pytest

from tsd.readers import known_suffixes, read_file
from tsd.schema import Label, Role, Severity


@pytest.fixture(scope="module")
def readings(root):
    files = sorted(
        p for p in (root / "data/samples/sessions").iterdir() if p.suffix in known_suffixes()
    )
    return {file.name: read_file(file) for file in files}


def test_there_is_one_for_every_format(readings):
    suffixes = {"." + name.rsplit(".", 1)[1] for name in readings}
    assert suffixes == {".csv", ".tsv", ".jsonl", ".txt"}


def test_they_read_without_a_problem(readings):
    for reading in readings.values():
        assert [p for p in reading.problems if p.severity is not Severity.NOTE] == []


def test_every_session_has_both_sides_and_a_real_length(readings):
    for reading in readings.values():
        for session in reading.sessions:
            assert 30 <= len(session) <= 120
            assert min(session.count(Role.THERAPIST), session.count(Role.CLIENT)) >= 12


def test_annotations_are_there(readings):
    labels = [
        u.label
        for s in readings["annotated.csv"].sessions
        for u in s.utterances
        if u.role is Role.THERAPIST
    ]
    assert None not in labels
    assert set(labels) == set(Label)


def test_csv_samples_are_strictly_valid(root):
    for path in (root / "data/samples/sessions").glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            widths = {len(row) for row in csv.reader(file, strict=True)}
        assert len(widths) == 1
