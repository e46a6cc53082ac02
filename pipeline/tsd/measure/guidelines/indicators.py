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
from tsd.measure.unmeasured import why_not_measured
from tsd.schema import Role

if TYPE_CHECKING:
    from tsd.measure.rows import Measured

NO_REVIEW: tuple[str, ...] = (
    "frequency",
    "length",
    "asked",
    "addressed",
    "solicited",
    "position",
)
"""Indicators without a list of disclosures to review."""

SHORT_REPLY = 0.5
"""Replies shorter than this part of the client's median turn are listed for review. It is not a
norm, and a short reply is not a bad one."""

QUOTE_LENGTH = 160
"""About how many characters of a passage are quoted."""

MOST_QUOTES = 20
"""Most quotes in one cell; the rest is only counted."""

_REACTION_NAMES = {
    "thanks": "thanks",
    "asks_about_therapist": "questions about the therapist",
    "concern_for_therapist": "concern for the therapist",
    "topic_change": "a possible change of topic",
}
_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one indicator says about a session.

    `listed` holds numbers of disclosures; it is None where they cannot be known.
    """

    value: float
    detail: str
    listed: Sequence[int] | None = ()
    quotes: Sequence[str] | None = None  # None: the words of the listed disclosures
    elsewhere: float = _NAN


def guideline_rows(m: Measured, summary: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a session in ``guidelines.csv``: one per indicator, always all of them.

    Only ``evidence`` holds words of the transcript. ``to_review`` counts the disclosures to
    review. It is None where nothing is measured, so that the value cannot be known, and for
    `NO_REVIEW`, which are to be compared with the therapist's own other sessions
    (`other_sessions`).

    Parameters
    ----------
    m : Measured
        The session. Used are its talk, and for each disclosure the words, the seconds, the facts
        about the return of the focus, and the context.
    summary : mapping
        Its row of ``sessions.csv``.

    Returns
    -------
    list of dict
        Keys are the columns of `tsd.measure.tables.GUIDELINES`. Values are NaN without a disclosure
        (``frequency``: 0) and where nothing is measured.
    """
    heard = m.talk.not_measured is None
    if heard and m.talk.disclosures:
        found = {
            "frequency": _frequency(m, summary),
            "length": _length(m, summary),
            "asked": _returned(m, "asked"),
            "addressed": _returned(m, "addressed"),
            "client_resumed": _returned(m, "client_resumed"),
            "solicited": _solicited(m),
            "permission": _permission(m),
            "intimate_cues": _flagged(m, "intimate"),
            "other_client_cues": _flagged(m, "other_client"),
            "therapist_need_cues": _therapist_need(m),
            "client_reply": _client_reply(m),
            "position": _position(m),
        }
    else:
        why = m.talk.not_measured
        nothing = _Seen(_NAN, advice.NO_DISCLOSURE if why is None else why_not_measured([why]))
        found = dict.fromkeys(advice.INDICATORS, nothing)
        if heard:
            found["frequency"] = replace(nothing, value=0.0)
    return [_row(m, name, seen, heard) for name, seen in found.items()]


def _row(m: Measured, name: str, seen: _Seen, heard: bool) -> dict[str, Any]:
    words = advice.INDICATORS[name]
    where = [m.talk.disclosures[number].utterance for number in seen.listed or ()]
    reviews = heard and name not in NO_REVIEW
    return {
        "session_id": m.talk.session_id,
        "indicator": name,
        "value": seen.value,
        "unit": words.unit,
        "detail": seen.detail,
        "elsewhere": seen.elsewhere,
        "others": _NAN,
        "literature": [f"{f.measure}: {f.value} ({f.source}; {f.caveat})" for f in words.findings],
        "to_review": len(seen.listed) if reviews and seen.listed is not None else None,
        "utterances": list(map(str, dict.fromkeys(where))),
        "evidence": _evidence(m, seen),
        "cannot_know": words.cannot_know,
    }


# --- the indicators of a session with a disclosure


def _frequency(m: Measured, summary: Mapping[str, Any]) -> _Seen:
    detail = (
        f"disclosures: {summary['disclosures']}, in {summary['disclosing_utterances']} of "
        f"{summary['therapist_utterances']} therapist utterances"
    )
    return _Seen(float(summary["disclosures_per_100"]), detail, _all(m))


def _length(m: Measured, summary: Mapping[str, Any]) -> _Seen:
    share = summary["disclosure_word_share"]
    of_all = "" if np.isnan(share) else f", {100 * share:.1f}% of the therapist's words"
    detail = (
        f"words: longest {max(m.lengths)}, all together {summary['disclosure_words']} "
        f"({summary['disclosure_seconds']:.0f} s){of_all}"
    )
    return _Seen(float(np.median(m.lengths)), detail, _all(m))


def _returned(m: Measured, fact: str) -> _Seen:
    holds = getattr(m.returned.facts, fact)
    base = getattr(m.returned.base, fact)
    if np.isnan(holds).any():  # of one session, all are missing or none is
        heard = m.talk.of(Role.CLIENT).any()
        return _Seen(_NAN, advice.NO_CLIENT_WORDS if heard else advice.NO_CLIENT, None)
    detail = f"disclosures: {np.count_nonzero(holds)} of {len(holds)}"
    elsewhere = _NAN
    known = np.isfinite(base)
    if known.any():
        elsewhere = float(base[known].mean())
        if not known.all():  # a share and its base rate are of the same disclosures
            detail += (
                f"; where there is something to compare with: {np.count_nonzero(holds[known])} of "
                f"{np.count_nonzero(known)}"
            )
        detail += (
            f"; at the session's other therapist utterances of like length: {100 * elsewhere:.0f}%"
        )
    listed = np.flatnonzero(holds == 0).tolist()
    return _Seen(float(holds.mean()), detail, listed, elsewhere=elsewhere)


