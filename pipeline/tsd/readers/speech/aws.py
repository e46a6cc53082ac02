"""JSON of Amazon Transcribe, Transcribe Call Analytics and HealthScribe."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from tsd.readers.log import ProblemLog
from tsd.readers.records import Record
from tsd.readers.speech.recognizer import Recognizer, json_format
from tsd.readers.speech.values import (
    again,
    checked,
    get,
    name_of,
    objects,
    time_of,
    time_text,
    words_of,
)
from tsd.readers.speech.words import Word, pieces

_ROUNDING = 0.005  # seconds


def _fits(value: Any) -> bool:  # noqa: ANN401
    results = get(value, "results")
    if isinstance(get(results, "transcripts"), list):
        return any(isinstance(get(results, key), list) for key in ("items", "audio_segments"))
    return any("Content" in turn for turn in _calls(value)[:5])


def _calls(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return the turns of Call Analytics or of HealthScribe."""
    return objects(get(value, "Transcript")) or objects(
        get(value, "Conversation", "TranscriptSegments")
    )


def _records(value: Any, log: ProblemLog) -> Iterable[Record]:  # noqa: ANN401
    if calls := _calls(value):
        return _of_calls(calls, log)
    results = value["results"]
    for each in objects(results.get("transcripts")):
        again(log, each.get("transcript"))
    audio = objects(results.get("audio_segments"))
    if any(name_of(each.get("speaker_label")) for each in audio):
        again(log, *(_content(item) for item in objects(results.get("items"))))
        return _of_audio_segments(audio, log)
    for each in audio:
        again(log, each.get("transcript"))
    channels = objects(get(results, "channel_labels", "channels"))
    if channels:
        again(log, *(_content(item) for item in objects(results.get("items"))))
        return _of_channels(channels, log)
    return pieces(_of_segments(results, log))


def _of_calls(turns: list[dict[str, Any]], log: ProblemLog) -> Iterator[Record]:
    for turn in turns:
        again(log, *(item.get("Content") for item in objects(turn.get("Items"))))
        speaker = turn.get("ParticipantRole") or get(turn, "ParticipantDetails", "ParticipantRole")
        start = time_of(turn.get("BeginOffsetMillis"), 1000)
        end = time_of(turn.get("EndOffsetMillis"), 1000)
        times = {
            "start": time_text(time_of(turn.get("BeginAudioTime")) if start is None else start),
            "end": time_text(time_of(turn.get("EndAudioTime")) if end is None else end),
        }
        yield Record(words_of(turn.get("Content"), log), name_of(speaker), None, times)


def _of_audio_segments(segments: list[dict[str, Any]], log: ProblemLog) -> Iterator[Record]:
    for segment in checked(segments, log, "segment"):
        start, end = (time_text(time_of(segment.get(key))) for key in ("start_time", "end_time"))
        yield Record(
            words_of(segment.get("transcript"), log),
            name_of(segment.get("speaker_label")),
            None,
            {"start": start, "end": end},
        )


def _of_channels(channels: list[dict[str, Any]], log: ProblemLog) -> Iterator[Record]:
    for channel in channels:
        name = name_of(channel.get("channel_label"))
        items = checked(channel.get("items"), log, "word")
        yield from pieces(_word(item, name) for item in items)


def _of_segments(results: dict[str, Any], log: ProblemLog) -> Iterator[Word]:
    """Yield the words, with their own speakers or those of the segments in which they begin."""
    segments = sorted(
        (start, end, name, part)
        for part, each in enumerate(objects(get(results, "speaker_labels", "segments")), start=1)
        if (name := name_of(each.get("speaker_label")))
        and (start := time_of(each.get("start_time"))) is not None
        and (end := time_of(each.get("end_time"))) is not None
    )
    starts = [start - _ROUNDING for start, *_ in segments]
    for item in checked(results.get("items"), log, "word"):
        start = time_of(item.get("start_time"))
        place = bisect_right(starts, start) - 1 if start is not None else -1
        name, part = "", 0
        if place >= 0 and start is not None and start <= segments[place][1] + _ROUNDING:
            _, _, name, part = segments[place]
        yield _word(item, name_of(item.get("speaker_label")) or name, part)


def _word(item: dict[str, Any], speaker: str, part: int = 0) -> Word:
    start, end = time_of(item.get("start_time")), time_of(item.get("end_time"))
    attached = item.get("type") == "punctuation"
    return Word(words_of(_content(item)), speaker, start, end, attached=attached, part=part)


def _content(item: dict[str, Any]) -> Any:  # noqa: ANN401
    return get(item, "alternatives", 0, "content")


AWS = json_format(
    Recognizer(
        "aws",
        "Amazon Transcribe",
        "'results' with 'transcripts' and 'items', or 'Transcript' with 'Content'",
        "Run the job in Amazon Transcribe again with speaker partitioning (ShowSpeakerLabels), or "
        "with channel identification if each speaker has a channel.",
        _fits,
        _records,
    )
)
