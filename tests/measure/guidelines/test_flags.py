import csv
import re
import string
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from tsd.measure.guidelines import flags_patterns as patterns
from tsd.measure.guidelines import intimate_patterns as intimate
from tsd.measure.guidelines.flags import (
    FLAGS,
    FlagMatch,
    asks_permission,
    find_flags,
    is_unresolved,
)
from tsd.schema import TYPES, Label
from tsd.segment.phrases import members

few = runs(max_examples=80, deadline=None)
CORPUS = Path(__file__).parents[3] / "data" / "corpus"
SIMILAR, PERSONAL, TRAINING = Label.SIMILAR_CHALLENGE, Label.PERSONAL_DETAILS, Label.TRAINING


def flags(text, label=SIMILAR):
    return {match.flag for match in find_flags(text, label)}


def words(text, label=SIMILAR):
    return [match.words for match in find_flags(text, label)]


# --- intimate: every topic of the codebook


@pytest.mark.parametrize(
    "text",
    [
        "My partner and I had no sex life for a year.",
        "I was raped at university.",
        "PTSD followed me home from the army.",
        "I took sertraline all through my training years.",
        "I was anorexic as a teenager.",
        "I have been sober since the spring.",
        "My father was an alcoholic.",
        "I was suicidal that winter.",
        "My uncle took his own life.",
        "I had breast cancer.",
        "My sister has dementia.",
        "My wife died in March.",
        "I had a miscarriage before our boy came.",
        "Our family had to live on food stamps.",
        "I was in debt for years.",
        "I went through a divorce.",
        "He cheated on me for months.",
        "My brother and I have not spoken since.",
    ],
)
def test_each_topic_is_intimate(text):
    assert flags(text) == {"intimate"}


@pytest.mark.parametrize("topic", intimate.TOPICS)
@pytest.mark.parametrize("label", [SIMILAR, PERSONAL])
def test_every_word_of_a_topic_is_found(topic, label):
    for phrase in intimate.TOPICS[topic] + intimate.OWN[topic]:
        text = f"well {plain(phrase)} back home"
        assert "intimate" in flags(text, label), phrase


@pytest.mark.parametrize("topic", intimate.OWN)
def test_own_phrases_count_in_training(topic):
    for phrase in intimate.OWN[topic]:
        assert "intimate" in flags(f"well {plain(phrase)} back home", TRAINING), phrase


def plain(phrase):
    """Write a phrase of the lists as someone might say it."""
    text = phrase.replace("*", "").replace("...", "really")
    return re.sub(r"{\w+}", lambda found: next(members(found[0][1:-1])), text)


@pytest.mark.parametrize(
    "text",
    [
        "My daughter is six.",
        "I procrastinate on paperwork myself.",
        "I love that film.",
        "I grew up on a farm.",
        "I was nervous before my driving test too.",
        "My son passed his driving test.",
        "My phone died on the way here.",
        "I was drinking tea by the window.",
        "I lost my job once.",
    ],
)
def test_plain_facts_are_not_intimate(text):
    assert flags(text, PERSONAL) == set()


# --- intimate: not what belongs to the job, to the client, to nobody


@pytest.mark.parametrize(
    "text",
    [
        "I trained in trauma and grief.",
        "I work with addiction.",
        "I specialise in bereavement.",
        "I have worked with suicidal teenagers for ten years.",
        "I am a substance abuse counselor.",
        "I was a hospice nurse before this.",
        "My caseload is mostly depression and divorce.",
    ],
)
def test_topics_of_the_job_are_not_intimate(text):
    assert flags(text, TRAINING) == set()


@pytest.mark.parametrize(
    "text",
    [
        "I came to this work through my own depression.",
        "I bring lived experience of psychosis to this role.",
        "I went to rehab and now I run the group.",
        "I trained after my mother died.",
    ],
)
def test_own_experience_in_training_is_intimate(text):
    assert flags(text, TRAINING) == {"intimate"}


@pytest.mark.parametrize(
    "text",
    [
        "I read about your divorce with care.",
        "I read a book about dementia last summer.",
        "I saw a film about heroin.",
        "If I was depressed I would walk.",
        "I might have been so depressed there.",
        "Imagine my mother died.",
    ],
)
def test_the_clients_and_unreal_experiences_do_not_count(text):
    assert flags(text, PERSONAL) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I've never had an eating disorder.", set()),
        ("I am not an alcoholic.", set()),
        ("I don't have diabetes.", set()),
        ("I was not there when my mother died.", {"intimate"}),
        ("I never told anyone that I was depressed.", {"intimate"}),
    ],
)
def test_denials(text, expected):
    assert flags(text, PERSONAL) == expected


