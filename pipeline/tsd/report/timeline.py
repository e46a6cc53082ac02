"""A session as a strip: who talked when, and where the disclosures are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

WIDTH = 1000
"""Width of the strip in its own units."""

_TOUCHING = 0.5
"""Stretches of one role with less than this between them are one bar."""

_NARROWEST = 3.0
"""A disclosure is drawn at least this wide, so that short ones are visible."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of the strip.

    `x` and `width` are from 0 to `WIDTH`. `kind` is a role or the type of a disclosure, and the
    CSS class.
    """

    x: float
    width: float
    kind: str


class Timeline(NamedTuple):
    """The rectangles of a session.

    `turns` has one per stretch of talk of one role, `marks` one per disclosing utterance.
    """

    turns: list[Bar]
    marks: list[Bar]


def draw(
    begins: Sequence[float], ends: Sequence[float], roles: Sequence[str], labels: Sequence[str]
) -> Timeline:
    """Lay out a session, in the order of speaking. Silence stays empty.

    Parameters
    ----------
    begins, ends : sequence of float
        Where each utterance is on the axis of the session.
    roles : sequence of str
        Who spoke it.
    labels : sequence of str
        The type it discloses, or empty.

    Examples
    --------
    >>> draw([0, 1], [1, 4], ["therapist", "client"], ["training", ""]).turns
    [Bar(x=0.0, width=250.0, kind='therapist'), Bar(x=250.0, width=750.0, kind='client')]
    """
    scale = WIDTH / (max(ends, default=0) or 1)
    turns: list[Bar] = []
    marks: list[Bar] = []
    for begin, end, role, label in zip(begins, ends, roles, labels, strict=True):
        x, width = begin * scale, max(end - begin, 0) * scale
        last = turns[-1] if turns else None
        if last and last.kind == role and abs(last.x + last.width - x) < _TOUCHING:
            turns[-1] = replace(last, width=last.width + width)
        else:
            turns.append(Bar(x, width, role))
        if label:
            shown = max(width, _NARROWEST)
            marks.append(Bar(min(x, WIDTH - shown), shown, label))
    return Timeline(*([_rounded(bar) for bar in bars] for bars in (turns, marks)))


def _rounded(bar: Bar) -> Bar:
    return Bar(round(bar.x, 2), round(bar.width, 2), bar.kind)


def share_line(windows: pd.DataFrame, length: float) -> list[str]:
    """Lay out the therapist's share of the talk over the session, as points of SVG lines.

    `windows` are the session's rows of the table ``dynamics``; `length` is that of the session, on
    the same axis. x is from 0 to `WIDTH`, y from 0 (only the therapist talks) to 100. A line ends
    where nobody talks, and a new one begins afterwards.

    Examples
    --------
    >>> windows = {"begin": [0, 30], "end": [60, 90], "therapist_share": [0.5, 1]}
    >>> share_line(pd.DataFrame(windows), 90)
    ['333.33,50.0 666.67,0.0']
    """
    if windows.empty:
        return []
    middles = (windows["begin"] + windows["end"]) / 2 * (WIDTH / length)
    lines: list[list[str]] = [[]]
    for x, share in zip(middles, windows["therapist_share"], strict=True):
        if share == share:  # not NaN
            lines[-1].append(f"{x:.2f},{100 * (1 - share):.1f}")
        elif lines[-1]:
            lines.append([])
    return [" ".join(points) for points in lines if points]
