"""The challenge set: its schema, its kinds, and that nothing of it is learned from."""

import csv
from collections import Counter

import pytest

from tsd.readers import read_file
from tsd.schema import TYPES, Role

IDENTIFIERS = ("may have ", "may not be de-identified: ")  # of people who are invented
WORDS = 6
"""Lines with fewer words can stand in the corpus by chance."""


def rows_of(folder):
    found = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file, strict=True))
        assert {row["source"] for row in rows} == {path.stem}
        found += rows
    return found


@pytest.fixture(scope="module")
def helper(root):
    return [row for row in rows_of(root / "data/challenge") if row["speaker"] == "therapist"]


def test_it_reads_without_problems(root):
    for path in sorted((root / "data/challenge").glob("*.csv")):
        reading = read_file(path)
        problems = [p.message for p in reading.problems]
        assert [each for each in problems if not each.startswith(IDENTIFIERS)] == []
        said = [u for s in reading.sessions for u in s.utterances if u.role is Role.THERAPIST]
        assert all(bool(u.disclosing) == (u.label in TYPES) for u in said)


def test_it_has_the_size_of_its_datasheet(root, helper):
    disclosing = sum(row["label"] in list(TYPES) for row in helper)
    text = (root / "data/challenge/README.md").read_text(encoding="utf-8")
    assert f"{len(helper):,} lines by helpers" in text
    assert f"{disclosing} of them disclosing" in text


def test_every_kind_is_of_disclosures_or_of_none_and_large_enough(helper):
    kinds = Counter((row["statement"], row["label"] == "none") for row in helper)
    assert len(kinds) == len({name for name, _ in kinds}) == 32
    assert min(kinds.values()) >= 40


def test_no_line_of_it_is_in_the_corpus(root, helper):
    corpus = {row["text"].lower() for row in rows_of(root / "data/corpus")}
    lines = {row["text"].lower() for row in helper if len(row["text"].split()) >= WORDS}
    assert lines & corpus == set()
