import json

import pytest
from typer.testing import CliRunner

from tests.readers.talk_in_languages import SENTENCES
from tsd.batch.reading import read_annotated
from tsd.cli import app
from tsd.cli.evaluate import _evaluation_text
from tsd.learn.evaluation import CodedUtterance, evaluate, measure
from tsd.schema import Label
from tsd.settings import Finding, Learning


@pytest.fixture
def run(small_model):
    def _run(*arguments: object):
        words = ["evaluate", *map(str, arguments), "--model", str(small_model)]
        return CliRunner().invoke(app, words)

    return _run


LABELED = (("T", "none"), ("C", ""))

BY_HAND = [
    CodedUtterance("a", Label.TRAINING, 0.9, Label.TRAINING),
    CodedUtterance("a", Label.NONE, 0.6, Label.TRAINING),
    CodedUtterance("b", Label.SIMILAR_CHALLENGE, 0.3, Label.NONE),
    CodedUtterance("b", Label.NONE, 0.004, Label.NONE),
    CodedUtterance("b", None, 0.004, Label.NONE),
]

TEXT = """\
labeled therapist utterances: 4, in 2 sessions; left out: 0 ambiguous, 1 without a label
disclosing: 2 (50.0%); flagged: 2

                   in these data  95% interval  if 10% disclose  95% interval
precision                  0.500             -            0.100             -
recall                     0.500             -            0.500             -
F1                         0.500             -            0.167             -
average precision          0.833             -            0.591             -

type               labeled  flagged as  found  precision  recall     F1
training                 1           2      1      0.500   1.000  0.667
similar challenge        1           0      0          -   0.000      -
personal details         0           0      0          -       -      -
type accuracy, for the disclosures found: 1.000

labeled (rows), flagged as (columns)  training  similar challenge  personal details  none
training                                     1                  0                 0     0
similar challenge                            0                  0                 0     1
personal details                             0                  0                 0     0
none                                         1                  0                 0     1

probability                 utterances  predicted  disclosing  predicted, if 10%  disclosing, if 10%
0 to 0.01                            1      0.004       0.000              0.004               0.000
0.2 to 0.4                           1      0.300       1.000              0.300               1.000
0.6 to 0.8                           1      0.600       0.000              0.600               0.000
0.8 to 1                             1      0.900       1.000              0.900               1.000
Brier score                                 0.215                          0.187
expected calibration error                  0.351                          0.312

precision, precision (if 10% disclose): no interval (fewer than 6 sessions with a flag).
recall, average precision, average precision (if 10% disclose): no interval (fewer than 6 sessions \
with a disclosure).
F1, F1 (if 10% disclose): no interval (fewer than 6 sessions with a flag or a disclosure).
If the model was trained on these sessions, these figures are too high."""


def test_the_text_by_hand():
    assert _evaluation_text(measure(BY_HAND, learning=Learning(natural_rate=0.1))) == TEXT


def test_the_text_where_nothing_can_be_computed_at_the_natural_rate():
    text = _evaluation_text(measure(BY_HAND[1:2]))
    assert "nan" not in text.lower()
    assert "None" not in text
    assert "0.6 to 0.8                           1      0.600       0.000" in text


def test_the_command_prints_the_text(run, table, small_model):
    result = run(table)
    assert result.exit_code == 0, result.output
    found = evaluate(read_annotated([table]), Finding(model=small_model))
    assert result.stdout == _evaluation_text(found) + "\n"
    assert "labeled therapist utterances: 120, in 24 sessions" in result.stdout
    assert "(with a probability of at least 0." in result.stdout
    assert len(result.stdout.splitlines()) <= 45
    assert max(map(len, result.stdout.splitlines())) <= 110


def test_a_figure_with_an_interval_is_not_among_the_missing():
    rows = [
        CodedUtterance(f"s{s}", Label.TRAINING if n < s else Label.NONE, 0.9, Label.TRAINING)
        for s in range(6)
        for n in range(10)
    ]
    found = measure(rows)
    text = _evaluation_text(found)
    assert found.figures["precision"].interval is not None
    assert "\nprecision" not in text.split("calibration error")[1]
    assert "recall, average precision, average precision (if 2% disclose): no interval" in text
    assert "over 6 sessions" not in text


