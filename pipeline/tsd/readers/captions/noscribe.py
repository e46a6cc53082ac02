"""HTML of noScribe: each stretch of talk is in an anchor that has its times and its speaker."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tsd.errors import ReadError
from tsd.readers.captions.names import find_speakers, split_label
from tsd.readers.log import NotTalk, ProblemLog
from tsd.readers.overlaps import ends_sentence, split_overlaps
from tsd.readers.records import Format, Record
from tsd.readers.sounds import without_pauses
from tsd.readers.source import Source
from tsd.readers.speakerless import require_speakers
from tsd.schema import Severity
from tsd.settings import Reading
from tsd.words import count, one_line

ADVICE = "In noScribe, set 'Speaker detection' to 'auto' or to the number of speakers."
_ANCHOR = re.compile(r"ts_(\d{1,10})_(\d{1,10})_(.{0,100})", re.DOTALL)
_ANCHOR_TAG = re.compile(r"<a\s+name=[\"']?ts_\d{1,10}_\d{1,10}_", re.IGNORECASE)
_CLOCK = re.compile(r"\s*\[\d{1,3}:\d{2}:\d{2}\]\s*")
_NO_TAG = re.compile(r"<(?![^<>]*>)|<(?=!(?:--|\[))")
_SECTION = re.compile(r"<!\[[^<>]*>")
_BLOCKS = frozenset({"p", "div", "li", "h1", "h2", "h3", "br", "tr", "td"})
_UNSEEN = frozenset({"style", "script", "title"})
_OVERLAP = "//"
_USUALLY = 1.2  # paragraphs for each that begins with a name: then all these names are speakers


@dataclass(slots=True)
class _Stretch:
    """Words of one anchor; without an anchor, `who` is None and there are no times."""

    line: int
    who: str | None = None
    start: str = ""
    end: str = ""
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words with single spaces between them."""
        return one_line("".join(self.texts))

    def add(self, words: str, behind: _Stretch) -> None:
        """Add words from the stretch behind."""
        self.texts.append(f" {words}")
        self.end = behind.end or self.end


@dataclass(slots=True)
class _Paragraph:
    """What stands in one paragraph, and the name that it begins with."""

    stretches: list[_Stretch] = field(default_factory=list)
    name: str = ""

    @property
    def anchored(self) -> bool:
        return any(each.who is not None for each in self.stretches)


class _Parser(HTMLParser):
    """Gather the paragraphs of the body; the clocks in them are left out."""

    def __init__(self, log: ProblemLog) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs = [_Paragraph()]
        self._log = log
        self._anchor: _Stretch | None = None
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self._anchor = None
            self.paragraphs.append(_Paragraph())
        elif tag == "a":
            match = _ANCHOR.fullmatch(dict(attrs).get("name") or "")
            if match is not None:
                start, end = (f"{int(ms) / 1000:.3f}" for ms in match.groups()[:2])
                self._anchor = _Stretch(self.getpos()[0], match[3].strip(), start, end)
                self.paragraphs[-1].stretches.append(self._anchor)

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(self._unseen - (tag in _UNSEEN), 0)
        if tag == "a" or tag in _BLOCKS:
            self._anchor = None
        if tag in _BLOCKS:
            self.paragraphs.append(_Paragraph())

    def handle_data(self, data: str) -> None:
        line = self.getpos()[0]
        if self._unseen or not data.strip():
            return
        if _CLOCK.fullmatch(data):
            self._log.leave_out(NotTalk.TIME, data, line=line)
            return
        stretch = self._anchor
        if stretch is None:
            stretch = _Stretch(line)
            self.paragraphs[-1].stretches.append(stretch)
        stretch.texts.append(data)


def _recognises(source: Source) -> bool:
    return _ANCHOR_TAG.search(source.start) is not None


def _read(source: Source, reading: Reading, log: ProblemLog) -> Iterator[Record]:
    parser = _Parser(log)
    parser.feed(_whole_tags(source.text(log)))
    parser.close()
    paragraphs = [each for each in parser.paragraphs if each.stretches]
    if not any(each.anchored for each in paragraphs):
        raise ReadError(
            log.path,
            "has no talk as noScribe writes it, with times in its HTML. Open it in the editor of "
            "noScribe and save it as HTML, or save it as text.",
        )
    talk = _without_head(paragraphs, log)
    shown = _shown_names(talk, reading, log)
    records: list[Record] = []
    for paragraph in talk:
        records += _records(paragraph, shown, records[-1].speaker if records else "", log)
    return iter(require_speakers(records, log, ADVICE))


