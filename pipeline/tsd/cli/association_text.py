"""An association as tables that people read, without words of the transcripts."""

from __future__ import annotations

import itertools
import textwrap
from functools import partial
from typing import TYPE_CHECKING

from tsd.cli.printing import MISSING, aligned, interval, listed, shown
from tsd.words import count, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tsd.measure.outcomes.association import Association
    from tsd.measure.outcomes.classifier_errors import Correction
    from tsd.measure.outcomes.relation import Relation
    from tsd.measure.outcomes.robust import SlopeTest
    from tsd.stats import Estimate

_INTERVAL = "95% interval"
_USUALLY = "between, for what therapists usually do"
_HOW_TO = (
    "Sensitivity: share of the disclosing utterances that are flagged; false alarms: of the "
    "others. A dash: too much of the count would be noise. To know your error rates, code some "
    "sessions, run `tsd evaluate --json`, and use --error-rates. This assumes that errors do not "
    "depend on the outcome."
)
_WIDEST = 100  # characters of a line


def association_text(a: Association) -> str:
    """Write an association as tables."""
    parts = [_lines([_head(a)]), _slopes(a, "within"), _slopes(a, "between"), _about(a), _latent(a)]
    parts += [_corrected(a), *(_grid(a, kind) for kind in ("within", "between")), _reasons(a)]
    parts += [_lines(map(_sentence, a.notes)), _lines(a.cautions)]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _head(a: Association) -> str:
    later = f" {count(a.lag, 'session')} later" if a.lag else ""
    head = f"Outcome {a.outcome}{later}, by {a.unit}; {count(a.sessions, 'session')}"
    without = "without a later session with the outcome" if a.lag else "without the outcome"
    changed = (
        "whose later session is with another therapist"
        if a.lag
        else "of cases with several therapists"
    )
    left_out = listed(
        [
            (a.without_outcome, without),
            (a.without_therapist, "without a therapist"),
            (a.changed_therapist, changed),
        ]
    )
    return f"{head}, left out: {left_out}" if left_out else head


def _slopes(a: Association, kind: str) -> list[str]:
    estimate = "odds ratio" if a.scale == "odds ratio" else "estimate"
    heads = (f"{a.unit}s", "therapists", estimate, _INTERVAL, "df", "p", "Holm p")
    rows = [[f"{kind} therapists", *heads]]
    for each in a.relations:
        slope: Estimate = getattr(each, kind)
        test: SlopeTest = getattr(each, f"{kind}_test")
        counts = f"{each.units:,}", f"{each.therapists:,}"
        tested = shown(test.df, ".1f"), _p(test.p), _p(test.p_holm)
        rows.append([_label(each), *counts, *_with_interval(slope), *tested])
    return aligned(rows, len("between therapists"))


def _about(a: Association) -> list[str]:
    """Say in words what a slope is."""
    later = f" {count(a.lag, 'session')} later" if a.lag else ""
    change = f"change in the outcome{later}"
    if a.scale == "odds ratio":
        change = f"by how much the odds of {a.outcome} = {a.event}{later} are multiplied"
    of_one = {
        "disclosures": "one disclosure more per session",
        "disclosure_words": "10 more words of disclosures per session",
        "disclosure_seconds": "10 more seconds of disclosures per session",
        "any_disclosure": "a session with a disclosure compared with one without",
        "focus_shift_": "a focus shift that is higher by 0.1 (after a disclosure, the therapist "
        "has 10 in 100 more of the words)",
    }
    present = [each.predictor for each in a.relations]
    meant = [what for name, what in of_one.items() if any(p.startswith(name) for p in present)]
    return [
        *_lines([f"within: {change}, for a {a.unit} above the therapist's own mean"]),
        *_lines([f"between: {change}, for a therapist with a higher mean"]),
        *_lines([f"Slopes are for {'; '.join(meant)}."] if meant else []),
    ]


def _label(relation: Relation) -> str:
    """Name a predictor, and how much more of it the slopes are for, if not one."""
    name = in_words(relation.predictor)
    return name if relation.per == 1 else f"{name}, per {relation.per:g}"


