"""The same short talk as each recognizer writes it; and how it writes it without speakers."""

TALK = [
    ("a", [("How", 1.0, 1.4), ("was", 1.4, 1.7), ("it?", 1.7, 2.0)]),
    ("b", [("Bad.", 3.0, 3.5), ("I", 3.6, 3.8), ("slept.", 3.9, 5.0)]),
    ("a", [("Oh.", 9.0, 9.5)]),
]


def text(words):
    return " ".join(word for word, *_ in words)


def whole():
    return " ".join(text(words) for _, words in TALK)


def segments(a, b, key="speaker", unit=1, name="text", **more):
    names = {"a": a, "b": b}
    return [
        {
            "start": words[0][1] * unit,
            "end": words[-1][2] * unit,
            name: text(words),
            key: names[who],
            **more,
        }
        for who, words in TALK
    ]


def words(a, b, key="speaker", unit=1, name="word", start="start", end="end"):
    names = {"a": a, "b": b}
    return [
        {name: word, start: begin * unit, end: stop * unit, key: names[who]}
        for who, parts in TALK
        for word, begin, stop in parts
    ]


def whisperx():
    found = segments("SPEAKER_00", "SPEAKER_01")
    for each, (_, parts) in zip(found, TALK, strict=True):
        each["words"] = [
            {"word": w, "start": s, "end": e, "speaker": each["speaker"]} for w, s, e in parts
        ]
    return {"segments": found, "word_segments": words("SPEAKER_00", "SPEAKER_01"), "language": "en"}


def faster_whisper():
    return segments("A", "B", avg_logprob=-0.2, seek=0)


def whisper_cpp():
    return {
        "model": {"type": "tiny"},
        "transcription": [
            {
                "timestamps": {"from": "00:00:01,000", "to": "00:00:02,000"},
                "offsets": {"from": int(each["start"] * 1000), "to": int(each["end"] * 1000)},
                "text": f" {each['text']}",
                "speaker": each["speaker"],
            }
            for each in segments("0", "1")
        ],
    }


def aws_items(**names):
    items = []
    for who, parts in TALK:
        for word, start, end in parts:
            item = {
                "type": "pronunciation",
                "start_time": str(start),
                "end_time": str(end),
                "alternatives": [{"confidence": "0.9", "content": word.rstrip("?.")}],
            }
            if names:
                item["speaker_label"] = names[who]
            items.append(item)
            if word[-1] in "?.":
                items.append({"type": "punctuation", "alternatives": [{"content": word[-1]}]})
    return items


def aws_segments():
    return {
        "jobName": "j",
        "results": {
            "transcripts": [{"transcript": whole()}],
            "speaker_labels": {
                "speakers": 2,
                "segments": [
                    {
                        "start_time": str(each["start"]),
                        "end_time": str(each["end"]),
                        "speaker_label": each["speaker"],
                        "items": [],
                    }
                    for each in segments("spk_0", "spk_1")
                ],
            },
            "items": aws_items(),
        },
        "status": "COMPLETED",
    }


def aws_audio_segments():
    return {
        "results": {
            "transcripts": [{"transcript": whole()}],
            "items": aws_items(a="spk_0", b="spk_1"),
            "audio_segments": [
                {
                    "id": 0,
                    "transcript": each["text"],
                    "start_time": str(each["start"]),
                    "end_time": str(each["end"]),
                    "speaker_label": each["speaker"],
                    "items": [0],
                }
                for each in segments("spk_0", "spk_1")
            ],
        }
    }


def aws_channels():
    items = aws_items(a="a", b="b")
    for item, after in zip(items[1:], items, strict=False):
        item.setdefault("speaker_label", after["speaker_label"])
    return {
        "results": {
            "transcripts": [{"transcript": whole()}],
            "channel_labels": {
                "number_of_channels": 2,
                "channels": [
                    {
                        "channel_label": name,
                        "items": [i for i in items if i["speaker_label"] == who],
                    }
                    for name, who in (("ch_0", "a"), ("ch_1", "b"))
                ],
            },
            "items": items,
        }
    }


def aws_calls():
    return {
        "JobStatus": "COMPLETED",
        "Transcript": [
            {
                "Content": each["text"],
                "ParticipantRole": each["speaker"],
                "BeginOffsetMillis": int(each["start"] * 1000),
                "EndOffsetMillis": int(each["end"] * 1000),
                "Items": [{"Type": "pronunciation", "Content": each["text"]}],
            }
            for each in segments("AGENT", "CUSTOMER")
        ],
    }


def aws_health():
    return {
        "Conversation": {
            "TranscriptSegments": [
                {
                    "Content": each["text"],
                    "ParticipantDetails": {"ParticipantRole": each["speaker"]},
                    "BeginAudioTime": each["start"],
                    "EndAudioTime": each["end"],
                }
                for each in segments("CLINICIAN", "PATIENT")
            ]
        }
    }


