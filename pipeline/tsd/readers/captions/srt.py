"""SRT: numbered subtitles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tsd.errors import ReadError
from tsd.readers.captions.cues import split_cues
from tsd.readers.captions.subtitles import read_cues
from tsd.readers.decoding import split_lines
from tsd.readers.log import ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.source import Source
from tsd.settings import Reading

_TIME = r"(?:\d{1,3}:)?\d{2}:\d{2}[,.]\d{1,3}"
_START = re.compile(rf"\s*(?:\S{{1,80}}[ \t]*[\r\n]\s*)?{_TIME}[ \t]*-->[ \t]*{_TIME}")


def _recognises(source: Source) -> bool:
    """Check whether the file begins with the times of a cue, or with its number or name."""
    return _START.match(source.start) is not None


def _read(source: Source, reading: Reading, log: ProblemLog) -> Iterator[Record]:
    cues = list(split_cues(split_lines(source.text(log)), log, webvtt=False))
    if not cues:
        raise ReadError(
            log.path,
            "has no cues: there is no line with times. Expected lines such as "
            "'00:00:01,000 --> 00:00:03,000' above the words. Export it once more.",
        )
    return iter(read_cues(cues, reading, log))


SRT = Format("srt", (".srt",), _recognises, _read, cues=True)
