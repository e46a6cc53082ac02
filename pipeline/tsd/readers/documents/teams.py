"""Transcripts of Teams in Word, as Teams wrote them until 2023: a time, a name, and words."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

from tsd.errors import ReadError
from tsd.readers.documents.word import document_contents, lines_of
from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.office import is_office
from tsd.readers.records import Format, Record
from tsd.readers.source import Source
from tsd.settings import Reading

_CLOCK = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,7})?"
_CUE = re.compile(rf"\s*({_CLOCK})\s*-->\s*({_CLOCK})\s*")
_CUE_XML = re.compile(rb"\d:\d{1,2}[.:,]\d{1,7} ?--&gt;")
_NAME_WORDS, _NAME_LENGTH = 8, 80


def _is_old_teams(source: Source) -> bool:
    """Whether a document has two or more times of the form that Teams wrote until 2023."""
    if not is_office(source, "word"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            info = archive.getinfo("word/document.xml")
            with archive.open(info) as file:
                return len(_CUE_XML.findall(file.read(2**20))) > 1
    except (KeyError, ValueError, OSError, EOFError, RuntimeError, NotImplementedError):
        return False
    except (zipfile.BadZipFile, zlib.error):
        return False


def _read_old_teams(source: Source, _: Reading, log: ProblemLog) -> Iterator[Record]:
    """Read cues of a time, a name and words, each on a line of its own."""
    cues: list[tuple[int, str, str, list[str]]] = []
    for number, text in lines_of(document_contents(source, log).blocks):
        if cue := _CUE.fullmatch(text):
            cues.append((number, cue[1], cue[2], []))
        elif text.strip() and cues:
            cues[-1][3].append(text.strip())
        elif text.strip():
            log.leave_out(NotTalk.HEADING, text, line=number)
    names = Counter(lines[0] for *_, lines in cues if len(lines) > 1)
    if not names or len(names) > len(cues) / 2 + 1 or not all(map(_is_name, names)):
        raise ReadError(
            log.path,
            "has times, but no names of speakers below them. Export the transcript from Teams "
            "once more, with the names of the speakers.",
        )
    for number, start, end, lines in cues:
        speaker, words = (lines[0], lines[1:]) if lines and lines[0] in names else ("", lines)
        if words:
            fields = {"start": start, "end": end}
            yield Record(" ".join(words), speaker, number, fields)
        elif speaker:
            log.leave_out(NotTalk.LABEL, speaker, line=number)


def _is_name(line: str) -> bool:
    return len(line) <= _NAME_LENGTH and len(line.split()) <= _NAME_WORDS


OLD_TEAMS = Format("docx-teams", (), _is_old_teams, _read_old_teams, cues=True)
