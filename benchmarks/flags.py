"""How well the words in `tsd.measure.guidelines` find the flags that coders set.

    python benchmarks/flags.py [--gold DIR]

Compares with the flags of `data/corpus` and, with DIR, of the gold files: real utterances that
cannot be published. Only counts and figures of them are printed. Both the corpus and the files in
DIR were read while the word lists were made, so these are development figures, not those of a
held-out test.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from tsd.measure.guidelines.flags import FLAGS, asks_permission, find_flags
from tsd.schema import TYPES, Label

ROOT = Path(__file__).parent.parent
GOLD = ("annomi", "hlqc", "mesc", "primock", "esconv", "reddit", "counselchat")


def read_corpus() -> pd.DataFrame:
    """Read the therapist utterances of the corpus."""
    files = sorted((ROOT / "data" / "corpus").glob("*.csv"))
    rows = pd.concat(
        [pd.read_csv(file, keep_default_na=False, dtype=str) for file in files], ignore_index=True
    )
    return rows[rows["speaker"] == "therapist"]


def read_gold(folder: Path, name: str) -> pd.DataFrame:
    """Read the therapist utterances of a gold file."""
    rows = pd.read_csv(folder / f"{name}_dev.csv", keep_default_na=False, dtype=str)
    if "speaker" in rows:
        rows = rows[rows["speaker"] == "therapist"]
    return rows


def found_in(row: pd.Series) -> set[str]:
    """Find the flags of one utterance with a disclosure."""
    return {match.flag for match in find_flags(row["text"], Label(row["label"]))}


def line(name: str, coded: pd.Series, found: pd.Series) -> tuple[object, ...]:
    """Write counts, precision, recall and F1 of one flag; a dash where there are none."""
    both, n_coded, n_found = int((coded & found).sum()), int(coded.sum()), int(found.sum())
    shares = ((both, n_found), (both, n_coded), (2 * both, n_coded + n_found))
    return (name, n_coded, n_found, both, *(f"{a / b:.2f}" if b else "-" for a, b in shares))


def table(rows: pd.DataFrame) -> tuple[list[tuple[object, ...]], float]:
    """Measure every flag. Return the lines, and the milliseconds that a disclosure took."""
    disclosing = rows[rows["label"].isin([str(label) for label in TYPES])]
    coded = disclosing["flags"].map(lambda flags: set(flags.split(",")))
    begun = time.perf_counter()
    found = [found_in(row) for _, row in disclosing.iterrows()]
    seconds = time.perf_counter() - begun
    lines = []
    for flag in FLAGS:
        both = [pd.Series([flag in flags for flags in each]) for each in (coded, found)]
        lines.append(line(flag, *both))
    asked = rows["flags"].str.contains("permission")
    lines.append(line("permission, of all utterances", asked, rows["text"].map(asks_permission)))
    return lines, 1000 * seconds / len(disclosing)


def show(title: str, rows: pd.DataFrame) -> None:
    """Print the table of one source."""
    lines, milliseconds = table(rows)
    header: Sequence[object] = ("flag", "coded", "found", "both", "precision", "recall", "F1")
    ruler = ["---"] + ["---:"] * (len(header) - 1)
    print(f"{title}: {len(rows):,} utterances, {milliseconds:.2f} ms for a disclosure\n")
    print("\n".join(f"| {' | '.join(map(str, each))} |" for each in (header, ruler, *lines)), "\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, help="folder of real utterances with labels")
    folder = parser.parse_args().gold
    show("corpus", read_corpus())
    if folder:
        gold = {name: read_gold(folder, name) for name in GOLD}
        for name, rows in gold.items():
            show(f"gold, {name}", rows)
        show("gold, all", pd.concat(gold.values(), ignore_index=True))


if __name__ == "__main__":
    main()
