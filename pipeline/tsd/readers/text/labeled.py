"""Plain-text transcripts with speaker labels, one session per file.

The way from lines to utterances:

1. `lines`: what a line is.
2. `furniture`: which lines nobody said.
3. `openings`, `heads`: what a line may be in each of the `shapes` that transcripts have.
4. `labels`, `layouts`: how the file writes its speakers, and where a turn begins.
5. `edges`: what stands above and below the talk.
6. `checks`: what is refused, and what is reported.
7. `turns`: which lines, words and times belong to a turn.
8. `notes`: what a turn holds besides the words of its speaker.

A line without a label goes on with what the last speaker said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from tsd.errors import ReadError
from tsd.readers.decoding import split_lines
from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.records import Format, Record
from tsd.readers.roles import known_role
from tsd.readers.source import Source
from tsd.readers.speakers import merge_numbered, merge_remarks
from tsd.readers.text.checks import check, report, report_labels_inside, shown
from tsd.readers.text.edges import after_the_labels, comments, head_of_file, listed_speakers
from tsd.readers.text.furniture import furniture, numbered, without_number
from tsd.readers.text.labels import Evidence, same_name, stem
from tsd.readers.text.layouts import decide
from tsd.readers.text.lines import Line, clean_lines, without_escapes
from tsd.readers.text.notes import divide
from tsd.readers.text.shapes import Head, Layout
from tsd.readers.text.turns import Turn, gather, in_order_of_time, use_ends
from tsd.readers.web_text import without_markup
from tsd.schema import Role, Severity
from tsd.settings import Reading

_LINES_SEEN = 300
_FEWEST_EXPLAINED = 0.6


def _read(source: Source, reading: Reading, log: ProblemLog) -> Iterator[Record]:
    return read_lines(enumerate(split_lines(source.text(log)), 1), reading, log)


def read_lines(
    numbered_lines: Iterable[tuple[int, str]], reading: Reading, log: ProblemLog
) -> Iterator[Record]:
    """Read labeled talk from lines with their numbers: those of a text, paragraphs of a document.

    Parameters
    ----------
    numbered_lines : iterable of (int, str)
        The number of each line, as messages show it, and what stands in it.
    reading : Reading
        The names that the user gave are labels in any layout.
    log : ProblemLog
        Gets what is doubtful, and every word that is no talk.

    Yields
    ------
    Record
        An utterance.

    Raises
    ------
    ReadError
        If the lines do not say who spoke.

    Examples
    --------
    >>> lines = ["Anna   0:03", "How are you?", "Ben   0:09", "Tired.", "Anna   0:12", "I see."]
    >>> records = read_lines(enumerate(lines, 1), Reading(), ProblemLog("a.txt"))
    >>> [(each.speaker, each.text, each.get("start")) for each in records]
    [('Anna', 'How are you?', '0:03'), ('Ben', 'Tired.', '0:09'), ('Anna', 'I see.', '0:12')]
    """
    lines = _lines(_without_markup(numbered_lines, log), log)
    kinds = furniture(lines)
    lines = _leave_out(lines, kinds, log)
    if numbered(lines):
        lines = _without_numbers(lines, log)
    named = frozenset(map(same_name, (*reading.therapist, *reading.client)))
    evidence = Evidence(named, listed_speakers(lines), lines)
    decision = decide(lines, evidence)
    found = list(decision.heads)
    kinds = [None] * len(lines)
    _leave_out_head(lines, found, kinds, log)
    after_the_labels(lines, found, kinds)
    _leave_out_comments(lines, found, kinds, log)
    check(lines, found, kinds, log)
    report(decision, lines, found, kinds, evidence, log)
    turns = gather(lines, found, kinds, log)
    return _records(turns, log)


def _without_markup(
    numbered_lines: Iterable[tuple[int, str]], log: ProblemLog
) -> Iterator[tuple[int, str]]:
    """Yield the lines without the tags of web pages; where one breaks a line, as two."""
    for number, text in numbered_lines:
        if "</" in text or "<br" in text.lower():  # "<I> words" is how some write speakers
            yield from ((number, each) for each in without_markup(text, log, number).split("\n"))
        else:
            yield number, text


def _lines(numbered_lines: Iterable[tuple[int, str]], log: ProblemLog) -> list[Line]:
    lines = list(clean_lines(numbered_lines))
    if any(line.text.startswith(("**", "#")) for line in lines):
        lines = [
            line._replace(text=without_escapes(line.text)) if "\\" in line.text else line
            for line in lines
        ]
    if not any(line.text for line in lines):
        raise ReadError(log.path, "is empty.")
    return lines


def _leave_out(
    lines: Sequence[Line], kinds: Sequence[NotTalk | None], log: ProblemLog
) -> list[Line]:
    for line, kind in zip(lines, kinds, strict=True):
        if kind is not None:
            log.leave_out(kind, line.text, line=line.number)
    return [line for line, kind in zip(lines, kinds, strict=True) if kind is None]


def _without_numbers(lines: Sequence[Line], log: ProblemLog) -> list[Line]:
    rest = []
    for line in lines:
        bare, number = without_number(line)
        if number:
            log.leave_out(NotTalk.NUMBER, number, line=line.number)
        rest.append(bare)
    return rest


def _leave_out_head(
    lines: Sequence[Line], found: list[Head | None], kinds: list[NotTalk | None], log: ProblemLog
) -> None:
    """Take labeled lines that are about the file out of the talk, and report them."""
    end, advice = head_of_file(lines, found)
    labeled = [lines[i].number for i in range(end) if found[i] is not None]
    for i in range(end):
        found[i] = None
        if lines[i].text:
            kinds[i] = NotTalk.HEADING
    if labeled:
        n = len(labeled)
        log.add(
            f"{n} labeled line{'s' if n > 1 else ''} at the top (line {shown(labeled)}) "
            f"{'seem' if n > 1 else 'seems'} to be about the file and not talk, and "
            f"{'are' if n > 1 else 'is'} left out. If that is wrong, {advice}.",
            Severity.NOTE,
        )


def _leave_out_comments(
    lines: Sequence[Line],
    found: Sequence[Head | None],
    kinds: list[NotTalk | None],
    log: ProblemLog,
) -> None:
    if places := comments(lines, found, kinds):
        for place in places:
            kinds[place] = NotTalk.HEADING
        n = len(places)
        log.add(
            f"{n} line{'s' if n > 1 else ''} with a comment on the talk, such as 'Comment: ...', "
            f"{'are' if n > 1 else 'is'} left out "
            f"(line {shown([lines[place].number for place in places])}). If somebody says the "
            "words, delete the word before the colon.",
            Severity.WARNING,
        )


def _names(turns: Sequence[Turn]) -> dict[tuple[str, str], str]:
    """Return the speaker of each label and remark behind it."""
    first: dict[str, str] = {}
    for turn in turns:
        first.setdefault(same_name(turn.head.label), turn.head.label)
    label = {turn.head.label: first[same_name(turn.head.label)] for turn in turns}
    one = {name: name for name in label.values()}
    if any(name[-1].isdigit() for name in one):
        one = merge_numbered([label[turn.head.label] for turn in turns])
    if not any(turn.head.remark for turn in turns):
        return {(each, ""): one[name] for each, name in label.items()}
    pairs = merge_remarks((one[label[turn.head.label]], turn.head.remark) for turn in turns)
    return {
        (turn.head.label, turn.head.remark): pairs[one[label[turn.head.label]], turn.head.remark]
        for turn in turns
    }


def _records(turns: list[Turn], log: ProblemLog) -> Iterator[Record]:
    names = _names(turns)
    if use_ends(turns, log):
        log.add(
            "times stand at the ends of turns only; a turn starts where the one before ends, the "
            "first at 0.",
            Severity.NOTE,
        )
    by_label = {label: name for (label, _), name in names.items()}
    ordered = in_order_of_time(turns, by_label)
    if ordered is not turns:
        log.add(
            "the turns are sorted by speaker; they are put in the order of time.", Severity.NOTE
        )
    known = {same_name(label): name for label, name in by_label.items()}
    known |= {
        stem(label): name for label, name in by_label.items() if stem(label) == same_name(name)
    }
    report_labels_inside(turns, known, log)
    signals: list[int] = []
    for turn in ordered:
        yield from _of_turn(turn, names, known, signals, log)
    if signals:
        n = len(signals)
        log.add(
            f"what listeners do or say in brackets in a turn of somebody else, such as '(T: Mhm)', "
            f"is left out in {n} turn{'s' if n > 1 else ''} (line {shown(signals)}).",
            Severity.NOTE,
        )


def _of_turn(
    turn: Turn,
    names: Mapping[tuple[str, str], str],
    known: Mapping[str, str],
    signals: list[int],
    log: ProblemLog,
) -> Iterator[Record]:
    speaker = names[turn.head.label, turn.head.remark]
    text = turn.text
    if turn.head.remark:
        if same_name(turn.head.remark) in same_name(speaker):
            log.leave_out(NotTalk.LABEL, turn.head.remark, line=turn.line)
        else:
            text = f"({turn.head.remark}) {text}"
    said, count = divide(
        text, lambda label: known.get(same_name(label)), partial(log.leave_out, line=turn.line)
    )
    if count:
        signals.append(turn.line)
    times = {"start": turn.start, "end": turn.end}
    own = [part for part in said if not part.speaker]
    if not own:
        yield Record("", speaker, turn.line, times)
    for part in said:
        # How long each part of a divided turn takes is not known.
        whole = len(own) == 1 and part is own[0]
        fields = times if whole else {"start": turn.start if own and part is own[0] else ""}
        yield Record(part.text, part.speaker or speaker, turn.line, fields)


def _recognises(source: Source) -> bool:
    """Check whether most of the first lines are explained by a layout with two speakers."""
    start = source.start
    if start.lstrip()[:1] in ("<", "{") or not start.strip():
        return False
    lines = list(clean_lines(islice(enumerate(split_lines(start), 1), _LINES_SEEN)))
    lines = [line for line, kind in zip(lines, furniture(lines), strict=True) if kind is None]
    decision = decide(lines, Evidence(lines=lines))
    found = [head for head in decision.heads if head is not None]
    labels = {same_name(head.label) for head in found}
    roles = {known_role(label) for label in labels}
    if len(labels) < 2:
        return False
    if decision.layout is Layout.COLUMN and not any(head.start for head in found):
        return False  # a table without a header
    full = sum(bool(line.text) for line in lines)
    covered = len(found) + sum(not head.words for head in found)
    both = {Role.THERAPIST, Role.CLIENT} <= roles
    again = len(found) >= 2 * len({stem(label) for label in labels}) and len(found) > 3
    return (both or again) and covered > _FEWEST_EXPLAINED * full


LABELED_TEXT = Format("text", (".txt",), _recognises, _read, generic=True)
"""Text with a label before what each speaker says."""
