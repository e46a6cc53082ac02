"""What a classifier's errors do to a slope, and the slope without them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tsd.measure.outcomes.few_sessions import latent_slope, share_of_chance
from tsd.measure.outcomes.noise import Share, Slope, share_of_noise
from tsd.measure.outcomes.relation import Behind, Relation
from tsd.measure.rates.rates import ErrorRates, refusal
from tsd.stats import Estimate, Floats

_STEP = 1e-4  # of an error rate, for the derivative


@dataclass(frozen=True, slots=True)
class Flagged:
    """What a classifier has flagged, unit by unit.

    Parameters
    ----------
    counts, utterances : array of float, shape (n_units,)
        Flagged disclosures and therapist utterances; means if a unit has several sessions.
    sessions : array of float, shape (n_units,)
        Number of sessions of the unit.
    """

    counts: Floats
    utterances: Floats
    sessions: Floats

    def variances(self, errors: ErrorRates) -> Floats:
        """Estimate the variance that the errors add to the count of each unit.

        Of X disclosures among n utterances, Binomial(X, s) + Binomial(n - X, f) are flagged; X
        is estimated from the count. Only sums over units are good estimates.
        """
        s, f = errors.sensitivity, errors.false_alarms
        disclosing = (self.counts - f * self.utterances) / (s - f)
        others = self.utterances - disclosing
        return (disclosing * s * (1 - s) + others * f * (1 - f)) / self.sessions


@dataclass(frozen=True, slots=True)
class Correction:
    """The slopes of a flagged count, corrected for a classifier's errors.

    Parameters
    ----------
    predictor : str
        The count.
    sensitivity, false_alarms : float or None
        The error rates; None if they are not known.
    within, between, between_latent : Estimate
        The corrected slopes; `tsd.measure.outcomes.relation.Relation` has those to be corrected.
    """

    predictor: str
    sensitivity: float | None
    false_alarms: float | None
    within: Estimate
    between: Estimate
    between_latent: Estimate


def correct(relation: Relation, behind: Behind, flagged: Flagged, errors: ErrorRates) -> Correction:
    """Correct the slopes of a relation; where one cannot be corrected, give the reason."""
    reason = refusal(errors)
    if not reason and flagged.counts.sum() < errors.false_alarms * flagged.utterances.sum():
        reason = "the flagged rate is below the false alarm rate"
    found = []
    for slope, plain in ((behind.within, relation.within), (behind.between, relation.between)):
        if slope is None:
            found.append(Estimate(reason=plain.reason or behind.reason))
        else:
            found.append(
                Estimate(reason=reason) if reason else corrected_slope(slope, flagged, errors)
            )
    latent = Estimate(reason=relation.between_latent.reason or reason)
    if not latent.reason and behind.within and behind.between:
        latent = corrected_latent(behind.within, behind.between, errors)
    return Correction(
        relation.predictor, errors.sensitivity, errors.false_alarms, found[0], found[1], latent
    )


def corrected_slope(slope: Slope, flagged: Flagged, errors: ErrorRates) -> Estimate:
    """Correct a slope of a flagged count for the classifier's errors.

    With sensitivity s and false alarms f, the flagged count is (s - f) X + f n + noise. At the
    same n, errors have two effects: one flagged disclosure stands for 1 / (s - f) real
    ones, which makes the slope *larger*, and the noise makes it smaller. The corrected slope is
    slope * (s - f) / (1 - share of noise) (method of moments). It holds if errors depend neither
    on the outcome nor on anything that goes with it.

    The errors are by the delta method: over therapists, and over the coded utterances behind s
    and f. The test of the slope against 0 is not changed: the correction multiplies the slope.

    References
    ----------
    Carroll, Ruppert, Stefanski & Crainiceanu (2006). Measurement error in nonlinear models, 2nd
    ed., chapters 3 and 4.
    """
    share = _share(slope, flagged, errors)
    if share.refused:
        return Estimate(reason=share.refused)
    factor = _factor(slope, flagged, errors)
    moved = slope.scores + slope.value / (1 - share.value) * share.scores
    more = 0.0
    for name, variance in _variances(errors).items():
        step = replace(errors, **{name: getattr(errors, name) + _STEP})
        change = (_factor(slope, flagged, step) - factor) / _STEP
        more += (slope.value * change) ** 2 * variance
    return replace(slope, value=slope.value * factor, scores=factor * moved).estimate(more)


def corrected_latent(within: Slope, between: Slope, errors: ErrorRates) -> Estimate:
    """Correct the slope between on what therapists usually do.

    The noise of the classifier's errors is part of the chance in the therapists' means, which
    this slope is already without; it remains that a flagged disclosure is 1 / (s - f) real ones.
    """
    latent = latent_slope(within, between, share_of_chance(within, between))
    factor = errors.sensitivity - errors.false_alarms
    more = latent.value**2 * sum(_variances(errors).values())
    scaled = replace(latent, value=latent.value * factor, scores=latent.scores * factor)
    return scaled.estimate(more)


def _variances(errors: ErrorRates) -> dict[str, float]:
    """Return the variances of both error rates; more if the coded utterances are clustered."""
    disclosing, others = errors.worth
    return {
        "sensitivity": _share_variance(errors.sensitivity, disclosing),
        "false_alarms": _share_variance(errors.false_alarms, others),
    }


def _share_variance(share: float, n: float) -> float:
    """Return the variance of a share, with a hit and a miss added: 0 of 20 does not mean never."""
    padded = (share * n + 1) / (n + 2)
    return padded * (1 - padded) / n


def _share(slope: Slope, flagged: Flagged, errors: ErrorRates) -> Share:
    return share_of_noise(slope, slope.noise(flagged.variances(errors)))


def _factor(slope: Slope, flagged: Flagged, errors: ErrorRates) -> float:
    share = _share(slope, flagged, errors)
    return (errors.sensitivity - errors.false_alarms) / (1 - share.value)
