"""Cues, the pieces that subtitles and speech recognition cut talk into, become turns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tsd.schema import Utterance


def join_cues(cues: Iterable[Utterance], within: float) -> list[Utterance]:
    """Join the cues of one speaker that follow each other closely.

    Parameters
    ----------
    cues : iterable of Utterance
        In the order of the file.
    within : float
        Two cues are joined if the second starts at most this many seconds after the first ends;
        cues that overlap are joined, too. 0 joins nothing.

    Returns
    -------
    list of Utterance
        A turn has the words of its cues with a space between them, the start of the first, the
        latest end, and the line and the id of the first. Cues without a speaker or without times
        stay as they are: whether they go together is not known.

    Examples
    --------
    >>> cues = [Utterance("So I", "T", start=0, end=1), Utterance("left.", "T", start=2, end=3)]
    >>> [(turn.text, turn.start, turn.end) for turn in join_cues(cues, within=2)]
    [('So I left.', 0, 3)]
    """
    turns: list[list[Utterance]] = []
    end: float | None = None  # the latest of the turn
    for cue in cues:
        if turns and _belong_together(turns[-1], end, cue, within):
            turns[-1].append(cue)
            end = max(end or 0.0, cue.end or 0.0)
        else:
            turns.append([cue])
            end = cue.end
    return [_joined(parts) for parts in turns]


def _belong_together(
    turn: list[Utterance], end: float | None, cue: Utterance, within: float
) -> bool:
    first = turn[0]
    if not within or not cue.speaker or (cue.speaker, cue.role) != (first.speaker, first.role):
        return False
    if cue.start is None or end is None or first.start is None or cue.start < first.start:
        return False
    return cue.start - end <= within


def _joined(parts: list[Utterance]) -> Utterance:
    if len(parts) == 1:
        return parts[0]
    ends = [part.end for part in parts if part.end is not None]
    # A label of a person belongs to its own words, so labeled cues are never joined by force.
    return replace(parts[0], text=" ".join(part.text for part in parts), end=max(ends))
