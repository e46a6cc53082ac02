"""How fast sessions are analyzed once they are classified, and how the cost grows.

Run by hand: ``python benchmarks/analysis.py [SESSIONS]``. Machines differ and are noisy: compare
figures of one run only.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from spacy.tokens import Doc

import tsd
from tsd.measure.corpus import gather
from tsd.measure.session import analyze
from tsd.readers import known_suffixes, read_sessions
from tsd.schema import Session, Utterance

SAMPLES = Path(__file__).parent.parent / "data/samples/sessions"
LENGTHS = (150, 300, 600, 1200)
"""Utterances per session."""


def sessions_of(length: int, number: int) -> list[Session]:
    """Make sessions from the utterances of the samples, one after another."""
    files = sorted(path for path in SAMPLES.iterdir() if path.suffix in known_suffixes())
    utterances: list[Utterance] = [
        replace(utterance, start=None, end=None)
        for file in files
        for session in read_sessions(file)
        for utterance in session.utterances
    ]
    count = len(utterances)
    repeated = utterances * (2 + length // count)
    return [
        Session(f"s{n}", tuple(repeated[n % count :][:length]), "samples") for n in range(number)
    ]


def measure(docs: list[Doc], times: int) -> float:
    """Return the seconds that a number of sessions take, made of these few."""
    begun = time.perf_counter()
    results = [analyze(docs[n % len(docs)]) for n in range(times)]
    for n, result in enumerate(results):
        result.summary["session_id"] = f"s{n}"
    gather(results, [])
    return time.perf_counter() - begun


def main() -> None:
    """Print seconds by length of session, and by number of sessions."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    nlp = tsd.load()
    print("sessions  utterances each  seconds  ms per 100 utterances")
    for length in LENGTHS:
        docs = list(nlp.pipe(sessions_of(length, 25)))
        measure(docs, 5)
        few = number if length == 300 else max(number // 5, 1)
        seconds = measure(docs, few)
        print(f"{few:8,}  {length:15,}  {seconds:7.2f}  {1e5 * seconds / few / length:21.2f}")


if __name__ == "__main__":
    main()
