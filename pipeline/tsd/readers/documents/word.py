"""Transcripts in Word: labeled paragraphs and tables."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from tsd.errors import MissingExtraError, ReadError
from tsd.readers.documents.columns import is_label, talk_columns
from tsd.readers.documents.word_xml import Contents, Paragraph, Table, contents
from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.office import is_office, opened
from tsd.readers.records import Format, Record
from tsd.readers.roles import known_role
from tsd.readers.source import Source
from tsd.readers.tables.layout import Layout, Row, find_layout
from tsd.readers.tables.rows import laid_out_records
from tsd.readers.text.labeled import read_lines
from tsd.schema import Role, Severity, count_words
from tsd.settings import Reading

Line = tuple[int, str]
"""The number of a paragraph, and one line of it."""

_LABEL_WORDS, _LABEL_LENGTH = 4, 40
_NOT_IN_LABELS = (".", "?", "!", ",", ";")
_KINDS = {
    "header": NotTalk.PAGE,
    "footer": NotTalk.PAGE,
    "footnotes": NotTalk.FOOTER,
    "endnotes": NotTalk.FOOTER,
    "comments": NotTalk.HEADING,
}
_REPORTED = {"footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments"}


def document_contents(source: Source, log: ProblemLog) -> Contents:
    """Return the text of a Word document; what of it cannot be talk is left out.

    Raises
    ------
    ReadError
        If the file is damaged, or is not safe to open.
    MissingExtraError
        If python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise MissingExtraError("python-docx", "word", "reading Word documents") from error
    opened(source, "Word").close()
    try:
        found = contents(docx.Document(io.BytesIO(source.data)))
    except Exception as error:  # python-docx does not say what it raises for damaged files
        raise ReadError(
            log.path, "is damaged. Open it in Word and save it once more as .docx."
        ) from error
    _leave_out(found, log)
    return found


def _leave_out(found: Contents, log: ProblemLog) -> None:
    """Count the words of a document that are not in its paragraphs and tables."""
    for text in found.deleted:
        if text.strip():
            log.leave_out(NotTalk.MARKUP, text)
    for text in found.boxes:
        log.leave_out(NotTalk.HEADING, text)
    for kind, lines in found.parts.items():
        for text in lines:
            log.leave_out(_KINDS[kind], text)
    unread = {"text boxes": sum(map(count_words, found.boxes))} | {
        name: sum(map(count_words, found.parts.get(kind, ()))) for kind, name in _REPORTED.items()
    }
    if named := [f"{name} ({n} words)" for name, n in unread.items() if n]:
        log.add(
            f"the document has {', '.join(named)}, which are not read. If there is talk in them, "
            "move it to the text.",
            Severity.WARNING,
        )
    if found.chunks:
        log.add(
            "a part of the document is stored in another format and is not read. Open it in Word "
            "and save it once more.",
            Severity.WARNING,
        )


