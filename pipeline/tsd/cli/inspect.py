"""``tsd inspect``: what would be read, and how."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tsd.cli.options import takes_settings
from tsd.cli.printing import (
    ALL_READ,
    NOTHING_DONE,
    SOME_FAILED,
    TOGETHER,
    fitted,
    nothing_done_on_error,
)
from tsd.cli.problem_list import WIDTH, problem_list, wrapped
from tsd.schema import Role
from tsd.settings import Reading, Settings
from tsd.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tsd.batch.inspection import Inspection
    from tsd.readers.records import FileFacts, SessionFacts, SpeakerFacts

_HEAD = ("file", "format", "utterances", "therapist", "client", "others", "roles from", "times")
_OTHERS = _HEAD.index("others")
_NAMES = 3  # speakers of a role that a row names
_PROBABILITY = re.compile(r"\b(p) ([=>]) ")
_TIMES_DETAIL = re.compile(r"(; [^,:]*)[,:].*")  # a warning has it
_USUAL = ("", "UTF-8")
_NO_SURPRISE = ("-", "English")


@takes_settings(Reading)
def inspect_cli(
    paths: Annotated[list[str], typer.Argument(help="Files, folders or glob patterns.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    settings: Settings,
) -> None:
    """Show what is recognized in transcripts, before you analyze them.

    For each session: the format, who speaks how often, who is the therapist and why, the times,
    what of the file is no talk, and problems. No word of what was said is shown.

    Exit status: 0 if everything can be read, 1 if some inputs cannot, 2 if none can.
    """
    from tsd.batch.companions import companion_files
    from tsd.batch.inspection import inspect

    with nothing_done_on_error(Path(paths[0])):
        found = inspect(paths, settings.reading, companion_files(settings))
    if as_json:
        typer.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_text(found)))
    if not any(each.sessions for each in found.files):
        raise typer.Exit(NOTHING_DONE)
    raise typer.Exit(SOME_FAILED if found.failed else ALL_READ)


def _text(found: Inspection) -> Iterator[str]:
    folders: dict[str, list[FileFacts]] = {}
    for each in found.files:
        if each.sessions:
            folders.setdefault(os.path.dirname(each.path) or ".", []).append(each)
    for folder, files in folders.items():
        sessions = sum(len(each.sessions) for each in files)
        yield f"{folder} ({count(len(files), 'file')}, {count(sessions, 'session')})"
        rows = [_row(file, session) for file in files for session in file.sessions]
        languages = [("language",), *((s.language or "-",) for f in files for s in f.sessions)]
        table = [_HEAD, *rows]
        if all(row[_OTHERS] == "-" for row in rows):
            table = [row[:_OTHERS] + row[_OTHERS + 1 :] for row in table]
        if any(language not in _NO_SURPRISE for (language,) in languages[1:]):
            table = [row + more for row, more in zip(table, languages, strict=True)]
        yield from (f"  {line}" for line in fitted(table, WIDTH - 2))
        yield ""
    yield from _left_out(found.files)
    yield from _identifiers(found.files)
    yield from problem_list(found.problems) if found.problems else ["No problems."]


def _row(file: FileFacts, session: SessionFacts) -> tuple[str, ...]:
    name = os.path.basename(file.path)
    if len(file.sessions) > 1 or session.session_id != os.path.splitext(name)[0]:
        name = f"{name}: {session.session_id}"
    kind = file.format if file.encoding in _USUAL else f"{file.format}, {file.encoding}"
    sides: dict[Role, list[SpeakerFacts]] = {role: [] for role in Role}
    for speaker in session.speakers:
        sides[speaker.role].append(speaker)
    reasons = dict.fromkeys(s.reason for s in session.speakers if s.reason)
    return (
        name,
        kind,
        f"{sum(s.utterances for s in session.speakers):,}",
        _names(sides[Role.THERAPIST]),
        _names(sides[Role.CLIENT]),
        _names([*sides[Role.OTHER], *sides[Role.UNKNOWN]]),
        _PROBABILITY.sub(rf"\1{TOGETHER}\2{TOGETHER}", ", ".join(reasons)) or "-",
        _TIMES_DETAIL.sub(r"\1", session.times).replace(" and ", ", ").removesuffix(" utterances"),
    )


def _names(speakers: Sequence[SpeakerFacts]) -> str:
    """Name speakers with their number of utterances, as far as there is room."""
    shown = [f"{_name(each)} {each.utterances:,}" for each in speakers[:_NAMES]]
    if len(speakers) > _NAMES:
        shown.append(f"and {len(speakers) - _NAMES} more")
    return ", ".join(each.replace(" ", TOGETHER) for each in shown) or "-"


def _name(speaker: SpeakerFacts) -> str:
    from tsd.readers.roles import plain_name

    marks = "?" if speaker.role is Role.UNKNOWN else ""
    return (plain_name(speaker.name) or "(no name)") + marks


def _left_out(files: Sequence[FileFacts]) -> Iterator[str]:
    """Say what of the files is no talk, kind by kind."""
    kinds: dict[str, list[int]] = {}
    for file in files:
        for kind, about in file.left_out.items():
            total = kinds.setdefault(kind.value, [0, 0, 0])
            total[0] += 1
            total[1] += about.passages
            total[2] += about.words
    if not kinds:
        return
    yield "No talk, and left out:"
    for name, (several, passages, words) in kinds.items():
        where = f"{passages:,} in {count(several, 'file')}"
        yield f"  {name}: {where}" + (f", {count(words, 'word')}" if words else "")
    yield ""


def _identifiers(files: Sequence[FileFacts]) -> Iterator[str]:
    """Say which identifiers were found in all sessions, and what that cannot show."""
    from tsd.readers.identifiers.totals import summary, totals

    found = [session.identifiers for file in files for session in file.sessions]
    if found:
        yield "Identifiers:"
        for sentence in summary(totals(found)):
            yield from wrapped(sentence)
        yield ""
