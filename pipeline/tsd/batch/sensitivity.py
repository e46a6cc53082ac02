"""How much the numbers of a run depend on its settings: the same sessions with other ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from tsd.batch.scoring import finder_of
from tsd.measure.corpus import Known, gather
from tsd.measure.session import SessionResult
from tsd.measure.tables import SENSITIVITY, SENSITIVITY_NUMBERS
from tsd.settings import POINTS, Settings

_WINDOWS = (0.5, 1.0, 2.0)
"""The windows that are tried, as multiples of the one of the settings."""

_THRESHOLDS = {"lower": 0.75, "as set": 1.0, "higher": 1.25}
"""The same for a threshold that is a number; a named one is tried along with the other names."""

AboutModel = Mapping[str, Any] | None
"""What ``run.json`` says about the model of a run; None if human labels are measured."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One combination of a threshold and a window.

    Parameters
    ----------
    name : str
        What the threshold is called: one of `POINTS`, ``lower``, ``as set`` or ``higher``, or
        ``labels`` if human labels are measured.
    focus_window : int
        In words.
    chosen : bool
        Whether these are the settings of the run.
    """

    name: str
    focus_window: int
    chosen: bool

    def settings(self, settings: Settings) -> Settings:
        """Return the settings of the run with this window."""
        measuring = settings.measuring
        least = min(measuring.focus_minimum, self.focus_window)
        changed = replace(measuring, focus_window=self.focus_window, focus_minimum=least)
        return replace(settings, measuring=changed)

    def threshold(self, model: AboutModel) -> float | str | None:
        """Return the threshold: a number, a name, or None with human labels."""
        if model is None or self.name in POINTS:
            return None if model is None else self.name
        return min(float(model["threshold"]) * _THRESHOLDS[self.name], 1.0)

    def row(
        self,
        results: Sequence[SessionResult],
        settings: Settings,
        model: AboutModel,
        known: Known,
    ) -> dict[str, Any]:
        """Return the row of the table, from the sessions measured with this combination."""
        threshold = excerpts = self.threshold(model)
        if isinstance(threshold, str):
            finder = finder_of(settings.finding).with_threshold(threshold)
            threshold, excerpts = finder.threshold, finder.excerpt_threshold
        # the error rates and the review are of the threshold of the run
        known = replace(known, errors=None, audit=None)
        summary = gather(results, [], self.settings(settings).measuring, known).summary
        return {
            "threshold": self.name,
            "threshold_value": threshold,
            "excerpt_threshold_value": excerpts,
            "focus_window": self.focus_window,
            "chosen": self.chosen,
            **{name: summary[name] for name in SENSITIVITY_NUMBERS},
        }


def variants(settings: Settings) -> list[Variant]:
    """List the combinations to try: three thresholds, if there is one, by three windows.

    Examples
    --------
    >>> [each.name for each in variants(Settings())][::3]
    ['recall', 'balanced', 'precision']
    >>> [each.focus_window for each in variants(Settings())][:3]
    [50, 100, 200]
    """
    finding, window = settings.finding, settings.measuring.focus_window
    if finding.use_labels:
        names, chosen = ["labels"], "labels"
    elif isinstance(finding.threshold, str) and finding.review_budget is None:
        names, chosen = list(POINTS), finding.threshold
    else:
        names, chosen = list(_THRESHOLDS), "as set"
    windows = sorted({max(round(window * each), 1) for each in _WINDOWS})
    return [
        Variant(name, each, chosen=name == chosen and each == window)
        for name in names
        for each in windows
    ]


def as_table(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Make the table ``sensitivity``."""
    return SENSITIVITY.frame(SENSITIVITY.of_rows(rows))
