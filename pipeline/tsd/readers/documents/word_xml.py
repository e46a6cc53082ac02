"""The text of a Word document: its paragraphs and tables, in their order, as Word shows them.

python-docx opens the document; the text is taken from the XML, since python-docx leaves out words
that were inserted with "track changes" and does not say where text boxes are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
_DELETED = frozenset({f"{_W}del", f"{_W}moveFrom"})
_PARTS = frozenset({"header", "footer", "footnotes", "endnotes", "comments"})
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_NO_BOLD = frozenset({"0", "false", "off", "none"})
_LABEL_WORDS, _LABEL_LENGTH = 4, 40


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its number in the document, its text, and the part in bold at its beginning."""

    number: int
    text: str
    bold: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows of cells, each row with the number of its first paragraph."""

    rows: list[tuple[int | None, list[str]]]


@dataclass(slots=True)
class Contents:
    """What a document holds: talk may be in `blocks`; the rest is text that is not read."""

    blocks: list[Paragraph | Table] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    parts: dict[str, list[str]] = field(default_factory=dict)
    chunks: int = 0


def contents(document: Any) -> Contents:  # noqa: ANN401 - of python-docx
    """Return the text of a document, and of its text boxes, headers, footers and notes."""
    found = Contents()
    _Walk(found).body(document.element.body)
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in _PARTS and not relation.is_external:
            root = _root(relation.target_part)
            lines = [text for each in root.iter(f"{_W}p") if (text := _plain(each).strip())]
            found.parts.setdefault(kind, []).extend(lines)
    return found


def _root(part: Any) -> Any:  # noqa: ANN401
    from docx.oxml import parse_xml

    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def _plain(paragraph: Any) -> str:  # noqa: ANN401
    return "".join(each.text or "" for each in paragraph.iter(f"{_W}t"))


class _Walk:
    """The way through the body of a document, from its first paragraph to its last."""

    def __init__(self, found: Contents) -> None:
        self.found = found
        self.number = 0

    def body(self, element: Any) -> None:  # noqa: ANN401
        for child in element.iterchildren():
            if child.tag == f"{_W}p":
                self.found.blocks.append(self.paragraph(child))
            elif child.tag == f"{_W}tbl":
                self.found.blocks.append(Table(list(self.rows(child))))
            elif child.tag == f"{_W}altChunk":
                self.found.chunks += 1
            elif child.tag in _WRAPPERS:
                self.body(child)

    def paragraph(self, element: Any) -> Paragraph:  # noqa: ANN401
        self.number += 1
        pieces: list[tuple[str, bool]] = []
        self.inline(element, pieces, bold=False)
        bold = ""
        for text, is_bold in pieces:
            if text.strip() and not is_bold:
                break
            bold += text
        return Paragraph(self.number, "".join(text for text, _ in pieces), bold.strip())

    def inline(self, element: Any, pieces: list[tuple[str, bool]], *, bold: bool) -> None:  # noqa: ANN401
        for child in element.iterchildren():
            tag = child.tag
            name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
            if tag == f"{_W}t":
                pieces.append((child.text or "", bold))
            elif tag in _SIGNS:
                pieces.append((_SIGNS[tag], bold))
            elif tag in _DELETED:
                deleted = (each.text or "" for each in child.iter(f"{_W}delText", f"{_W}t"))
                self.found.deleted.append("".join(deleted))
            elif name == "txbxContent":
                lines = (_plain(each) for each in child.iter(f"{_W}p"))
                self.found.boxes.append("\n".join(lines))
            elif tag == f"{_W}r":
                self.inline(child, pieces, bold=_is_bold(child))
            # A "Fallback" has the same once more, for old programs.
            elif name not in ("pPr", "rPr", "Fallback", "instrText"):
                self.inline(child, pieces, bold=bold)

    def rows(self, table: Any) -> Iterator[tuple[int | None, list[str]]]:  # noqa: ANN401
        above: list[str] = []
        for row in _children(table, f"{_W}tr"):
            first = self.number + 1
            cells: list[str] = []
            for cell in _children(row, f"{_W}tc"):
                text = self.cell(cell)
                properties = cell.find(f"{_W}tcPr")
                if _goes_on(properties) and not text.strip() and len(cells) < len(above):
                    text = above[len(cells)] if _is_label(above[len(cells)]) else ""
                cells += [text, *[""] * (_span(properties) - 1)]
            above = cells
            yield first, cells

    def cell(self, cell: Any) -> str:  # noqa: ANN401
        lines = []
        for child in _flat(cell):
            if child.tag == f"{_W}p":
                lines.append(self.paragraph(child).text)
            elif child.tag == f"{_W}tbl":
                lines += ["\t".join(cells) for _, cells in self.rows(child)]
        return "\n".join(lines).strip()


def _flat(element: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the children, and those of wrappers around them."""
    for child in element.iterchildren():
        if child.tag in _WRAPPERS:
            yield from _flat(child)
        else:
            yield child


def _children(element: Any, tag: str) -> Iterator[Any]:  # noqa: ANN401
    return (child for child in _flat(element) if child.tag == tag)


def _is_bold(run: Any) -> bool:  # noqa: ANN401
    mark = run.find(f"{_W}rPr/{_W}b")
    return mark is not None and (mark.get(f"{_W}val") or "1").lower() not in _NO_BOLD


def _goes_on(properties: Any) -> bool:  # noqa: ANN401
    """Whether a cell is merged with the one above."""
    merge = None if properties is None else properties.find(f"{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val") != "restart"


def _span(properties: Any) -> int:  # noqa: ANN401
    span = None if properties is None else properties.find(f"{_W}gridSpan")
    width = "1" if span is None else span.get(f"{_W}val") or "1"
    return min(int(width), 100) if width.isdigit() and width != "0" else 1


def _is_label(text: str) -> bool:
    return len(text) <= _LABEL_LENGTH and len(text.split()) <= _LABEL_WORDS
