"""What a paper has to say about a run: a methods paragraph and a checklist, with its figures.

Both are made from the tables, the numbers of the corpus and ``run.json``. They hold no words of the
transcripts, no names of sessions, speakers or files.
"""

from __future__ import annotations

from dataclasses import dataclass

import jinja2

from tsd.batch.folder import CorpusResult
from tsd.measure.guidelines.advice import NOT_IN_TEXT
from tsd.report.run_facts import (
    focus_sentences,
    found_sentence,
    missing_sentences,
    model_sentences,
    p_values,
    rate_sentences,
    review_sentence,
    roles_sentence,
    sample_sentence,
    talk_time_sentence,
    threshold_sentence,
)
from tsd.report.settings_facts import changed_settings, settings_file_sentence

TO_WRITE = "to be written by you"
"""Stands before what only the authors of a study know."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the reporting checklist.

    Parameters
    ----------
    title : str
        What a reader must be given.
    known : str
        What this run says about it, with its figures; empty if nothing.
    yours : str
        What only the authors know; empty if nothing.
    """

    title: str
    known: str
    yours: str


@dataclass(frozen=True, slots=True)
class Reporting:
    """The methods paragraph of a run, and the checklist.

    Parameters
    ----------
    sentences : tuple of str
        The sentences of the methods paragraph.
    checklist : tuple of Item
        The items, in the order of a methods section.
    """

    sentences: tuple[str, ...]
    checklist: tuple[Item, ...]


def reporting(result: CorpusResult) -> Reporting:
    """Write the methods paragraph and the checklist for a run."""
    return Reporting(tuple(_methods(result)), tuple(_checklist(result)))


def methods_page(result: CorpusResult) -> str:
    """Make ``methods.md``: the paragraph and the checklist in Markdown."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("tsd.report"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made = reporting(result)
    return environment.get_template("methods.md.j2").render(
        sentences=made.sentences, checklist=made.checklist, to_write=TO_WRITE
    )


def _methods(result: CorpusResult) -> list[str]:
    sentences = [
        sample_sentence(result),
        roles_sentence(result),
        *model_sentences(result),
        threshold_sentence(result),
        found_sentence(result),
        *rate_sentences(result),
        review_sentence(result),
        *focus_sentences(result),
        talk_time_sentence(result),
        changed_settings(result),
        settings_file_sentence(result),
        *missing_sentences(result),
    ]
    return [sentence for sentence in sentences if sentence]


def _checklist(result: CorpusResult) -> list[Item]:
    return [*_about_the_sample(result), *_about_finding(result), *_about_the_numbers(result)]


def _about_the_sample(result: CorpusResult) -> list[Item]:
    return [
        Item(
            "Sample",
            sample_sentence(result),
            "who the clients and therapists were, which treatment, when and where; how sessions "
            "were chosen, and how many of each client",
        ),
        Item(
            "De-identification and consent",
            "tsd does not check whether transcripts are de-identified.",
            "how identifying details were removed and who checked it; consent and ethics approval",
        ),
        Item(
            "Transcription",
            talk_time_sentence(result),
            "who or what transcribed, by which rules, and how talk was cut into utterances",
        ),
        Item(
            "Roles",
            roles_sentence(result),
            "whether somebody checked who is the therapist in each session",
        ),
    ]


def _about_finding(result: CorpusResult) -> list[Item]:
    if result.run["settings"]["finding"]["use_labels"]:
        coders = "who coded, with which codebook and training, and how well coders agreed"
        return [Item("Coding", found_sentence(result), coders)]
    known = result.run["error_rates"] is not None
    own = "how often the model is right in sessions like yours (tsd evaluate measures it)"
    reviewed = result.run["audit"] is not None
    return [
        Item("Model", " ".join(model_sentences(result)), ""),
        Item(
            "Error rates on your own sessions",
            rate_sentences(result)[1],
            "who coded the sessions that the error rates are from, and how they were chosen"
            if known
            else own,
        ),
        Item("Threshold", threshold_sentence(result), "why this threshold, and when it was chosen"),
        Item(
            "Human review",
            review_sentence(result),
            "who reviewed, with which training, blind to what, and how well reviewers agreed"
            if reviewed
            else "who read the flagged utterances, and what they did with wrong flags",
        ),
    ]


def _about_the_numbers(result: CorpusResult) -> list[Item]:
    return [
        Item(
            "Unit of counting",
            "A disclosure is a run of neighboring sentence-like units in one utterance of the "
            "therapist. The rates count utterances with at least one disclosure. "
            + found_sentence(result),
            "",
        ),
        Item("Uncertainty", rate_sentences(result)[0], ""),
        Item("Focus of the talk", " ".join(focus_sentences(result)), ""),
        Item(
            "Missing data",
            " ".join(missing_sentences(result)),
            "whether sessions are missing for a reason that has to do with the results",
        ),
        Item(
            "Multiple testing",
            p_values(result),
            "which of these tests were planned, and how p-values were corrected",
        ),
        Item(
            "Settings",
            f"{changed_settings(result)} {settings_file_sentence(result)}".strip(),
            "which settings were fixed before the data",
        ),
        Item(
            "What the text cannot show",
            f"No transcript shows any of this: {'; '.join(what for what, _ in NOT_IN_TEXT)}.",
            "what follows from this for your conclusions",
        ),
    ]
