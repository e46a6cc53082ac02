"""What is special in the JSON of one recognizer."""

import copy
import json

from tests.readers.speech.examples import EXAMPLES, google_last, speechmatics_v2, trint


def changed(shape, change):
    value = copy.deepcopy(EXAMPLES[shape][1])
    change(value)
    return json.dumps(value)


def test_deepgram_reports_utterances_with_words_of_several_speakers(messages):
    def change(value):
        for number, word in enumerate(value["results"]["utterances"][0]["words"]):
            word["speaker"] = number % 2

    assert messages(changed("deepgram_utterances", change), "s.json", therapist=("0",))[0] == (
        "warning",
        None,
        "1 utterance in which Deepgram hears words of several speakers; each is read as a whole, "
        "as that of the speaker that Deepgram gives it. Check them in the recording.",
    )


def test_deepgram_tells_the_speakers_of_two_channels_apart(turns):
    def change(value):
        for channel in value["results"]["channels"]:
            for word in channel["alternatives"][0]["words"]:
                word["speaker"] = 0

    speakers = [who for who, _ in turns(changed("deepgram_channels", change), "s.json")]
    assert speakers == ["channel 0 speaker 0", "channel 1 speaker 0", "channel 0 speaker 0"]


def test_deepgram_without_words_has_a_transcript(turns):
    def change(value):
        for channel in value["results"]["channels"]:
            channel["alternatives"][0]["words"] = []
            channel["alternatives"][0]["transcript"] = "hi"

    assert turns(changed("deepgram_channels", change), "s.json") == [
        ("channel 0", "hi"),
        ("channel 1", "hi"),
    ]


def test_google_repeats_all_words_with_speakers_even_if_one_differs(turns):
    value = google_last()
    value["results"][2]["alternatives"][0]["words"][1]["word"] = "is"
    assert [text for _, text in turns(json.dumps(value), "s.json")] == [
        "How is it?",
        "Bad. I slept.",
        "Oh.",
    ]


def test_google_without_a_repetition_reads_every_result(turns):
    value = google_last()
    words = value["results"].pop()["alternatives"][0]["words"]
    for place, result in enumerate(value["results"]):
        result["alternatives"][0]["words"] = words[:3] if place == 0 else words[3:]
    assert [text for _, text in turns(json.dumps(value), "s.json")] == [
        "How was it?",
        "Bad. I slept.",
        "Oh.",
    ]


def test_google_in_the_answer_of_an_operation(turns):
    value = {"name": "1", "done": True, "response": google_last()}
    assert len(turns(json.dumps(value), "s.json")) == 3


def test_google_knows_no_speaker_zero(turns):
    value = google_last()
    for word in value["results"][2]["alternatives"][0]["words"][3:6]:
        word["speakerTag"] = 0
    assert [who for who, _ in turns(json.dumps(value), "s.json")] == ["1", "", "1"]


def test_aws_words_between_the_segments_have_no_speaker(turns):
    def change(value):
        del value["results"]["speaker_labels"]["segments"][1]

    assert turns(changed("aws_segments", change), "s.json") == [
        ("spk_0", "How was it?"),
        ("", "Bad. I slept."),
        ("spk_0", "Oh."),
    ]


def test_aws_words_can_have_their_own_speakers(turns):
    def change(value):
        del value["results"]["audio_segments"]

    speakers = [who for who, _ in turns(changed("aws_audio_segments", change), "s.json")]
    assert speakers == ["spk_0", "spk_1", "spk_0"]


def test_speechmatics_does_not_know_every_speaker(turns):
    value = speechmatics_v2()
    for result in value["results"][-2:]:
        result["alternatives"][0]["speaker"] = "UU"
    assert turns(json.dumps(value), "s.json")[-1] == ("", "Oh.")


def test_speechmatics_by_channel(turns):
    value = speechmatics_v2()
    for result in value["results"]:
        speaker = result["alternatives"][0].pop("speaker")
        result["channel"] = {"S1": "Agent", "S2": "Caller"}[speaker]
    assert [who for who, _ in turns(json.dumps(value), "s.json")] == ["Agent", "Caller", "Agent"]


def test_trint_leaves_out_what_was_struck_through(turns):
    value = trint()
    value["words"][0]["strikethrough"] = True
    assert turns(json.dumps(value), "s.json")[0] == ("Nora", "was it?")


def test_whisper_cpp_does_not_know_who_speaks_on_both_channels(turns):
    def change(value):
        value["transcription"][1]["speaker"] = "?"

    assert [who for who, _ in turns(changed("whisper_cpp", change), "s.json")] == ["0", "", "0"]