def test_type_accuracy_has_an_interval():
    rows = [CodedUtterance(f"s{s}", Label.TRAINING, 0.9, Label.TRAINING) for s in range(8)]
    low = measure(rows).type_accuracy.low
    text = _evaluation_text(measure(rows))
    assert f"type accuracy, for the disclosures found: 1.000 ({low:.3f} to 1.000)" in text


def test_no_transcript_words_are_printed(run, table):
    for more in ([], ["--json"]):
        output = run(table, *more).output
        assert not any(word in output for word in ("divorce", "farm", "daughter", "week"))


def test_json_alone_is_on_standard_output(run, table, annotated, small_model):
    result = run(table, "--json")
    assert result.exit_code == 0, result.output
    printed = json.loads(result.stdout)
    assert result.stdout.startswith('{\n "sessions": 24,\n')
    finding = Finding(model=small_model)
    assert printed == evaluate(read_annotated([table]), finding).as_dict()
    direct = evaluate(annotated, finding).as_dict()
    assert printed["confusion"] == direct["confusion"]
    assert set(printed["figures"]) == {"precision", "recall", "f1", "average_precision"}


def test_twice_the_same(run, table):
    assert run(table).stdout == run(table).stdout


def test_options_reach_the_evaluation(run, table):
    more = ["--threshold", 0, "--natural-rate", 0.25, "--json"]
    printed = json.loads(run(table, *more).stdout)
    assert (printed["threshold"], printed["natural_rate"]) == (0, 0.25)
    assert printed["flagged"] == 120
    assert printed["natural"]["precision"]["value"] == pytest.approx(0.25)


def test_the_therapist_can_be_named(run, tmp_path):
    path = tmp_path / "l.csv"
    path.write_text("speaker,text,label\nAnna,Hello.,none\nBen,So.,\n")
    result = run(path, "--therapist", "Anna", "--client", "Ben", "--json")
    assert json.loads(result.stdout)["utterances"] == 1


def test_notes_about_the_input_go_to_standard_error(run, table):
    with table.open("a") as file:
        file.write("a0,C,words,training\n")
    result = run(table, "--json")
    assert json.loads(result.stdout)["utterances"] == 120
    assert "warning:" in result.stderr
    assert "a disclosure is labeled on an utterance that is not the therapist's" in result.stderr


def test_labeled_sessions_in_another_language_are_evaluated_with_a_warning(run, table):
    before = json.loads(run(table, "--json").stdout)["utterances"]
    with table.open("a", encoding="utf-8") as file:
        file.writelines(f'german,{who},"{SENTENCES["de"]}",{label}\n' for who, label in LABELED)
    result = run(table, "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["utterances"] == before + 1
    assert result.stderr.count("the talk seems to be German") == 1
    assert "seems" not in run(table, "--json", "--language", "en").stderr


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ("x,T,too,many,fields\n", "labels.csv, line 170: the row has 5 fields"),
        ("a0,T,words,trainign\n", "labels.csv, line 170: a label is not one of training, "),
    ],
)
def test_damaged_annotations_are_not_measured(run, table, damage, message):
    with table.open("a") as file:
        file.write(damage)
    result = run(table)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr


def test_a_file_that_does_not_exist(run, tmp_path):
    result = run(tmp_path / "no.csv")
    assert result.exit_code == 2
    assert result.stderr == f"tsd: {tmp_path / 'no.csv'}: no such file or folder.\n"


def test_no_label_at_all(run, tmp_path):
    path = tmp_path / "l.csv"
    path.write_text("speaker,text\nT,Hello.\nC,So.\n")
    result = run(path)
    assert result.exit_code == 2
    assert (
        "tsd: no therapist utterance has a label. Expected a column 'label' with none or a type.\n"
    ) in result.stderr


def test_a_model_that_does_not_exist(table, tmp_path):
    result = CliRunner().invoke(app, ["evaluate", str(table), "--model", str(tmp_path / "no")])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"tsd: model {tmp_path / 'no'}: No such file or directory.")


def test_an_option_out_of_bounds(run, table):
    result = run(table, "--natural-rate", 0.9)
    assert result.exit_code == 2
    assert "natural_rate must be between 0.001 and 0.5; got 0.9." in " ".join(result.stderr.split())
