"""Write the tables of columns into docs/outputs.md from `tsd.measure.tables`.

    python docs/write_outputs.py

tests/test_docs.py fails where the page is not what this writes.
"""

import re
from pathlib import Path

from tsd.measure.tables import ALL_TABLES, TYPE_NAMES, Table

PAGE = Path(__file__).parent / "outputs.md"


def described(table: Table) -> str:
    """Describe the columns of a table in Markdown."""
    lines = [
        f"<!-- columns of {table.name} -->",
        "| column | type | meaning |",
        "| --- | --- | --- |",
    ]
    for column in table.columns:
        meaning = column.help
        if column.joined_by:
            meaning += f" (in CSV joined by `{column.joined_by.replace('|', chr(92) + '|')}`)"
        lines.append(f"| `{column.name}` | {TYPE_NAMES[column.dtype]} | {meaning} |")
    return "\n".join([*lines, "<!-- end -->"])


def with_columns(page: str) -> str:
    """Return the page with its tables of columns written anew."""
    for table in ALL_TABLES:
        part = re.compile(f"<!-- columns of {table.name} -->.*?<!-- end -->", re.DOTALL)
        page = part.sub(lambda _, table=table: described(table), page)
    return page


if __name__ == "__main__":
    PAGE.write_text(with_columns(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
