"""Compare two result folders of `tsd analyze` cell by cell, as after a refactoring.

    python benchmarks/compare_results.py BEFORE AFTER

Prints the columns that only one of them has, and the columns in which cells differ, with their
number; never a cell itself. Exit status 1 if a cell differs.
"""

import sys
from pathlib import Path

import pandas as pd

from tsd.measure.tables import TABLES


def read(folder: Path, name: str) -> pd.DataFrame:
    """Read a table of a result with every cell as text, whichever version wrote it."""
    path = folder / f"{name}.csv"
    if path.exists():
        return pd.read_csv(path, dtype=object, keep_default_na=False)
    table = pd.read_parquet(folder / f"{name}.parquet")
    joints = {c.name: c.joined_by for each in TABLES if each.name == name for c in each.columns}
    return table.apply(
        lambda column: column.map(lambda cell: _text(cell, joints.get(column.name, "")))
    )


def _text(cell: object, joint: str) -> str:
    if not isinstance(cell, str) and hasattr(cell, "__len__"):
        return joint.join(cell)
    return "" if pd.isna(cell) else str(cell)


def differences(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, str]:
    """Return what differs, for each column that is not the same."""
    if len(before) != len(after):
        return {"": f"{len(before)} rows before, {len(after)} after"}
    found = {name: "only before" for name in before if name not in after}
    found |= {name: "only after" for name in after if name not in before}
    for name in [each for each in before if each in after]:
        count = int((before[name] != after[name]).sum())
        if count:
            found[name] = f"{count} of {len(before)} cells differ"
    return found


def main(before: str, after: str) -> int:
    """Compare the tables of two folders."""
    status = 0
    for table in TABLES:
        found = differences(read(Path(before), table.name), read(Path(after), table.name))
        print(f"{table.name}: {'the same' if not found else ''}")
        for name, what in found.items():
            print(f"  {name}: {what}")
            status |= "differ" in what or "rows" in what
    return int(status)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