def deepgram_channel(found):
    for word in found:
        word["punctuated_word"] = word["word"]
        word["word"] = word["word"].lower().rstrip("?.")
    return {"alternatives": [{"transcript": whole(), "confidence": 0.9, "words": found}]}


def deepgram_utterances():
    found = segments(0, 1, name="transcript")
    for each, (_, parts) in zip(found, TALK, strict=True):
        each["words"] = [{"word": w, "start": s, "end": e} for w, s, e in parts]
    return {
        "metadata": {"channels": 1},
        "results": {"channels": [deepgram_channel(words(0, 1))], "utterances": found},
    }


def deepgram_words():
    return {"results": {"channels": [deepgram_channel(words(0, 1))]}}


def deepgram_channels():
    of = [[w for w in words("a", "b") if w.pop("speaker") == who] for who in "ab"]
    return {"results": {"channels": [deepgram_channel(found) for found in of]}}


def assemblyai(utterances=True):
    return {
        "id": "1",
        "language_model": "assemblyai_default",
        "audio_url": "https://a.org/a.mp3",
        "text": whole(),
        "words": words("A", "B", unit=1000, name="text"),
        "utterances": segments("A", "B", unit=1000) if utterances else None,
    }


def google_words(**more):
    found = words(1, 2, key="speakerTag", start="startTime", end="endTime")
    for word in found:
        word["startTime"] = f"{word['startTime']}s"
        word["endTime"] = {
            "seconds": str(int(word["endTime"])),
            "nanos": round(word["endTime"] % 1 * 1e9),
        }
        word.update(more)
    return found


def google_last():
    plain = google_words()
    for word in plain:
        del word["speakerTag"]
    return {
        "results": [
            {"alternatives": [{"transcript": "How was it?", "words": plain[:3]}]},
            {"alternatives": [{"transcript": "Bad. I slept. Oh.", "words": plain[3:]}]},
            {"alternatives": [{"words": google_words()}]},
        ]
    }


def google_v2():
    found = words("1", "2", key="speakerLabel", start="startOffset", end="endOffset")
    for word in found:
        word["startOffset"], word["endOffset"] = f"{word['startOffset']}s", f"{word['endOffset']}s"
    results = [
        {"alternatives": [{"transcript": "How was it?", "words": found[:3]}], "languageCode": "en"},
        {"alternatives": [{"transcript": "Bad. I slept. Oh.", "words": found[3:]}]},
    ]
    return {"results": {"gs://a/b.wav": {"transcript": {"results": results}}}}


def speechmatics_v1():
    return {
        "job": {"lang": "en"},
        "speakers": [
            {
                "name": each["speaker"],
                "time": str(each["start"]),
                "duration": str(each["end"] - each["start"]),
            }
            for each in segments("F1", "M2")
        ],
        "words": [
            {
                "name": each["word"],
                "time": str(each["start"]),
                "duration": str(each["end"] - each["start"]),
            }
            for each in words("F1", "M2")
        ],
        "format": "1.0",
    }


def speechmatics_v2():
    results = []
    for each in words("S1", "S2"):
        word = each["word"]
        results.append(
            {
                "type": "word",
                "start_time": each["start"],
                "end_time": each["end"],
                "alternatives": [{"content": word.rstrip("?."), "speaker": each["speaker"]}],
            }
        )
        if word[-1] in "?.":
            results.append(
                {
                    "type": "punctuation",
                    "attaches_to": "previous",
                    "start_time": each["end"],
                    "end_time": each["end"],
                    "alternatives": [{"content": word[-1], "speaker": each["speaker"]}],
                }
            )
    return {
        "format": "2.9",
        "job": {"id": "1"},
        "metadata": {"type": "transcription"},
        "results": results,
    }


def trint():
    found = []
    for number, (who, parts) in enumerate(TALK):
        found += [
            {
                "time": start * 1000,
                "duration": (end - start) * 1000,
                "value": word,
                "speaker": None,
                "paragraphId": f"p{number}-{who}",
            }
            for word, start, end in parts
        ]
    paragraphs = {f"p{number}-{who}": {"speaker": who} for number, (who, _) in enumerate(TALK)}
    return {
        "title": "t",
        "words": found,
        "speakers": {"a": {"name": "Nora"}, "b": {"name": "Ben"}},
        "paragraphs": paragraphs,
    }


def fireflies():
    return {
        "data": {
            "transcript": {
                "sentences": [
                    {
                        "index": i,
                        "speaker_name": each["speaker"],
                        "speaker_id": i % 2,
                        "text": each["text"],
                        "raw_text": each["text"].lower(),
                        "start_time": each["start"],
                        "end_time": each["end"],
                        "ai_filters": {"text_cleanup": each["text"]},
                    }
                    for i, each in enumerate(segments("Nora", "Ben"))
                ]
            }
        }
    }