def _whole_tags(text: str) -> str:
    """Take comments and "<![...]>" out of HTML, and write a "<" that begins no tag as a character.

    The parser of the standard library takes endless time for thousands of tags without an end, and
    does not expect every "<![".
    """
    parts, place = [], 0
    while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[place:start])
        place = end + len("-->")
    parts.append(text[place:])
    return _NO_TAG.sub("&lt;", _SECTION.sub("", "".join(parts)))


def _without_head(paragraphs: list[_Paragraph], log: ProblemLog) -> list[_Paragraph]:
    """Leave out what stands above the talk; report what was written below it by hand."""
    first = next(i for i, each in enumerate(paragraphs) if each.anchored)
    for each in paragraphs[:first]:
        for stretch in each.stretches:
            log.leave_out(NotTalk.HEADING, stretch.text, line=stretch.line)
    added = [each for each in paragraphs[first:] if not each.anchored]
    if added:
        log.add(
            f"{count(len(added), 'paragraph')} without times; the words are read as those of the "
            "speaker before. If somebody else says them, begin the paragraph with the name and a "
            "colon.",
            Severity.WARNING,
            line=added[0].stretches[0].line,
        )
    return paragraphs[first:]


def _shown_names(
    paragraphs: Sequence[_Paragraph], reading: Reading, log: ProblemLog
) -> dict[str, str]:
    """Take the names from the beginnings of paragraphs; return what each speaker is called.

    Whoever corrects a transcript writes "Anna:" in place of "S01:", but the anchors keep S01.
    """
    labels = [split_label(each.stretches[0].text) for each in paragraphs]
    codes = {each.stretches[0].who for each in paragraphs}
    speakers = find_speakers([label for label in labels if label], len(paragraphs), reading)
    coded = [label for each, label in zip(paragraphs, labels, strict=True) if each.stretches[0].who]
    always = len(coded) < _USUALLY * sum(label is not None for label in coded)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for paragraph, label in zip(paragraphs, labels, strict=True):
        first = paragraph.stretches[0]
        sure = label is not None and (label in speakers or label.name in codes)
        if label is None or not (sure or (first.who and always)):
            continue
        log.leave_out(NotTalk.LABEL, f"{label.name} {label.remark}", line=first.line)
        first.texts = [label.text]
        paragraph.name = f"{label.name} ({label.remark})" if label.remark else label.name
        names[first.who or ""][paragraph.name] += 1
    return {code: counts.most_common(1)[0][0] for code, counts in names.items() if code}


def _records(
    paragraph: _Paragraph, shown: dict[str, str], before: str, log: ProblemLog
) -> Iterator[Record]:
    """Yield the words of a paragraph: those of its speaker, and those said meanwhile by others."""
    code = paragraph.stretches[0].who
    unnamed = shown.get(code or "", code or "") if paragraph.anchored else before
    main = paragraph.name or unnamed
    called = {**shown, code: main} if code and paragraph.name else shown
    said: list[_Stretch] = []
    latest: _Stretch | None = None
    own: _Stretch | None = None  # what the speaker of the paragraph said last

    def named(name: str) -> str:
        log.leave_out(NotTalk.LABEL, name, line=paragraph.stretches[0].line)
        return called.get(name, name)

    who = main
    for stretch in paragraph.stretches:
        if stretch.who is not None:
            code = stretch.who.removeprefix(_OVERLAP).strip()
            who = called.get(code, code)
        for speaker, words in split_overlaps(stretch.text.removesuffix(_OVERLAP), who, named):
            words = without_pauses(words, log, stretch.line)
            goes_on = own is not None and own.who == speaker and not ends_sentence(own.texts[-1])
            if words and latest is not None and latest.who == speaker:
                latest.add(words, stretch)
            elif words and own is not None and goes_on:
                latest = own
                latest.add(words, stretch)
            elif words:
                latest = _Stretch(stretch.line, speaker, stretch.start, stretch.end, [words])
                said.append(latest)
            own = latest if words and speaker == main else own
    for each in said:
        yield Record(each.text, each.who or "", each.line, {"start": each.start, "end": each.end})


NOSCRIBE = Format("noscribe", (".html", ".htm"), _recognises, _read, cues=True)
