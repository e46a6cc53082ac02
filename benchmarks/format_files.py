"""One session as the files of many programs: for the samples, and for the benchmark of reading.

    python -m benchmarks.format_files FOLDER

writes the sample session in every format. The files imitate what the programs write; the words
are invented.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr


class Turn(NamedTuple):
    """What one of the two says: 0 is the therapist, 1 the client; times in seconds."""

    who: int
    start: float
    end: float
    text: str


def _timed(*texts: str) -> list[Turn]:
    """Time the turns of two people who take turns: three words per second, pauses of a second."""
    turns, now = [], 1.0
    for place, text in enumerate(texts):
        end = round(now + len(text.split()) / 3, 2)
        turns.append(Turn(place % 2, now, end, text))
        now = round(end + 1.0, 2)
    return turns


SESSION: list[Turn] = _timed(
    "Good morning. How has your week been?",
    "Not great. I said yes to the extra shifts again, and then I lay awake for most of the night.",
    "So you agreed, and your body kept the bill.",
    "Yes. My sister says I should just say no, but she doesn't have my manager.",
    "What happens in you, right before you say yes?",
    "My stomach drops. I hear my father's voice, that lazy people end up alone. Do you get that?",
    "I do. When I was a resident I took every shift they offered, and I was proud of it until I "
    "fell asleep at a red light. What I learned, slowly, was to ask for an hour before I answer.",
    "An hour. I could do that, I think. I never thought that you would have done the same.",
    "It helped me. It may not be what helps you. How would it be to ask your manager for an hour?",
    "Scary, but possible. I would have to write it down first, so that I don't give in.",
    "Let's write it down together. What would the first sentence be?",
    "Thank you for asking me. I will tell you at four o'clock.",
    "How did that sound to you, as you said it?",
    "Like someone I would like to be. My stomach is still there, though.",
    "Then we take your stomach along. We have ten minutes left. What would you like to do?",
    "Could we practice it once more? You be my manager.",
)
"""The sample session."""

NAMES = ("Therapist", "Client")
NAMELESS = ("SPEAKER_00", "SPEAKER_01")


def clock(seconds: float, mark: str = ".", digits: int = 3) -> str:
    """Write a time as HH:MM:SS and its fraction."""
    whole = round(seconds * 10**digits)
    rest, fraction = divmod(whole, 10**digits)
    hours, minutes = divmod(rest // 60, 60)
    tail = f"{mark}{fraction:0{digits}}" if digits else ""
    return f"{hours:02}:{minutes:02}:{rest % 60:02}{tail}"


def halves(turn: Turn) -> list[Turn]:
    """Cut a turn into two cues, as subtitles do."""
    words = turn.text.split()
    if len(words) < 8:
        return [turn]
    cut = len(words) // 2
    middle = round(turn.start + (turn.end - turn.start) * cut / len(words), 2)
    return [
        turn._replace(end=middle, text=" ".join(words[:cut])),
        turn._replace(start=middle, text=" ".join(words[cut:])),
    ]


def timed_words(turn: Turn) -> list[tuple[str, float, float]]:
    """Give each word of a turn its time."""
    words = turn.text.split()
    step = (turn.end - turn.start) / len(words)
    return [
        (word, round(turn.start + i * step, 3), round(turn.start + (i + 1) * step, 3))
        for i, word in enumerate(words)
    ]


def _lines(lines: Sequence[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


# text


def labeled_text(turns: Sequence[Turn]) -> bytes:
    """Write labeled lines with times."""
    return _lines([f"[{clock(t.start, digits=0)}] {NAMES[t.who]}: {t.text}" for t in turns])


def name_and_time(turns: Sequence[Turn]) -> bytes:
    """Write Otter: name and time on a line, the words below."""
    head = ["SUMMARY KEYWORDS", "week, manager, hour", "", "SPEAKERS", "Dr. Weiss, Client", ""]
    names = ("Dr. Weiss", "Client")
    blocks = [
        f"{names[t.who]}  {int(t.start) // 60:02}:{int(t.start) % 60:02}\n{t.text}\n" for t in turns
    ]
    return _lines([*head, *blocks, "Transcribed by https://otter.ai"])


def end_times(turns: Sequence[Turn]) -> bytes:
    """Write f4 and MAXQDA: the time at the end of a turn."""
    letters = ("I", "B")
    return _lines([f"{letters[t.who]}: {t.text} #{clock(t.end, '-', 1)}#\n" for t in turns])


# tables

_COLUMNS = ("session_id", "utterance_id", "speaker", "start", "end", "text")


def _rows(turns: Sequence[Turn]) -> list[dict[str, object]]:
    return [
        dict(zip(_COLUMNS, ("week-3", i, NAMES[t.who], t.start, t.end, t.text), strict=True))
        for i, t in enumerate(turns)
    ]


def _delimited(rows: Sequence[dict[str, object]], delimiter: str) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def comma(turns: Sequence[Turn]) -> bytes:
    """Write a CSV table."""
    return _delimited(_rows(turns), ",")


def tabs(turns: Sequence[Turn]) -> bytes:
    """Write a TSV table."""
    return _delimited(_rows(turns), "\t")


def annotators(turns: Sequence[Turn]) -> bytes:
    """Write a row per utterance and annotator, with the columns of AnnoMI."""
    rows = [
        {
            "transcript_id": "week-3",
            "utterance_id": i,
            "interlocutor": NAMES[t.who].lower(),
            "timestamp": clock(t.start, digits=0),
            "utterance_text": t.text,
            "annotator_id": coder,
            "main_therapist_behaviour": "question" if t.who == 0 else "n/a",
        }
        for i, t in enumerate(turns)
        for coder in (3, 7)
    ]
    return _delimited(rows, ",")


def objects(turns: Sequence[Turn]) -> bytes:
    """Write JSON: a session with a list of utterances."""
    rows = [{k: v for k, v in row.items() if k != "session_id"} for row in _rows(turns)]
    return _json({"session_id": "week-3", "utterances": rows})


def object_lines(turns: Sequence[Turn]) -> bytes:
    """Write JSON Lines: an utterance per line."""
    return _lines([json.dumps(row, ensure_ascii=False) for row in _rows(turns)])


def spreadsheet(turns: Sequence[Turn]) -> bytes:
    """Write an Excel workbook."""
    import openpyxl

    book, data = openpyxl.Workbook(), io.BytesIO()
    book.active.append(_COLUMNS)
    for row in _rows(turns):
        book.active.append(list(row.values()))
    book.save(data)
    return data.getvalue()


def parquet(turns: Sequence[Turn]) -> bytes:
    """Write a Parquet table."""
    import pandas as pd

    data = io.BytesIO()
    pd.DataFrame(_rows(turns)).to_parquet(data, index=False)
    return data.getvalue()


def emotional_support(turns: Sequence[Turn]) -> bytes:
    """Write a dialog with the keys of ESConv."""
    names = ("supporter", "seeker")
    dialog = [{"speaker": names[t.who], "annotation": {}, "content": t.text} for t in turns]
    return _json([{"emotion_type": "anxiety", "situation": "too many shifts", "dialog": dialog}])


def convokit(turns: Sequence[Turn]) -> bytes:
    """Write ConvoKit: the utterances of a corpus."""
    rows = [
        {
            "id": f"week-3_{i}",
            "conversation_id": "week-3_0",
            "text": t.text,
            "speaker": NAMES[t.who],
            "meta": {},
            "reply-to": f"week-3_{i - 1}" if i else None,
            "timestamp": t.start,
        }
        for i, t in enumerate(turns)
    ]
    return _lines([json.dumps(row, ensure_ascii=False) for row in rows])


# subtitles


def _cues(turns: Sequence[Turn]) -> list[Turn]:
    return [cue for turn in turns for cue in halves(turn)]


def zoom(turns: Sequence[Turn]) -> bytes:
    """Write WebVTT of Zoom: the name before the words."""
    names = ("Dr. Weiss", "Client")
    cues = [
        f"{i}\n{clock(t.start)} --> {clock(t.end)}\n{names[t.who]}: {t.text}\n"
        for i, t in enumerate(_cues(turns), 1)
    ]
    return _lines(["WEBVTT\n", *cues])


def teams(turns: Sequence[Turn]) -> bytes:
    """Write WebVTT of Teams: the name in a voice tag."""
    cues = [
        f"{clock(t.start)} --> {clock(t.end)}\n<v {NAMES[t.who]}>{escape(t.text)}</v>\n"
        for t in _cues(turns)
    ]
    return _lines(["WEBVTT\n", *cues])


def subtitles(turns: Sequence[Turn]) -> bytes:
    """Write SRT, as WhisperX writes it."""
    return _lines(
        [
            f"{i}\n{clock(t.start, ',')} --> {clock(t.end, ',')}\n[{NAMELESS[t.who]}]: {t.text}\n"
            for i, t in enumerate(_cues(turns), 1)
        ]
    )


def noscribe(turns: Sequence[Turn]) -> bytes:
    """Write HTML of noScribe."""
    body = "".join(
        f'<p><a name="ts_{int(t.start * 1000)}_{int(t.end * 1000)}_S0{t.who}">'
        f"<span>S0{t.who}: {escape(t.text)}</span></a></p>\n"
        for t in turns
    )
    head = '<meta name="audio_source" content="week-3.m4a" /><style type="text/css">p {}</style>'
    return _lines([f"<html><head>{head}</head><body>", f"{body}</body></html>"])


# speech recognition


def whisperx(turns: Sequence[Turn]) -> bytes:
    """Write JSON of WhisperX."""
    segments = [
        {
            "start": t.start,
            "end": t.end,
            "text": f" {t.text}",
            "words": [
                {"word": w, "start": a, "end": b, "score": 0.9, "speaker": NAMELESS[t.who]}
                for w, a, b in timed_words(t)
            ],
            "speaker": NAMELESS[t.who],
        }
        for t in turns
    ]
    return _compact({"segments": segments, "language": "en"})


def _punctuated(word: str) -> tuple[str, str]:
    """Take the punctuation off the end of a word."""
    bare = word.rstrip(".,?!")
    return bare, word[len(bare) :]


def aws(turns: Sequence[Turn]) -> bytes:
    """Write JSON of AWS Transcribe with speaker labels."""
    items: list[dict[str, object]] = []
    segments = []
    for t in turns:
        who, pieces = f"spk_{t.who}", []
        for word, start, end in timed_words(t):
            bare, mark = _punctuated(word)
            times = {"start_time": f"{start}", "end_time": f"{end}"}
            items.append(
                {"type": "pronunciation", "alternatives": [{"confidence": "0.9", "content": bare}]}
                | times
            )
            pieces.append({"speaker_label": who, **times})
            if mark:
                items.append(
                    {"type": "punctuation", "alternatives": [{"confidence": "0", "content": mark}]}
                )
        segments.append(
            {"start_time": f"{t.start}", "end_time": f"{t.end}", "speaker_label": who}
            | {"items": pieces}
        )
    results = {
        "transcripts": [{"transcript": " ".join(t.text for t in turns)}],
        "speaker_labels": {"speakers": 2, "segments": segments},
        "items": items,
    }
    return _compact({"jobName": "week-3", "results": results, "status": "COMPLETED"})


def deepgram(turns: Sequence[Turn]) -> bytes:
    """Write JSON of Deepgram with utterances."""
    words = [
        {"word": _punctuated(w)[0].lower(), "punctuated_word": w, "start": a, "end": b}
        | {"confidence": 0.9, "speaker": t.who}
        for t in turns
        for w, a, b in timed_words(t)
    ]
    utterances = [
        {"start": t.start, "end": t.end, "confidence": 0.9, "channel": 0, "transcript": t.text}
        | {"speaker": t.who}
        for t in turns
    ]
    whole = " ".join(t.text for t in turns)
    channel = {"alternatives": [{"transcript": whole, "confidence": 0.9, "words": words}]}
    results = {"channels": [channel], "utterances": utterances}
    return _compact({"metadata": {"channels": 1}, "results": results})


def assemblyai(turns: Sequence[Turn]) -> bytes:
    """Write JSON of AssemblyAI."""
    utterances = [
        {
            "confidence": 0.9,
            "start": int(t.start * 1000),
            "end": int(t.end * 1000),
            "text": t.text,
            "speaker": "AB"[t.who],
            "words": [
                {"text": w, "start": int(a * 1000), "end": int(b * 1000), "speaker": "AB"[t.who]}
                for w, a, b in timed_words(t)
            ],
        }
        for t in turns
    ]
    about = {"id": "w3", "status": "completed", "audio_url": "https://example.org/week-3.m4a"}
    words = [word for utterance in utterances for word in utterance["words"]]
    whole = " ".join(t.text for t in turns)
    return _compact(about | {"text": whole, "words": words, "utterances": utterances})


def google(turns: Sequence[Turn]) -> bytes:
    """Write JSON of Google: the last result repeats all words with their speaker."""

    def spoken(t: Turn, tagged: bool) -> list[dict[str, object]]:
        tag = {"speakerTag": t.who + 1} if tagged else {}
        return [
            {"startTime": f"{a:.3f}s", "endTime": f"{b:.3f}s", "word": w} | tag
            for w, a, b in timed_words(t)
        ]

    results = [
        {"alternatives": [{"transcript": t.text, "confidence": 0.9, "words": spoken(t, False)}]}
        for t in turns
    ]
    again = [word for t in turns for word in spoken(t, True)]
    return _compact({"results": [*results, {"alternatives": [{"words": again}]}]})


def speechmatics(turns: Sequence[Turn]) -> bytes:
    """Write JSON of Speechmatics."""
    results = []
    for t in turns:
        who = f"S{t.who + 1}"
        for word, start, end in timed_words(t):
            bare, mark = _punctuated(word)
            said = [{"content": bare, "confidence": 0.9, "language": "en", "speaker": who}]
            results.append(
                {"type": "word", "start_time": start, "end_time": end, "alternatives": said}
            )
            if mark:
                said = [{"content": mark, "confidence": 1.0, "language": "en", "speaker": who}]
                results.append(
                    {"type": "punctuation", "start_time": end, "end_time": end}
                    | {"attaches_to": "previous", "alternatives": said}
                )
    return _compact({"format": "2.9", "job": {"id": "w3"}, "metadata": {}, "results": results})


def trint(turns: Sequence[Turn]) -> bytes:
    """JSON of Trint."""
    words = [
        {
            "value": word,
            "time": int(start * 1000),
            "duration": int((end - start) * 1000),
            "paragraphId": f"p0-{place}",
            "speaker": NAMES[t.who],
            "strikethrough": False,
        }
        for place, t in enumerate(turns)
        for word, start, end in timed_words(t)
    ]
    return _compact({"title": "week-3", "words": words, "speakers": {}, "paragraphs": {}})


def fireflies(turns: Sequence[Turn]) -> bytes:
    """Write JSON of Fireflies."""
    sentences = [
        {
            "index": i,
            "speaker_id": t.who,
            "speaker_name": NAMES[t.who],
            "text": t.text,
            "raw_text": t.text,
            "start_time": t.start,
            "end_time": t.end,
        }
        for i, t in enumerate(turns)
    ]
    return _compact(
        {"data": {"transcript": {"id": "w3", "title": "week-3", "sentences": sentences}}}
    )


def diarized(turns: Sequence[Turn]) -> bytes:
    """Write a list of segments with speakers."""
    return _compact(
        [
            {"start": t.start, "end": t.end, "speaker": NAMELESS[t.who], "text": t.text}
            for t in turns
        ]
    )


def whisper_cpp(turns: Sequence[Turn]) -> bytes:
    """JSON of whisper.cpp with two channels."""
    rows = [
        {
            "timestamps": {"from": clock(t.start, ","), "to": clock(t.end, ",")},
            "offsets": {"from": round(t.start * 1000), "to": round(t.end * 1000)},
            "text": f" {t.text}",
            "speaker": str(t.who),
        }
        for t in turns
    ]
    return _compact({"systeminfo": "", "result": {"language": "en"}, "transcription": rows})


def azure(turns: Sequence[Turn]) -> bytes:
    """JSON of Azure batch transcription: times in ticks of 100 nanoseconds."""
    phrases = [
        {
            "recognitionStatus": "Success",
            "channel": 0,
            "speaker": t.who + 1,
            "offsetInTicks": round(t.start * 1e7),
            "durationInTicks": round((t.end - t.start) * 1e7),
            "nBest": [{"confidence": 0.9, "lexical": t.text.lower(), "display": t.text}],
        }
        for t in turns
    ]
    whole = {"channel": 0, "display": " ".join(t.text for t in turns)}
    return _compact({"combinedRecognizedPhrases": [whole], "recognizedPhrases": phrases})


def elevenlabs(turns: Sequence[Turn]) -> bytes:
    """JSON of ElevenLabs: words, and the spaces between them."""
    words = []
    for t in turns:
        for word, start, end in timed_words(t):
            who = {"speaker_id": f"speaker_{t.who}"}
            words += [
                {"text": word, "start": start, "end": end, "type": "word"} | who,
                {"text": " ", "start": end, "end": end, "type": "spacing"} | who,
            ]
    return _compact(
        {"language_code": "en", "text": " ".join(t.text for t in turns), "words": words}
    )


def ibm(turns: Sequence[Turn]) -> bytes:
    """JSON of IBM Watson: words as lists, and the speaker of each."""
    results, labels = [], []
    for t in turns:
        words = timed_words(t)
        best = {"transcript": f"{t.text} ", "timestamps": [list(word) for word in words]}
        results.append({"final": True, "alternatives": [best]})
        labels += [{"from": a, "to": b, "speaker": t.who, "final": False} for _, a, b in words]
    return _compact({"result_index": 0, "results": results, "speaker_labels": labels})


def rev(turns: Sequence[Turn]) -> bytes:
    """JSON of Rev: monologues of words and punctuation."""
    monologues = []
    for t in turns:
        elements: list[dict[str, object]] = []
        for word, start, end in timed_words(t):
            bare, mark = _punctuated(word)
            elements += [
                {"type": "text", "value": bare, "ts": start, "end_ts": end, "confidence": 0.9},
                {"type": "punct", "value": f"{mark} "},
            ]
        monologues.append({"speaker": t.who, "elements": elements})
    return _compact({"monologues": monologues})


# tiers


def chat(turns: Sequence[Turn]) -> bytes:
    """Write CHAT, as CLAN writes it."""

    def coded(text: str) -> str:
        for mark in ",.?!":
            text = text.replace(mark, f" {mark}")
        return text

    codes = ("THE", "CLI")
    lines = [
        f"*{codes[t.who]}:\t{coded(t.text)} \x15{int(t.start * 1000)}_{int(t.end * 1000)}\x15"
        for t in turns
    ]
    head = [
        "@UTF8",
        "@Begin",
        "@Languages:\teng",
        "@Participants:\tTHE Therapist, CLI Client",
        "@ID:\teng|weeks|THE|||||Therapist|||",
        "@ID:\teng|weeks|CLI|||||Client|||",
        "@Media:\tweek-3, audio",
    ]
    return _lines([*head, *lines, "@End"])


def elan(turns: Sequence[Turn]) -> bytes:
    """Write ELAN: a tier per speaker."""
    slots, tiers = [], {0: [], 1: []}
    for i, t in enumerate(turns):
        for j, at in enumerate((t.start, t.end)):
            slots.append(f'<TIME_SLOT TIME_SLOT_ID="ts{2 * i + j}" TIME_VALUE="{at * 1000:.0f}"/>')
        tiers[t.who].append(
            f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{i}" TIME_SLOT_REF1="ts{2 * i}" '
            f'TIME_SLOT_REF2="ts{2 * i + 1}"><ANNOTATION_VALUE>{escape(t.text)}'
            "</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
        )
    body = [
        f'<TIER LINGUISTIC_TYPE_REF="utterance" PARTICIPANT={quoteattr(NAMES[who])} '
        f'TIER_ID="{NAMES[who]}">\n' + "\n".join(found) + "\n</TIER>"
        for who, found in tiers.items()
    ]
    return _lines(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-01-01T00:00:00+00:00" FORMAT="3.0" '
            'VERSION="3.0"><HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>',
            "<TIME_ORDER>",
            *slots,
            "</TIME_ORDER>",
            *body,
            '<LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="utterance" '
            'TIME_ALIGNABLE="true"/>',
            "</ANNOTATION_DOCUMENT>",
        ]
    )


def textgrid(turns: Sequence[Turn]) -> bytes:
    """Write Praat: a tier per speaker."""
    last = turns[-1].end
    lines = [
        'File type = "ooTextFile"',
        'Object class = "TextGrid"',
        "",
        "xmin = 0",
        f"xmax = {last}",
        "tiers? <exists>",
        "size = 2",
        "item []:",
    ]
    for who, name in enumerate(NAMES):
        spans, now = [], 0.0
        for t in turns:
            if t.who == who:
                spans += [(now, t.start, ""), (t.start, t.end, t.text)]
                now = t.end
        spans = [span for span in [*spans, (now, last, "")] if span[1] > span[0]]
        lines += [
            f"    item [{who + 1}]:",
            '        class = "IntervalTier"',
            f'        name = "{name}"',
            "        xmin = 0",
            f"        xmax = {last}",
            f"        intervals: size = {len(spans)}",
        ]
        for i, (start, end, text) in enumerate(spans, 1):
            doubled = text.replace('"', '""')
            lines += [
                f"        intervals [{i}]:",
                f"            xmin = {start}",
                f"            xmax = {end}",
                f'            text = "{doubled}"',
            ]
    return _lines(lines)


def exmaralda(turns: Sequence[Turn]) -> bytes:
    """Write EXMARaLDA: events on a common timeline."""
    points = sorted({at for t in turns for at in (t.start, t.end)})
    ids = {at: f"T{i}" for i, at in enumerate(points)}
    line = [f'<tli id="{ids[at]}" time="{at}"/>' for at in points]
    tiers = []
    for who, name in enumerate(NAMES):
        events = [
            f'<event start="{ids[t.start]}" end="{ids[t.end]}">{escape(t.text)}</event>'
            for t in turns
            if t.who == who
        ]
        tiers.append(
            f'<tier id="TIE{who}" speaker="SPK{who}" category="v" type="t" '
            f'display-name="{name} [v]">\n' + "\n".join(events) + "\n</tier>"
        )
    speakers = [
        f'<speaker id="SPK{who}"><abbreviation>{name}</abbreviation></speaker>'
        for who, name in enumerate(NAMES)
    ]
    return _lines(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            "<basic-transcription><head><meta-information/><speakertable>",
            *speakers,
            "</speakertable></head><basic-body><common-timeline>",
            *line,
            "</common-timeline>",
            *tiers,
            "</basic-body></basic-transcription>",
        ]
    )


# Word


def _document(paragraphs: Sequence[str]) -> bytes:
    import docx

    document, data = docx.Document(), io.BytesIO()
    for each in paragraphs:
        document.add_paragraph(each)
    document.save(data)
    return data.getvalue()


def word_paragraphs(turns: Sequence[Turn]) -> bytes:
    """Write Word: a labeled paragraph per turn."""
    return _document([f"{NAMES[t.who]}: {t.text}" for t in turns])


def word_teams(turns: Sequence[Turn]) -> bytes:
    """Write Word, as Teams writes it."""
    names = ("Dr. Weiss", "Client")
    return _document(
        [
            "Week 3-20260112_100000-Meeting Recording",
            "January 12, 2026, 10:00AM",
            "1m 20s",
            *(
                f"{names[t.who]}   {int(t.start) // 60}:{int(t.start) % 60:02}\n{t.text}"
                for t in turns
            ),
        ]
    )


def word_old_teams(turns: Sequence[Turn]) -> bytes:
    """Word, as Teams wrote it until 2023: time, name and words on a line each."""
    return _document(
        [f"{clock(t.start)} --> {clock(t.end)}\n{NAMES[t.who]}\n{t.text}" for t in _cues(turns)]
    )


def word_table(turns: Sequence[Turn]) -> bytes:
    """Write Word: a table of turns."""
    import docx

    document, data = docx.Document(), io.BytesIO()
    document.add_paragraph("Session 3")
    table = document.add_table(rows=1, cols=3)
    for cell, name in zip(table.rows[0].cells, ("Start", "Speaker", "Transcription"), strict=True):
        cell.text = name
    for t in turns:
        cells = table.add_row().cells
        for cell, text in zip(cells, (clock(t.start, digits=0), NAMES[t.who], t.text), strict=True):
            cell.text = text
    document.save(data)
    return data.getvalue()


WRITERS: dict[str, Callable[[Sequence[Turn]], bytes]] = {
    "labeled.txt": labeled_text,
    "otter.txt": name_and_time,
    "f4.txt": end_times,
    "table.csv": comma,
    "table.tsv": tabs,
    "annomi.csv": annotators,
    "session.json": objects,
    "utterances.jsonl": object_lines,
    "table.xlsx": spreadsheet,
    "table.parquet": parquet,
    "esconv.json": emotional_support,
    "convokit/utterances.jsonl": convokit,
    "zoom.vtt": zoom,
    "teams.vtt": teams,
    "subtitles.srt": subtitles,
    "noscribe.html": noscribe,
    "whisperx.json": whisperx,
    "aws.json": aws,
    "deepgram.json": deepgram,
    "assemblyai.json": assemblyai,
    "google.json": google,
    "speechmatics.json": speechmatics,
    "trint.json": trint,
    "fireflies.json": fireflies,
    "diarized.json": diarized,
    "whisper_cpp.json": whisper_cpp,
    "azure.json": azure,
    "elevenlabs.json": elevenlabs,
    "ibm.json": ibm,
    "rev.json": rev,
    "chat.cha": chat,
    "elan.eaf": elan,
    "praat.TextGrid": textgrid,
    "exmaralda.exb": exmaralda,
    "paragraphs.docx": word_paragraphs,
    "teams.docx": word_teams,
    "teams_2022.docx": word_old_teams,
    "table.docx": word_table,
}
"""A writer for each file of the samples, by the name of the file."""


def write_all(folder: Path) -> None:
    """Write the sample session in every format."""
    for name, writer in WRITERS.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(writer(SESSION))


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
