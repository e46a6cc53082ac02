"""The problems of many files as a list that stays readable: what is alike is shown once."""

from __future__ import annotations

import os
import re
import textwrap
from collections.abc import Iterator, Sequence

from tsd.schema import Problem, Severity

WIDTH = 100
"""How wide the printed lines are, in characters."""

_PLACES = 3  # files that a problem names, if several have it
_VALUES = (  # what differs between messages of the same kind
    re.compile(r"'[^']*'|\([^()]*\)|\d[\d.,:]*"),
    re.compile(r"#(?:[ ,]+#)*"),  # a list of names with their numbers
    re.compile(r"#(?:[a-z -]+#)+"),  # "2 names (utterances 0, 1), 1 date (utterance 3)"
)


def problem_list(problems: Sequence[Problem]) -> Iterator[str]:
    r"""List problems as lines of text, the worst first.

    The same message is shown once, with the files that have it. Of messages that differ in names
    and numbers only, the first is shown if there are more than three.

    >>> found = [Problem(f"role unknown: '{name}'.", path=f"{name}.txt") for name in "abcde"]
    >>> print(*problem_list(found), sep="\n")
    Errors:
      a.txt: role unknown: 'a'.
        Much the same in b.txt; c.txt; d.txt and 1 more; --json has each.
    """
    for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE):
        kinds: dict[str, dict[str, list[str]]] = {}
        for each in problems:
            if each.severity is severity:
                messages = kinds.setdefault(_kind(each.message), {})
                messages.setdefault(each.message, []).append(_place(each))
        if kinds:
            yield f"{str(severity).capitalize()}s:"
        for messages in kinds.values():
            yield from _alike(messages)


def wrapped(text: str, indent: str = "  ") -> list[str]:
    """Break a long line where there is a space, never within a path or a name.

    >>> wrapped("Nothing to break here.")
    ['  Nothing to break here.']
    """
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _alike(messages: dict[str, list[str]]) -> Iterator[str]:
    """Show messages of one kind: each of a few, or the first of many."""
    few = len(messages) <= _PLACES
    for message, places in messages.items() if few else list(messages.items())[:1]:
        where = _named(places)
        yield from wrapped(f"{where}: {message}" if where else message)
    if not few:
        others = [place for places in list(messages.values())[1:] for place in places]
        yield from wrapped(f"Much the same in {_named(others)}; --json has each.", "    ")


def _named(places: Sequence[str]) -> str:
    more = f" and {len(places) - _PLACES:,} more" if len(places) > _PLACES else ""
    return "; ".join(places[:_PLACES]) + more


def _kind(message: str) -> str:
    """Take out of a message what differs between files: names, numbers, remarks in brackets."""
    for values in _VALUES:
        message = values.sub("#", message)
    return message


def _place(problem: Problem) -> str:
    """Name the file and, where its name does not show it, the session; with the line, if known."""
    where = problem.path if problem.line is None else f"{problem.path}, line {problem.line}"
    stem = os.path.splitext(os.path.basename(problem.path))[0]
    session = "" if problem.session_id == stem else problem.session_id
    return f"{where} {session}".strip()
