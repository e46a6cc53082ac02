"""What the user must know about the roles of a session: what is open, what was assumed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from tsd.readers.role_assignment import ELIMINATION, TALK, Roles, shown_probability
from tsd.readers.roles import is_unknown_speaker, shown_name
from tsd.schema import Role, Severity, Utterance

_NAMED = 8  # speakers that a message names
_WORTH_SAYING = 0.7
_ONE_SPEAKER = (
    "If somebody else speaks, too, have the transcript made with speaker labels (diarization)."
)
_CORRECT = "--therapist NAME, --client NAME or --roles roles.csv"


def report_roles(
    utterances: Sequence[Utterance], roles: Roles, report: Callable[..., None]
) -> None:
    """Report what the roles leave open, and what they rest on.

    Parameters
    ----------
    utterances : sequence of Utterance
        The utterances, with the roles of their speakers.
    roles : Roles
        How the roles were found.
    report : callable
        Takes a message and its severity, like `ProblemLog.add`.
    """
    counts: dict[Role, Counter[str]] = defaultdict(Counter)
    for utterance in utterances:
        counts[utterance.role][utterance.speaker] += 1
    if not counts[Role.THERAPIST]:
        report(_who_is_the_therapist(Counter(u.speaker for u in utterances), roles))
        return
    if not counts[Role.CLIENT] and len(counts[Role.THERAPIST]) > 1:
        report(
            "there are several therapists and no client. Name the client with --client NAME.",
            Severity.WARNING,
        )
    _report_assumed(roles, report)
    _report_open(counts[Role.UNKNOWN], report)


def _who_is_the_therapist(counts: Counter[str], roles: Roles) -> str:
    named = [name for name in counts if name]
    shown = [f"{shown_name(name)} ({counts[name]})" for name in named[:_NAMED]]
    if counts[""]:
        shown.append(f"nobody ({counts['']})")
    seen = ", ".join(shown)
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    speakers = "the speakers are" if len(shown) > 1 else "the only speaker is"
    alone = "" if len(named) > 1 else f" {_ONE_SPEAKER}"
    return (
        f"no speaker could be recognized as the therapist; {speakers} {seen}{more}."
        f"{_likely(roles)} Name the therapist with --therapist NAME, or say who is who in a table: "
        f"--roles roles.csv (columns file, speaker, role).{alone}"
    )


def _likely(roles: Roles) -> str:
    """Say whom the talk shows as the therapist, if it shows somebody."""
    guess = roles.guess
    if guess is None or guess.probability < _WORTH_SAYING:
        return ""
    but = "a name says otherwise" if guess.sure else "that is not clear enough"
    return (
        f" From the talk, it may be {shown_name(guess.therapist)} "
        f"({shown_probability(guess.probability)}), but {but}."
    )


def _report_assumed(roles: Roles, report: Callable[..., None]) -> None:
    if names := roles.because(ELIMINATION):
        assumed = ", ".join(f"{shown_name(name)} as {roles.of[name]}" for name in names[:_NAMED])
        report(
            f"roles assumed by elimination: {assumed}. If one is wrong, correct it with "
            "--therapist or --client.",
            Severity.NOTE,
        )
    if (names := roles.because(TALK)) and roles.guess is not None:
        first = sorted(names, key=lambda name: roles.of[name] is not Role.THERAPIST)
        found = ", ".join(f"{shown_name(name)} as {roles.of[name]}" for name in first[:_NAMED])
        report(
            "the names do not show the roles, so they are taken from the talk "
            f"({shown_probability(roles.guess.probability)}): {found}. If that is wrong, correct "
            f"it with {_CORRECT}.",
            Severity.WARNING,
        )


def _report_open(unknown: Counter[str], report: Callable[..., None]) -> None:
    """Report whose words count for neither side."""
    if nobody := unknown.pop("", 0):
        report(
            f"utterances without a speaker: {nobody}; they count for neither side. Fill in who "
            "spoke.",
            Severity.WARNING,
        )
    if nobody := sum(n for name, n in unknown.items() if is_unknown_speaker(name)):
        report(
            f"utterances by an unknown speaker: {nobody}; they count for neither side. If you know "
            f"who spoke, correct the names, or say it with {_CORRECT}.",
            Severity.WARNING,
        )
    if names := [shown_name(name) for name in unknown if not is_unknown_speaker(name)][:_NAMED]:
        report(
            f"role unknown: {', '.join(names)}. Their words count for neither side. Give the role "
            f"with {_CORRECT}.",
            Severity.WARNING,
        )
