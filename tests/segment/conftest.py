"""Pipelines of the segmenting components alone; no model is needed."""

import pytest

from tsd.segment.language import SessionLanguage


@pytest.fixture(scope="session")
def bare():
    return SessionLanguage()


@pytest.fixture(scope="session")
def nlp():
    nlp = SessionLanguage()
    nlp.add_pipe("tsd_units")
    nlp.add_pipe("tsd_cues")
    return nlp
