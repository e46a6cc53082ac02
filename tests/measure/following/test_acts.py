from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.talks_by_hand import C, O, T, disclosure, talk
from tsd.measure.focus.stretches import thirds_by_length
from tsd.measure.following.acts import CLIENT_ACTS, GIVEN, THERAPIST_ACTS, acts_of
from tsd.schema import Label


def named(flags, names):
    return [{name for name, has in zip(names, row, strict=True) if has} for row in flags]


def given_acts(made):
    return named(acts_of(made).given, GIVEN)


def client_acts(made):
    return named(acts_of(made).client, CLIENT_ACTS)


def test_a_turn_with_a_disclosure_has_its_type_and_a_question():
    made = talk((T, "I lost my dad too. And you?", "I lost my dad too."), (C, 5), (T, 5))
    assert given_acts(made) == [{"disclosure", "training", "question"}, set()]


def test_a_turn_can_hold_disclosures_of_several_types():
    made = talk((T, 5, True), (T, 7), (C, 5))
    other = disclosure(1, made.texts[1], label=Label.PERSONAL_DETAILS)
    made = replace(made, disclosures=[*made.disclosures, other])
    assert given_acts(made) == [{"disclosure", "training", "personal_details"}]


def test_the_later_acts_of_a_therapist():
    made = talk((T, 1), (C, 1), (T, 2), (C, 1), (T, 3, True), (C, 1), (T, "How was it for you?"))
    assert named(acts_of(made).therapist, THERAPIST_ACTS) == [
        {"short"},
        {"short"},
        {"disclosure", "middle"},
        {"question", "long"},
    ]


def test_how_a_turn_is_divided_into_utterances_changes_nothing():
    whole = talk((C, 9), (T, 20, True), (C, 4), (T, 6), (C, 30))
    parts = talk(
        *((C, 4), (C, 5), (T, 0), (T, 20, True), (O, 8), (C, 4), (T, 3), (C, 0), (T, 3)),
        *((C, 10), (C, 20)),
    )
    for one, other in zip(vars_of(whole), vars_of(parts), strict=True):
        np.testing.assert_array_equal(one, other)


def vars_of(made):
    acts = acts_of(made)
    return acts.client_first, acts.given, acts.therapist, acts.client


def test_what_a_client_says():
    made = talk(
        (T, "I lost my dad too."),
        (C, "Thank you for telling me. And you?"),
        (T, "It was long ago."),
        (C, "My sister sold her bakery in March and moved to Lyon with cats and dogs."),
        (T, 3),
        (C, "My sister sold her bakery in March and moved to Lyon with cats and dogs."),
    )
    reactions = [acts - {"short", "middle", "long"} for acts in client_acts(made)]
    assert reactions == [{"thanks", "asks_about_therapist"}, {"topic_change"}, set()]


@pytest.mark.parametrize("before", [(T, "Is your sister in Lyon?"), (T, "No bakery today?")])
def test_words_of_the_therapists_turn_are_not_a_new_topic(before):
    made = talk(
        (C, 3), before, (C, "My sister sold her bakery in March, moved to Lyon with cats and dogs.")
    )
    assert "topic_change" not in client_acts(made)[1]


def test_the_clients_turn_before():
    made = talk((C, 1), (T, 4), (C, 5), (T, 4), (C, 9), (T, 4))
    assert acts_of(made).third_before.tolist() == [0, 1, 2]
    assert acts_of(talk((T, 2), *zip((C, T), (9, 9), strict=True))).third_before.tolist() == [0, 0]


def test_nobody_speaks():
    acts = acts_of(talk((O, 5), (T, 0)))
    assert (len(acts.given), len(acts.client), acts.third_before.tolist()) == (0, 0, [])


@given(st.lists(st.integers(0, 40), max_size=30))
def test_thirds_follow_the_order(lengths):
    found = thirds_by_length(np.array(lengths, dtype=np.int64))
    order = np.argsort(lengths, kind="stable")
    assert (np.diff(found[order]) >= 0).all()
    assert all(len(set(found[np.array(lengths) == each])) == 1 for each in lengths)
