import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from tsd.classify.encoder import Encoder
from tsd.classify.features import unit_table
from tsd.classify.model import ENCODER_FILE, METADATA_FILE, MODEL_FILE
from tsd.classify.pipeline import segmenter
from tsd.errors import AnnotationError, ModelError
from tsd.learn import training
from tsd.learn.examples import ExampleUnits, example_units
from tsd.learn.training import _fit_detector, out_of_fold, second_reading, train
from tsd.schema import TYPES, Label
from tsd.settings import POINTS, Learning

SMALL = Learning(fewest=10)


def relabeled(sessions, change):
    return [
        replace(s, utterances=tuple(replace(u, label=change(u.label)) for u in s.utterances))
        for s in sessions
    ]


def test_training_twice_gives_the_same_bytes(annotated, small_encoder, small_model, tmp_path):
    train(annotated, SMALL, encoder=small_encoder).save(tmp_path)
    for name in (MODEL_FILE, ENCODER_FILE, METADATA_FILE):
        assert (tmp_path / name).read_bytes() == (small_model / name).read_bytes()


def test_metadata_says_what_was_learned_from(small_model):
    about = json.loads((small_model / METADATA_FILE).read_text())
    assert about["data"]["sessions"] == 24
    assert about["data"]["labels"]["none"] == 72
    assert about["data"]["units"] > about["data"]["disclosing_units"] >= 48
    figures = about["cross_validation"]
    assert (figures["utterances"], figures["disclosing_utterances"]) == (120, 48)
    assert set(figures) == {
        "utterances",
        "disclosing_utterances",
        "average_precision_in_the_data",
        "at_natural_rate",
        "type_accuracy",
    }
    assert set(figures["at_natural_rate"]) == {"rate", "average_precision", *POINTS}
    for name in POINTS:
        assert set(figures["at_natural_rate"][name]) == {"precision", "recall", "f1"}
    assert about["plan"]["natural_rate"] == figures["at_natural_rate"]["rate"] == 0.02


def test_without_excerpts_there_is_one_threshold(small_model):
    about = json.loads((small_model / METADATA_FILE).read_text())
    for both in about["thresholds"].values():
        assert 0 < both["session"] == both["excerpt"] < 1


def test_excerpts_have_a_threshold_and_figures_of_their_own(annotated):
    """Cut into pairs of utterances, half of them disclose; whole, it is one in fifty."""
    pieces = [
        replace(s, session_id=f"{s.session_id}.{at}", utterances=s.utterances[at : at + 2])
        for s in annotated
        for at in (0, 2, 5)
    ]
    about = train([*annotated, *pieces], SMALL).metadata
    assert about["cross_validation"]["in_excerpts"]["rate"] == 0.5
    assert about["cross_validation"]["at_natural_rate"]["rate"] == 0.02
    for both in about["thresholds"].values():
        assert both["session"] != both["excerpt"]


def test_what_is_found_in_the_users_own_sessions_is_reported_separately(annotated):
    figures = train(annotated[:6], SMALL, corpus=annotated[6:]).metadata["cross_validation"]
    assert (figures["utterances"], figures["own"]["utterances"]) == (120, 30)
    assert figures["own"]["disclosing_utterances"] == 12


def settings_apart(annotated, names):
    sessions = [replace(s, setting=names[n % len(names)]) for n, s in enumerate(annotated)]
    return example_units(sessions)


def test_whole_settings_are_left_out_at_a_time(annotated, monkeypatch):
    """Whoever learns has seen nothing of the setting; without one, nothing of the session."""
    units = settings_apart(annotated, ["ward", "school", "", "chat"])
    assert len(set(units.apart)) == 3 + 6
    seen = []

    def spy(units, rows, *arguments):
        seen.append(set(units.apart[rows]))
        return real_fit(units, rows, *arguments)

    real_fit = training.fit
    monkeypatch.setattr(training, "fit", spy)
    out_of_fold(units, Learning(folds=3))
    left_out = [set(units.apart) - inside for inside in seen]
    assert sorted(number for numbers in left_out for number in numbers) == list(range(9))