def elevenlabs():
    found = []
    for each in words("speaker_0", "speaker_1", key="speaker_id", name="text"):
        found += [
            {**each, "type": "word"},
            {**each, "text": " ", "type": "spacing"},
        ]
    found.insert(2, {"text": "(laughs)", "start": 1.4, "end": 1.4, "type": "audio_event"})
    return {"language_code": "en", "text": whole(), "words": found}


def azure_batch():
    return {
        "source": "a.wav",
        "combinedRecognizedPhrases": [{"channel": 0, "display": whole()}],
        "recognizedPhrases": [
            {
                "recognitionStatus": "Success",
                "channel": 0,
                "speaker": each["speaker"],
                "offset": "PT1S",
                "offsetInTicks": each["start"] * 1e7,
                "durationInTicks": (each["end"] - each["start"]) * 1e7,
                "nBest": [{"lexical": each["text"].lower(), "display": each["text"]}],
            }
            for each in segments(1, 2)
        ],
    }


def azure_fast():
    return {
        "durationMilliseconds": 9500,
        "combinedPhrases": [{"text": whole()}],
        "phrases": [
            {
                "speaker": each["speaker"],
                "offsetMilliseconds": int(each["start"] * 1000),
                "durationMilliseconds": round((each["end"] - each["start"]) * 1000),
                "text": each["text"],
            }
            for each in segments(1, 2)
        ],
    }


def rev():
    return {
        "speakers": [{"id": 0, "name": "Nora"}, {"id": 1, "name": "Ben"}],
        "monologues": [
            {
                "speaker": {"a": 0, "b": 1}[who],
                "elements": [
                    part
                    for word, start, end in parts
                    for part in (
                        {"type": "text", "value": word, "ts": start, "end_ts": end},
                        {"type": "punct", "value": " "},
                    )
                ],
            }
            for who, parts in TALK
        ],
    }


def ibm():
    """Times of a result are lists; the speakers stand apart, by the start of each word."""
    return {
        "result_index": 0,
        "results": [
            {
                "final": True,
                "alternatives": [
                    {
                        "transcript": f"{text(parts)} ",
                        "confidence": 0.9,
                        "timestamps": [list(word) for word in parts],
                    }
                ],
            }
            for _, parts in TALK
        ],
        "speaker_labels": [
            {"from": start, "to": end, "speaker": {"a": 0, "b": 1}[who], "final": True}
            for who, parts in TALK
            for _, start, end in parts
        ],
    }


def of_words(a, b, key="text", start="start", end="end", time=lambda seconds: seconds, **more):
    """Segments that have only words."""
    return [
        {
            "speaker": {"a": a, "b": b}[who],
            "words": [
                {key: word, start: time(begin), end: time(stop)} for word, begin, stop in parts
            ],
            **more,
        }
        for who, parts in TALK
    ]


def recall():
    found = of_words(
        None,
        None,
        start="start_timestamp",
        end="end_timestamp",
        time=lambda seconds: {"relative": seconds, "absolute": "2025-01-01T10:00:00Z"},
    )
    for each, (who, _) in zip(found, TALK, strict=True):
        del each["speaker"]
        each["participant"] = {"id": 7, "name": {"a": "Nora", "b": "Ben"}[who], "email": None}
    return found


def turns_and_words():
    turns = [
        {"start": s["start"], "end": s["end"], "speaker": s["speaker"], "text": s["text"]}
        for s in segments("S0", "S1")
    ]
    return {
        "jobId": "j",
        "output": {
            "diarization": [{k: v for k, v in turn.items() if k != "text"} for turn in turns],
            "wordLevelTranscription": words("S0", "S1", name="text"),
            "turnLevelTranscription": turns,
        },
    }


def parts_of_words():
    """Tokens of which several can be one word; a blank begins each word."""
    found = []
    for who, parts in TALK:
        for word, start, end in parts:
            begin, middle, stop = (round(1000 * t) for t in (start, (start + end) / 2, end))
            speaker = {"a": "1", "b": "2"}[who]
            found.append(
                {"text": f" {word[0]}", "start_ms": begin, "end_ms": middle, "speaker": speaker}
            )
            if word[1:]:
                found.append(
                    {"text": word[1:], "start_ms": middle, "end_ms": stop, "speaker": speaker}
                )
    return {"id": "x", "text": whole(), "tokens": found}


def milliseconds(name):
    found = segments("A", "B", unit=1000)
    for each in found:
        each["start"], each["end"] = round(each["start"]), round(each["end"])
    return {"id": "x", "confidence": 0.9, name: found}


