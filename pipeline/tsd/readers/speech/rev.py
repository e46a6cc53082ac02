"""JSON of Rev: monologues of words and punctuation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tsd.readers.log import ProblemLog
from tsd.readers.records import Record
from tsd.readers.speech.recognizer import Recognizer, json_format
from tsd.readers.speech.values import checked, get, name_of, objects, time_of, time_text, words_of


def _fits(value: Any) -> bool:  # noqa: ANN401
    return any(
        isinstance(each.get("elements"), list) for each in objects(get(value, "monologues"))[:20]
    )


def _records(value: Any, log: ProblemLog) -> Iterator[Record]:  # noqa: ANN401
    names = {
        name_of(each.get("id")): name_of(each.get("name"))
        for each in objects(get(value, "speakers"))
    }
    for each in checked(value["monologues"], log, "monologue"):
        speaker = name_of(each.get("speaker"))
        elements = checked(each.get("elements"), log, "word")
        # Spaces are among the punctuation.
        text = "".join(value for part in elements if isinstance(value := part.get("value"), str))
        starts = [time for part in elements if (time := time_of(part.get("ts"))) is not None]
        ends = [time for part in elements if (time := time_of(part.get("end_ts"))) is not None]
        times = {
            "start": time_text(min(starts, default=None)),
            "end": time_text(max(ends, default=None)),
        }
        yield Record(words_of(text), names.get(speaker) or speaker, None, times)


REV = json_format(
    Recognizer(
        "rev",
        "Rev",
        "'monologues' with 'elements'",
        "Run it in Rev again without skip_diarization.",
        _fits,
        _records,
    )
)
