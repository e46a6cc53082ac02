"""Write a small file, read it back."""

from __future__ import annotations

import pytest

from tsd.readers import read_file
from tsd.settings import Reading


@pytest.fixture
def write(tmp_path):
    """Write text (as UTF-8, line ends as they are) or bytes to a file of a name."""

    def _write(content, name="s.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return _write


@pytest.fixture
def read(write):
    """Read all sessions of a small file; further keywords are options of `Reading`."""

    def _read(content, name="s.txt", **options):
        return read_file(write(content, name), Reading(**options))

    return _read


@pytest.fixture
def turns(read):
    """Return (speaker, text) of every utterance of the one session of a small file."""

    def _turns(content, name="s.txt", **options):
        (session,) = read(content, name, **options).sessions
        return [(u.speaker, u.text) for u in session.utterances]

    return _turns


@pytest.fixture
def messages(read):
    """Return (severity, line, message) of every problem of a small file."""

    def _messages(content, name="s.txt", **options):
        problems = read(content, name, **options).problems
        return [(p.severity.value, p.line, p.message) for p in problems]

    return _messages
