"""JSON of speech recognizers."""

from __future__ import annotations

from tsd.readers.records import Format
from tsd.readers.speech.assemblyai import ASSEMBLYAI
from tsd.readers.speech.aws import AWS
from tsd.readers.speech.azure import AZURE
from tsd.readers.speech.deepgram import DEEPGRAM
from tsd.readers.speech.diarized import DIARIZED
from tsd.readers.speech.elevenlabs import ELEVENLABS
from tsd.readers.speech.fireflies import FIREFLIES
from tsd.readers.speech.google import GOOGLE
from tsd.readers.speech.ibm import IBM
from tsd.readers.speech.rev import REV
from tsd.readers.speech.speechmatics import SPEECHMATICS
from tsd.readers.speech.trint import TRINT
from tsd.readers.speech.whisper import WHISPER
from tsd.readers.speech.whisper_cpp import WHISPER_CPP

SPEECH: tuple[Format, ...] = (
    WHISPER_CPP,
    AWS,
    DEEPGRAM,
    ASSEMBLYAI,
    IBM,
    GOOGLE,
    SPEECHMATICS,
    TRINT,
    FIREFLIES,
    ELEVENLABS,
    AZURE,
    REV,
    WHISPER,
    DIARIZED,
)
"""The formats of this kind; one that is surely recognized comes before one that takes more."""
