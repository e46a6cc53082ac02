from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from tests.encoders_by_hand import make_sentence_encoder
from tsd.classify.encoder import LONGEST, logits, text_hash
from tsd.classify.second_reading import log_odds, read_units
from tsd.errors import AnnotationError
from tsd.learn import fine_tuning
from tsd.learn.examples import example_units
from tsd.learn.fine_tuning import fine_tune
from tsd.learn.sentence_encoders import read_sentence_encoder

WORDS = [
    *("i", "my", "the", "a", "was", "used", "too", ".", ",", "?", "how", "what", "you", "week"),
    *("daughter", "farm", "nurse", "trained", "divorce"),
]


@pytest.fixture(scope="module")
def units(annotated):
    return example_units(annotated)


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    folder = make_sentence_encoder(tmp_path_factory.mktemp("bert") / "encoder", WORDS)
    return read_sentence_encoder(folder, layers=1, seed=0)


@pytest.fixture(scope="module", autouse=True)
def large_steps():
    """Few units, random weights: with larger steps it learns; with one width it compiles once."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("_RATE", 0.03), ("_HEAD_RATE", 0.1), ("_BATCH", 8), ("_WIDTH", 83)):
            patch.setattr(fine_tuning, name, value)
        fine_tuning._machinery.cache_clear()
        yield
        fine_tuning._machinery.cache_clear()


def tuned(start, units, seed=0):
    return fine_tune(start, units, units.disclosing.astype(float), seed)


@pytest.fixture(scope="module")
def encoder(start, units):
    return tuned(start, units)


def test_it_learns(encoder, units):
    odds = log_odds(read_units(encoder, units.table))
    assert roc_auc_score(units.disclosing, odds) > 0.9


def test_the_same_seed_gives_the_same_encoder_and_another_one_another(encoder, start, units):
    assert tuned(start, units).to_bytes() == encoder.to_bytes()
    assert tuned(start, units, seed=1).to_bytes() != encoder.to_bytes()


def test_what_it_was_made_from_is_noted(encoder, start):
    assert encoder.about == {**start.about, "seed": 0, "format": 1}


def test_every_unit_is_read_as_new_by_one_that_saw_nothing_of_its_setting(
    start, units, small_encoder, monkeypatch
):
    learned, read = [], []
    unlike = replace(
        units, table=units.table.assign(before=np.arange(len(units.table)).astype(str))
    )

    def learn(start, chosen, seed, name):
        learned.append(set(chosen.apart.tolist()))
        return small_encoder

    def note(encoder, table):
        read.append(set(unlike.apart[table["before"].astype(int)].tolist()))
        return np.zeros((len(table), 4))

    monkeypatch.setattr(fine_tuning, "_learned", learn)
    monkeypatch.setattr(fine_tuning, "read_units", note)
    made = tuned(start, unlike)
    assert [inside & outside for inside, outside in zip(learned[:2], read, strict=True)] == [
        set(),
        set(),
    ]
    assert learned[2] == read[0] | read[1] == set(units.apart.tolist())
    for number in np.flatnonzero(units.disclosing):
        assert text_hash(str(number), units.table["words"].iloc[number]) in made.seen


def test_it_is_calibrated_as_it_is_stored(encoder, units):
    assert type(encoder).from_bytes(encoder.to_bytes()).to_bytes() == encoder.to_bytes()
    for logits_there in encoder.seen.values():
        assert (logits_there == logits_there.astype(np.float16)).all()


def test_of_one_setting_sessions_are_divided(start, units, small_encoder, monkeypatch):
    monkeypatch.setattr(fine_tuning, "_learned", lambda *arguments: small_encoder)
    one_setting = replace(units, apart=np.zeros_like(units.apart))
    assert len(tuned(start, one_setting).seen) > 0
    one_session = replace(one_setting, groups=np.zeros_like(units.groups))
    with pytest.raises(AnnotationError, match="too few sessions to fine-tune an encoder: 1; exp"):
        tuned(start, one_session)


def test_not_all_easy_units_are_learned_from(units):
    scores = np.arange(len(units.disclosing), dtype=float)
    marked = replace(units, marked=np.ones_like(units.marked))
    chosen = fine_tuning._worth_learning(marked, scores, seed=0)
    others = np.flatnonzero(~units.disclosing)
    assert chosen[units.types != ""].all()
    assert chosen[others[-len(others) // 4 :]].all()
    assert 0.25 < chosen[others].mean() < 0.4


def test_of_an_utterance_without_marks_the_likeliest_units_are_learned_from(units):
    first = units.utterances == units.utterances[0]
    unmarked = replace(
        units, marked=~first, disclosing=first, types=np.where(first, "training", "")
    )
    scores = np.where(first, -np.arange(len(first)), -99.0)
    chosen = fine_tuning._worth_learning(unmarked, scores, seed=0)
    assert chosen[first].tolist() == [True] + [False] * (first.sum() - 1)


def test_batches_are_of_nearly_one_length():
    lengths = [3] * 20 + [90] * 9
    batches = fine_tuning._batches(lengths, np.random.default_rng(0))
    assert sorted(len(batch) for batch in batches) == [1, 4, 8, 8, 8]
    assert sorted(np.concatenate(batches)) == list(range(29))
    for batch in batches:
        assert len({lengths[row] for row in batch}) == 1


@pytest.mark.parametrize("length", [1, 40, LONGEST - 1, LONGEST])
def test_filled_up_a_batch_can_be_calculated(start, length, monkeypatch):
    monkeypatch.setattr(fine_tuning, "_WIDTH", 16)
    filled = fine_tuning._filled([([4] * length, [1] * length)])
    assert {array.shape for array in filled} == {(8, min(-(-length // 16) * 16, LONGEST))}
    assert np.isfinite(logits(start.weights, *filled)).all()
