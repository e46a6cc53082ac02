"""The pages in docs/ say what the package does."""

import re

import pytest

from tsd.measure.tables import (
    DISCLOSURE_COLUMNS,
    DYNAMICS_COLUMNS,
    GUIDELINE_COLUMNS,
    PROBLEM_COLUMNS,
    RATE_COLUMNS,
    SESSION_COLUMNS,
    UTTERANCE_COLUMNS,
)


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("utterances", UTTERANCE_COLUMNS),
        ("disclosures", DISCLOSURE_COLUMNS),
        ("sessions", SESSION_COLUMNS),
        ("guidelines", GUIDELINE_COLUMNS),
        ("dynamics", DYNAMICS_COLUMNS),
        ("rates", RATE_COLUMNS),
        ("problems", PROBLEM_COLUMNS),
    ],
)
def test_every_column_is_explained_in_its_order(root, table, columns):
    page = (root / "docs/outputs.md").read_text(encoding="utf-8")
    section = page.split(f"## {table}:")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.+?) \| ", section, flags=re.M)
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row)] == list(columns)
