"""The elements of an XML file, one after the other: no tree is built, nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers.expat import ExpatError, ParserCreate

from tsd.errors import ReadError
from tsd.readers.log import ProblemLog
from tsd.readers.source import Source
from tsd.schema import Severity

_PIECE = 2**16  # characters
_DEEPEST = 100  # elements in each other; the formats need about ten
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PROLOG = re.compile(r"\s*<\?xml[^>]*\?>")


@dataclass(slots=True)
class Node:
    """An element that has ended, with the words that stand in it and not in one of its children.

    Parameters
    ----------
    name : str
        The name of the element.
    attributes : dict of str to str
        Its attributes.
    parent : Node or None
        The element that it is in; it has not ended yet.
    line : int
        The line in the file where it begins, from 1.
    """

    name: str
    attributes: dict[str, str]
    parent: Node | None
    line: int
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of the element itself."""
        return "".join(self.parts)

    def get(self, name: str) -> str:
        """Return an attribute without blanks around it; empty if there is none."""
        return self.attributes.get(name, "").strip()

    def within(self, name: str) -> Node | None:
        """Return the nearest element of this name that it is in."""
        above = self.parent
        while above is not None and above.name != name:
            above = above.parent
        return above


class _Elements:
    """What the parser has seen: the element that is open, and those that have just ended."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.ended: list[Node] = []
        self.open: Node | None = None
        self.depth = 0
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.EntityDeclHandler = self._entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ReadError(
                self.path,
                f"has more than {_DEEPEST} XML elements in each other, which no transcript has. "
                "Export it once more.",
                line=line,
            )
        self.open = Node(name, attributes, self.open, line)

    def _end(self, _: str) -> None:
        if self.open is not None:
            self.ended.append(self.open)
            self.depth -= 1
            self.open = self.open.parent

    def _words(self, words: str) -> None:
        if self.open is not None:
            self.open.parts.append(words)

    def _entity(self, *_: object) -> NoReturn:
        raise ReadError(
            self.path,
            "contains entity definitions (<!ENTITY ...>), which can make a small file endless. "
            "It is not read. Export the transcript once more, or take the definitions out.",
            line=self.parser.CurrentLineNumber,
        )


def nodes(source: Source, log: ProblemLog) -> Iterator[Node]:
    """Yield each element of an XML file when it ends: children come before their parent.

    Signs that XML forbids are taken out, with a warning.

    Raises
    ------
    ReadError
        If the file is not text, is not valid XML, defines entities, or is nested too deeply.
    """
    text = source.text(log)
    if _FORBIDDEN.search(text):
        text = _FORBIDDEN.sub("", text)
        log.add(
            "has control characters, which XML does not allow; they were taken out.",
            Severity.WARNING,
        )
    seen = _Elements(source.path)
    # The encoding that the file names is that of its bytes; here it is text already.
    prolog = _PROLOG.match(text)
    start = prolog.end() if prolog else 0
    # The parser counts lines from where it starts.
    before = "\n" * text.count("\n", 0, start)
    try:
        seen.parser.Parse(before, False)
        for place in range(start, len(text), _PIECE):
            seen.parser.Parse(text[place : place + _PIECE], False)
            yield from seen.ended
            seen.ended.clear()
        seen.parser.Parse("", True)
        yield from seen.ended
    except (ExpatError, UnicodeEncodeError) as error:
        raise ReadError(
            source.path,
            "is damaged: not valid XML. Open it in the program that made it and save it again.",
            line=getattr(error, "lineno", None),
        ) from error
