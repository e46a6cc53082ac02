"""What tests of several commands share."""

import csv
from pathlib import Path

import pytest


@pytest.fixture
def table(annotated, tmp_path) -> Path:
    """A table of annotated sessions."""
    path = tmp_path / "labels.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["session_id", "speaker", "text", "label"])
        for session in annotated:
            writer.writerows(
                (session.session_id, u.speaker, u.text, u.label or "") for u in session.utterances
            )
    return path