def test_a_word_that_cancels_does_not_reach_over_the_end_of_a_sentence():
    assert flags("I read about it. Depression runs in my family.", PERSONAL) == {"intimate"}


# --- intimate: short claims of shared experience


@pytest.mark.parametrize("text", ["Me too.", "I've been there.", "mine took two years"])
def test_a_claim_is_about_the_rest_of_the_utterance(text):
    utterance = f"Your divorce is hard. {text}"
    assert flags(text) == set()
    assert flags(utterance) == {"intimate"}
    assert flags(f"Keys get lost. {text}") == set()


def test_the_words_of_a_claim_are_the_match():
    assert words("Your mum died? Yes, same here.") == ["same here"]


@pytest.mark.parametrize(
    "text",
    [
        "You said suicide crossed your mind. I'm a runner as well.",
        "It was the drinking that scared you. I like gardening too.",
        "And he passed away in March, you said. I moved house that year too.",
    ],
)
def test_a_sentence_to_the_client_is_about_the_client(text):
    assert flags(text, PERSONAL) == set()


def test_a_sentence_to_the_client_may_be_about_the_therapist():
    assert flags("You know my mother died.", PERSONAL) == {"intimate"}


# --- other_client


@pytest.mark.parametrize(
    "text",
    [
        "A client of mine lives on your road.",
        "There's a lady who comes to me on Mondays with this.",
        "I worked with Peter on his gambling.",
        "i worked with peter on his temper",
        "Your sister told me, she shouldn't mind.",
        "I shouldn't be telling you this.",
    ],
)
def test_other_client(text):
    assert "other_client" in flags(text, TRAINING)


@pytest.mark.parametrize(
    "text",
    [
        "I've worked with couples for years.",
        "Many of my clients find that.",
        "I have had patients with this.",
        "I worked with Anna at the university.",
        "I work with people when they leave school.",
    ],
)
def test_nobody_in_particular_is_no_other_client(text):
    assert flags(text, TRAINING) == set()


# --- therapist_need


@pytest.mark.parametrize(
    "text",
    [
        "Wish me luck with it.",
        "Do you think I'm a good mother?",
        "I'm going through the same thing.",
        "I'm struggling with it myself.",
        "I still haven't told them.",
        "It is hard for me at the moment.",
        "Lately I've been so lonely.",
    ],
)
def test_therapist_need(text):
    assert flags(text) == {"therapist_need"}


@pytest.mark.parametrize(
    "text",
    [
        "I struggled with it and it got better in the end.",
        "That was hard for me, years ago.",
        "I still have my first bicycle.",
        "My husband cooks these days.",
    ],
)
def test_resolved_and_harmless_things_are_no_need(text):
    assert flags(text) == set()


def test_an_unresolved_problem_is_no_need_in_training_but_a_plea_is():
    assert flags("I'm struggling with the new forms.", TRAINING) == set()
    assert flags("Wish me luck with the exam.", TRAINING) == {"therapist_need"}


# --- is_unresolved


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I still struggle with it.", True),
        ("i cant sleep", True),
        ("I worry about the house.", True),
        ("Money is difficult for us right now.", True),
        ("He left three years ago and I still cry.", True),
        ("I used to worry about that.", False),
        ("It got easier.", False),
        ("I was afraid of dogs.", False),
        ("We moved house.", False),
        ("My daughter is six.", None),
        ("I can't stand jazz.", None),
        ("", None),
    ],
)
def test_is_unresolved(text, expected):
    assert is_unresolved(text) is expected


# --- permission


@pytest.mark.parametrize(
    "text",
    [
        "Would it help if I told you how I managed?",
        "Can I share something about myself?",
        "If it's okay with you I'd like to share something of my own.",
        "do you mind if i tell you what i did",
        "May I tell you about my own exam?",
        "Would you like to hear how mine went?",
    ],
)
def test_permission(text):
    assert asks_permission(text)


@pytest.mark.parametrize(
    "text",
    [
        "Can I share some information with you?",
        "Would it be okay if I told you about the results?",
        "Can you tell me something about yourself?",
        "Could I ask you a question?",
        "I told you something about myself.",
        "If it's okay we'll stop. I shared that at the meeting.",
        "",
    ],
)
def test_no_permission(text):
    assert not asks_permission(text)


