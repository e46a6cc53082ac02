"""A reliability diagram, as a table and as a drawing; see model_card.py."""

import io
from collections.abc import Sequence
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from tsd.stats import Counts, Flags, Floats

EDGES = (0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1)
TICKS = (0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99)
LOWEST, HIGHEST = 1.5e-4, 0.996
BLUE, GREY = "#1f5fa8", "#999999"


class View(NamedTuple):
    """Utterances, each with its session and its weight; the weights sum to 1."""

    name: str
    disclosing: Flags
    p: Floats
    session: Counts
    weights: Floats


class Bin(NamedTuple):
    """The `n` utterances of one bin: mean probability, share that disclose, its interval."""

    n: int
    predicted: float
    observed: float
    low: float
    high: float


def bins(view: View, draws: Counts) -> dict[int, Bin]:
    """Compare probabilities with the share that disclose; keys are places in `EDGES`."""
    where = np.digitize(view.p, EDGES[1:-1])
    found = {}
    for number in np.unique(where):
        w = view.weights * (where == number)
        hits, all_ = (
            draws @ np.bincount(view.session, each, draws.shape[1])
            for each in (w * view.disclosing, w)
        )
        shares = np.divide(hits, all_, out=np.full(len(hits), np.nan), where=all_ > 0)
        low, high = np.nanpercentile(shares[1:], [2.5, 97.5])
        count, predicted = int((where == number).sum()), float(np.average(view.p, weights=w))
        found[int(number)] = Bin(count, predicted, float(shares[0]), float(low), float(high))
    return found


def rows(both: Sequence[dict[int, Bin]]) -> list[tuple[str, ...]]:
    """Write the bins of some views side by side: utterances, predicted, observed."""
    made = []
    for number in range(len(EDGES) - 1):
        cells = [f"{EDGES[number]:g} to {EDGES[number + 1]:g}"]
        for found in both:
            if b := found.get(number):
                observed = f"{b.observed:.3f} ({b.low:.3f} to {b.high:.3f})"
                cells += [f"{b.n:,}", f"{b.predicted:.4f}", observed]
            else:
                cells += ["0", "", ""]
        made.append(tuple(cells))
    return made


def draw(both: dict[str, dict[int, Bin]]) -> bytes:
    """Draw the bins of two views as SVG, to the same bytes each time."""
    style = {"svg.hashsalt": "tsd", "svg.fonttype": "none", "font.family": "sans-serif"}
    with mpl.rc_context({**style, "font.size": 9}):
        drawing = Drawing(figsize=(8.6, 4.5), layout="constrained", facecolor="white")
        for axes, (name, found) in zip(
            drawing.subplots(1, 2, sharey=True), both.items(), strict=True
        ):
            _draw(axes, list(found.values()))
            axes.set(title=name, xlabel="predicted probability")
        drawing.axes[0].set_ylabel("share that disclose")
        out = io.BytesIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        drawing.savefig(out, format="svg", metadata=nothing)
    return out.getvalue()


def _draw(axes: Axes, found: Sequence[Bin]) -> None:
    """Draw points with intervals and counts; one beyond the axes is drawn hollow at their edge."""
    axes.set(xscale="logit", yscale="logit", xlim=(LOWEST, HIGHEST), ylim=(LOWEST, HIGHEST))
    half = np.geomspace(LOWEST, 0.5, 100)
    same = np.concatenate([half, 1 - half[::-1]])
    axes.plot(same, same, color=GREY, linewidth=1)
    for b in found:
        x, y, low, high = np.clip(b[1:], LOWEST, HIGHEST)
        axes.plot([x, x], [low, high], color=BLUE, linewidth=1, alpha=0.6)
        fill, below = (BLUE, -9) if y == b.observed else ("white", 5)
        axes.plot(x, y, "o", color=BLUE, markerfacecolor=fill, markersize=5, clip_on=False)
        axes.annotate(f"{b.n:,}", (x, y), (5, below), textcoords="offset points", fontsize=7.5)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks(TICKS, [f"{tick:g}" for tick in TICKS])
        axis.set_ticks([], minor=True)
    axes.grid(color="#e6e6e6", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
