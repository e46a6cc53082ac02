"""A therapist's mean of a few sessions is not what the therapist usually does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tsd.measure.outcomes.noise import Share, Slope, share_of_noise


def share_of_chance(within: Slope, between: Slope) -> Share:
    """Return which share of the differences between therapists' means is chance.

    One minus it is the reliability of the means: the variation of the means between therapists,
    less what the sessions of one therapist vary, divided by their number.
    """
    variance = within.variation.sum() / within.spread
    noise = between.noise(np.full(len(between.weights), variance))
    counts = np.array([rows.stop - rows.start for rows in within.blocks]) - 1
    own = within.variation / within.variation.sum() - counts / counts.sum()
    quotient = float(noise.sum() / between.variation.sum())
    return share_of_noise(between, noise, quotient * own)


def latent_slope(within: Slope, between: Slope, share: Share) -> Slope:
    """Estimate the slope between on what therapists usually do, not on their means.

    The observed means mix what therapists usually do with the chance of these sessions, which
    goes with the outcome as sessions of one therapist do. So the slope between is
    (1 - share) * latent slope + share * slope within. Errors are by the delta method, over
    therapists.

    References
    ----------
    Luedtke et al. (2008). Psychological Methods, 13(3), 203-229.
    """
    left = 1 - share.value
    value = (between.value - share.value * within.value) / left
    scores = (between.scores - share.value * within.scores) / left
    scores = scores + (between.value - within.value) / left**2 * share.scores
    return replace(between, value=value, scores=scores)
