"""The whole spaCy pipeline: utterances, units, cues, disclosures."""

from __future__ import annotations

from tsd.errors import SettingsError
from tsd.segment.language import SessionLanguage
from tsd.settings import Settings


def segmenter(settings: Settings | None = None) -> SessionLanguage:
    """Make the pipeline without its last step: sessions to Docs with units and cues.

    Parameters
    ----------
    settings : Settings, optional
        For the lengths of sessions and units.

    Returns
    -------
    SessionLanguage
        spaCy's blank English with ``tsd_units`` and ``tsd_cues``.
    """
    settings = settings or Settings()
    nlp = SessionLanguage(max_length=settings.longest_session)
    nlp.add_pipe("tsd_units", config={"longest_unit": settings.longest_unit})
    nlp.add_pipe("tsd_cues")
    return nlp


def load(settings: Settings | None = None) -> SessionLanguage:
    """Make the whole pipeline.

    Parameters
    ----------
    settings : Settings, optional
        For the model and its threshold, or for human labels in place of it.

    Returns
    -------
    SessionLanguage
        Takes sessions and gives Docs with ``doc.spans["disclosures"]``.

    Raises
    ------
    ModelError
        If the model cannot be used.
    SettingsError
        If a review budget is set, which is for a whole run.
    """
    settings = settings or Settings()
    if settings.review_budget is not None:
        expected = "left out here: it is for a whole run, see tsd.analyze_corpus"
        raise SettingsError("review_budget", settings.review_budget, expected)
    nlp = segmenter(settings)
    if settings.use_labels:
        nlp.add_pipe("tsd_labels")
    else:
        model = None if settings.model is None else str(settings.model)
        nlp.add_pipe("tsd_disclosures", config={"model": model, "threshold": settings.threshold})
    return nlp
