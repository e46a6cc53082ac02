"""Where a turn may begin: the shapes in which transcripts write a speaker before the words.

A `Head` is what a line could be in one shape; whether the file has that shape, and whether the
label is a speaker, is decided on the whole file (`layouts`, `labels`).
"""

from __future__ import annotations

import re

from tsd.readers.text.lines import Line
from tsd.readers.text.notes import is_pause
from tsd.readers.text.openings import LONGEST, TIME, TIME_LINE, TO, Opening, both, opening
from tsd.readers.text.shapes import Head, Layout
from tsd.readers.times import CLOCK, SPELLED

_LONGEST_NAME = 60
_TIME_BEHIND = re.compile(rf"\s*[-–—|,@]?\s*(?P<time>{TIME})\s*$", re.IGNORECASE)
_REMARK_BEHIND = re.compile(r"\s*[(\[](?P<remark>[^()\[\]]{1,40})[)\]]\s*$")
_TIME_FIRST = re.compile(
    rf"(?P<time>[\[(<{{]\s?{CLOCK}(?:{TO}{CLOCK})?\s?[\])>}}]|{CLOCK}(?=\s*\t|\s{{2}}|\s*$))\s*"
)
_TO_WHOM = re.compile(
    r"from +(?P<name>.{1,50}?)(?: to .{1,50})?", re.IGNORECASE
)  # in the chat of Zoom
_DIGIT = re.compile(r"\d")
_TIMED = re.compile(
    rf"(?P<name>[\[(<{{]?[^\[\](){{}}<>:\d\t](?:[^\[\](){{}}<>:\t]){{0,59}}?"
    rf"(?:\([^()]{{1,30}}\))?[\])>}}]?)[*_]{{0,3}}"
    rf"(?P<between>\s*[-–—|,@]\s+|\s*\t\s*|\s{{2,}}|\s|(?=[\[(#]))"
    rf"(?P<time>{TIME}|{SPELLED})[*_]{{0,3}}\s*(?P<words>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BRACKET = re.compile(
    r"(?P<name>\[[^\[\]]{1,60}\]|\{[^{}]{1,60}\}|<[^<>]{1,60}>|\([^()]{1,60}\))[*_]{0,3}\s*(?P<words>.*)",
    re.DOTALL,
)
_SEPARATED = re.compile(
    r"(?P<name>[^\W\d_][^;|>»=\t:\n]{0,39}?)[*_]{0,3}\s?"
    r"(?:(?P<semicolon>;)[*_]{0,3}\s|(?<=\s)(?P<dash>[-–—])[*_]{0,3}\s|(?P<bar>\|)[*_]{0,3}\s?"
    r"|(?P<tight>[-–—]{2,3}|-{1,2}>|[-–—](?=\s))\s?|(?<=[^\W_])(?P<paren>\))\s"
    r"|(?<=[^\W_])(?P<slash>/)\s"
    r"|(?P<angle>[>»])[*_]{0,3}\s|(?<=\s)(?P<equals>=)\s)\s*(?P<words>.*)",
    re.DOTALL,
)
_SEPARATOR = re.compile(r"[;|>»=–—)/]|\s-\s|-[\s-]|^[A-ZÄÖÜ]{1,4}\d{0,4}\.\s")
_CAPITALS = re.compile(
    r"(?![A-ZÄÖÜ. ]{1,40}:)(?P<name>[A-ZÄÖÜ]{1,3}\d{0,4})\s+(?P<words>[^\s=].*)", re.DOTALL
)
_DOT = re.compile(r"(?P<name>[A-ZÄÖÜ]{1,4}\d{0,4})\.\s+(?P<words>.*)", re.DOTALL)
_CELLS = re.compile(r"\s*\t\s*| {2,}")
_MOST_CELLS = 12
_DECIMAL = re.compile(r"\d{1,6}[.,]\d{1,6}")
_AROUND = " \t*_"
_PAIRS = {"[": "]", "(": ")", "<": ">", "{": "}"}
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'", "‘": "’"}


def heads(line: Line) -> list[Head]:
    """Return what a line may be: at most one head for each layout."""
    text = line.text
    if not text:
        return []
    before = opening(text)
    found = [
        _colon(before),
        _timed(text, before),
        _bracket(before),
        _separated(before),
        _capitals(before),
        _column(text),
    ]
    return [head for head in found if head is not None]


