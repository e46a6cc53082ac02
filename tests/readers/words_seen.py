"""Which words of a file come out of a reader, and which it leaves out."""

import re

from tsd.readers import read_file, registry
from tsd.readers.log import ProblemLog

WORD = re.compile(r"[^\W\d_]{2,}")


def words_of(text):
    return set(WORD.findall(text))


def read_and_left_out(path, monkeypatch):
    """Return the words of all records with their speakers, and the words that are left out."""
    left_out = []
    leave_out = ProblemLog.leave_out

    def spy(self, kind, text, *, line=None):
        left_out.append(text)
        leave_out(self, kind, text, line=line)

    records = []
    read_records = registry.read_records

    def keep(*args):
        found = read_records(*args)
        records.extend(found)
        return found

    monkeypatch.setattr(ProblemLog, "leave_out", spy)
    monkeypatch.setattr("tsd.readers.read_records", keep)
    read_file(path)
    return words_of(" ".join(r.text for r in records)), words_of(" ".join(left_out))
