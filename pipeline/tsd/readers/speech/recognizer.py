"""What the JSON formats of speech recognizers have in common."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from tsd.errors import ReadError
from tsd.readers.log import ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.sounds import without_pauses
from tsd.readers.source import Source
from tsd.readers.speakerless import require_speakers
from tsd.settings import Reading


@dataclass(frozen=True, slots=True)
class Recognizer:
    """A speech recognizer, or a program around one, that writes JSON.

    Parameters
    ----------
    name : str
        Of the format.
    tool : str
        Its name for people.
    expected : str
        What its JSON has, for messages.
    advice : str
        How to have it say who spoke: a whole sentence.
    fits : callable
        Takes the JSON value. Returns whether it is clearly of this tool. Never raises.
    records : callable
        Takes the JSON value and the log. Yields the records; may raise `ReadError`.
    """

    name: str
    tool: str
    expected: str
    advice: str
    fits: Callable[[Any], bool]
    records: Callable[[Any, ProblemLog], Iterable[Record]]

    def recognises(self, source: Source) -> bool:
        """Whether a file is of this tool."""
        return source.json is not None and self.fits(source.json)

    def read(self, source: Source, _: Reading, log: ProblemLog) -> Iterator[Record]:
        """Yield the records in the order of time."""
        value = load(source, log)
        if not self.fits(value):
            raise ReadError(
                log.path,
                f"is not JSON as {self.tool} writes it: expected {self.expected}. Name "
                "another --format, or make it a table with the columns speaker, text, start and "
                "end.",
            )
        records = [
            replace(record, text=without_pauses(record.text, log, None))
            for record in self.records(value, log)
        ]
        return iter(_in_order(require_speakers(records, log, self.advice)))


def json_format(recognizer: Recognizer) -> Format:
    """Return the format of a recognizer's files."""
    return Format(recognizer.name, (".json",), recognizer.recognises, recognizer.read, cues=True)


def load(source: Source, log: ProblemLog) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return the JSON value of a file.

    Raises
    ------
    ReadError
        If the file is not one JSON object or list.
    """
    text = source.text(log)
    if source.json is not None:
        return source.json
    line = None
    try:
        json.loads(text)
        problem = "is JSON, but not an object or a list"
    except json.JSONDecodeError as error:
        problem, line = "is not valid JSON, or is cut off here", error.lineno
    except RecursionError:
        problem = "is JSON with too many brackets inside each other"
    except ValueError:
        problem = "is JSON with a number that has too many digits"
    raise ReadError(log.path, f"{problem}. Export the transcript once more.", line=line)


def _in_order(records: list[Record]) -> list[Record]:
    """Sort by time what is listed by channel; without times, the order of the file stays."""
    if all(record.get("start") for record in records):
        records.sort(key=lambda record: float(record.get("start")))
    return records