def alone(line: Line) -> Head | None:
    """Return the head that a line is if it is only a name."""
    text = line.text
    if len(text) > _LONGEST_NAME + 10:
        return None
    before = opening(text)
    if before.time or not before.rest or ":" in before.rest:
        return None
    remark, name = _behind(before.rest.strip(_AROUND), _REMARK_BEHIND, "remark")
    marked = text[0] in "#*_" or bool(before.mark)
    style = "marked" if marked else "capitals" if name.isupper() and len(name) > 1 else ""
    return _head(Layout.ALONE, name, before, remark=remark, style=style)


def _head(layout: Layout, name: str, before: Opening, **fields: str) -> Head | None:
    """Build a head from a name with what may stand around it; None if no name is left."""
    label = " ".join(name.strip(_AROUND).split())
    bracketed = label[:1] in _PAIRS and label[-1:] == _PAIRS[label[0]]
    if bracketed:
        label = label[1:-1].strip(_AROUND)
    if layout is Layout.COLON and label[-1:] == _QUOTES.get(label[:1]):
        label = label[1:-1].strip(_AROUND)
    if layout is Layout.COLON and len(label) > 1 and label[0] in "#@*&%":
        label = label[1:]
    if layout is not Layout.ALONE:
        label = label.rstrip(": ")
    if not label or len(label) > _LONGEST_NAME or not _is_first(label):
        return None
    if bracketed and is_pause(label):
        return None  # "[laughs]: words"
    if before.time:
        more = [fields.get("start", ""), fields.get("end", "")]
        fields["start"], end = both(before.time)
        fields["end"] = "\t".join([end, *more]) if any(more) else end
    return Head(layout, label, number=before.number, **fields)  # type: ignore[arg-type]


def _is_first(label: str) -> bool:
    return label[0].isalnum() or (label[0] in "@#" and label[1:2].isalnum())


def _behind(name: str, pattern: re.Pattern[str], group: str) -> tuple[str, str]:
    """Take off what stands behind a name."""
    match = pattern.search(name)
    if match is None or not match.start():
        return "", name
    return match[group], name[: match.start()]


def _place_of_colon(text: str) -> int:
    """Return where the first colon is that is not part of a time; -1 if there is none near."""
    place = -1
    while (place := text.find(":", place + 1, LONGEST)) >= 0:
        around = text[max(place - 1, 0) : place + 2]
        if not (len(around) == 3 and around[0].isdigit() and around[2].isdigit()):
            break
    wide = text.find("：", 0, LONGEST)  # in Chinese and Japanese
    return wide if place < 0 or 0 <= wide < place else place


def _colon(before: Opening) -> Head | None:
    rest = before.rest
    place = _place_of_colon(rest)
    if place < 1:
        return None
    name, words = rest[:place].strip(_AROUND), rest[place + 1 :]
    tight = bool(words) and rest[place] == ":" and not (words[0].isspace() or words[0] in "*_")
    time = remark = ""
    if before.time and (chat := _TO_WHOM.fullmatch(name)) is not None:
        name = chat["name"].strip()
    if name[-1:] in ")]>}#" or _DIGIT.search(name):
        time, name = _behind(name, _TIME_BEHIND, "time")
        remark, name = _behind(name.strip(_AROUND), _REMARK_BEHIND, "remark")
        if not time:
            time, name = _behind(name.strip(_AROUND), _TIME_BEHIND, "time")
    words = words.strip()
    if before.mark and rest[:place].rstrip()[-1:] not in ("*", "_"):
        if words.startswith(before.mark):
            words = words.removeprefix(before.mark).lstrip()  # "**Name:** words"
        else:
            words = words.removesuffix(before.mark)  # the whole turn is in bold type
    style = _style("before" if before.time else "behind" if time else "", before.time or time)
    first = _TIME_FIRST.match(words) if words[:1] in _PAIRS or words[:1].isdigit() else None
    if first and not (time or before.time):
        time, words, style = first["time"], words[first.end() :], _style("words", first["time"])
    start, end = both(time) if time else ("", "")
    found = _head(Layout.COLON, name, before, start=start, end=end, remark=remark, style=style)
    return found and found._replace(words=words, tight=tight)


def _style(place: str, time: str) -> str:
    return f"{place} {time[:1] if time[:1] in '[(<{#' else ''}" if place else ""


