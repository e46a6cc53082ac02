"""What follows a disclosure, as two plots: later acts next to their base rates, and a curve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from tsd.report.sections import records

CURVE_SIZE = 440, 200
"""Width and height of the plot of the curve, in its own units."""

FEWEST_PLACES = 10
"""The curve is shown if it has a chance band at this many offsets or more on each side."""

_WORDS = {
    "short": "a short turn",
    "middle": "a turn of middle length",
    "long": "a long turn",
    "thanks": "thanks",
    "asks_about_therapist": "asks about the therapist",
    "topic_change": "starts a new topic",
    "question": "asks a question",
    "disclosure": "discloses something",
}
_LAGS = {
    1: "the client’s next turn",
    2: "the therapist’s next turn",
    3: "the client’s turn after that",
}


def later_acts(following: pd.DataFrame, given: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of the table ``following`` that have enough turns, as places on a line.

    One entry for each act of `given` that has any, with its ``turns`` and its ``rows``:
    what follows (``when``, ``what``), ``observed`` and ``base`` rate in percent, ``sessions``,
    ``p`` and ``p_bh``. ``when`` is empty if it is that of the row before.
    """
    groups = []
    for act in given:
        enough = following[(following["given"] == act) & following["p"].notna()]
        rows: list[dict[str, Any]] = []
        last = None
        for row in records(enough):
            rows.append(
                {
                    "when": "" if row["lag"] == last else _LAGS[row["lag"]],
                    "what": _WORDS[row["target"]],
                    "observed": round(100 * row["observed_share"], 1),
                    "base": round(100 * row["base_rate"], 1),
                    **{name: row[name] for name in ("compared", "sessions", "p", "p_bh")},
                }
            )
            last = row["lag"]
        if rows:
            turns = int(enough["given_turns"].iloc[0])
            groups.append({"given": act, "turns": turns, "rows": rows})
    return groups


def curve_plot(curve: pd.DataFrame) -> dict[str, Any] | None:
    """Lay out the table ``curve`` as points of SVG lines; None if there is too little to show.

    ``sides`` has one entry before and one after the episode: the ``band`` as a polygon, and the
    lines of ``chance`` and of ``share``. x grows with the words, y is 0 where only the client
    talks.

    Examples
    --------
    >>> offsets = {"offset": [*range(-100, 0, 10), *range(10, 101, 10)], "chance": 0.5}
    >>> numbers = {"client_share": 0.25, "chance_low": 0.4, "chance_high": 0.6}
    >>> curve = pd.DataFrame(offsets | numbers | {"episodes": 20, "sessions": 5})
    >>> [side["share"][:11] for side in curve_plot(curve)["sides"]]
    ['0.0,150.0 2', '242.0,150.0']
    """
    shown = curve[curve["chance_low"].notna()]
    if min((shown["offset"] < 0).sum(), (shown["offset"] > 0).sum()) < FEWEST_PLACES:
        return None
    width, height = CURVE_SIZE
    reach = int(curve["offset"].abs().max())
    x = (shown["offset"] + reach) * (width / (2 * reach))

    def points(column: str, part: pd.Series) -> list[str]:
        y = (1 - shown.loc[part, column]) * height
        return [f"{a:.1f},{b:.1f}" for a, b in zip(x[part], y, strict=True)]

    sides = []
    for part in (shown["offset"] < 0, shown["offset"] > 0):
        band = points("chance_high", part) + points("chance_low", part)[::-1]
        lines = {"chance": points("chance", part), "share": points("client_share", part)}
        lines["band"] = band
        sides.append({name: " ".join(line) for name, line in lines.items()})
    return {
        "width": width,
        "height": height,
        "reach": reach,
        "sides": sides,
        "episodes": (int(shown["episodes"].min()), int(shown["episodes"].max())),
        "sessions": int(shown["sessions"].max()),
    }
