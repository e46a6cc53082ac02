"""The second reading: an encoder reads the units that the linear learners find likeliest.

An encoder knows more words than the linear learners, and takes many times as long. So it reads
few units, those that may disclose, and what it finds is averaged with what they found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import logsumexp, softmax

from tsd.classify.encoder import Encoder
from tsd.classify.features import BEFORE
from tsd.stats import Floats

_WEIGHT = 0.4
"""What the encoder found counts for so much. Both are log odds of a disclosure."""


@dataclass(frozen=True, slots=True, eq=False)
class SecondReading:
    """An encoder, and which units it reads.

    Parameters
    ----------
    encoder : Encoder
        Reads them.
    least : float
        It reads units with at least this decision value of the linear detector.
    otherwise : float
        Log odds in place of the encoder's, for a unit that it does not read: those of the least
        likely units that it reads.
    """

    encoder: Encoder
    least: float
    otherwise: float

    def read(
        self, scores: Floats, shares: Floats, units: pd.DataFrame, *, as_new: bool = False
    ) -> tuple[Floats, Floats]:
        """Average what the linear learners found with what the encoder finds.

        Parameters
        ----------
        scores : array of float, shape (n_units,)
            Decision values of the linear detector.
        shares : array of float, shape (n_units, 3)
            Probability of each type, of the linear typer, if it is a disclosure.
        units : DataFrame
            From `tsd.classify.features.unit_table`.
        as_new : bool, default False
            See `tsd.classify.encoder.Encoder.read`.

        Returns
        -------
        tuple of array
            Scores and shares.
        """
        rows = np.flatnonzero(scores >= self.least)
        found = read_units(self.encoder, units.iloc[rows], as_new=as_new)
        odds = np.full(len(scores), self.otherwise, dtype=np.float64)
        odds[rows] = log_odds(found)
        averaged = shares.copy()
        averaged[rows] = shares[rows] ** (1 - _WEIGHT) * softmax(found[:, 1:], axis=1) ** _WEIGHT
        averaged[rows] /= averaged[rows].sum(axis=1, keepdims=True)
        return (1 - _WEIGHT) * scores + _WEIGHT * odds, averaged


def read_units(encoder: Encoder, units: pd.DataFrame, *, as_new: bool = False) -> Floats:
    """Return the encoder's logits for units of the feature table, shape (n_units, 4)."""
    return encoder.read(units[BEFORE].to_list(), units["words"].to_list(), as_new=as_new)


def log_odds(found: Floats) -> Floats:
    """Return the log odds of a disclosure for logits of the encoder, shape (n_units,)."""
    odds: Floats = logsumexp(found[:, 1:], axis=1) - found[:, 0]
    return odds