def test_fireflies_without_a_name_has_a_number(turns):
    def change(value):
        for sentence in value["data"]["transcript"]["sentences"]:
            sentence["speaker_name"] = None

    assert [who for who, _ in turns(changed("fireflies", change), "s.json")] == ["0", "1", "0"]


def test_elevenlabs_by_channel(turns):
    def change(value):
        words = value.pop("words")
        for word in words:
            del word["speaker_id"]
        value["transcripts"] = [{"words": words[:7]}, {"words": words[7:]}]

    value = EXAMPLES["elevenlabs"][1]
    assert any("speaker_id" not in word for word in value["words"])

    def with_speakers(value):
        for word in value["words"]:
            word.setdefault("speaker_id", "")
        change(value)

    assert turns(changed("elevenlabs", with_speakers), "s.json") == [
        ("channel 0", "How was it?"),
        ("channel 1", "Bad. I slept."),
        ("channel 1", "Oh."),
    ]


def test_azure_by_channel(turns):
    def change(value):
        for number, phrase in enumerate(value["recognizedPhrases"]):
            del phrase["speaker"]
            phrase["channel"] = number % 2

    speakers = [who for who, _ in turns(changed("azure_batch", change), "s.json")]
    assert speakers == ["channel 0", "channel 1", "channel 0"]


def test_assemblyai_by_channel(turns):
    def change(value):
        for number, each in enumerate(value["utterances"]):
            each["speaker"], each["channel"] = None, str(number % 2)

    speakers = [who for who, _ in turns(changed("assemblyai", change), "s.json")]
    assert speakers == ["channel 0", "channel 1", "channel 0"]


def test_talk_on_two_channels_is_in_the_order_of_time(read):
    (session,) = read(json.dumps(EXAMPLES["aws_channels"][1]), "s.json").sessions
    assert [u.start for u in session.utterances] == [1.0, 3.0, 9.0]


def test_rev_can_name_the_speakers_at_each_monologue(turns):
    def change(value):
        del value["speakers"]
        for each in value["monologues"]:
            name = {0: "Nora", 1: "Ben"}[each["speaker"]]
            each["speaker_info"] = {"id": str(each["speaker"]), "display_name": name}

    assert [who for who, _ in turns(changed("rev", change), "s.json")] == ["Nora", "Ben", "Nora"]


def test_speakers_of_the_same_name_keep_their_numbers(turns):
    def change(value):
        for each in value["speakers"]:
            each["name"] = "Guest"

    assert [who for who, _ in turns(changed("rev", change), "s.json")] == ["0", "1", "0"]


def test_rev_of_people_has_times_of_the_clock(read):
    value = {
        "speakers": [{"id": 0, "name": "Nora"}],
        "monologues": [
            {
                "speaker": 0,
                "elements": [
                    {
                        "type": "text",
                        "value": "Yes",
                        "timestamp": "00:00:01,500",
                        "end_timestamp": "00:00:02,250",
                    },
                    {"type": "punct", "value": "."},
                ],
            }
        ],
    }
    (session,) = read(json.dumps(value), "s.json").sessions
    assert [(u.start, u.end) for u in session.utterances] == [(1.5, 2.25)]


def test_ibm_leaves_out_hesitations_and_what_it_still_changes(turns):
    def change(value):
        best = value["results"][0]["alternatives"][0]
        best["timestamps"].insert(0, ["%HESITATION", 0.5, 0.9])
        value["results"].insert(0, {"final": False, "alternatives": [{"transcript": "now what "}]})

    assert turns(changed("ibm", change), "s.json")[0] == ("0", "How was it?")
    assert turns(json.dumps([EXAMPLES["ibm"][1]]), "s.json")[1] == ("1", "Bad. I slept.")


def test_fireflies_can_name_the_speakers_apart(turns):
    def change(value):
        sentences = value["data"]["transcript"]["sentences"]
        for each in sentences:
            each["speaker_id"] = ["Nora", "Ben"].index(each["speaker_name"])
            each["speaker_name"] = None
        value["data"]["transcript"]["speakers"] = [
            {"id": 0, "name": "Nora"},
            {"id": 1, "name": "Ben"},
        ]

    assert [who for who, _ in turns(changed("fireflies", change), "s.json")] == [
        "Nora",
        "Ben",
        "Nora",
    ]


def test_google_results_can_stand_alone_in_a_list(turns):
    text = json.dumps(google_last()["results"])
    assert [who for who, _ in turns(text, "s.json")] == ["1", "2", "1"]


def test_tags_of_rev_are_notes_in_brackets(turns):
    def change(value):
        elements = value["monologues"][0]["elements"]
        elements.insert(1, {"type": "tag", "value": "inaudible"})
        elements.insert(1, {"type": "tag", "name": "laughter"})

    assert turns(changed("rev", change), "s.json")[0] == ("Nora", "How [inaudible] was it?")