def _solicited(m: Measured) -> _Seen:
    asked = _where(m, lambda each: each.solicited)
    detail = f"disclosures after a question by the client: {len(asked)} of {len(m.contexts)}"
    overlap = _median(each.overlap for each in m.contexts)
    if not np.isnan(overlap):
        detail += (
            f"; {100 * overlap:.0f}% (median) of a disclosure's content words are in the client's "
            "last two turns"
        )
    questions = _quote_utterances(m, [m.contexts[number].question for number in asked])
    return _Seen(len(asked) / len(m.contexts), detail, asked, questions)


def _permission(m: Measured) -> _Seen:
    given = _where(m, lambda each: each.permission)
    neither = _where(m, lambda each: not each.permission and not each.solicited)
    count = len(m.contexts)
    detail = (
        f"disclosures after asking permission: {len(given)} of {count}; without permission or "
        f"a question by the client: {len(neither)}"
    )
    return _Seen(len(given) / count, detail, neither)


def _therapist_need(m: Measured) -> _Seen:
    seen = _flagged(m, "therapist_need")
    unresolved = [m.contexts[number].unresolved for number in seen.listed or ()]
    detail = (
        f"{seen.detail}; by their wording, current or unresolved: {unresolved.count(True)}, "
        f"past: {unresolved.count(False)}, unclear: {unresolved.count(None)}"
    )
    return replace(seen, detail=detail)


def _client_reply(m: Measured) -> _Seen:
    counts = [
        f"{words}: {sum(name in each.reactions for each in m.contexts)}"
        for name, words in _REACTION_NAMES.items()
    ]
    silent = sum(each.reply is None for each in m.contexts)
    total = f"of {len(m.contexts)} disclosure{'' if len(m.contexts) == 1 else 's'}"
    detail = f"followed by {', '.join(counts)}, no reply: {silent} ({total})"
    concerns = {"concern_for_therapist", "asks_about_therapist"}
    listed = _where(
        m,
        lambda each: not concerns.isdisjoint(each.reactions) or each.reply_ratio < SHORT_REPLY,
    )
    value = _median(each.reply_ratio for each in m.contexts)
    replies = _quote_utterances(m, [m.contexts[number].reply for number in listed])
    return _Seen(value, detail, listed, replies)


def _position(m: Measured) -> _Seen:
    places = [each.position for each in m.contexts if not np.isnan(each.position)]
    thirds = np.bincount([min(int(3 * place), 2) for place in places], minlength=3)
    detail = (
        f"disclosures in the first third of the session's words: {thirds[0]}, in the second: "
        f"{thirds[1]}, in the last: {thirds[2]}"
    )
    return _Seen(_median(places), detail, _all(m))


def _flagged(m: Measured, flag: str) -> _Seen:
    listed = _where(m, lambda each: flag in each.flags)
    detail = f"disclosures with this flag: {len(listed)} of {len(m.contexts)}"
    quotes = [
        _quote(m, number, next(iter(m.contexts[number].flags[flag]), "")) for number in listed
    ]
    return _Seen(float(len(listed)), detail, listed, quotes)


def _all(m: Measured) -> list[int]:
    return list(range(len(m.talk.disclosures)))


def _where(m: Measured, holds: Callable[[Context], bool]) -> list[int]:
    return [number for number, each in enumerate(m.contexts) if holds(each)]


def _median(values: Iterable[float]) -> float:
    known = [value for value in values if not np.isnan(value)]
    return float(np.median(known)) if known else _NAN


# --- quotes as evidence: short, with the number of their utterance


def _evidence(m: Measured, seen: _Seen) -> list[str]:
    """Return each quote once; past the limit, only say how many more there are."""
    words = (_quote(m, number) for number in seen.listed or ())
    quotes = words if seen.quotes is None else seen.quotes
    different = list(dict.fromkeys(quotes))
    more = len(different) - MOST_QUOTES
    return different[:MOST_QUOTES] + [f"… {more} more"] * (more > 0)


def _quote_utterances(m: Measured, utterances: Iterable[int | None]) -> list[str]:
    return [_shortened(u, m.talk.texts[u]) for u in utterances if u is not None]


def _quote(m: Measured, number: int, words: str = "") -> str:
    """Quote a disclosure around some words, or its utterance if the words are elsewhere in it."""
    found = m.talk.disclosures[number]
    text = found.text if words in found.text else m.talk.texts[found.utterance]
    return _shortened(found.utterance, text, max(text.find(words), 0))


def _shortened(utterance: int, text: str, place: int = 0) -> str:
    """Quote about `QUOTE_LENGTH` characters around a place in a text, whole words if possible."""
    begin = max(min(place - QUOTE_LENGTH // 2, len(text) - QUOTE_LENGTH), 0)
    end = begin + QUOTE_LENGTH
    begin = text.rfind(" ", max(begin - 15, 0), begin) + 1 or begin
    further = text.find(" ", end, end + 15)
    end = end if further < 0 else further
    part = " ".join(text[begin:end].split())
    return f"{utterance}: “{'…' * (begin > 0)}{part}{'…' * (end < len(text))}”"
