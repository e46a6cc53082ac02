"""How many utterances per second each step takes, and its ratio to bare spaCy tokenizing.

    python benchmarks/throughput.py [FILE_OR_FOLDER]

Machines are noisy: compare ratios within one run, not seconds of two runs.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

import tsd
from tsd.batch.inputs import find_files
from tsd.classify.pipeline import segmenter
from tsd.measure.session import analyze
from tsd.readers import read_sessions

REPEATS = 3
AT_LEAST = 5_000


def fastest(step: Callable[[], object]) -> float:
    """Return the shortest of some runs, in seconds."""
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        step()
        times.append(time.perf_counter() - begun)
    return min(times)


def main() -> None:
    """Measure and print."""
    samples = Path(__file__).parent.parent / "data/samples/sessions"
    files, _ = find_files([sys.argv[1] if len(sys.argv) > 1 else samples])
    sessions = [session for file in files for session in read_sessions(file)]
    sessions *= -(-AT_LEAST // sum(map(len, sessions)))
    count = sum(map(len, sessions))
    texts = ["\n".join(u.text for u in session.utterances) for session in sessions]
    bare, units, whole = spacy.blank("en"), segmenter(), tsd.load()
    docs = list(whole.pipe(sessions))
    steps: dict[str, Callable[[], object]] = {
        "bare spaCy tokenizing": lambda: list(bare.pipe(texts)),
        "segmenting (tokens, units, cues)": lambda: list(units.pipe(sessions)),
        "segmenting and classifying": lambda: list(whole.pipe(sessions)),
        "measuring": lambda: [analyze(doc) for doc in docs],
    }
    print(f"{count:,} utterances in {len(sessions)} sessions, best of {REPEATS}")
    base = 0.0
    for name, step in steps.items():
        seconds = fastest(step)
        base = base or seconds
        print(f"{name:34} {count / seconds:10,.0f} utterances/s {seconds / base:6.2f} x bare")


if __name__ == "__main__":
    main()
