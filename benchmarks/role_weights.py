"""Learns from `data/corpus` how much each habit of talking says about who the therapist is.

    python -m benchmarks.role_weights [--check] [TRANSCRIPTS ...]

Writes `pipeline/tsd/readers/role_talk_weights.py`; with --check, only measures. It prints the
figures cross-validated by setting, and those of TRANSCRIPTS: tables with session_id, speaker
(therapist and client) and text, which are measured and never learned from. The names are not used.

Each whole session is learned in several views: as it is, without punctuation (like captions), in
short parts, and with most of the therapist's or the client's turns left out, so that the weights do
not depend on who talks more.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from tsd.readers.role_talk import FEATURES, SURE, guess_from_talk, lists_hash, talk_features

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "pipeline" / "tsd" / "readers" / "role_talk_weights.py"
PENALTY = 0.3
"""Inverse strength of the L2 penalty, on features of unit variance."""

PARTS = (8, 16, 32)
"""Utterances of the parts of a session that are learned from."""

KEPT = (0.3, 0.5)
"""Shares of the turns that are kept where the turns of one side are left out."""

BINS = (0.5, 0.7, 0.9, 0.95, 0.99, 1.0)
LONG = 20
"""Utterances from which on a session counts as long enough."""

Turns = list[tuple[str, str]]
SIDES = ("therapist", "client")


def whole_sessions() -> Iterator[tuple[str, Turns]]:
    """Yield the setting and the turns of each whole session in which both sides speak."""
    files = sorted((ROOT / "data" / "corpus").glob("*.csv"))
    rows = pd.concat(pd.read_csv(file, dtype=str, keep_default_na=False) for file in files)
    for _, session in rows[rows["kind"] == "session"].groupby("session_id", sort=True):
        turns = turns_of(session)
        if len({speaker for speaker, _ in turns}) == len(SIDES):
            yield session["setting"].iloc[0], turns


def turns_of(session: pd.DataFrame) -> Turns:
    """Return what therapist and client say in a session."""
    both = session[session["speaker"].isin(SIDES)]
    return list(zip(both["speaker"], both["text"], strict=True))


def views(turns: Turns, rng: random.Random) -> Iterator[Turns]:
    """Yield a session in the ways in which it is learned."""
    plain = [(speaker, re.sub(r"[^\w\s']", " ", text.lower())) for speaker, text in turns]
    whole = [turns, plain]
    for length in PARTS:
        for number, start in enumerate(range(0, len(turns) - length, 2 * length)):
            whole.append((plain if number % 2 else turns)[start : start + length])
    for view in whole:
        yield view
        for side in SIDES:
            share = rng.choice(KEPT)
            yield [turn for turn in view if turn[0] != side or rng.random() < share]


def difference(turns: Turns) -> list[float] | None:
    """Return by how much the therapist's features exceed the client's."""
    found = talk_features(turns, SIDES)
    if found is None:
        return None
    return [t - c for t, c in zip(found["therapist"], found["client"], strict=True)]


def learn(differences: np.ndarray) -> np.ndarray:
    """Return the weights: of two speakers, the one with the higher sum is the therapist."""
    scale = differences.std(axis=0)
    both = np.vstack([differences, -differences]) / scale
    sides = np.repeat([1, 0], len(differences))
    model = LogisticRegression(C=PENALTY, fit_intercept=False, max_iter=2000)
    return model.fit(both, sides).coef_[0] / scale


def probability(differences: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the probabilities of those who are the therapists."""
    return 1 / (1 + np.exp(-differences @ weights))


def decided(p: Sequence[float] | np.ndarray) -> str:
    """Say how many sessions are decided, and how many of these are right."""
    values = np.asarray(p, dtype=float)
    clear = values[np.maximum(values, 1 - values) >= SURE]
    right = int((clear > 0.5).sum())
    return f"{len(values)} sessions, {len(clear)} decided, {right} of these right"


def calibration(p: np.ndarray) -> Iterator[str]:
    """Say for each range of probabilities how many are right."""
    high = np.maximum(p, 1 - p)
    for low, up in pairwise(BINS):
        within = (high >= low) & ((high < up) | (up == 1))
        if within.any():
            mean, right = high[within].mean(), (p[within] > 0.5).mean()
            yield f"{low} to {up}: {within.sum()} views, mean p {mean:.3f}, right {right:.3f}"


