"""From cues to utterances: who says what, whether markup, a name or nothing says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from tsd.readers.captions.cues import Cue
from tsd.readers.captions.markup import Piece, is_rolling, pieces
from tsd.readers.captions.names import (
    Label,
    find_speakers,
    looks_like_a_name,
    report_names,
    split_label,
    split_remark,
)
from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.overlaps import has_overlaps, split_overlaps
from tsd.readers.records import Record
from tsd.readers.roles import same_name
from tsd.readers.sounds import without_pauses
from tsd.readers.speakerless import require_speakers
from tsd.readers.speakers import merge_remarks
from tsd.readers.text.furniture import is_service_line
from tsd.readers.times import seconds
from tsd.schema import Severity, count_words
from tsd.settings import Reading
from tsd.words import count

ADVICE = (
    "Export it again with the names of the speakers, if the program can (Zoom: the audio "
    "transcript; Teams: a transcript with names; speech recognition: switch on speaker labels). "
    "If names stand before the words without a colon, write a colon behind each."
)
_STAMP = re.compile(r"\s?[\[(]\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]")
_QUOTED = re.compile(r"\d{1,6}\s+\"([^\"]{1,60})\"(?:\s+\([^()]{0,40}\))?")
_OVERLAP = "//"  # before the name of who talks during the talk of another (noScribe)
_CHANGE = re.compile(r"(?:>>+|[-–—])\s*")  # somebody else speaks
_MOST_NAMES = 50
_MANY = 3  # cues without a name are many if they are one in so many
_MOST_PER_SECOND, _ENOUGH_WORDS = 10, 10


@dataclass(slots=True)
class _Part:
    """Words of one speaker in a cue; `speaker` is None if nothing says who it is."""

    line: int
    text: str
    speaker: str | None


def read_cues(cues: Sequence[Cue], reading: Reading, log: ProblemLog) -> list[Record]:
    """Return the utterances of cues, at least one for each cue with words.

    Who speaks is said by a voice tag or by a name before the words. In a file without voice tags,
    words without a name belong to the speaker before, unless the cue marks a change.

    Raises
    ------
    ReadError
        If there are no words, or no speaker anywhere.
    """
    called = _names_above(cues)
    found = [(cue, list(_said(cue, called.get(cue.name), log))) for cue in cues]
    _drop_repeated_lines(found, log)
    labels = _own_line_labels(found) or [
        (piece, label)
        for _, parts in found
        for place, piece in enumerate(parts)
        if piece.voice is None and (label := split_label(piece.text, first=place == 0)) is not None
    ]
    with_words = sum(bool(parts) for _, parts in found)
    speakers = find_speakers([label for _, label in labels], with_words, reading)
    report_names([(piece.line, label) for piece, label in labels], speakers, log)
    names = {piece: label for piece, label in labels if label in speakers}
    voices = any(piece.voice for _, parts in found for piece in parts)
    # Where names come behind a dash, a dash says that somebody else speaks.
    dashes = any(piece.text.startswith(("-", "–", "—")) for piece in names)
    named = [_parts(parts, names, log, dashes=dashes) for _, parts in found]
    if not voices:
        _go_on(named, log)
    _split_overlaps(named, log)
    _merge_names(chain.from_iterable(named))
    records = [
        record
        for (cue, _), parts in zip(found, named, strict=True)
        for record in _records(cue, parts)
    ]
    records = require_speakers(records, log, ADVICE)
    _report_names_inside(records, log)
    _report_fast_cues(records, log)
    return records


def _names_above(cues: Sequence[Cue]) -> dict[str, str]:
    """Find speakers above the times of cues, as Webex writes them: 1 "Lisa Dorn" (1234567)."""
    quoted = {cue.name: match[1] for cue in cues if (match := _QUOTED.fullmatch(cue.name))}
    if quoted:
        return quoted
    counts = Counter(cue.name for cue in cues)
    names = {name: name for name in counts if counts[name] > 1 and looks_like_a_name(name)}
    named = sum(counts[name] for name in names if any(map(str.isalpha, name)))
    return names if len(names) > 1 and 10 * named > 9 * len(cues) else {}


def _said(cue: Cue, speaker: str | None, log: ProblemLog) -> Iterator[Piece]:
    """Yield the words of a cue without what the service that made the file adds to them."""
    for piece in pieces(cue, log):
        if piece.voice is None and speaker is not None:
            piece = replace(piece, voice=speaker)
        for stamp in _STAMP.findall(piece.text):
            log.leave_out(NotTalk.TIME, stamp, line=piece.line)
        piece = _without_voice(replace(piece, text=_STAMP.sub("", piece.text).strip()), log)
        if is_service_line(piece.text):
            log.leave_out(NotTalk.SERVICE, piece.text, line=piece.line)
        else:
            yield piece


def _without_voice(piece: Piece, log: ProblemLog) -> Piece:
    """Return words without the name of their voice, which some programs also write before them."""
    label = split_label(piece.text) if piece.voice else None
    if label is None or not label.colon or same_name(label.name) != same_name(piece.voice or ""):
        return piece
    log.leave_out(NotTalk.LABEL, label.name, line=piece.line)
    return replace(piece, text=label.text)


def _own_line_labels(found: Sequence[tuple[Cue, list[Piece]]]) -> list[tuple[Piece, Label]]:
    """Find names that stand on the first line of their cues, without a colon (Teams)."""
    firsts = [parts[0] for _, parts in found if len(parts) > 1 and parts[0].voice is None]
    cues = sum(bool(parts) for _, parts in found)
    names = {piece.text for piece in firsts if looks_like_a_name(split_remark(piece.text)[0])}
    named = sum(piece.text in names for piece in firsts)
    if 10 * named < 9 * cues or 3 * len(names) > 2 * cues or any(map(split_label, names)):
        return []
    return [(piece, Label(*split_remark(piece.text), "")) for piece in firsts]


def _drop_repeated_lines(found: Sequence[tuple[Cue, list[Piece]]], log: ProblemLog) -> None:
    """Leave out the lines that YouTube shows twice: at the bottom, then on top."""
    if not any(is_rolling(line) for cue, _ in found for _, line in cue.lines):
        return
    before = ""
    for _, parts in found:
        last = parts[-1].text if parts else before
        if parts and parts[0].text == before:
            log.leave_out(NotTalk.AGAIN, parts[0].text, line=parts[0].line)
            del parts[0]
        before = last


def _parts(
    found: list[Piece], labels: dict[Piece, Label], log: ProblemLog, *, dashes: bool
) -> list[_Part]:
    """Join the lines of a cue that one speaker says, without pauses and sounds."""
    lines: list[tuple[int, str | None, list[str]]] = []
    dashes = dashes or sum(bool(_CHANGE.match(piece.text)) for piece in found) > 1
    voice: str | None = ""
    for piece in found:
        label = labels.get(piece)
        change = None if piece.voice else _CHANGE.match(piece.text)
        if label is not None:
            log.leave_out(NotTalk.LABEL, f"{label.name} {label.remark}", line=piece.line)
            lines.append((piece.line, _name(label.name, label.remark), [label.text]))
        elif change is not None and (dashes or piece.text.startswith(">>")):
            lines.append((piece.line, "", [piece.text[change.end() :]]))
        elif lines and piece.voice == voice:
            lines[-1][2].append(piece.text)
        else:
            lines.append((piece.line, piece.voice, [piece.text]))
        voice = piece.voice
    parts = [
        _Part(line, without_pauses(" ".join(filter(None, texts)), log, line), speaker)
        for line, speaker, texts in lines
    ]
    return [part for part in parts if part.text or part.speaker]


def _name(name: str, remark: str) -> str:
    return f"{name} ({remark})" if remark else name


def _go_on(named: Iterable[list[_Part]], log: ProblemLog) -> None:
    """Give words without a name to the speaker before, as Zoom writes them."""
    speaker, without, all_parts = None, [], 0
    for part in chain.from_iterable(named):
        all_parts += 1
        if part.speaker is None and speaker is not None:
            without.append(part.line)
            part.speaker = speaker
        speaker = part.speaker
    if without and speaker is not None:
        log.add(
            f"{count(len(without), 'cue')} without a name; the words are read as those of the "
            "speaker before, as Zoom writes them. If somebody else says them, write the name "
            "before them.",
            Severity.WARNING if _MANY * len(without) > all_parts else Severity.NOTE,
            line=without[0],
        )


def _merge_names(parts: Iterable[_Part]) -> None:
    """Write each speaker in one way: with the remark behind the name, if it is part of it."""
    having = [part for part in parts if part.speaker]
    names = [split_remark(part.speaker or "") for part in having]
    speakers = merge_remarks(names)
    for part, (name, remark) in zip(having, names, strict=True):
        part.speaker = speakers[name.strip(), remark.strip()]


def _split_overlaps(named: Sequence[list[_Part]], log: ProblemLog) -> None:
    """Give what is said during the talk of another speaker to the one who says it (noScribe)."""
    everything = list(chain.from_iterable(named))
    if not any(has_overlaps(p.text) or (p.speaker or "").startswith(_OVERLAP) for p in everything):
        return
    speaker, unknown = "", []
    for parts in named:
        split: list[_Part] = []
        for part in parts:
            inner = (part.speaker or "").startswith(_OVERLAP)
            if not inner:
                speaker = part.speaker or ""
            outside = speaker if not inner else _outside(part, speaker)
            found = split_overlaps(part.text, outside, partial(_named, log, part.line))
            for who, words in found:
                split.append(_Part(part.line, words.removesuffix(_OVERLAP).strip(), who))
                if inner and not who:
                    unknown.append(part.line)
        parts[:] = [part for part in split if part.text]
    if unknown:
        log.add(
            f"the speaker of {count(len(unknown), 'cue')} is not known: noScribe marks them with "
            "the speaker of an overlap at their end. Save the transcript as HTML in noScribe.",
            Severity.WARNING,
            line=unknown[0],
        )


def _named(log: ProblemLog, line: int, name: str) -> str:
    log.leave_out(NotTalk.LABEL, name, line=line)
    return name


def _outside(part: _Part, speaker: str) -> str:
    """Return who speaks outside the marks of a cue that has the voice of an overlap."""
    if not has_overlaps(part.text):
        return (part.speaker or "").removeprefix(_OVERLAP).strip()
    return speaker if part.text.startswith(_OVERLAP) else ""


def _records(cue: Cue, parts: list[_Part]) -> Iterator[Record]:
    for part in parts:
        if part.text:
            times = {"start": cue.start, "end": cue.end}
            yield Record(part.text, part.speaker or "", part.line, times)


def _report_names_inside(records: Sequence[Record], log: ProblemLog) -> None:
    """Report words among which the name of a speaker stands with a colon."""
    names = sorted({split_remark(record.speaker)[0] for record in records if record.speaker})
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}\s?:" for name in names[:_MOST_NAMES]))
    inside = [record.line for record in records if pattern.search(record.text)]
    if inside:
        log.add(
            f"{count(len(inside), 'cue')} with the name of a speaker and a colon among the words; "
            "they are read as those of the speaker before. If somebody else says what comes "
            "behind it, begin a new line there.",
            Severity.WARNING,
            line=inside[0],
        )


def _report_fast_cues(records: Iterable[Record], log: ProblemLog) -> None:
    """Report cues whose words cannot be said between their times."""
    fast = []
    for record in records:
        start, end = seconds(record.get("start")), seconds(record.get("end"))
        words = count_words(record.text)
        if start is None or end is None or words < _ENOUGH_WORDS:
            continue
        if words > _MOST_PER_SECOND * (end - start) >= 0:
            fast.append(record.line)
    if fast:
        log.add(
            f"{count(len(fast), 'cue')} with more than {_MOST_PER_SECOND} words per second: the "
            "times cannot be right, and talk time from them is too short. Export it once more; "
            "from noScribe, as HTML.",
            Severity.WARNING,
            line=fast[0],
        )
