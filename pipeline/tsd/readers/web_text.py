"""Words with the markup of web pages in them."""

from __future__ import annotations

import html
import re

from tsd.readers.log import NotTalk, ProblemLog

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_TAG = re.compile(
    r"</?(?:br|p|div|span|b|i|u|em|strong|sup|sub|font|a|small|mark"
    r"|html|body|head|h[1-6]|ul|ol|li|table|tbody|tr|td|hr)(?:\s[^<>]{0,500})?/?>",
    re.I,
)
_NEW_LINE = re.compile(r"<(?:br|hr|/p|/div|/h[1-6]|/li|/tr)\b", re.I)


def without_markup(text: str, log: ProblemLog, line: int | None) -> str:
    r"""Return the words of a text without the markup of web pages; tags are left out.

    >>> without_markup("the word&#8212;here&amp;now<br>or <i>so</i>", ProblemLog(""), 1)
    'the word—here&now\nor so'
    """
    if "<" in text and ">" in text and (tags := _TAG.findall(text)):
        log.leave_out(NotTalk.MARKUP, " ".join(tags), line=line)
        text = _TAG.sub(lambda tag: "\n" if _NEW_LINE.match(tag[0]) else "", text)
    return (
        _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
        if "&" in text and ";" in text
        else text
    )
