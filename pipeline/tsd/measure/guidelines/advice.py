"""What the guideline indicators are called, advise and cannot know. Edit freely; no logic.

The advice is advice in the literature, in our words: Hill, Knox & Pinto-Coelho 2018; Knox & Hill
2003; Henretty & Levitt 2010. It is no rule, and no figure here is a limit.
"""

from __future__ import annotations

from dataclasses import dataclass

from tsd.measure.literature import Finding


@dataclass(frozen=True, slots=True)
class Indicator:
    """One guideline indicator in words.

    Parameters
    ----------
    title : str
        A few words.
    advice : str
        The advice in the literature that it goes with, in one sentence.
    unit : str
        What its value is counted in.
    cannot_know : str
        What its value leaves open and a reader of the session has to judge.
    findings : tuple of str
        Measures of `tsd.measure.literature.FINDINGS`, and of `MORE_FINDINGS`, to print beside it.
    """

    title: str
    advice: str
    unit: str
    cannot_know: str
    findings: tuple[str, ...] = ()


INDICATORS: dict[str, Indicator] = {
    "rare": Indicator(
        title="Sparing",
        advice="Advice in the literature: disclose seldom, and for a reason.",
        unit="of 100 therapist utterances",
        cannot_know="How much helps this client, and what the setting is used to: peer support "
        "discloses more. No figure is a limit; look at the therapist's own other sessions.",
        findings=(
            "share of therapist responses that disclose",
            "share of therapist interventions that disclose",
            "how often",
        ),
    ),
    "brief": Indicator(
        title="Brief",
        advice="Advice in the literature: keep it short, with few details.",
        unit="words",
        cannot_know="Whether the length was needed; no norm exists. Look at the therapist's own "
        "other sessions.",
    ),
    "focus_returned": Indicator(
        title="Focus returned to the client",
        advice="Advice in the literature: turn the talk back to the client afterwards.",
        unit="share of disclosures",
        cannot_know="Whether the client felt asked back: it is told by questions, by “you” and "
        "by the length of turns, not by their meaning.",
        findings=("focus back with the client afterwards",),
    ),
    "client_guided": Indicator(
        title="Led by the client",
        advice="Advice in the literature: fit it to this client's wish and experience.",
        unit="share of disclosures",
        cannot_know="Whether it fitted: questions are found by their words, likeness by shared "
        "words alone. A client may wish to hear and not ask, or ask and not wish.",
        findings=("begun by the therapist",),
    ),
    "permission": Indicator(
        title="Permission asked before",
        advice="Advice from practice, more than in the reviews: let the client decide whether "
        "to hear it.",
        unit="share of disclosures",
        cannot_know="What the client answered, and what was agreed by a look, on paper or in "
        "another session; a direct question needs no permission.",
    ),
    "not_intimate": Indicator(
        title="Intimate matters",
        advice="Advice in the literature: speak of what is little intimate and at ease to tell, "
        "such as the professional background, sooner than of the private life.",
        unit="disclosures flagged",
        cannot_know="What is intimate in this culture and between these two, and whether it "
        "helped: feelings and insights, more intimate than facts, were of higher quality in one "
        "study (Pinto-Coelho et al. 2016).",
    ),
    "others_confidence": Indicator(
        title="Confidence of others",
        advice="Advice in codes of ethics (APA 4.01, 4.07): keep what others have confided, or "
        "disguise it.",
        unit="disclosures flagged",
        cannot_know="Whether the person agreed, was disguised or invented, or could be known by "
        "this client.",
    ),
    "own_needs": Indicator(
        title="The therapist's own needs",
        advice="Advice in the literature: tell what is resolved and past, and ask nothing of the "
        "client for yourself.",
        unit="disclosures flagged",
        cannot_know="Whose need it served, and whether the matter is resolved: words of the "
        "present are no proof.",
    ),
    "client_response": Indicator(
        title="The client's reply",
        advice="Advice in the literature: watch how the client responds, and ask about it.",
        unit="of the client's median turn",
        cannot_know="What the client felt: tone, face and silence are not in the words. A short "
        "reply may be full of feeling, thanks may be polite, and a change of topic is only "
        "guessed from the words.",
    ),
    "position": Indicator(
        title="Place in the session",
        advice="Advice in the literature: time it, once the relation is strong enough to bear it.",
        unit="share of the session's words",
        cannot_know="How strong the relation was, and what was told in sessions that are not here.",
    ),
}
"""In the order of every table."""

MORE_FINDINGS: tuple[Finding, ...] = (
    Finding(
        "begun by the therapist",
        "73 % of events",
        "Pinto-Coelho et al. 2016",
        "judged by coders; ours is told by whether the client asked in the turn before",
    ),
)
"""Figures that go with an indicator only."""

NO_THERAPIST = "no therapist recognised"
NO_DISCLOSURE = "no disclosure found"

NOT_IN_TEXT: tuple[tuple[str, str], ...] = (
    (
        "why the therapist disclosed",
        "an intention is not in the words; ask the therapist, in supervision",
    ),
    (
        "whose need it served",
        "the same words can be meant for the client or for the therapist; a flag is a reason to "
        "read the passage, no answer",
    ),
    (
        "what is usual in this culture and community",
        "what is private, polite or expected differs, and so does living in a small place, "
        "where clients know a therapist anyway",
    ),
    (
        "consent and agreements outside the session",
        "contracts, e-mails, earlier sessions and notes are not in a transcript",
    ),
    (
        "whether the client felt burdened and did not say",
        "clients keep reactions to themselves; a warm or a short reply shows little",
    ),
    (
        "tone, face, silence and laughter",
        "a transcript holds words, and few of the rest",
    ),
    (
        "whether it is true",
        "nothing in the words tells a true account from an untrue or a changed one",
    ),
    (
        "what came of it",
        "the number of disclosures did not go with outcome or alliance in one study of 52 pairs, "
        "what they were for did (Levitt et al. 2016)",
    ),
)
"""What no text can show, each with the reason: advice in the literature leaves it to a reader."""
