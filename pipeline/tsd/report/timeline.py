"""A session as a strip: who talked when, and where the disclosures are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from tsd.schema import Role

WIDTH = 1000
"""Width of the strip in its own units."""

_TOUCHING = 0.5
"""Stretches of one role with less than this between them are one bar."""

_NARROWEST = 3.0
"""A disclosure is drawn at least this wide, so that short ones are visible."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of the strip.

    Parameters
    ----------
    x, width : float
        From 0 to `WIDTH`.
    kind : str
        A role, or the type of a disclosure; used as the CSS class.
    """

    x: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The rectangles of a session.

    Parameters
    ----------
    turns : list of Bar
        One per stretch of talk of one role.
    marks : list of Bar
        One per disclosing utterance.
    """

    turns: list[Bar]
    marks: list[Bar]


def draw(
    begins: Sequence[float], ends: Sequence[float], roles: Sequence[Role], labels: Sequence[str]
) -> Timeline:
    """Lay out a session.

    Parameters
    ----------
    begins, ends : sequence of float
        Where each utterance is on the axis of the session.
    roles : sequence of Role
        Who spoke it.
    labels : sequence of str
        The type it discloses, or empty.

    Returns
    -------
    Timeline
        In the order of speaking. Silence stays empty.

    Examples
    --------
    >>> draw([0, 1], [1, 4], [Role.THERAPIST, Role.CLIENT], ["training", ""]).turns
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
            turns.append(Bar(x, width, str(role)))
        if label:
            shown = max(width, _NARROWEST)
            marks.append(Bar(min(x, WIDTH - shown), shown, label))
    return Timeline([_rounded(bar) for bar in turns], [_rounded(bar) for bar in marks])


def share_line(windows: pd.DataFrame | None, length: float) -> list[str]:
    """Lay out the therapist's share of the talk over the session.

    Parameters
    ----------
    windows : DataFrame or None
        The session's rows of the table ``dynamics``.
    length : float
        Of the session, on the same axis.

    Returns
    -------
    list of str
        Points of SVG lines: x from 0 to `WIDTH`; y from 0 (only the therapist talks) to 100. A line
        ends where nobody talks, and a new one begins afterwards.

    Examples
    --------
    >>> windows = {"begin": [0, 30], "end": [60, 90], "therapist_share": [0.5, 1]}
    >>> share_line(pd.DataFrame(windows), 90)
    ['333.33,50.0 666.67,0.0']
    """
    if windows is None or not len(windows):
        return []
    scale = WIDTH / length
    middles = (windows["begin"] + windows["end"]) / 2 * scale
    lines: list[list[str]] = [[]]
    for x, share in zip(middles, windows["therapist_share"], strict=True):
        if share == share:  # not NaN
            lines[-1].append(f"{x:.2f},{100 * (1 - share):.1f}")
        elif lines[-1]:
            lines.append([])
    return [" ".join(points) for points in lines if points]


def _rounded(bar: Bar) -> Bar:
    return Bar(round(bar.x, 2), round(bar.width, 2), bar.kind)