def test_with_fewer_settings_than_folds_sessions_are_left_out(annotated):
    units = settings_apart(annotated, ["ward", "school"])
    assert len(set(units.apart)) == 2
    scores, _ = out_of_fold(units, Learning(folds=3))
    assert (scores != 0).all()


def test_the_encoder_reads_the_likeliest_units(annotated, small_encoder):
    units = example_units(annotated)
    scores = np.arange(len(units.disclosing), dtype=float)
    others = np.flatnonzero(~units.disclosing)
    for share, count in ((0.001, 1), (0.5, len(others) / 2), (1, len(others))):
        second = second_reading(small_encoder, units, scores, Learning(encoder_share=share))
        assert (scores[others] >= second.least).sum() == pytest.approx(count, abs=1)
        assert np.isfinite(second.otherwise)


def test_what_is_not_read_counts_as_the_least_likely_that_is(annotated):
    class Reader:
        """Finds more, the further back a unit stands."""

        def read(self, before, units, *, as_new):
            assert as_new
            return np.array([[0, *[float(unit) - np.log(3)] * 3] for unit in units])

    units = example_units(annotated)
    numbers = np.arange(len(units.disclosing))
    table = units.table.assign(words=numbers.astype(str))
    numbered = replace(units, table=table, disclosing=numbers % 2 == 0)
    second = second_reading(
        Reader(), numbered, numbers.astype(float), Learning(encoder_share=0.2, fewest=2)
    )
    read = [n for n in numbers if n % 2 and n >= second.least]
    lowest = read[: -(-len(read) // 4)]
    assert second.otherwise == pytest.approx(np.mean(lowest))


def test_training_with_a_sentence_encoder_and_again_with_what_it_became(
    annotated, tmp_path, monkeypatch, small_encoder
):
    from tests.encoders_by_hand import make_sentence_encoder

    folder = make_sentence_encoder(tmp_path / "bert", ["i", "my"])
    tuned = Encoder.from_bytes(small_encoder.to_bytes())
    seen = []

    def tune(start, units, scores, seed):
        seen.append((start.about["layers"], seed))
        return tuned

    monkeypatch.setattr(training, "fine_tune", tune)
    plan = replace(SMALL, encoder_layers=1)
    train(annotated, plan, encoder=str(folder), seed=7).save(tmp_path / "one")
    train(annotated, plan, encoder=tuned).save(tmp_path / "other")
    assert seen == [(1, 7)]
    for name in (MODEL_FILE, ENCODER_FILE, METADATA_FILE):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_a_folder_that_is_no_encoder_is_noticed_before_anything_else(annotated, tmp_path):
    with pytest.raises(ModelError, match="cannot be read as a sentence encoder"):
        train([], SMALL, encoder=tmp_path)


def test_the_natural_rate_of_the_settings_is_used(annotated):
    about = train(annotated, Learning(fewest=10, natural_rate=0.2)).metadata
    assert about["plan"]["natural_rate"] == 0.2
    assert about["cross_validation"]["at_natural_rate"]["rate"] == 0.2


def test_what_is_easy_to_learn_is_learned(small_model):
    figures = json.loads((small_model / METADATA_FILE).read_text())["cross_validation"]
    assert figures["average_precision_in_the_data"] > 0.9


def test_labels_without_relation_to_the_words_are_not_learned(make_session):
    """Cross-validation keeps sessions whole, so that it can fail."""
    kinds = [Label.TRAINING, Label.SIMILAR_CHALLENGE, Label.PERSONAL_DETAILS, Label.NONE]
    sessions = [
        make_session(("T", "Same words."), session_id=str(n), label=[kinds[n % 4]])
        for n in range(40)
    ]
    figures = train(sessions, SMALL).metadata["cross_validation"]
    assert figures["type_accuracy"] < 0.7
    assert figures["at_natural_rate"]["average_precision"] < 0.1


def test_metadata_holds_no_words_of_the_sessions(small_model):
    text = (small_model / METADATA_FILE).read_text()
    assert not any(word in text for word in ("divorce", "Leeds", "farm", "daughter"))


def test_too_few_disclosures(annotated):
    with pytest.raises(
        AnnotationError,
        match=r"too few disclosing utterances to learn from: 48; expected at least 50",
    ):
        train(annotated, Learning(fewest=50))


def test_disclosures_alone(annotated):
    only = relabeled(annotated, lambda label: None if label is Label.NONE else label)
    with pytest.raises(AnnotationError, match="every labeled utterance is a disclosure"):
        train(only, SMALL)


def test_disclosures_alone_with_other_units_next_to_them(make_session):
    """Marked words leave other units, but no other utterance."""
    sessions = [
        make_session(
            ("T", "I trained in Leeds. It rained."),
            session_id=str(number),
            label=[Label.TRAINING],
            disclosing=[("I trained in Leeds.",)],
        )
        for number in range(12)
    ]
    with pytest.raises(AnnotationError, match="every labeled utterance is a disclosure"):
        train(sessions, SMALL)


def test_disclosures_of_several_types_alone(annotated):
    both = [
        replace(
            s,
            utterances=tuple(
                replace(u, also=tuple(t for t in TYPES if t is not u.label))
                if u.label in TYPES
                else u
                for u in s.utterances
            ),
        )
        for s in annotated
    ]
    with pytest.raises(AnnotationError, match="every disclosing utterance has several types"):
        train(both, SMALL)


@pytest.mark.parametrize("missing", [[Label.TRAINING], [Label.TRAINING, Label.PERSONAL_DETAILS]])
def test_a_type_that_is_missing_is_never_found(annotated, missing):
    without = relabeled(annotated, lambda label: Label.NONE if label in missing else label)
    model = train(without[:12], Learning(fewest=5, folds=3))
    nlp = segmenter()
    table = unit_table([nlp(session) for session in annotated])
    p_disclosure, p_types = model.estimator.predict(table)
    assert model.metadata["labels"] == list(map(str, TYPES))
    assert p_types[:, [TYPES.index(label) for label in missing]].max() == 0
    assert p_types.sum(axis=1) == pytest.approx(p_disclosure)


def test_too_few_sessions(annotated):
    with pytest.raises(
        AnnotationError,
        match=r"too few sessions for cross-validation: \d; expected at least 5 \(--folds\)",
    ):
        train(annotated[:4], Learning(fewest=2))


# which units of an utterance are learned from


def labeled(disclosing, marked, utterances):
    count = len(disclosing)
    return ExampleUnits(
        pd.DataFrame(index=range(count)),
        np.array(disclosing, dtype=bool),
        np.array([""] * count),
        np.array(marked, dtype=bool),
        *[np.array(utterances)] * 3,
    )


# Every disclosing utterance has a disclosing unit (feature 0) and another one (feature 1), which
# other utterances have too.
NUMBERS = csr_matrix([[1.0, 0.0], [0.0, 1.0]] * 4 + [[0.0, 1.0]] * 8)
DISCLOSING = [True] * 8 + [False] * 8
UTTERANCES = [0, 0, 1, 1, 2, 2, 3, 3, *range(4, 12)]


def test_without_marks_the_disclosing_units_are_found():
    units = labeled(DISCLOSING, [False] * 8 + [True] * 8, UTTERANCES)
    detector, taken = _fit_detector(NUMBERS, units, 1.0)
    assert taken.tolist() == [True, False] * 4 + [True] * 8
    assert detector.predict(csr_matrix([[1.0, 0.0], [0.0, 1.0]])).tolist() == [True, False]


def test_where_words_are_marked_all_units_are_learned_from():
    units = labeled(DISCLOSING, [True] * 16, UTTERANCES)
    _, taken = _fit_detector(NUMBERS, units, 1.0)
    assert taken.all()