def _latent(a: Association) -> list[str]:
    """Show the slopes between that allow for few sessions per therapist."""
    if all(each.reliability.value is None for each in a.relations):
        return []
    rows = [[_USUALLY, "reliability", "estimate", _INTERVAL]]
    rows += [
        [
            _label(each),
            shown(each.reliability.value, ".2f"),
            *_with_interval(each.between_latent),
        ]
        for each in a.relations
    ]
    return [
        *aligned(rows),
        "A mean of few sessions also contains chance; reliability is the share that is not chance.",
        "These estimates are without it.",
    ]


def _corrected(a: Association) -> list[str]:
    """Show the slopes without the classifier's errors."""
    if (c := a.corrected) is None:
        return []
    rows = [[f"{in_words(c.predictor)}, without the classifier's errors", "estimate", _INTERVAL]]
    rows += [[name, *_with_interval(slope)] for name, slope in _of(c).items()]
    return [
        *aligned(rows),
        f"The classifier finds {c.sensitivity:.0%} of the disclosing utterances and flags "
        f"{c.false_alarms:.2%} of the others.",
        "This assumes that its errors do not depend on the outcome.",
    ]


def _of(c: Correction) -> dict[str, Estimate]:
    return {"within": c.within, "between": c.between, _USUALLY: c.between_latent}


def _grid(a: Association, kind: str) -> list[str]:
    """Show a slope at several error rates of the classifier."""
    cells = {(c.sensitivity, c.false_alarms): getattr(c, kind).value for c in a.if_errors}
    if all(value is None for value in cells.values()):
        return []
    (name,) = {in_words(c.predictor) for c in a.if_errors}
    false_alarms = sorted({f for _, f in cells if f is not None})
    rows = [["sensitivity", *(f"{f:.1%} false alarms" for f in false_alarms)]]
    sensitivities = sorted({s for s, _ in cells if s is not None})
    rows += [
        [f"{s:.0%}", *(shown(cells[s, f], ".3g") for f in false_alarms)] for s in sensitivities
    ]
    lines = [f"{name}, {kind}: the slope without the classifier's errors, if they are these"]
    lines += aligned(rows)
    if kind == "between":
        lines += _lines([_HOW_TO])
    return lines


def _reasons(a: Association) -> list[str]:
    """Give each reason and each note once, with everything that it is about."""
    about: dict[str, list[str]] = {}
    for each in a.relations:
        within, between = each.within.reason, each.between.reason
        reasons = {"no slope within": within, "no slope between": between}
        if within == between:
            reasons = {"no slope": within}
        latent = each.between_latent.reason
        if a.scale == "difference" and latent not in (within, between):
            reasons["no slope for what therapists usually do"] = latent
        lines = [f"{what} ({reason})" for what, reason in reasons.items() if reason]
        if each.dropped:
            has = "session has" if each.dropped == 1 else "sessions have"
            lines.append(f"{each.dropped:,} {has} no value")
        for line in (*lines, *each.notes):
            about.setdefault(line, []).append(each.predictor)
    found = [f"{_all(names, len(a.relations))}: {what}." for what, names in about.items()]
    if a.corrected is not None:
        missing = [slope.reason for slope in _of(a.corrected).values() if slope.reason]
        name = in_words(a.corrected.predictor)
        found += [f"{name}: not corrected ({reason})." for reason in dict.fromkeys(missing)]
    return _lines(found)


def _all(names: Iterable[str], number: int) -> str:
    plain = [in_words(name) for name in names]
    return "all" if len(plain) == number > 1 else ", ".join(plain)


def _with_interval(slope: Estimate) -> tuple[str, str]:
    return shown(slope.value, ".3g"), interval(slope.low, slope.high, ".3g")


def _p(value: float | None) -> str:
    if value is None:
        return MISSING
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def _lines(texts: Iterable[str]) -> list[str]:
    """Break texts into lines, those after the first indented."""
    wrap = partial(textwrap.wrap, width=_WIDEST, subsequent_indent="  ", break_on_hyphens=False)
    broken = map(wrap, texts)
    return list(itertools.chain.from_iterable(broken))


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
