"""The figures of a run in sentences, as a methods section has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tsd.batch.folder import CorpusResult
from tsd.measure.missing import WHOLE_ROW
from tsd.measure.unmeasured import unmeasured_in_words
from tsd.schema import TYPES, Role
from tsd.words import count, in_words

_BASES = {
    "timestamps": "start and end times",
    "starts": "start times alone (silence counts for whoever spoke before it)",
    "words": "the number of words at an assumed rate of speech",
}


def listed(items: Sequence[str]) -> str:
    """Write several things in a row; nothing if there are none.

    >>> listed(["a"]), listed(["a", "b", "c"]), listed([])
    ('a', 'a, b and c', '')
    """
    return " and ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)


def sample_sentence(result: CorpusResult) -> str:
    """Say how much was analyzed, and of how many therapists."""
    s, sessions = result.summary, result.sessions
    known = sessions["therapist"] != ""
    hours = sessions["session_seconds"].sum() / 3600
    whose = (
        f"The therapist's identity was known in {int(known.sum())} of them "
        f"({count(sessions.loc[known, 'therapist'].nunique(), 'therapist')})."
        if known.any()
        else "The metadata did not say which sessions have the same therapist."
    )
    return (
        f"We analyzed {count(s['sessions'], 'session')} ({s['utterances']:,} utterances, "
        f"{int(sessions['therapist_utterances'].sum()):,} of them by therapists, with "
        f"{int(sessions['therapist_words'].sum()):,} words; {hours:.1f} hours). {whose}"
    )


def roles_sentence(result: CorpusResult) -> str:
    """Say how it was known who the therapist is."""
    reading, s = result.run["settings"]["reading"], result.summary
    named = len(reading["therapist"]) + len(reading["client"])
    source = "the role column or the speakers' names in the transcripts"
    if named:
        source = f"{count(named, 'name')} that we gave, {source}"
    elif result.run["settings"]["output"]["no_text"]:
        source += ", or from names that we gave (--no-text does not keep whether there were any)"
    unknown = int((result.utterances["role"] == str(Role.UNKNOWN)).sum())
    recognized = int((result.sessions["therapist_utterances"] > 0).sum())
    return (
        f"Roles came from {source}; the therapist was recognized in {recognized:,} of "
        f"{count(s['sessions'], 'session')}, and {count(unknown, 'utterance')} had no known role."
    )


def model_sentences(result: CorpusResult) -> list[str]:
    """Say what found the disclosures, and what it has learned from."""
    versions, model = result.run["versions"], result.run["model"]
    tool = f"tsd {versions['therapist-self-disclosure']} (Python {versions['python']})"
    if model is None:
        return [f"Disclosures were labeled by people and measured with {tool}."]
    packages = listed([f"{n} {versions[n]}" for n in ("scikit-learn", "spacy", "numpy")])
    which = "its default model" if model["path"] is None else "another model than its default"
    learned = (
        "This model has learned from utterances that language models wrote for the tsd project, "
        "not from real sessions."
        if model["path"] is None
        else "[What this model has learned from: to be written by you.]"
    )
    return [
        f"Disclosures were found with {tool}, {which} (sha256 {model['sha256']}) and {packages}.",
        learned,
    ]


def threshold_sentence(result: CorpusResult) -> str:
    """Say from which probability on an utterance was flagged."""
    model, budget = result.run["model"], result.run["review_budget"]
    if model is None:
        return ""
    if budget:
        return (
            f"We flagged at most {count(budget['utterances'], 'utterance')}, those with the "
            f"highest probabilities (the lowest of them was {budget['threshold']:.4f})."
        )
    return (
        f"A sentence-like unit was flagged if its probability was at least "
        f"{model['threshold']:.4f} in whole sessions and {model['excerpt_threshold']:.4f} in "
        f"excerpts (setting: {result.run['settings']['finding']['threshold']})."
    )


def found_sentence(result: CorpusResult) -> str:
    """Say how many disclosures there are, by type, and how often they are."""
    s = result.summary
    if not s["sessions_measured"]:
        return f"Nothing was measured: {unmeasured_in_words(result.sessions)}."
    verb = "labeled" if result.run["model"] is None else "flagged"
    if not s["disclosures"]:
        return f"No disclosure was {verb} in {count(s['sessions_measured'], 'session')}."
    types = listed([f"{s[f'disclosures_{t}']:,} {in_words(t)}" for t in TYPES])
    often = [
        f"{s[name]:.2f} per {unit}"
        for name, unit in (
            ("disclosures_per_1000_words", "1,000 therapist words"),
            ("disclosures_per_hour", "hour of session"),
        )
        if s[name] is not None
    ]
    return (
        f"There {'was' if s['disclosures'] == 1 else 'were'} "
        f"{count(s['disclosures'], verb + ' disclosure')} in "
        f"{s['sessions_with_disclosure']:,} of {count(s['sessions_measured'], 'session')} "
        f"({types}){': ' if often else ''}{listed(often)}."
    )


def rate_sentences(result: CorpusResult) -> list[str]:
    """Say the flagged, the adjusted and the audited rate, or why there is none."""
    s, errors = result.summary, result.run["error_rates"]
    if result.run["model"] is None:
        return [_rate(s, "flagged", "The labeled rate")]
    sentences = [_rate(s, "flagged", "The flagged rate")]
    if errors is None:
        why = s["adjusted_note"].removeprefix("not computed: ")
        sentences.append(f"It was not adjusted for the classifier's errors: {why}.")
    else:
        basis = (
            f"in coded sessions: sensitivity {_shown(errors['sensitivity'], 2)} over "
            f"{errors['disclosing']:,} disclosing utterances, false alarms "
            f"{_shown(errors['false_alarms'], 4)} over {errors['others']:,} others"
        )
        subject = f"The rate adjusted for the classifier's errors ({basis})"
        sentences.append(_rate(s, "adjusted", subject))
    if result.run["audit"] is not None:
        sentences.append(_rate(s, "audited", "The audited rate"))
    return sentences


def _rate(s: Mapping[str, Any], name: str, subject: str) -> str:
    value, note = s[name], s[f"{name}_note"]
    if value is None:
        return f"{subject} is missing: {note.removeprefix('not computed: ')}."
    bounds = s[f"{name}_low"], s[f"{name}_high"]
    return (
        f"{subject} was {value:.2f} per 100 therapist utterances{_interval(bounds, note, '.2f')}."
    )


def _interval(bounds: tuple[float | None, float | None], note: str, form: str) -> str:
    """Write an interval and what it is based on, or why there is none."""
    low, high = bounds
    if low is None or high is None:
        return f"; {note}" if note else ""
    return f" (95% interval {low:{form}} to {high:{form}}{f', {note}' if note else ''})"


def review_sentence(result: CorpusResult) -> str:
    """Say whether people reviewed a random sample."""
    audit = result.run["audit"]
    if result.run["model"] is None:
        return ""
    if audit is None:
        return "This run used no human review of a random sample."
    return (
        f"People reviewed a random sample of {count(audit['drawn'], 'utterance')}: "
        f"{audit['reviewed']:,} have a label, {audit['ambiguous']:,} were ambiguous and "
        f"{audit['unlabeled']:,} got no label."
    )


def focus_sentences(result: CorpusResult) -> list[str]:
    """Say how the shift of focus was tested, and what came out."""
    s, measuring = result.summary, result.run["settings"]["measuring"]
    if not s["disclosures"]:
        return ["There was no disclosure, and so no shift of focus to test."]
    how = (
        f"The focus of the talk was measured in K = {measuring['focus_window']} words before and "
        f"after each episode of disclosure, and compared with what comparable places in the same "
        f"session lead to expect, with {measuring['permutations']:,} permutations within each "
        f"session (seed {measuring['seed']})."
    )
    types = [
        f"{s[f'focus_tested_{t}']} of {s[f'disclosures_{t}']} {in_words(t)}"
        for t in TYPES
        if s[f"disclosures_{t}"]
    ]
    tested = (
        f"It could be tested in {count(s['focus_sessions_tested'], 'session')}; by type, the "
        f"disclosures in episodes that could be tested were {listed(types)}."
    )
    if s["focus_shift_adjusted"] is None:
        return [how, tested, f"The mean shift is missing ({s['focus_test']})."]
    bounds = s["focus_shift_adjusted_low"], s["focus_shift_adjusted_high"]
    interval = _interval(bounds, s["focus_shift_adjusted_interval"], "+.3f")
    average, note = s["focus_shift_p_therapists"], s["focus_shift_p_therapists_note"]
    flips = "is missing" if average is None else f"gives p = {average:.3f}"
    return [
        how,
        tested,
        "The mean shift away from the client, against what was expected, was "
        f"{s['focus_shift_adjusted']:+.3f}{interval}. The raw shift of the same episodes, the "
        f"client's share before minus the share after, was {s['focus_shift_tested']:+.3f}.",
        f"The test of whether there is a shift in any session gives p = {s['focus_shift_p']:.3f}; "
        f"the test of whether there is one on average {flips}{f' ({note})' if note else ''}.",
    ]


def talk_time_sentence(result: CorpusResult) -> str:
    """Say what talk time was based on."""
    found = result.sessions["talk_time_basis"].value_counts()
    parts = [
        f"{what} in {count(found[basis], 'session')}"
        for basis, what in _BASES.items()
        if basis in found
    ]
    return f"Talk time was based on {listed(parts)}." if parts else ""


def missing_sentences(result: CorpusResult) -> list[str]:
    """Say how much is missing: sessions, numbers about disclosures, tests of focus."""
    s, missing = result.summary, result.missing
    lost = missing[missing["columns"].map(lambda names: list(names) == [WHOLE_ROW])]
    sentences = [] if result.run["complete"] else ["The run was interrupted."]
    if len(lost):
        row = lost.iloc[0]
        sentences.append(f"{row['missing']} of {row['of']} inputs could not be read or analyzed.")
    if unmeasured := s["sessions"] - s["sessions_measured"]:
        sentences.append(
            f"Nothing was measured in {unmeasured:,} of {count(s['sessions'], 'session')}: "
            f"{unmeasured_in_words(result.sessions)}."
        )
    if untested := s["disclosures"] - s["focus_tested"]:
        sentences.append(
            f"The focus shift could not be tested for {untested:,} of "
            f"{count(s['disclosures'], 'disclosure')}."
        )
    return [
        *sentences,
        "The table missing lists every number that is missing, with the reason.",
    ]


def p_values(result: CorpusResult) -> str:
    """Count the p-values of a run."""
    of_sessions = int(result.sessions["focus_shift_p"].notna().sum())
    following = int(result.following["p"].notna().sum())
    of_all = sum(
        result.summary[name] is not None for name in ("focus_shift_p", "focus_shift_p_therapists")
    )
    if not of_all + of_sessions + following:
        return "This run gives no p-values."
    return (
        f"This run gives {count(of_all, 'p-value')} for all sessions together and "
        f"{of_sessions:,} for single sessions, not corrected for their number, and "
        f"{following:,} for what follows a disclosure or a question, also corrected (Benjamini "
        "and Hochberg)."
    )


def _shown(share: float | None, decimals: int) -> str:
    return "unknown" if share is None else f"{share:.{decimals}f}"
