"""The whole spaCy pipeline: utterances, units, cues, disclosures."""

from __future__ import annotations

from typing import cast

from tsd.classify.component import DisclosureFinder
from tsd.errors import ModelError, SettingsError
from tsd.segment.language import SessionLanguage
from tsd.settings import Finding


def segmenter(finding: Finding | None = None) -> SessionLanguage:
    """Make the pipeline without its last step: sessions to Docs with units and cues.

    Of `finding`, it takes the longest session and the longest unit.
    """
    finding = finding or Finding()
    nlp = SessionLanguage(max_length=finding.longest_session)
    nlp.add_pipe("tsd_units", config={"longest_unit": finding.longest_unit})
    nlp.add_pipe("tsd_cues")
    return nlp


def load(finding: Finding | None = None) -> SessionLanguage:
    """Make the spaCy pipeline that finds therapist self-disclosures.

    Parameters
    ----------
    finding : Finding, optional
        For the model and its threshold, or for human labels in place of it.

    Returns
    -------
    SessionLanguage
        Takes sessions and gives Docs with ``doc.spans["disclosures"]``.

    Raises
    ------
    ModelError
        If the model cannot be used, or is not the one that `finding` names by its hash.
    SettingsError
        If a review budget is set: it is for a whole run, see `tsd.analyze_corpus`.

    Examples
    --------
    >>> import tsd
    >>> nlp = tsd.load()
    >>> doc = nlp("I'm a licensed counselor, and I've worked with teenagers for ten years.")
    >>> [span.label_ for span in doc.spans["disclosures"]]
    ['training']
    """
    if finding is not None and not isinstance(finding, Finding):
        raise TypeError(
            f"tsd.load takes tsd.Finding, not {type(finding).__name__}: "
            "tsd.load(tsd.Finding(threshold=0.5))"
        )
    finding = finding or Finding()
    if finding.review_budget is not None:
        expected = "left out here: it is for a whole run, see tsd.analyze_corpus"
        raise SettingsError("review_budget", finding.review_budget, expected)
    nlp = segmenter(finding)
    if finding.use_labels:
        nlp.add_pipe("tsd_labels")
    else:
        model = None if finding.model is None else str(finding.model)
        config = {"model": model, "threshold": finding.threshold}
        finder = cast("DisclosureFinder", nlp.add_pipe("tsd_disclosures", config=config))
        # A model that cannot be used is an error now, not at the first session.
        _check_hash(finding, finder.disclosure_model.sha256)
    return nlp


def _check_hash(finding: Finding, sha256: str) -> None:
    """Raise a `ModelError` if the settings name another model."""
    if finding.model_hash not in (None, sha256):
        raise ModelError(
            "that comes with tsd" if finding.model is None else finding.model,
            f"is not the one that the settings name: its hash begins with {sha256[:12]}, but "
            f"model_hash with {str(finding.model_hash)[:12]}. Use that model, or make a new "
            "plan with `tsd plan --write`.",
        )
