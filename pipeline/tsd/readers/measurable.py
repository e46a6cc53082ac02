"""Whether the talk of a session can be measured: it must be English, each utterance one turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tsd.readers.language import MIXED, language_name, spoken_languages
from tsd.schema import Severity, Unmeasured, Utterance
from tsd.settings import Reading
from tsd.words import count

LONGEST_TURN = 5000
"""Words. At 150 words a minute, this is more than half an hour of speech without a break."""

MOST_OF_SESSION = 0.5
"""An utterance with a larger share of the words is reported, in a session of `LARGE`."""

LARGE = (1000, 10)
"""Words and utterances of a session in which no utterance should have most of the words."""

_Report = Callable[..., None]
"""`tsd.readers.log.ProblemLog.add`, for one session."""


def check_talk(
    utterances: Sequence[Utterance], reading: Reading, report: _Report
) -> tuple[Unmeasured | None, str]:
    """Report what speaks against measuring a session.

    Returns
    -------
    unfit : Unmeasured or None
        Why it cannot be measured.
    language : str
        Its language in words, for people to check; empty if that could not be decided.
    """
    of_turns = _check_turns(utterances, report)
    if reading.language is not None:
        return of_turns, f"{language_name(reading.language)} (--language)"
    of_language, language = _check_language(utterances, report)
    return of_turns or of_language, language


def _check_language(
    utterances: Sequence[Utterance], report: _Report
) -> tuple[Unmeasured | None, str]:
    found = spoken_languages(utterances)
    others = sum(found.others.values())
    if not found.english:
        name = language_name(found.main)
        report(
            f"the talk seems to be {name}. The model knows English only, so `tsd analyze` measures "
            "nothing in this session. If it is English, insist with --language en.",
            Severity.WARNING,
        )
        return Unmeasured.LANGUAGE, name
    if others < MIXED:
        return None, language_name(found.main) if found.main else ""
    shares = ", ".join(f"{language_name(code)} {p:.0%}" for code, p in found.everybody.items())
    report(
        f"about {others:.0%} of the talk seems not to be English ({shares}). The model knows "
        "English only: it finds no disclosures in other languages. If all of it is English, "
        "insist with --language en.",
        Severity.WARNING,
    )
    return None, shares


def _check_turns(utterances: Sequence[Utterance], report: _Report) -> Unmeasured | None:
    words = [each.words for each in utterances]
    largest = max(range(len(words)), key=words.__getitem__)
    line = utterances[largest].line
    if too_long := sum(number > LONGEST_TURN for number in words):
        many = "1 utterance has" if too_long == 1 else f"{too_long:,} utterances have"
        report(
            f"{many} more than {LONGEST_TURN:,} words, the longest {words[largest]:,}: over half "
            "an hour without a break. The turns in the file were probably not recognized, so `tsd "
            "analyze` measures nothing in this session. Begin each turn on a line of its own with "
            "the speaker's name, as in 'Anna: Hello.'",
            Severity.WARNING,
            line=line,
        )
        return Unmeasured.TURNS
    total = sum(words)
    if total >= LARGE[0] and len(words) >= LARGE[1] and words[largest] > MOST_OF_SESSION * total:
        report(
            f"one utterance has {words[largest]:,} of the session's {count(total, 'word')}. If it "
            "is not one turn, mark in the file where each turn begins.",
            Severity.WARNING,
            line=line,
        )
    return None
