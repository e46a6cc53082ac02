import pickle
from pathlib import Path

import pytest

from tsd import errors
from tsd.errors import (
    MissingExtraError,
    ModelError,
    ReadError,
    SessionTooLongError,
    SettingsError,
    TsdError,
)

ALL = [
    each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, TsdError)
]


@pytest.mark.parametrize("kind", ALL)
def test_one_except_clause_catches_every_error(kind):
    assert issubclass(kind, TsdError)
    assert kind.__doc__


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (SettingsError("workers", 0, "at least 1"), "workers must be at least 1; got 0."),
        (ReadError("a.csv", "is empty."), "a.csv: is empty."),
        (ReadError(Path("d") / "a.csv", "is bad.", line=3), "d/a.csv, line 3: is bad."),
        (
            SessionTooLongError("s1", 2_500_000, 2_000_000),
            "session 's1' has 2,500,000 characters, more than the limit of 2,000,000. If it "
            "is several sessions in one, split it. Otherwise raise --longest-session.",
        ),
        (ModelError(Path("m"), "has no model.json."), "model m: has no model.json."),
        (
            MissingExtraError("pyarrow", "parquet", "--tables parquet"),
            "--tables parquet needs pyarrow, which is not installed. Install it with: "
            "pip install 'therapist-self-disclosure[parquet]' (in a clone: pip install "
            "'.[parquet]')",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_an_error_builds_its_own_message(error, message):
    assert str(error) == message


def test_a_read_error_keeps_its_parts():
    error = ReadError(Path("a.csv"), "is bad.", line=3)
    assert (error.path, error.message, error.line) == ("a.csv", "is bad.", 3)


def test_a_read_error_without_a_line_names_none():
    assert str(ReadError("a", "is bad.")) == "a: is bad."


def test_a_settings_error_keeps_its_parts():
    error = SettingsError("workers", 0, "at least 1")
    assert (error.name, error.value, error.expected) == ("workers", 0, "at least 1")


def test_the_extra_that_an_error_names_exists(root):
    import tomllib

    extras = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    assert extras["name"] == "therapist-self-disclosure"
    assert "parquet" in extras["optional-dependencies"]


@pytest.mark.parametrize(
    "error",
    [
        SettingsError("workers", 0, "at least 1"),
        ReadError("a.csv", "is bad.", line=3),
        SessionTooLongError("s", 2, 1),
        ModelError("m", "is bad."),
        MissingExtraError("p", "e", "x"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_raised_in_a_worker_process_arrives(error):
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
