"""Files that do not say who spoke: they are refused, with what to do."""

from __future__ import annotations

from collections.abc import Iterable

from tsd.errors import ReadError
from tsd.readers.log import ProblemLog
from tsd.readers.records import Record


def require_speakers(records: Iterable[Record], log: ProblemLog, advice: str) -> list[Record]:
    """Return the records, unless none of them has a speaker.

    Parameters
    ----------
    records : iterable of Record
        All utterances of a file.
    log : ProblemLog
        For the name of the file.
    advice : str
        How the program that made the file writes speakers: a whole sentence.

    Raises
    ------
    ReadError
        If there are no words, or no speaker anywhere.

    Examples
    --------
    >>> require_speakers([Record("hi", "")], ProblemLog("a.srt"), "Switch on speaker labels.")
    Traceback (most recent call last):
    ...
    tsd.errors.ReadError: a.srt: has no speakers: it does not say who spoke. Switch on speaker
    labels. Or write it as a text file in which each turn begins with its speaker ('Therapist:
    words'), or as a table with the columns speaker and text.
    """
    found = [record for record in records if record.text.strip()]
    if not found:
        raise ReadError(log.path, "has no words in it. Export the transcript once more.")
    if not any(record.speaker for record in found):
        raise ReadError(
            log.path,
            f"has no speakers: it does not say who spoke. {advice} Or write it as a text file in "
            "which each turn begins with its speaker ('Therapist: words'), or as a table with the "
            "columns speaker and text.",
        )
    return found
