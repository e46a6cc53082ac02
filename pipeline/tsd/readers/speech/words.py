"""Single words with times and speakers become pieces of turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tsd.readers.records import Record
from tsd.readers.speech.values import time_text

_LONG_PAUSE = 0.8  # seconds; Deepgram's default for the end of an utterance


@dataclass(frozen=True, slots=True)
class Word:
    """A recognized word, times in seconds.

    `attached` says that no space is before it, as before a comma. `part` is the number of the
    piece of the file that it is in, where the file has pieces.
    """

    text: str
    speaker: str = ""
    start: float | None = None
    end: float | None = None
    attached: bool = False
    part: int = 0


def pieces(words: Iterable[Word]) -> Iterator[Record]:
    """Yield what one speaker says without a long pause.

    Examples
    --------
    >>> words = [Word("Yes", "A", 0, 1), Word(".", attached=True), Word("I", "B", 1, 2)]
    >>> [(piece.speaker, piece.text, piece.get("start")) for piece in pieces(words)]
    [('A', 'Yes.', '0'), ('B', 'I', '1')]
    """
    piece: list[Word] = []
    end = None
    for word in words:
        if not word.text:
            continue
        if piece and not word.attached and _begins_piece(piece[-1], word, end):
            yield _record(piece)
            piece, end = [], None
        if piece and word.attached:
            word = replace(word, speaker=piece[-1].speaker, part=piece[-1].part)
        piece.append(word)
        end = word.end if word.end is not None else end
    if piece:
        yield _record(piece)


def filled(words: Sequence[Word], speaker: str) -> list[Word]:
    """Give words without a speaker to that of the word before, or else behind; if none, `speaker`.

    >>> [word.speaker for word in filled([Word("I"), Word("am", "A"), Word("so")], "B")]
    ['A', 'A', 'A']
    """
    last = next((word.speaker for word in words if word.speaker), speaker)
    found = []
    for word in words:
        last = word.speaker or last
        found.append(replace(word, speaker=last))
    return found


def joined(words: Iterable[Word]) -> str:
    """Return the words as a text.

    >>> joined([Word("Yes"), Word(",", attached=True), Word("I")])
    'Yes, I'
    """
    return "".join(word.text if word.attached else f" {word.text}" for word in words).strip()


def _begins_piece(before: Word, word: Word, end: float | None) -> bool:
    if (word.speaker, word.part) != (before.speaker, before.part):
        return True
    return end is not None and word.start is not None and word.start - end > _LONG_PAUSE


def _record(words: Sequence[Word]) -> Record:
    start = next((word.start for word in words if word.start is not None), None)
    ends = [word.end for word in words if word.end is not None]
    times = {"start": time_text(start), "end": time_text(max(ends, default=None))}
    return Record(joined(words), words[0].speaker, None, times)