def _timed(text: str, before: Opening) -> Head | None:
    """Find a name and a time on a line of their own; words may follow a time in brackets."""
    if before.time and not before.number:
        # "[00:12] Anna" alone on its line
        short = len(before.rest) <= _LONGEST_NAME and ":" not in before.rest
        return _head(Layout.TIMED, before.rest, before, style="first") if short else None
    if not _DIGIT.search(text, 0, LONGEST):
        return None
    match = _TIMED.match(before.rest)
    if match is None:
        return None
    time, words = match["time"], match["words"].strip(_AROUND)
    if words and (time[0] not in "[(<{#" or words[0] in ":：;"):
        return None
    remark, name = _behind(match["name"], _REMARK_BEHIND, "remark")
    between = match["between"]
    kind = "tab" if "\t" in between else "wide" if len(between) > 1 else "one"
    start, end = both(time)
    found = _head(
        Layout.TIMED, name.rstrip(" -–—|,"), before, start=start, end=end, remark=remark,
        style=f"{kind} {between.strip()}{time[0] if time[0] in '[(<{#' else ''}",
    )  # fmt: skip
    return found and found._replace(words=words)


def _bracket(before: Opening) -> Head | None:
    if before.rest[:1] not in _PAIRS or (match := _BRACKET.match(before.rest)) is None:
        return None
    name, words = match["name"][1:-1], match["words"].strip()
    time, name = _behind(name, _TIME_BEHIND, "time")
    start, end = both(time) if time else ("", "")
    found = _head(Layout.BRACKET, name, before, start=start, end=end, style=match["name"][0])
    return found and found._replace(words=words.lstrip(":").strip())


def _separated(before: Opening) -> Head | None:
    if _SEPARATOR.search(before.rest, 0, _LONGEST_NAME) is None:
        return None
    match = _SEPARATED.match(before.rest)
    layouts = (
        ("semicolon", Layout.SEMICOLON),
        ("dash", Layout.DASH),
        ("tight", Layout.DASH),
        ("paren", Layout.PAREN),
        ("slash", Layout.SLASH),
        ("bar", Layout.BAR),
        ("angle", Layout.ANGLE),
        ("equals", Layout.EQUALS),
    )
    if match is None:
        match, layouts = _DOT.match(before.rest), (("words", Layout.DOT),)  # type: ignore[assignment]
    if match is None:
        return None
    sign, layout = next(
        ((name, each) for name, each in layouts if match[name] is not None), ("", None)
    )
    if layout is None or not match["words"] or (sign == "paren" and "(" in match["name"]):
        return None
    time, name = _behind(match["name"], _TIME_BEHIND, "time")
    remark, name = _behind(name, _REMARK_BEHIND, "remark")
    start, end = both(time) if time else ("", "")
    found = _head(layout, name, before, start=start, end=end, remark=remark)
    return found and found._replace(words=match["words"].strip(), tight=sign == "tight")


def _capitals(before: Opening) -> Head | None:
    """Find letters such as TH before the words, with nothing but a blank between."""
    match = _CAPITALS.match(before.rest)
    if match is None:
        return None
    found = _head(Layout.CAPITALS, match["name"], before)
    return found and found._replace(words=match["words"].strip())


def _column(text: str) -> Head | None:
    """Find a name and words in columns, with numbers and times in others."""
    if "\t" not in text and "  " not in text[:LONGEST]:
        return None
    cells = [cell for cell in _CELLS.split(text, _MOST_CELLS) if cell]
    number, times = "", []
    place = 0
    while place < len(cells) and (cells[place].rstrip(".").isdigit() or _is_time(cells[place])):
        if _is_time(cells[place]):
            times.append(cells[place])
        else:
            number = f"{number} {cells[place]}".strip()
        place += 1
    name = cells[place] if place < len(cells) else ""
    place += 1
    while place < len(cells) and (_is_time(cells[place]) or _DECIMAL.fullmatch(cells[place])):
        times.append(cells[place])
        place += 1
    words = " ".join(cells[place:])
    if not words:
        return None
    found = _head(
        Layout.COLUMN, name, Opening("", number), start=times[0] if times else "",
        end="\t".join(times[1:]), style="tab" if "\t" in text else "blanks",
    )  # fmt: skip
    return found and found._replace(words=words)


def _is_time(cell: str) -> bool:
    return len(cell) <= LONGEST and TIME_LINE.fullmatch(cell) is not None
