"""The pages in docs/ say what the package does."""

import re
import runpy
from itertools import pairwise

import pytest

from tsd.measure.tables import ALL_TABLES
from tsd.readers import FORMATS


@pytest.fixture
def outputs(root):
    return (root / "docs/outputs.md").read_text(encoding="utf-8")


def test_the_columns_are_described_as_they_are_defined(root, outputs):
    made = runpy.run_path(str(root / "docs/write_outputs.py"))
    assert outputs == made["with_columns"](outputs), "run: python docs/write_outputs.py"


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_every_table_has_its_place(outputs, table):
    section = outputs.split(f"## {table.name}: {table.row}")[1].split("\n## ")[0]
    assert section.count(f"<!-- columns of {table.name} -->") == 1
    for name in table.names:
        assert f"| `{name}` |" in section


def test_a_table_has_a_ruler_of_its_width(root):
    """Otherwise it is not shown as a table."""
    pages = [*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob("models/*/*.md")]
    pages += [*root.glob("data/*/*.md"), *root.glob("notebooks/*.md")]
    wrong = [
        (page.name, above)
        for page in pages
        for above, ruler in pairwise(page.read_text(encoding="utf-8").splitlines())
        if re.fullmatch(r"\|( ?:?-+:? ?\|)+", ruler.strip())
        and above.count("|") != ruler.count("|")
    ]
    assert len(pages) > 8
    assert wrong == []


def test_every_format_is_described(root):
    page = (root / "docs/formats.md").read_text(encoding="utf-8")
    table = page[page.index("## Formats") : page.index("## Encodings")]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {name for cell in first_cells for name in re.findall(r"`([\w-]+)`", cell)}
    assert named == {each.name for each in FORMATS}
