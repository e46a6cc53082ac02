"""Guideline indicators: what a session shows of the advice in the literature, and what it cannot.

An indicator is a number and a list of disclosures to review: a place for a reader to start, not a
verdict. Indicators are not added up, and no value has a limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tsd.measure.guidelines import advice
from tsd.measure.guidelines.context import Context
from tsd.measure.guidelines.quoting import quote_around, quote_utterance, quotes
from tsd.measure.literature import FINDINGS
from tsd.schema import Role

if TYPE_CHECKING:
    from tsd.measure.rows import Measured

NO_REVIEW: tuple[str, ...] = ("rare", "brief", "client_guided", "position")
"""Indicators without a list of disclosures to review."""

SHORT_REPLY = 0.5
"""Replies shorter than this part of the client's median turn are listed for review. It is not a
norm, and a short reply is not a bad one."""

_REACTION_NAMES = {
    "thanks": "thanks",
    "asks_about_therapist": "questions about the therapist",
    "caretaking": "caretaking",
    "topic_change": "a possible change of topic",
}
_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one indicator says about a session; `listed` holds numbers of disclosures."""

    value: float
    detail: str
    listed: Sequence[int] = ()
    quote: Callable[[int], str] | None = None  # for a disclosure; its own words when None


def guideline_rows(m: Measured, summary: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a session in ``guidelines.csv``: one per indicator, always all of them.

    Only ``evidence`` holds words of the transcript. ``to_review`` counts the disclosures to
    review. It is None in a session without a therapist and for `NO_REVIEW`, which are to be
    compared with the therapist's own other sessions (`other_sessions`).

    Parameters
    ----------
    m : Measured
        The session. Used are its talk, and for each disclosure the words, the seconds, whether
        the focus returned, and the context.
    summary : mapping
        Its row of ``sessions.csv``.

    Returns
    -------
    list of dict
        Keys are the columns of `tsd.measure.tables.GUIDELINES`. Values are NaN without a disclosure
        (``rare``: 0) and without a therapist.
    """
    heard = bool(m.talk.of(Role.THERAPIST).any())
    if not heard:
        found = dict.fromkeys(advice.INDICATORS, _Seen(_NAN, advice.NO_THERAPIST))
    elif not m.talk.disclosures:
        found = dict.fromkeys(advice.INDICATORS, _Seen(_NAN, advice.NO_DISCLOSURE))
        found["rare"] = _Seen(0.0, advice.NO_DISCLOSURE)
    else:
        found = _look(m, summary)
    rows = []
    for name, seen in found.items():
        where = [m.talk.disclosures[number].utterance for number in seen.listed]
        rows.append(
            {
                "session_id": m.talk.session_id,
                "indicator": name,
                "value": seen.value,
                "unit": advice.INDICATORS[name].unit,
                "detail": seen.detail,
                "others": _NAN,
                "literature": literature(name),
                "to_review": len(seen.listed) if heard and name not in NO_REVIEW else None,
                "utterances": list(map(str, dict.fromkeys(where))),
                "evidence": _evidence(m, seen),
                "cannot_know": advice.INDICATORS[name].cannot_know,
            }
        )
    return rows


def literature(indicator: str) -> list[str]:
    """Return the published figures that belong to an indicator.

    Parameters
    ----------
    indicator : str
        A key of `tsd.measure.guidelines.advice.INDICATORS`.

    Returns
    -------
    list of str
        Each with source and caveat.

    Examples
    --------
    >>> literature("focus_returned")[0].split(" (")[0]
    'focus back with the client afterwards: 93% of events'
    """
    known = {found.measure: found for found in (*FINDINGS, *advice.MORE_FINDINGS)}
    found = [known[measure] for measure in advice.INDICATORS[indicator].findings]
    return [f"{f.measure}: {f.value} ({f.source}; {f.caveat})" for f in found]


# --- the indicators


def _look(m: Measured, summary: Mapping[str, Any]) -> dict[str, _Seen]:
    """Compute the indicators of a session with a disclosure."""
    return {
        "rare": _rare(m, summary),
        "brief": _brief(m, summary),
        "focus_returned": _focus_returned(m),
        "client_guided": _client_guided(m),
        "permission": _permission(m),
        "not_intimate": _flagged(m, "intimate"),
        "others_confidence": _flagged(m, "other_client"),
        "own_needs": _own_needs(m),
        "client_response": _client_response(m),
        "position": _position(m),
    }


def _rare(m: Measured, summary: Mapping[str, Any]) -> _Seen:
    detail = (
        f"disclosures: {summary['disclosures']}, in {summary['disclosing_utterances']} of "
        f"{summary['therapist_utterances']} therapist utterances"
    )
    return _Seen(float(summary["disclosures_per_100"]), detail, _all(m))


def _brief(m: Measured, summary: Mapping[str, Any]) -> _Seen:
    share = summary["disclosure_word_share"]
    of_all = "" if np.isnan(share) else f", {100 * share:.1f}% of the therapist's words"
    detail = (
        f"longest: {max(m.lengths)} words; all together: {summary['disclosure_words']} words, "
        f"{summary['disclosure_seconds']:.0f} seconds{of_all}"
    )
    return _Seen(float(np.median(m.lengths)), detail, _all(m))


def _focus_returned(m: Measured) -> _Seen:
    kept = [number for number, back in enumerate(m.returned) if not back]
    count = len(m.returned)
    detail = f"the focus returned after {count - len(kept)} of {count} disclosures"
    return _Seen((count - len(kept)) / count, detail, kept)


def _client_guided(m: Measured) -> _Seen:
    asked = _where(m, lambda each: each.solicited)
    overlap = _median(each.overlap for each in m.contexts)
    shared = (
        ""
        if np.isnan(overlap)
        else (
            f"; {100 * overlap:.0f}% (median) of a disclosure's content words are in the client's "
            "last two turns"
        )
    )
    detail = f"{len(asked)} of {len(m.contexts)} disclosures after a question by the client{shared}"

    def question(number: int) -> str:
        return quote_utterance(m.talk, m.contexts[number].question)

    return _Seen(len(asked) / len(m.contexts), detail, asked, question)


def _permission(m: Measured) -> _Seen:
    given = _where(m, lambda each: each.permission)
    neither = _where(m, lambda each: not each.permission and not each.solicited)
    count = len(m.contexts)
    detail = (
        f"permission asked before {len(given)} of {count} disclosures; neither permission "
        f"nor a question by the client before {len(neither)}"
    )
    return _Seen(len(given) / count, detail, neither)


def _own_needs(m: Measured) -> _Seen:
    seen = _flagged(m, "therapist_need")
    unresolved = [m.contexts[number].unresolved for number in seen.listed]
    detail = (
        f"{seen.detail}; in their words unresolved or present: "
        f"{sum(each is True for each in unresolved)}, past: "
        f"{sum(each is False for each in unresolved)}, unclear: "
        f"{sum(each is None for each in unresolved)}"
    )
    return replace(seen, detail=detail)


def _client_response(m: Measured) -> _Seen:
    counts = [
        f"{words}: {sum(name in each.reactions for each in m.contexts)}"
        for name, words in _REACTION_NAMES.items()
    ]
    silent = sum(each.reply is None for each in m.contexts)
    total = f"of {len(m.contexts)} disclosure{'' if len(m.contexts) == 1 else 's'}"
    detail = f"followed by {', '.join(counts)}, no reply: {silent} ({total})"
    listed = _where(
        m,
        lambda each: (
            "caretaking" in each.reactions
            or "asks_about_therapist" in each.reactions
            or each.reply_ratio < SHORT_REPLY
        ),
    )

    def reply(number: int) -> str:
        return quote_utterance(m.talk, m.contexts[number].reply)

    value = _median(each.reply_ratio for each in m.contexts)
    return _Seen(value, detail, listed, reply)


def _position(m: Measured) -> _Seen:
    places = [each.position for each in m.contexts if not np.isnan(each.position)]
    thirds = np.bincount([min(int(3 * place), 2) for place in places], minlength=3)
    detail = (
        f"disclosures in the first third of the session's words: {thirds[0]}, in the second: "
        f"{thirds[1]}, in the last: {thirds[2]}"
    )
    return _Seen(_median(places), detail, _all(m))


def _all(m: Measured) -> list[int]:
    return list(range(len(m.talk.disclosures)))


def _where(m: Measured, holds: Callable[[Context], bool]) -> list[int]:
    return [number for number, each in enumerate(m.contexts) if holds(each)]


def _median(values: Iterable[float]) -> float:
    known = [value for value in values if not np.isnan(value)]
    return float(np.median(known)) if known else _NAN


def _flagged(m: Measured, flag: str) -> _Seen:
    found = _where(m, lambda each: flag in each.flags)

    def passage(number: int) -> str:
        context = m.contexts[number]
        words = context.flag_words[context.flags.index(flag)]
        return quote_around(m.talk, m.talk.disclosures[number], words[0] if words else "")

    detail = f"{len(found)} of {len(m.contexts)} disclosures flagged for review"
    return _Seen(float(len(found)), detail, found, passage)


def _evidence(m: Measured, seen: _Seen) -> list[str]:
    def own(number: int) -> str:
        return quote_around(m.talk, m.talk.disclosures[number])

    return quotes(map(seen.quote or own, seen.listed))