def lines_of(blocks: Iterable[Paragraph | Table]) -> Iterator[Line]:
    """Yield the lines of a document; a row of a table is one, unless its cells have several."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for text in block.text.split("\n"):
                yield block.number, text
            continue
        for number, cells in block.rows:
            filled = [cell for cell in cells if cell.strip()]
            lines = ["\t".join(filled)] if not any("\n" in cell for cell in filled) else filled
            for text in "\n".join(lines).split("\n"):
                yield number or 0, text


def _read(source: Source, reading: Reading, log: ProblemLog) -> Iterator[Record]:
    blocks = [_one_turn_per_row(b, log) for b in document_contents(source, log).blocks]
    if not any(text.strip() for _, text in lines_of(blocks)):
        raise ReadError(log.path, "is empty.")
    grids = _talk_tables([b for b in blocks if isinstance(b, Table)], reading)
    if not grids:
        return _from_lines([talk_columns(block, log) for block in blocks], reading, log)
    chosen = [table for table, *_ in grids]
    others = [block for block in blocks if block not in chosen]
    in_tables = sum(count_words(_talk(rows, found)) for _, rows, found in grids)
    outside = sum(count_words(text) for _, text in lines_of(others))
    if in_tables < outside and (lines := _readable(others, reading, log)):
        _leave_blocks_out(chosen, log)
        return iter(_labeled(lines, reading, log))
    _leave_blocks_out(others, log)
    return _from_tables(grids, log)


def _one_turn_per_row(block: Paragraph | Table, log: ProblemLog) -> Paragraph | Table:
    """Divide rows in which each cell has the same number of paragraphs, next to each other.

    Raises
    ------
    ReadError
        If a cell has several names, and nothing shows which words belong to which.
    """
    if isinstance(block, Paragraph):
        return block
    rows: list[Row] = []
    for number, cells in block.rows:
        lines = [[line for line in cell.split("\n") if line.strip()] for cell in cells]
        several = {len(each) for each in lines if each}
        labels = next((each for each in lines if len(each) > 1 and all(map(is_label, each))), None)
        if labels is None:
            rows.append((number, cells))
        elif len(several) == 1:
            rows += [(number, list(row)) for row in zip_longest(*lines, fillvalue="")]
        elif len(several) > 1:
            raise ReadError(
                log.path,
                "a row of a table has several names of speakers in one cell, and their words in "
                "another. Give each turn a row of its own.",
                line=number,
            )
    return Table(rows)


def _leave_blocks_out(blocks: Sequence[Paragraph | Table], log: ProblemLog) -> None:
    for number, text in lines_of(blocks):
        if text.strip():
            log.leave_out(NotTalk.HEADING, text, line=number)


def _talk_tables(
    tables: Sequence[Table], reading: Reading
) -> list[tuple[Table, list[Row], Layout]]:
    """Find the tables with talk; one without a header goes on with one before it."""
    named = (*reading.therapist, *reading.client)
    found: list[tuple[Table, list[Row], Layout]] = []
    for table in tables:
        rows: list[Row] = [row for row in table.rows if any(cell.strip() for cell in row[1])]
        layout = find_layout(rows, named)
        before = found[-1][2] if found else None
        headed = before is not None and before.header is not None
        if before is not None and headed and _has_no_header(layout) and _goes_on(rows, found):
            header: Row = (None, list(before.names))
            layout = find_layout([header, *rows], named)
            rows = [header, *rows]
        if isinstance(layout, Layout):
            found.append((table, rows, layout))
    with_header = [each for each in found if not each[2].remark]
    return with_header or found


def _goes_on(rows: Sequence[Row], found: Sequence[tuple[Table, list[Row], Layout]]) -> bool:
    """Whether a table has as many columns as the one before it, and the same speakers."""
    width, place = len(found[-1][2].names), found[-1][2].columns.get("speaker")
    if place is None or not rows or any(len(cells) != width for _, cells in rows):
        return False
    speakers = {cells[place] for _, before, _ in found for _, cells in before if place < len(cells)}
    return {cells[place] for _, cells in rows} <= speakers


def _has_no_header(layout: Layout | str) -> bool:
    return isinstance(layout, str) or layout.header is None


def _talk(rows: Sequence[Row], found: Layout) -> str:
    places = found.sides or (found.columns["text"],)
    return " ".join(
        cells[place] for _, cells in rows[found.first :] for place in places if place < len(cells)
    )


def _from_tables(
    grids: Sequence[tuple[Table, list[Row], Layout]], log: ProblemLog
) -> Iterator[Record]:
    if len(grids) > 1:
        log.add(
            f"the talk of {len(grids)} tables was read as one session. If they are several, save "
            "each in a file of its own.",
            Severity.NOTE,
        )
    for _, rows, found in grids:
        yield from laid_out_records(rows, found, log)


def _from_lines(
    blocks: Sequence[Paragraph | Table], reading: Reading, log: ProblemLog
) -> Iterator[Record]:
    """Read labeled lines; small tables next to them are headings, such as a list of the people."""
    tables = [block for block in blocks if isinstance(block, Table)]
    outside = [block for block in blocks if not isinstance(block, Table)]
    in_tables, in_all = (sum(count_words(t) for _, t in lines_of(b)) for b in (tables, blocks))
    if tables and in_tables < in_all / 2 and (lines := _readable(outside, reading, log)):
        _leave_blocks_out(tables, log)
        return iter(_labeled(lines, reading, log))
    lines = _readable(blocks, reading, log)
    # If nothing can be read, the first way says why.
    return iter(_labeled(list(lines_of(blocks)) if lines is None else lines, reading, log))


def _labeled(lines: Sequence[Line], reading: Reading, log: ProblemLog) -> list[Record]:
    """Read labeled lines; a single label far below the first words labels no talk.

    Raises
    ------
    ReadError
        If the lines do not say who spoke.
    """
    records = list(read_lines(lines, reading, log))
    first = records[0].line if len(records) == 1 else None
    if first is not None and any(number < first and text.strip() for number, text in lines):
        raise ReadError(
            log.path,
            "only one turn is labeled, and other lines are not. Write each turn as "
            "'Therapist: words' or 'Client: words', each session in a file of its own.",
            line=first,
        )
    return records


def _readable(
    blocks: Sequence[Paragraph | Table], reading: Reading, log: ProblemLog
) -> list[Line] | None:
    """Return the lines of labeled talk; None if nothing shows who spoke."""
    for lines in (list(lines_of(blocks)), list(lines_of(_with_colons(blocks)))):
        try:
            if _labeled(lines, reading, ProblemLog(log.path)):
                return lines
        except ReadError:
            continue
    return None


def _with_colons(blocks: Sequence[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """Put a colon behind names that only bold letters set off from the words."""
    bold = [b.bold for b in blocks if isinstance(b, Paragraph) and _is_bold_label(b)]
    counts = Counter(bold)
    labels = {n for n, count in counts.items() if count > 1 or known_role(n) is not Role.UNKNOWN}
    for block in blocks:
        if len(labels) > 1 and isinstance(block, Paragraph) and block.bold in labels:
            rest = block.text.strip()[len(block.bold) :].strip()
            yield Paragraph(block.number, f"{block.bold}: {rest}")
        else:
            yield block


def _is_bold_label(paragraph: Paragraph) -> bool:
    name = paragraph.bold
    return (
        bool(name)
        and len(name) <= _LABEL_LENGTH
        and len(name.split()) <= _LABEL_WORDS
        and not name.endswith(_NOT_IN_LABELS)
        and ":" not in paragraph.text[: len(name) + 2]
        and paragraph.text.strip().startswith(name)
    )


def _is_word(source: Source) -> bool:
    return is_office(source, "word")


WORD = Format("docx", (".docx", ".docm"), _is_word, _read)
