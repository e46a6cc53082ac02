import pytest

from tsd.readers.log import LeftOut, NotTalk, ProblemLog
from tsd.readers.sounds import without_pauses


@pytest.mark.parametrize(
    "text",
    [
        "(12 seconds pause)",
        "[Music]",
        "[MUSIC PLAYING]",
        "♪",
        "♪ la la la ♪",
        "[BLANK_AUDIO]",
        "(laughs)",
        "(..)",
        "[Applause] (laughter)",
        "(12 Sekunden Pause)",
        "*coughs*",
    ],
)
def test_a_pause_or_a_sound_alone_is_no_talk(text):
    log = ProblemLog("a")
    assert without_pauses(text, log, 7) == ""
    assert log.left_out[NotTalk.PAUSE].line == 7


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Yes. (3 seconds pause) But", "Yes. But"),
        ("Yes (..) and (.) so", "Yes and so"),
        ("(long pause) Yes [pause]", "Yes"),
        ("Oh (laughs) yes", "Oh yes"),
    ],
)
def test_pauses_and_sounds_among_words_are_no_talk(text, words):
    assert without_pauses(text, ProblemLog("a"), 1) == words


@pytest.mark.parametrize(
    "text",
    [
        "Yes.",
        "[NAME] did",
        "[NAME]",
        "[inaudible]",
        "(I know)",
        "I love music",
        "*****",
        "(the pause was mine)",
        "[PII]",
        "the #1",
    ],
)
def test_words_stay(text):
    log = ProblemLog("a")
    assert without_pauses(text, log, 1) == text
    assert log.left_out == {}


def test_what_is_left_out_is_counted():
    log = ProblemLog("a")
    without_pauses("I (3 seconds pause) see (pause)", log, 2)
    assert log.left_out == {NotTalk.PAUSE: LeftOut(passages=2, words=4, line=2)}
