import io

import numpy as np
import pytest

from tsd.classify.encoder import CLASSES, LONGEST, Encoder, logits, numbered, quantized, text_hash
from tsd.classify.word_pieces import SPECIAL, WordPieces
from tsd.learn.sentence_encoders import read_sentence_encoder

WORDS = ["i", "knit", "##ted", "socks", ".", "client", ":"]
KNITTED = "Client: socks", "I knitted socks."


@pytest.fixture(scope="module")
def read_weights(tmp_path_factory):
    from tests.encoders_by_hand import make_sentence_encoder

    folder = make_sentence_encoder(tmp_path_factory.mktemp("bert") / "encoder", WORDS)
    start = read_sentence_encoder(folder, layers=2, seed=0)
    return start.pieces, start.weights


@pytest.fixture(scope="module")
def encoder(read_weights):
    pieces, weights = read_weights
    return Encoder(pieces, quantized(weights))


def test_a_unit_is_numbered_after_the_talk_before_it(read_weights):
    numbers, segments = numbered(read_weights[0], *KNITTED)
    assert numbers == [2, 9, 10, 7, 3, 4, 5, 6, 7, 8, 3]
    assert segments == [0] * 5 + [1] * 6


def test_of_long_texts_the_words_around_the_beginning_of_the_unit_are_read(read_weights):
    numbers, segments = numbered(read_weights[0], "i " * 99 + "socks", "knit " * 99)
    assert numbers == [2, *[4] * 31, 7, 3, *[5] * 48, 3]
    assert len(segments) == LONGEST


def test_it_computes_what_other_libraries_compute(read_weights):
    """The expected values were computed with the layers of PyTorch, from the same weights."""
    pieces, weights = read_weights
    numbers, segments = numbered(pieces, *KNITTED)
    present = np.ones((1, len(numbers)), dtype=np.float32)
    found = logits(weights, np.array([numbers]), np.array([segments]), present)
    np.testing.assert_allclose(found, [[0.554637, -0.295343, 0.442074, 0.339376]], atol=1e-5)


def test_filling_up_changes_nothing(read_weights):
    pieces, weights = read_weights
    numbers, segments = map(np.array, numbered(pieces, *KNITTED))
    filled = np.zeros((3, 1, 16), dtype=np.int32)
    for array, values in zip(filled, (numbers, segments, np.ones(11)), strict=True):
        array[0, :11] = values
    alone = logits(weights, numbers[None], segments[None], np.ones((1, 11)))
    np.testing.assert_allclose(logits(weights, *filled), alone, atol=1e-5)


def test_stored_in_eight_bits_it_says_nearly_the_same(encoder):
    # The weights of this one are random and few, so rounding shows more than in a real one.
    (stored,) = encoder.read(*[[text] for text in KNITTED])
    np.testing.assert_allclose(stored, [0.5546, -0.2953, 0.4421, 0.3394], atol=0.03)
    assert encoder.stored["attention"].dtype == encoder.stored["words"].dtype == np.int8


def test_what_it_says_of_a_unit_depends_on_nothing_else(encoder):
    before, units = ["", "i", "", ""], ["i.", "i.", "socks", "i."]
    together = encoder.read(before, units)
    assert (together[0] == together[3]).all()
    assert (together[0] != together[1]).any()
    for number in range(4):
        assert (encoder.read([before[number]], [units[number]]) == together[number]).all()


def test_nothing_to_read(encoder):
    assert encoder.read([], []).shape == (0, len(CLASSES))


def test_units_it_learned_from_can_be_read_as_new(encoder):
    seen = {text_hash("", "i knit"): np.array([9.0, 0, 0, 0])}
    learned = Encoder(encoder.pieces, encoder.stored, seen)
    assert learned.read([""], ["i knit"], as_new=True).tolist() == [[9, 0, 0, 0]]
    assert (learned.read([""], ["i knit"]) == encoder.read([""], ["i knit"])).all()
    assert (learned.read(["i"], ["i knit"], as_new=True)[0] != [9, 0, 0, 0]).any()


def test_stored_and_read_it_is_the_same(encoder):
    seen = {text_hash("", "i knit"): np.array([9.0, 0, 0, 0])}
    data = Encoder(encoder.pieces, encoder.stored, seen).to_bytes()
    again = Encoder.from_bytes(data)
    assert again.to_bytes() == data
    assert again.pieces.vocabulary == encoder.pieces.vocabulary
    assert (again.read(["socks"], ["i knit."]) == encoder.read(["socks"], ["i knit."])).all()
    assert again.read([""], ["i knit"], as_new=True).tolist() == [[9, 0, 0, 0]]


def test_what_it_was_made_from_is_stored(encoder):
    data = Encoder(encoder.pieces, encoder.stored, about={"seed": 3}).to_bytes()
    assert Encoder.from_bytes(data).about == {"seed": 3, "format": 1}


def test_the_longest_unit_can_be_read(encoder):
    """Pieces of the talk before and of the unit, as many as there are places for."""
    assert encoder.read(["i " * 99], ["knit " * 99]).shape == (1, len(CLASSES))


def arrays(**more):
    out = io.BytesIO()
    np.savez(out, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not the file of an encoder"),
        (b"PK", "not the file of an encoder"),
        (arrays(words=np.zeros(3)), "not the file of an encoder"),
        (arrays(about=np.frombuffer(b'{"format": 9}', np.uint8)), "encoder of format 9, not 1"),
        (arrays(about=np.array([{"an": "object"}], dtype=object)), "allow_pickle=False"),
    ],
)
def test_another_file(data, message):
    with pytest.raises(ValueError, match=message):
        Encoder.from_bytes(data)


def test_vocabulary_of_any_letters():
    pieces = WordPieces([*SPECIAL, "é", "日"])
    assert Encoder.from_bytes(Encoder(pieces, {}).to_bytes()).pieces.numbers("日") == [5]
