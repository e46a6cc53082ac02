"""How often the focus test and what follows find something where there is nothing.

Run by hand, in the project's folder: ``python -m benchmarks.false_alarms [TRANSCRIPTS]
[--corpora N]``. TRANSCRIPTS is a file or a folder; without it, sessions are made of blocks of the
samples. In each session, four utterances of the therapist are called disclosures, in one of five
ways that have nothing to do with what is said next. Every share is printed with its standard
error. Corpora of few transcripts have sessions in common: their shares differ more than that.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
from tests.measure.simulated import (
    PLACEMENTS,
    C,
    T,
    place,
    session_like_the_samples,
    talk_of_turns,
)

from tsd.measure.focus.chance import TESTED, corpus_against_chance, session_against_chance
from tsd.measure.focus.shift import measure_focus
from tsd.measure.focus.stretches import Slopes, compare
from tsd.measure.following.acts import acts_of
from tsd.measure.following.curve import curve_rows, curve_sums
from tsd.measure.following.lags import count_lags, following_rows
from tsd.measure.talk import Talk
from tsd.readers import known_suffixes, read_sessions
from tsd.schema import Session
from tsd.settings import Measuring

SESSIONS = 20
"""Sessions per corpus."""

FEWEST_ANSWERS = 12
"""Sessions in which the therapist speaks less often right after the client are left out."""

EACH = 5
"""What follows is looked for in every fifth corpus: it takes ten times as long."""

MADE = 2000
"""Sessions like the samples from which corpora are drawn."""

COLUMNS = (
    "session",
    "mean shift",
    "corpus",
    "flipped signs",
    "interval covers 0",
    "row of following",
    "any row",
    "turns compared",
    "curve in band",
)
"""What is printed: the fields of `Found`."""

MEASURING = Measuring()


@dataclass
class Found:
    """What was found in the corpora of one placement."""

    session: list[bool] = field(default_factory=list)
    shift: list[float] = field(default_factory=list)
    corpus: list[bool] = field(default_factory=list)
    flipped: list[bool] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    following: list[float] = field(default_factory=list)
    any_row: list[bool] = field(default_factory=list)
    compared: list[float] = field(default_factory=list)
    curve: list[float] = field(default_factory=list)

    def add_focus(self, talks: list[Talk]) -> None:
        """Test the focus shift of a corpus and of each of its sessions."""
        found = [compare(each, measure_focus(each, MEASURING), MEASURING) for each in talks]
        pooled = Slopes.none()
        for each in found:
            pooled += each.short
        chances = [session_against_chance(each, MEASURING, pooled) for each in found]
        tested = [chance for chance in chances if chance.outcome == TESTED]
        self.session += [chance.p <= 0.05 for chance in tested]
        self.shift += [chance.adjusted for chance in tested]
        names = [str(number) for number in range(len(talks))]
        corpus = corpus_against_chance(names, [""] * len(talks), chances, MEASURING)
        self.corpus.append(corpus.p <= 0.05)
        if corpus.p_therapists.value is not None:  # enough of the sessions could be tested
            self.flipped.append(corpus.p_therapists.value <= 0.05)
            self.covered.append(corpus.adjusted.low <= 0 <= corpus.adjusted.high)

    def add_following(self, talks: list[Talk]) -> None:
        """Look for acts that follow, and at the client's share after the episodes."""
        rows = following_rows([count_lags(acts_of(each)) for each in talks])
        own = pd.DataFrame([row for row in rows if row["given"] == "disclosure"])
        tested = own[own["p"].notna()]
        self.following.append(float((tested["p"] <= 0.05).mean()))
        self.any_row.append(bool((tested["p_bh"] <= 0.05).any()))
        self.compared.append(float((own["compared"] / own["given_turns"]).mean()))
        sums = [curve_sums(each, measure_focus(each, MEASURING), MEASURING) for each in talks]
        after = [row for row in curve_rows(sums) if row["offset"] > 0]
        inside = [row["chance_low"] <= row["client_share"] <= row["chance_high"] for row in after]
        self.curve.append(float(np.mean(inside)))

    def line(self) -> str:
        """Return the figures, each with its standard error."""
        return "".join(f"{_mean(np.array(values, float)):>18}" for values in vars(self).values())


def _mean(values: np.ndarray) -> str:
    return f"{values.mean():.4f} ± {values.std(ddof=1) / len(values) ** 0.5:.4f}"


def transcribed(path: Path) -> list[Talk]:
    """Read the sessions of a file or a folder in which both sides speak often enough."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    sessions = [s for file in files if file.suffix in known_suffixes() for s in read_sessions(file)]
    return [talk for talk in map(_talk, sessions) if _answers(talk) >= FEWEST_ANSWERS]


def _talk(session: Session) -> Talk:
    kept = [u for u in session.utterances if u.role in (T, C)]
    roles, words, texts = zip(*((u.role, u.words, u.text) for u in kept), strict=True)
    return talk_of_turns(roles, words, session.session_id, texts)


def _answers(talk: Talk) -> int:
    after_the_client = np.append([False], (talk.of(C) & (talk.words > 0))[:-1])
    return int((talk.of(T) & (talk.words > 0) & after_the_client).sum())


def main() -> None:
    """Print a line per placement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("transcripts", nargs="?", type=Path)
    parser.add_argument("--corpora", type=int, default=500)
    options = parser.parse_args()
    if options.transcripts:
        talks = transcribed(options.transcripts)
    else:
        random = np.random.default_rng(0)
        talks = [session_like_the_samples(random, name=str(n)) for n in range(MADE)]
    print(f"{options.corpora} corpora of {SESSIONS} of {len(talks)} sessions; p ≤ .05 unless said")
    print(f"{'':<24}" + "".join(f"{name:>18}" for name in COLUMNS))
    for number, how in enumerate(PLACEMENTS):
        random = np.random.default_rng([1, number])
        found = Found()
        for corpus in range(options.corpora):
            drawn = random.choice(len(talks), SESSIONS, replace=False)
            placed = [place(random, talks[each], how) for each in drawn]
            # a session's permutations follow from its name: others in each corpus
            placed = [replace(each, session_id=f"{each.session_id} {corpus}") for each in placed]
            found.add_focus(placed)
            if corpus % EACH == 0:
                found.add_following(placed)
        print(f"{how:<24}{found.line()}", flush=True)


if __name__ == "__main__":
    main()
