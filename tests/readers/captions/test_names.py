import pytest

from tsd.readers.captions.names import find_speakers, report_names, split_label, split_remark
from tsd.readers.log import ProblemLog
from tsd.settings import Reading


@pytest.mark.parametrize(
    ("text", "name", "remark", "words"),
    [
        ("Lisa: yes", "Lisa", "", "yes"),
        ("Lisa Dorn : yes", "Lisa Dorn", "", "yes"),
        ("Lisa Dorn (she/her): yes: no", "Lisa Dorn", "she/her", "yes: no"),
        ("[SPEAKER_00]: yes", "SPEAKER_00", "", "yes"),
        ("[Speaker 1] yes", "Speaker 1", "", "yes"),
        ("- [Interviewer] yes", "Interviewer", "", "yes"),
        (">> LISA: yes", "LISA", "", "yes"),
        ("- Lisa: yes", "Lisa", "", "yes"),
        ("O'Neil-Smith, Anna, LCSW: yes", "O'Neil-Smith, Anna, LCSW", "", "yes"),
        ("maria's iPad: yes", "maria's iPad", "", "yes"),
        ("+1 (555) 0100-200: yes", "+1 (555) 0100-200", "", "yes"),
        ("Lisa:yes", "Lisa", "", "yes"),
        ("Lisa:", "Lisa", "", ""),
        ("**Lisa:** yes", "Lisa", "", "yes"),
        ("**Lisa**: yes", "Lisa", "", "yes"),
        ("{Lisa} yes", "Lisa", "", "yes"),
        ("<Lisa> yes", "Lisa", "", "yes"),
    ],
)
def test_what_may_be_a_name(text, name, remark, words):
    label = split_label(text)
    assert (label.name, label.remark, label.text) == (name, remark, words)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "at 10:30 we",
        "10:30 Meeting",
        "http://a.org",
        "[Music] did",
        "yes? Lisa: no",
        ": yes",
    ],
)
def test_what_is_no_name(text):
    assert split_label(text) is None


def test_the_remark_behind_a_name():
    assert split_remark("Lisa Dorn [guest]") == ("Lisa Dorn", "guest")
    assert split_remark("(Lisa)") == ("(Lisa)", "")


def speakers(*lines, cues=None, **options):
    labels = [label for line in lines if (label := split_label(line)) is not None]
    return find_speakers(labels, cues or len(lines), Reading(**options))


@pytest.mark.parametrize(
    "line",
    ["Well: I", "Question: why", "Date: today", "I said: no", "the thing is: no", "Yes, but: no"],
)
def test_words_before_a_colon_are_no_speakers(line):
    found = speakers("Lisa Dorn: hi", "Paul Moss: ho", "Lisa Dorn: hi", "Paul Moss: ho", line)
    assert (found.sure, found.once) == ({"lisa dorn", "paul moss"}, set())


@pytest.mark.parametrize(
    "name",
    ["Anna van der Berg", "d'Arcy", "maria's iPad", "Lisa", "SPEAKER_01", "jo", "15551234567"],
)
def test_a_name_that_comes_again_is_a_speaker(name):
    assert split_label(f"{name}: hi") in speakers(*[f"{name}: hi"] * 3)


@pytest.mark.parametrize("name", ["Therapist", "Client", "T", "Dr. Weiss"])
def test_a_role_is_a_speaker_if_it_comes_once(name):
    assert split_label(f"{name}: hi") in speakers(f"{name}: hi", "ho", "so", "well", "and")


def test_a_name_that_comes_once():
    lisa = ["Lisa: hi"] * 3
    assert speakers(*lisa, "Ben: ho").once == {"ben"}
    assert speakers("Lisa Dorn: hi", "Lisa Dorn: hi", "Ben: ho").doubtful == {"ben"}
    assert speakers("Lisa Dorn: hi", "Lisa Dorn: hi", "Paul Moss: ho").once == {"paul moss"}
    assert speakers(*lisa, "Ben: ho", cues=20).doubtful == {"ben"}
    assert speakers("Lisa: hi", "Ben: ho").once == {"lisa", "ben"}
    assert speakers("Lisa: hi", cues=9).once == set()


def test_the_names_that_the_user_gives_are_speakers():
    assert speakers("well: hi", "ho", "so", therapist=("Well",)).sure == {"well"}


def test_a_role_in_brackets_among_the_words_is_no_speaker():
    bracketed = split_label("[Client] said that")
    assert bracketed not in speakers("T: hi", "C: ho", "T: hi", "[Client] said that")
    assert bracketed in speakers("[Therapist] hi", "[Client] said that")


def test_names_in_brackets_are_speakers_if_most_cues_have_them():
    found = speakers("[Lisa] hi", "(Ben) ho", "[Lisa] so", "well")
    assert (found.sure, found.once) == ({"lisa"}, {"ben"})
    assert split_label("[NAME] did") not in speakers("[NAME] did", "I", "see", "so", "[NAME] was")


def test_small_letters_are_names_where_most_cues_have_one():
    assert speakers("jo's iPad: hi", "ann: ho", "jo's iPad: so", "ann: no").sure == {
        "jo's ipad",
        "ann",
    }
    assert speakers("so then: hi", "so then: ho", "well", "I", "see").sure == set()


def test_names_that_come_once_are_reported():
    lines = ["Lisa: hi", "Lisa: hi", "Ben: ho", "Lisa: hi"]
    labels = [(n, split_label(line)) for n, line in enumerate(lines, 1)]
    log = ProblemLog("a")
    report_names(labels, speakers(*lines), log)
    (problem,) = log.problems
    assert (problem.severity.value, problem.line, problem.message) == (
        "warning",
        3,
        "1 speaker named only once: 'Ben'. If one is not a speaker, write the word without a colon "
        "or brackets.",
    )


def test_doubtful_names_are_reported_by_line():
    lines = ["Lisa Dorn: hi", "Lisa Dorn: hi", "Ben: ho", "Lisa Dorn: hi"]
    labels = [(n, split_label(line)) for n, line in enumerate(lines, 1)]
    log = ProblemLog("a")
    report_names(labels, speakers(*lines), log)
    (problem,) = log.problems
    assert problem.message == (
        "1 line may begin with a speaker that is named only once (line 3). The words are read as "
        "those of the speaker before. If it is a speaker, give the name with --therapist or "
        "--client."
    )


def test_a_name_behind_signs_of_a_change_is_a_speaker_even_once():
    found = speakers(">> NORA: yes", ">> BEN: no", ">> NORA: so", "WAIT: what", cues=9)
    assert found.sure == {"nora", "ben"}


def test_an_unusual_name_among_many_names_is_doubtful():
    found = speakers("Nora: yes", "Nora: so", "N. O'Hale's iPad: no", "Nora: well")
    assert (found.sure, found.doubtful) == ({"nora"}, {"n. o'hale's ipad"})
