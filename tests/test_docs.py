"""The pages in docs/ say what the package does."""

import runpy

import pytest

from tsd.measure.tables import TABLES


@pytest.fixture
def outputs(root):
    return (root / "docs/outputs.md").read_text(encoding="utf-8")


def test_the_columns_are_described_as_they_are_defined(root, outputs):
    made = runpy.run_path(str(root / "docs/write_outputs.py"))
    assert outputs == made["with_columns"](outputs), "run: python docs/write_outputs.py"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_has_its_place(outputs, table):
    section = outputs.split(f"## {table.name}: {table.row}")[1].split("\n## ")[0]
    assert section.count(f"<!-- columns of {table.name} -->") == 1
    for name in table.names:
        assert f"| `{name}` |" in section
