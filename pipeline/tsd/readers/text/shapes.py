"""The shapes in which transcripts write a speaker before the words, and what a line is in one."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Layout(StrEnum):
    """How a file writes its speakers; the value is how messages show it."""

    COLON = "'Name: words'"
    TIMED = "'Name 0:03' above the words"
    ALONE = "the name alone above the words"
    BRACKET = "'[Name] words'"
    COLUMN = "names and words in columns"
    SEMICOLON = "'Name; words'"
    DASH = "'Name - words'"
    BAR = "'Name | words'"
    ANGLE = "'Name > words'"
    EQUALS = "'Name = words'"
    DOT = "'Q. words'"
    PAREN = "'T) words'"
    SLASH = "'T/ words'"
    CAPITALS = "'TH words'"


class Head(NamedTuple):
    """What a line is if it begins a turn in one of the layouts.

    Parameters
    ----------
    layout : Layout
        The shape.
    label : str
        The name of the speaker, without brackets and marks around it.
    words : str
        What follows on the line.
    start, end : str
        The times on the line, as they are written.
    remark : str
        What stands in brackets behind the name.
    number : str
        The number before the label.
    style : str
        What else is typical of the labels of a file: where the time stands, and in what brackets.
    tight : bool
        Whether no blank stands between the label and the words.
    """

    layout: Layout
    label: str
    words: str = ""
    start: str = ""
    end: str = ""
    remark: str = ""
    number: str = ""
    style: str = ""
    tight: bool = False