def teams_entries():
    return {
        "type": "Transcript",
        "entries": [
            {
                "text": each["text"],
                "speakerId": "u@1",
                "speakerDisplayName": each["speaker"],
                "startOffset": f"00:00:0{each['start']}000000",
                "endOffset": f"00:00:0{each['end']}000000",
            }
            for each in segments("Nora", "Ben")
        ],
        "events": [],
    }


EXAMPLES = {
    "whisperx": ("whisper", whisperx(), "SPEAKER_00", "SPEAKER_01"),
    "faster_whisper": ("whisper", faster_whisper(), "A", "B"),
    "whisper_cpp": ("whisper_cpp", whisper_cpp(), "0", "1"),
    "aws_segments": ("aws", aws_segments(), "spk_0", "spk_1"),
    "aws_audio_segments": ("aws", aws_audio_segments(), "spk_0", "spk_1"),
    "aws_channels": ("aws", aws_channels(), "ch_0", "ch_1"),
    "aws_calls": ("aws", aws_calls(), "AGENT", "CUSTOMER"),
    "aws_health": ("aws", aws_health(), "CLINICIAN", "PATIENT"),
    "deepgram_utterances": ("deepgram", deepgram_utterances(), "0", "1"),
    "deepgram_words": ("deepgram", deepgram_words(), "0", "1"),
    "deepgram_channels": ("deepgram", deepgram_channels(), "channel 0", "channel 1"),
    "assemblyai": ("assemblyai", assemblyai(), "A", "B"),
    "assemblyai_words": ("assemblyai", assemblyai(utterances=False), "A", "B"),
    "google_last": ("google", google_last(), "1", "2"),
    "google_v2": ("google", google_v2(), "1", "2"),
    "speechmatics_v1": ("speechmatics", speechmatics_v1(), "F1", "M2"),
    "speechmatics_v2": ("speechmatics", speechmatics_v2(), "S1", "S2"),
    "trint": ("trint", trint(), "Nora", "Ben"),
    "fireflies": ("fireflies", fireflies(), "Nora", "Ben"),
    "elevenlabs": ("elevenlabs", elevenlabs(), "speaker_0", "speaker_1"),
    "azure_batch": ("azure", azure_batch(), "1", "2"),
    "azure_fast": ("azure", azure_fast(), "1", "2"),
    "rev": ("rev", rev(), "Nora", "Ben"),
    "diarized_list": ("diarized", segments("A", "B"), "A", "B"),
    "diarized_segments": (
        "diarized",
        {"audio": "a.wav", "speakers": ["A", "B"], "segments": segments("A", "B")},
        "A",
        "B",
    ),
    "diarized_inside": (
        "diarized",
        {"result": {"transcription": {"utterances": segments(0, 1)}}},
        "0",
        "1",
    ),
    "ibm": ("ibm", ibm(), "0", "1"),
    "words_alone": ("diarized", words("S0", "S1"), "S0", "S1"),
    "word_segments": ("diarized", {"word_segments": words("S0", "S1")}, "S0", "S1"),
    "words_and_text": ("diarized", {"text": whole(), "words": words(0, 1)}, "0", "1"),
    "segments_of_words": ("diarized", of_words("Speaker 1", "Speaker 2"), "Speaker 1", "Speaker 2"),
    "segments_named_elsewhere": (
        "diarized",
        {
            "segments": of_words("spk1", "spk2"),
            "speakers": [{"spkid": "spk1", "name": "Nora"}, {"spkid": "spk2", "name": "Ben"}],
        },
        "Nora",
        "Ben",
    ),
    "recall": ("diarized", recall(), "Nora", "Ben"),
    "turns_and_words": ("diarized", turns_and_words(), "S0", "S1"),
    "parts_of_words": ("diarized", parts_of_words(), "1", "2"),
    "sentences_in_milliseconds": ("diarized", milliseconds("sentences"), "A", "B"),
    "paragraphs_in_milliseconds": ("diarized", milliseconds("paragraphs"), "A", "B"),
    "teams_entries": ("diarized", teams_entries(), "Nora", "Ben"),
    "diarized_names": ("diarized", segments("Nora", "Ben", key="speaker_name"), "Nora", "Ben"),
}
"""For each shape: the name of the format, the JSON value, and the two speakers."""

SPEAKER_KEYS = frozenset(
    {
        *("speaker", "speakers", "speaker_label", "speaker_labels", "speaker_id", "speakerTag"),
        *("speakerLabel", "speaker_name", "channel_labels", "ParticipantRole"),
        *("participant", "speakerDisplayName", "speakerId"),
    }
)


def without_speakers(value):
    """Return a value as the recognizer writes it if nobody is told apart."""
    if isinstance(value, dict):
        return {k: without_speakers(v) for k, v in value.items() if k not in SPEAKER_KEYS}
    return [without_speakers(each) for each in value] if isinstance(value, list) else value
