import pytest

from tsd.classify.component import DisclosureFinder


@pytest.fixture
def scored(monkeypatch):
    """The ids of the sessions whose units are scored, one for each time."""
    found = []
    real = DisclosureFinder.predict

    def counted(finder, docs):
        found.extend(doc._.session_id for doc in docs)
        return real(finder, docs)

    monkeypatch.setattr(DisclosureFinder, "predict", counted)
    return found
