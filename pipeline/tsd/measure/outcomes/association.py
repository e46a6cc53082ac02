"""How disclosures and an outcome go together, within therapists and between them.

This is the question of Levitt et al. (2016), who related the number of disclosures, by type, to
the outcome of 52 pairs of client and therapist. It is really two questions, which a single slope
would mix: do sessions in which a therapist discloses more than usual have different outcomes
(*within*), and do therapists who disclose more have different outcomes (*between*)?
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd

from tsd.errors import MissingExtraError
from tsd.measure.outcomes import wording
from tsd.measure.outcomes.cells import words_of
from tsd.measure.outcomes.classifier_errors import Correction, Flagged, correct
from tsd.measure.outcomes.predictors import DOSES, LENGTH_OF, PER, others_of, predictors_of
from tsd.measure.outcomes.related_sessions import Related, related_sessions
from tsd.measure.outcomes.relation import Behind, Relation, missing, relate
from tsd.measure.outcomes.robust import SlopeTest
from tsd.measure.outcomes.units import units_of
from tsd.measure.rates.rates import ErrorRates
from tsd.settings import Associating

SENSITIVITIES, FALSE_ALARMS = (0.5, 0.6, 0.7, 0.8, 0.9), (0.002, 0.005, 0.01, 0.02)
"""The error rates for which slopes are corrected if those of the classifier are not known."""

_AS_IF_KNOWN = 10**9  # coded utterances: rates that are assumed have no sampling error


@dataclass(frozen=True, slots=True)
class Association:
    """How the predictors and an outcome go together.

    Parameters
    ----------
    outcome : str
        Its column.
    unit : {'session', 'case'}
        ``case`` for an outcome that each case has once.
    scale : {'difference', 'odds ratio'}
        What slopes are: differences in the outcome or, if it has two values, odds ratios of the
        higher one.
    event : str
        That higher value, or the word that counts as 1; empty if the outcome has other values.
    lag : int
        The outcome is that of the session so many sessions later.
    covariates : tuple of str
        What all slopes are adjusted for. With a lag, one can be the outcome in the same session.
    sessions : int
        Sessions.
    without_outcome, without_therapist, changed_therapist : int
        How many of them are left out, and why (`related_sessions.Related`).
    relations : tuple of Relation
        One per predictor.
    corrected : Correction or None
        The slopes of the count of disclosures, corrected for the classifier's errors.
    if_errors : tuple of Correction
        What they would be at several error rates, where these are not known.
    notes, cautions : tuple of str
        What was done, and what the numbers do not show.
    """

    outcome: str
    unit: str
    scale: str
    event: str
    lag: int
    covariates: tuple[str, ...]
    sessions: int
    without_outcome: int
    without_therapist: int
    changed_therapist: int
    relations: tuple[Relation, ...]
    corrected: Correction | None
    if_errors: tuple[Correction, ...]
    notes: tuple[str, ...]
    cautions: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return everything as values that JSON has."""
        return asdict(self)


