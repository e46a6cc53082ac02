import pytest


@pytest.fixture(autouse=True)
def no_garbage_collection(monkeypatch):
    """statsmodels' `multipletests` collects garbage at every call: 0.1 s in a large process."""
    monkeypatch.setattr("gc.collect", lambda: 0)