def cross_validate(
    sessions: list[tuple[str, Turns]], settings: np.ndarray, learned: np.ndarray
) -> list[str]:
    """Measure each setting with the weights of all others."""
    of_views, whole, parts = np.zeros(len(learned)), [], []
    for setting in sorted(set(settings)):
        weights = learn(learned[settings != setting])
        mine = settings == setting
        of_views[mine] = probability(learned[mine], weights)
        own = [turns for name, turns in sessions if name == setting]
        whole += list(probability(np.array([difference(turns) for turns in own]), weights))
        starts = [found for turns in own if (found := difference(turns[:LONG])) is not None]
        parts += list(probability(np.array(starts), weights))
    return [
        f"Whole sessions: {decided(whole)}.",
        f"Their first {LONG} utterances: {decided(parts)}.",
        "All views:",
        *(f"  {line}" for line in calibration(of_views)),
    ]


def split(turns: Turns, side: str, rng: random.Random) -> Turns:
    """Return a session in which one side is two people."""
    return [
        (f"{speaker} {rng.choice((1, 2))}" if speaker == side else speaker, text)
        for speaker, text in turns
    ]


def three_speakers(sessions: list[tuple[str, Turns]]) -> Iterator[str]:
    """Measure sessions with two clients, and with two therapists, made of those of the corpus."""
    for side, name in (("client", "a couple"), ("therapist", "a co-therapist")):
        guesses = []
        for number, (_, turns) in enumerate(sessions):
            parted = split(turns, side, random.Random(number))
            guess = guess_from_talk(parted, {speaker for speaker, _ in parted})
            if guess is not None and guess.sure:
                guesses.append(guess)
        right = sum(guess.therapist.startswith("therapist") for guess in guesses)
        clients = [client for guess in guesses for client in guess.clients]
        wrong = sum(client.startswith("therapist") for client in clients)
        yield (
            f"Whole sessions with {name}: {len(guesses)} decided, {right} of these right; "
            f"{len(clients)} clients named, {wrong} of them wrong."
        )


def measure(path: Path) -> Iterator[str]:
    """Measure the weights that tsd has, on other talk."""
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    sessions = [turns_of(session) for _, session in rows.groupby("session_id", sort=True)]
    began = time.process_time()
    p = []
    for turns in sessions:
        hidden = [(f"Speaker {1 + (speaker == 'client')}", text) for speaker, text in turns]
        guess = guess_from_talk(hidden, {name for name, _ in hidden})
        p.append(0.5 if guess is None else guess.probabilities["Speaker 1"])
    seconds = (time.process_time() - began) / sum(map(len, sessions)) * 1e5
    yield f"{path.name}: {decided(p)}; {seconds:.1f} s of CPU per 100,000 utterances"
    long = [each for each, turns in zip(p, sessions, strict=True) if len(turns) >= LONG]
    yield f"{path.name}, at least {LONG} utterances: {decided(long)}"


def source(weights: np.ndarray, figures: Iterable[str]) -> str:
    """Return the module with the weights."""
    lines = [
        '"""How much each habit of talking says about who the therapist is.',
        "",
        "Made by `python -m benchmarks.role_weights` from the whole sessions of `data/corpus`: do",
        f"not edit. Cross-validated by setting (decided from p = {SURE} on):",
        "",
        *figures,
        '"""',
        "",
        f'LISTS = "{lists_hash()}"',
        '"""Of the word lists with which the weights were learned."""',
        "",
        "WEIGHTS: dict[str, float] = {",
        *(f'    "{name}": {value:.3f},' for name, value in zip(FEATURES, weights, strict=True)),
        "}",
        '"""Positive: the therapist does it more often."""',
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Learn, write and measure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="learn nothing, only measure")
    parser.add_argument("transcripts", nargs="*", type=Path)
    asked = parser.parse_args()
    sessions = list(whole_sessions())
    if not asked.check:
        rows, settings = [], []
        for number, (setting, turns) in enumerate(sessions):
            for view in views(turns, random.Random(number)):
                if (row := difference(view)) is not None:
                    rows.append(row)
                    settings.append(setting)
        learned = np.array(rows)
        figures = cross_validate(sessions, np.array(settings), learned)
        WEIGHTS.write_text(source(learn(learned), figures), encoding="utf-8")
        print(*figures, sep="\n")
        print("Written. The figures of other transcripts are of the earlier weights: run again.")
    print(*three_speakers(sessions), sep="\n")
    for path in asked.transcripts:
        print(*measure(path), sep="\n")


if __name__ == "__main__":
    main()
