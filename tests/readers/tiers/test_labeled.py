from tests.readers.tiers.test_elan import _eaf, _tier
from tests.readers.tiers.test_textgrid import _long
from tsd.readers.log import ProblemLog
from tsd.readers.records import Record
from tsd.readers.tiers.labeled import with_labels
from tsd.settings import Reading

TALK = ["Nora: How was it?", "Ben: Bad.", "Nora: Oh.", "Ben: I slept."]
TURNS = [("Nora", "How was it?"), ("Ben", "Bad."), ("Nora", "Oh."), ("Ben", "I slept.")]


def test_names_in_the_words_of_the_only_tier(turns, messages):
    assert turns(_eaf(_tier("default", *TALK)), "s.eaf") == TURNS
    rows = [(3 * i, 3 * i + 0.5, text) for i, text in enumerate(TALK)]
    assert turns(_long(transcript=rows), "s.TextGrid") == TURNS
    options = {"therapist": ("Nora",), "client": ("Ben",)}
    found = messages(_eaf(_tier("default", *TALK)), "s.eaf", **options)
    assert not [each for each in found if each[0] != "note"]


def test_without_a_name_it_is_the_speaker_before_and_that_is_reported():
    log = ProblemLog("a.eaf")
    said = [Record(text, "", line) for line, text in enumerate([*TALK, "Well."], 3)]
    assert [r.speaker for r in with_labels(said, Reading(), log)] == ["Nora", "Ben"] * 2 + ["Ben"]
    (problem,) = log.problems
    assert (problem.line, problem.message) == (
        7,
        "1 annotation without a name among those that have one; read as those of the speaker "
        "before. If somebody else says them, write the name before them.",
    )


def test_few_names_are_no_labels():
    said = [Record(text, "") for text in ("Nora: How?", "so", "well", "Nora: Oh.", "yes", "no")]
    assert with_labels(said, Reading(), ProblemLog("a.eaf")) is None