def associate(
    sessions: pd.DataFrame,
    outcome: str,
    *,
    predictors: Sequence[str] | None = None,
    associating: Associating | None = None,
    errors: ErrorRates | None = None,
    human_labels: bool = False,
) -> Association:
    """Relate disclosures and focus shift to an outcome, within and between therapists.

    For each predictor x, one linear mixed model by REML: outcome ~ (x - the therapist's mean of
    x) + (the therapist's mean - the grand mean) + a random intercept of the therapist. Where a
    case has several sessions with outcomes of their own, the case has a random intercept, too.
    Amounts of disclosing are compared between sessions in which the therapist says as much: that
    amount of talk, and the covariates, split in the same way, are in the model. If the outcome
    has two values, the model is logistic (`fit_logistic`), and the slopes are odds ratios.

    An outcome that is the same in all sessions of a case belongs to the case: then the case is the
    unit, and its predictors are means over its sessions. Cases with several therapists are left
    out then, since their outcome cannot be assigned to one of them.

    With a lag, the outcome is that of a later session of the same case and therapist. A covariate
    with the name of the outcome is then the outcome in the session with the disclosures.

    Slopes are for one more of a predictor, or for as much as `PER` says (focus shift: 0.1).

    Therapists may have slopes of their own. The slopes are averages over them, and intervals and
    tests are cluster-robust (`cluster_robust`), so that they are about therapists like these. With
    fewer than `tsd.stats.FEWEST_CLUSTERS` therapists, these are fixed effects; the slope within
    and its interval are then about these therapists only, and there is none between.

    Parameters
    ----------
    sessions : DataFrame
        The table of sessions with its metadata: ``session_id``, ``therapist``, ``case`` and
        ``session_number`` (if known), ``therapist_utterances``, the predictors and the outcome.
    outcome : str
        A column of numbers, or of yes and no, or of true and false.
    predictors : sequence of str, optional
        Columns; one that is missing has no slope, with that reason. By default those of the
        doses, and the focus shift.
    associating : Associating, optional
        The doses, the covariates and the lag.
    errors : ErrorRates, optional
        Of the classifier that found the disclosures.
    human_labels : bool
        Whether people found the disclosures; then nothing is corrected.

    Returns
    -------
    Association
        Slopes with 95% intervals, or the reason why there are none.

    Raises
    ------
    SettingsError
        If the outcome or a covariate is not a column, is a predictor, or is not numeric, or if
        there are no pairs of sessions for a lag.
    MissingExtraError
        If statsmodels is not installed.

    Notes
    -----
    The question is from Levitt et al. (2016), centering within clusters from Mundlak (1978).

    Examples
    --------
    >>> import numpy as np
    >>> x = np.tile([0, 1, 2, 3], 6)
    >>> wave = np.tile([1, -1, -1, 1], 6)  # has nothing to do with x
    >>> table = pd.DataFrame(
    ...     {
    ...         "session_id": [f"s{number:02}" for number in range(24)],
    ...         "therapist": np.repeat(list("ABCDEF"), 4),
    ...         "disclosures": x,
    ...         "oq45": 60 - 0.5 * x + 0.1 * wave + np.repeat([0, 3, 1, 5, 2, 4], 4),
    ...     }
    ... )
    >>> (relation,) = associate(table, "oq45", predictors=["disclosures"]).relations
    >>> round(relation.within.value, 3), round(relation.within_test.df, 3)
    (-0.5, 5.0)
    >>> relation.between.reason
    "every therapist's mean is the same"
    """
    _check_statsmodels()
    how = associating or Associating()
    names = predictors_of(how) if predictors is None else tuple(predictors)
    related = related_sessions(sessions, outcome, names, how)
    two_values = related.table["outcome"].nunique() == 2
    slopes = {name: _slopes(related, name, two_values) for name in names}
    relations = [relation for relation, _ in slopes.values()]
    if related.without_therapist and related.table.empty:
        reason = "no session has a known therapist: add a column 'therapist' to the metadata"
        relations = [missing(each.predictor, reason) for each in relations]
    corrected: Correction | None = None
    if_errors: tuple[Correction, ...] = ()
    if not human_labels:
        corrected, if_errors = _corrections(related, slopes, errors)
    event = _event(sessions[outcome], related) if two_values else ""
    said = (
        *wording.words_as_numbers(sessions, (outcome, *how.covariate)),
        *wording.notes(related, relations, how),
    )
    return Association(
        outcome,
        related.kind,
        "odds ratio" if two_values else "difference",
        event,
        how.lag,
        related.covariates,
        len(sessions),
        related.without_outcome,
        related.without_therapist,
        related.changed_therapist,
        tuple(_with_holm(relations)),
        corrected,
        if_errors,
        said,
        tuple(wording.cautions(related, relations, outcome, how, event, human_labels)),
    )


def _event(cells: pd.Series[Any], related: Related) -> str:
    """Return the value of an outcome that odds are of, as people know it."""
    words = words_of(cells)
    return words[1] if words else f"{related.table['outcome'].max():g}"


def _check_statsmodels() -> None:
    try:
        from statsmodels.regression import mixed_linear_model  # noqa: F401 - the models use it
    except ImportError as error:
        raise MissingExtraError("statsmodels", "outcomes", "tsd associate") from error


def _slopes(related: Related, name: str, two_values: bool) -> tuple[Relation, Behind]:
    table = related.table
    if name not in table:
        return missing(name, "the column is missing"), Behind()
    others = others_of(table, name, related.covariates)
    units = units_of(table, name, others, related.kind)
    dropped = int(table[[name, *others]].isna().any(axis=1).sum())
    return relate(units, name, dropped, two_values, PER.get(name, 1.0))


def _corrections(
    related: Related,
    slopes: Mapping[str, tuple[Relation, Behind]],
    errors: ErrorRates | None,
) -> tuple[Correction | None, tuple[Correction, ...]]:
    """Correct the slopes of the count for the classifier's errors, or for several possible ones."""
    count, table = DOSES["count"][0], related.table
    if count not in slopes or LENGTH_OF[count] not in table or count not in table:
        return None, ()
    relation, behind = slopes[count]
    units = units_of(table, count, others_of(table, count, related.covariates), related.kind)
    flagged = Flagged(units.x[:, 0], units.x[:, 1], units.sessions)
    if errors is not None:
        return correct(relation, behind, flagged, errors), ()
    if behind.within is None and behind.between is None:
        return None, ()
    possible = itertools.product(SENSITIVITIES, FALSE_ALARMS)
    rates = [ErrorRates(s, f, _AS_IF_KNOWN, _AS_IF_KNOWN) for s, f in possible]
    return None, tuple(correct(relation, behind, flagged, each) for each in rates)


def _with_holm(relations: Sequence[Relation]) -> list[Relation]:
    """Add p-values adjusted by the method of Holm over all tests, within and between.

    A test without a p-value does not count.
    """
    from statsmodels.stats.multitest import multipletests

    tests = [test for each in relations for test in (each.within_test, each.between_test)]
    known = [test.p for test in tests if test.p is not None]
    adjusted = iter(multipletests(known, method="holm")[1].tolist() if known else [])
    done: list[SlopeTest] = [
        test if test.p is None else replace(test, p_holm=next(adjusted)) for test in tests
    ]
    return [
        replace(each, within_test=within, between_test=between)
        for each, within, between in zip(relations, done[::2], done[1::2], strict=True)
    ]
