from tsd.readers.tiers.who import Turns, says_who


def test_a_speaker_speaks_most_of_the_time_of_a_span():
    turns = Turns([(5.0, 9.0, "Ben"), (0.0, 4.0, " Anna "), (4.0, 5.0, "(.)")])
    assert turns.speaker(0.0, 4.5) == "Anna"
    assert turns.speaker(3.0, 7.0) == "Ben"
    assert turns.speaker(4.0, 5.0) == ""


def test_a_tier_of_ever_new_texts_does_not_say_who_speaks():
    assert says_who("turns", ["a", "b", "a"])
    assert not says_who("turns", [f"text {i}" for i in range(30)])
    assert not says_who("speaker", [])
