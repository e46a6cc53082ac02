"""The words of the guideline indicators: advice, published figures, what no text can show.

The advice is from the literature, in our words: Hill, Knox & Pinto-Coelho 2018; Knox & Hill 2003;
Henretty & Levitt 2010. It is not a rule, and no figure here is a norm or a limit. There is no norm
for the length of a disclosure or for talk share: compare a therapist with their own other sessions.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A published figure: what was measured, what was found, by whom, and a caveat."""

    measure: str
    value: str
    source: str
    caveat: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One guideline indicator in words.

    `unit` is the unit of its value. `cannot_know` is what the value leaves open, for a reader of
    the session to judge.
    """

    title: str
    advice: str
    unit: str
    cannot_know: str
    findings: tuple[Finding, ...] = ()


INDICATORS: dict[str, Indicator] = {
    "frequency": Indicator(
        title="How often",
        advice="Advice in the literature: disclose rarely, and for a reason.",
        unit="per 100 therapist utterances",
        cannot_know="How much helps this client, and what is usual in this setting: there is more "
        "disclosure in peer support. No figure is a limit. Look at the therapist's own other "
        "sessions.",
        findings=(
            Finding(
                "share of therapist responses that disclose",
                "1%",
                "Hill et al. 1988",
                "8 cases, 127 sessions of brief therapy; responses, not utterances",
            ),
            Finding(
                "share of therapist interventions that disclose",
                "1-13%, 3.5% on average",
                "Hill & Knox 2002, a review",
                "studies differ in what they count as a disclosure",
            ),
            Finding(
                "how often",
                "185 events in 115 sessions",
                "Pinto-Coelho et al. 2016",
                "psychodynamic therapy, judged by coders; tsd may count one event as several "
                "disclosures",
            ),
        ),
    ),
    "length": Indicator(
        title="How long",
        advice="Advice in the literature: keep it short, with few details.",
        unit="words",
        cannot_know="Whether the length was needed; there is no norm. Look at the therapist's own "
        "other sessions.",
    ),
    "asked": Indicator(
        title="The therapist then asks the client something",
        advice="Advice in the literature: turn the talk back to the client afterward.",
        unit="share of disclosures",
        cannot_know="Whether it is a question that the client wanted. Compare with the share at "
        "the session's other utterances of like length: some therapists ask after everything.",
        findings=(
            Finding(
                "focus back with the client afterward",
                "93% of events",
                "Pinto-Coelho et al. 2016",
                "judged by coders, who read the meaning; tsd only sees three signs in the words",
            ),
        ),
    ),
    "addressed": Indicator(
        title="The therapist then says “you” to the client",
        advice="Advice in the literature: turn the talk back to the client afterward.",
        unit="share of disclosures",
        cannot_know="What was said with this “you”, and whether it meant the client: phrases that "
        "mean anybody (“when you lose someone”) are left out only as far as a list knows them.",
    ),
    "client_resumed": Indicator(
        title="The client's next turn is at least as long as usual",
        advice="Advice in the literature: turn the talk back to the client afterward.",
        unit="share of disclosures",
        cannot_know="Whether the client speaks about themselves again or about the therapist: only "
        "the length of their turn counts.",
    ),
    "solicited": Indicator(
        title="After a question by the client",
        advice="Advice in the literature: adapt it to the client's wishes and experience.",
        unit="share of disclosures",
        cannot_know="Whether it suited the client: tsd sees only the wording of questions and "
        "shared words. A client may want to hear but not ask, or ask but not want to hear.",
        findings=(
            Finding(
                "begun by the therapist",
                "73% of events",
                "Pinto-Coelho et al. 2016",
                "judged by coders; tsd looks at whether the client asked in the turn before",
            ),
        ),
    ),
    "permission": Indicator(
        title="Permission asked before",
        advice="Advice from practice, more than from reviews: let the client decide whether to "
        "hear it.",
        unit="share of disclosures",
        cannot_know="What the client answered, and what was agreed by a look, in writing or in "
        "another session. After a direct question, no permission is needed.",
    ),
    "intimate_cues": Indicator(
        title="Words of intimate topics",
        advice="Advice in the literature: prefer less intimate topics that are easy to share, such "
        "as your professional background, over your private life. The findings are mixed.",
        unit="disclosures with this flag",
        cannot_know="What is intimate in this culture and between these two people, and whether it "
        "helped.",
        findings=(
            Finding(
                "intimacy and the alliance",
                "moderately intimate disclosures went with a better alliance",
                "Pinto-Coelho et al. 2016",
                "185 events in 115 sessions of psychodynamic therapy; an association",
            ),
        ),
    ),
    "other_client_cues": Indicator(
        title="Words about another client",
        advice="Advice in codes of ethics (APA 4.01, 4.05): keep private what others told you in "
        "confidence, or disguise it.",
        unit="disclosures with this flag",
        cannot_know="Whether the person agreed, was disguised or invented, or could be recognized "
        "by this client.",
    ),
    "therapist_need_cues": Indicator(
        title="Words of a present need of the therapist",
        advice="Advice in the literature: share what is past and resolved, and do not ask the "
        "client to meet your needs.",
        unit="disclosures with this flag",
        cannot_know="Whose need it served, and whether the issue is resolved: the present tense "
        "alone does not mean that it is unresolved.",
    ),
    "client_reply": Indicator(
        title="The client's reply",
        advice="Advice in the literature: watch how the client responds, and ask about it.",
        unit="times the client's median turn",
        cannot_know="What the client felt: tone, facial expression and silence are not in the "
        "words. A short reply may be full of feeling, thanks may be mere politeness, and a change "
        "of topic is only a guess from the words.",
    ),
    "position": Indicator(
        title="Place in the session",
        advice="Advice in the literature: choose the right moment, and wait until the "
        "relationship is strong enough.",
        unit="share of the session's words",
        cannot_know="How strong the relationship was, and what was disclosed in sessions that "
        "were not analyzed.",
    ),
}
"""In the order used in every table."""

FINDINGS: tuple[Finding, ...] = (
    *INDICATORS["frequency"].findings,
    *INDICATORS["asked"].findings,
)
"""Figures to compare the numbers of a whole report with."""

NO_CLIENT = "no client recognized"
NO_CLIENT_WORDS = "no client says a word"
NO_DISCLOSURE = "no disclosure found"

NOT_IN_TEXT: tuple[tuple[str, str], ...] = (
    (
        "why the therapist disclosed",
        "an intention is not in the words; ask the therapist, for example in supervision",
    ),
    (
        "whose need it served",
        "the same words can be meant for the client or for the therapist; a flag is a reason to "
        "read the passage, not an answer",
    ),
    (
        "what is usual in this culture and community",
        "what is private, polite or expected differs; in a small place, clients may know the "
        "therapist anyway",
    ),
    (
        "consent and agreements outside the session",
        "contracts, emails, earlier sessions and notes are not in a transcript",
    ),
    (
        "whether the client felt burdened and did not say so",
        "clients keep reactions to themselves; a warm or short reply reveals little",
    ),
    (
        "tone, facial expression, silence and laughter",
        "a transcript holds words and little else",
    ),
    (
        "whether it is true",
        "nothing in the words separates a true account from an untrue or a changed one",
    ),
    (
        "what effect it had",
        "in one study of 52 pairs, the number of disclosures was not related to outcome or "
        "alliance, but their purpose was (Levitt et al. 2016)",
    ),
)
"""What no text can show, each with the reason: a reader has to judge it."""
