"""The same session in every format: it must be the same session once it is read."""

import pytest

from benchmarks.format_files import SESSION, WRITERS
from tsd.readers import FORMATS, read_file
from tsd.schema import Role, Severity
from tsd.settings import Reading

NAMELESS = {
    "f4.txt": Reading(therapist=("I",), client=("B",)),
    "subtitles.srt": Reading(therapist=("SPEAKER_00",)),
    "noscribe.html": Reading(therapist=("S00",)),
    "whisperx.json": Reading(therapist=("SPEAKER_00",)),
    "aws.json": Reading(therapist=("spk_0",)),
    "deepgram.json": Reading(therapist=("0",)),
    "assemblyai.json": Reading(therapist=("A",)),
    "google.json": Reading(therapist=("1",)),
    "speechmatics.json": Reading(therapist=("S1",)),
    "diarized.json": Reading(therapist=("SPEAKER_00",)),
    "whisper_cpp.json": Reading(therapist=("0",)),
    "azure.json": Reading(therapist=("1",)),
    "elevenlabs.json": Reading(therapist=("speaker_0",)),
    "ibm.json": Reading(therapist=("0",)),
    "rev.json": Reading(therapist=("0",)),
}
"""Who the therapist is, where the program that made the file does not know names."""

STARTS_ONLY = {"labeled.txt", "otter.txt", "annomi.csv", "teams.docx", "table.docx"}
WITHOUT_TIMES = {"esconv.json", "paragraphs.docx"}
ENDS_ONLY = {"f4.txt"}
IN_SECONDS = {"convokit/utterances.jsonl"} | STARTS_ONLY
ROLES = (Role.THERAPIST, Role.CLIENT)


@pytest.mark.parametrize("name", WRITERS)
def test_the_session_is_the_same_in_every_format(root, name):
    result = read_file(root / "data/samples/formats" / name, NAMELESS.get(name))
    assert [p for p in result.problems if p.severity is not Severity.NOTE] == []
    (session,) = result.sessions
    assert [(u.role, u.text) for u in session.utterances] == [
        (ROLES[turn.who], turn.text) for turn in SESSION
    ]
    if name not in WITHOUT_TIMES | ENDS_ONLY:
        starts = [u.start for u in session.utterances]
        second = 1.0 if name in IN_SECONDS else 0.02
        assert starts == pytest.approx([turn.start for turn in SESSION], abs=second)
    if name not in WITHOUT_TIMES | IN_SECONDS:
        ends = [u.end for u in session.utterances]
        assert ends == pytest.approx([turn.end for turn in SESSION], abs=0.1)


def test_there_is_a_sample_of_every_format(root):
    read = {read_file(root / "data/samples/formats" / name).files[0].format for name in WRITERS}
    assert read == {each.name for each in FORMATS}


def test_the_samples_are_what_the_writers_write(root):
    for name, writer in WRITERS.items():
        if not name.endswith((".docx", ".xlsx", ".parquet")):  # these hold times and versions
            assert (root / "data/samples/formats" / name).read_bytes() == writer(SESSION)