# --- writing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I've been sober for years.", "ive been sober for years"),
        ("I'm divorced.", "I ' m divorced ."),
        ("I'm an alcoholic.", "i am an alcoholic"),
        ("My husband's death changed me.", "my husbands death changed me"),
        ("My husband's funeral was long.", "my husband’s funeral was long"),
        ("My break-up was messy.", "my break up was messy"),
        ("I was hospitalised.", "I was hospitalized."),
        ("I had a tumour.", "I had a tumor."),
        ("I self-harmed.", "i self harmed"),
        ("I couldn't afford it.", "I could not afford it."),
    ],
)
@pytest.mark.parametrize("label", [SIMILAR, TRAINING])
def test_ways_of_writing_make_no_difference(one, other, label):
    assert flags(one, label) == flags(other, label)
    assert "intimate" in flags(one)


def test_matches_give_flag_words_and_place():
    text = "Wish me luck, my mum died."
    assert find_flags(text, PERSONAL) == [
        FlagMatch("therapist_need", "Wish me luck", 0, 12),
        FlagMatch("intimate", "my mum died", 14, 25),
    ]


def test_the_longest_of_overlapping_matches_is_kept():
    assert words("My best friend died last year.", PERSONAL) == ["My best friend died"]


def test_empty_text_has_no_flags():
    assert find_flags("", SIMILAR) == []
    assert find_flags("   ", SIMILAR) == []


def test_letters_that_grow_in_lower_case_do_not_move_the_words():
    text = "İİİ 🙂 my mother died"
    assert words(text) == ["my mother died"]


# --- for any text

phrases = [plain(p) for each in (intimate.TOPICS, intimate.OWN) for ps in each.values() for p in ps]
lists = (patterns.PLEAS, patterns.UNRESOLVED, patterns.OTHER_CLIENT, patterns.ASKING)
phrases += [plain(phrase) for each in lists for phrase in each]
talk = st.lists(
    st.sampled_from([*phrases, "my", "your", "not", "I", "if my", "work", ".", ",", "two years"])
    | st.text(string.ascii_letters + " '", max_size=8),
    max_size=8,
).map(" ".join)


@few
@given(st.text(max_size=60) | talk, st.sampled_from(TYPES))
def test_any_text_gives_matches_in_their_place(text, label):
    found = find_flags(text, label)
    assert all(text[match.start : match.end] == match.words for match in found)
    assert all(match.words and match.flag in FLAGS for match in found)
    assert [match.start for match in found] == sorted(match.start for match in found)
    for flag in FLAGS:
        ends = [(match.start, match.end) for match in found if match.flag == flag]
        assert all(one[1] <= two[0] for one, two in pairwise(ends))
    assert isinstance(asks_permission(text), bool)
    assert is_unresolved(text) in (True, False, None)


@few
@given(talk, st.sampled_from(TYPES), st.randoms(use_true_random=False))
def test_capital_letters_change_nothing(text, label, random):
    capital = "".join(random.choice([c, c.upper()]) for c in text)
    places = [
        [(match.flag, match.start, match.end) for match in find_flags(each, label)]
        for each in (text, capital)
    ]
    assert places[0] == places[1]
    assert asks_permission(text) == asks_permission(capital)
    assert is_unresolved(text) == is_unresolved(capital)


# --- the word lists


def test_the_word_lists_are_in_order():
    assert set(intimate.OWN) == set(intimate.TOPICS)
    assert set(intimate.DENIABLE) <= set(intimate.TOPICS)
    named = vars(patterns) | vars(intimate)
    lists = {name: each for name, each in named.items() if isinstance(each, tuple)}
    for held in (intimate.TOPICS, intimate.OWN):
        lists.update(held)
    for name, each in lists.items():
        assert len(set(each)) == len(each), name
        assert all(phrase == " ".join(phrase.lower().split()) for phrase in each), name


# --- against the coders of the corpus


def test_intimate_agrees_with_the_coders_of_the_corpus():
    """Most of what the coders flagged is only hinted at, and no list of words finds that."""
    coded, found = [], []
    for file in sorted(CORPUS.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            rows = [row for row in csv.DictReader(lines) if row["label"] in list(TYPES)]
        coded += ["intimate" in row["flags"].split(",") for row in rows]
        found += ["intimate" in flags(row["text"], Label(row["label"])) for row in rows]
    both = sum(a and b for a, b in zip(coded, found, strict=True))
    assert both / sum(found) >= 0.8
    assert both / sum(coded) >= 0.25
