import json
import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from tsd.batch.folder import CorpusResult, load
from tsd.cli.associate import associate_cli
from tsd.cli.association_text import association_text
from tsd.files import read_csv
from tsd.measure.outcomes.association import Association, associate
from tsd.measure.outcomes.classifier_errors import Correction
from tsd.measure.outcomes.long_table import long_table
from tsd.measure.outcomes.relation import Relation
from tsd.measure.outcomes.robust import SlopeTest
from tsd.measure.rates.rates import ErrorRates
from tsd.measure.tables import SESSIONS, TABLES
from tsd.schema import TYPES
from tsd.settings import Associating, Settings
from tsd.stats import Estimate

pytestmark = pytest.mark.usefixtures("no_garbage_collection")

TEXT = """\
Outcome oq45, by session; 1,200 sessions, left out: 3 without the outcome, 1 without a therapist, 2
  of cases with several therapists

within therapists              sessions  therapists  estimate      95% interval   df       p  Holm p
disclosures                       1,190          12    -0.513  -0.914 to -0.112  9.3   0.012   0.024
focus shift adjusted, per 0.1        40           4      12.3      9.88 to 14.8  4.0  <0.001  <0.001
disclosures training                  0           0         -                 -    -       -       -

between therapists             sessions  therapists  estimate  95% interval   df      p  Holm p
disclosures                       1,190          12       0.3  -0.1 to 0.72  6.2  0.148   0.148
focus shift adjusted, per 0.1        40           4         -             -    -      -       -
disclosures training                  0           0         -             -    -      -       -

within: change in the outcome, for a session above the therapist's own mean
between: change in the outcome, for a therapist with a higher mean
Slopes are for one disclosure more per session; a focus shift that is higher by 0.1 (after a
  disclosure, the therapist has 10 in 100 more of the words).

between, for what therapists usually do  reliability  estimate   95% interval
disclosures                                     0.80       0.4  -0.2 to 0.977
focus shift adjusted, per 0.1                      -         -              -
disclosures training                               -         -              -
A mean of few sessions also contains chance; reliability is the share that is not chance.
These estimates are without it.

disclosures, without the classifier's errors  estimate    95% interval
within                                           -0.61  -1.1 to -0.105
between                                              -               -
between, for what therapists usually do            0.3   -0.3 to 0.912
The classifier finds 80% of the disclosing utterances and flags 0.65% of the others.
This assumes that its errors do not depend on the outcome.

disclosures: 6 sessions have no value.
focus shift adjusted: no slope between (4 therapists; at least 6 are needed).
focus shift adjusted: 4 therapists: fixed effects in place of random ones.
disclosures training: no slope (the column is not there).
disclosures: not corrected (too much noise).

Something was done.

Associations, not effects."""

GRID = """
disclosures, within: the slope without the classifier's errors, if they are these
sensitivity  0.2% false alarms  1.0% false alarms
50%                       -0.7                  -
90%                       -0.6               -1.2
"""


def related(corrected=None, if_errors=(), scale="difference", lag=0):
    none = Estimate(reason="the column is not there")
    few = Estimate(reason="4 therapists; at least 6 are needed")
    note = "4 therapists: fixed effects in place of random ones"
    relations = (
        Relation(
            "disclosures",
            1190,
            12,
            6,
            Estimate(-0.5131, -0.9142, -0.1119),
            Estimate(0.3, -0.1, 0.72),
            SlopeTest(0.0121, 0.0242, 9.32),
            SlopeTest(0.148, 0.148, 6.21),
            Estimate(0.8),
            Estimate(0.4, -0.2, 0.9771),
        ),
        Relation(
            "focus_shift_adjusted",
            40,
            4,
            0,
            Estimate(12.34, 9.876, 14.8),
            few,
            SlopeTest(1e-5, 2e-5, 4),
            reliability=few,
            between_latent=few,
            per=0.1,
            notes=(note,),
        ),
        Relation(
            "disclosures_training", 0, 0, 0, none, none, reliability=none, between_latent=none
        ),
    )
    return Association(
        "oq45",
        "session",
        scale,
        "yes" if scale == "odds ratio" else "",
        lag,
        (),
        1200,
        3,
        1,
        2,
        relations,
        corrected,
        if_errors,
        ("something was done",),
        ("Associations, not effects.",),
    )


def test_the_text_by_hand():
    corrected = Correction(
        "disclosures",
        0.8,
        0.0065,
        Estimate(-0.61, -1.1, -0.105),
        Estimate(reason="too much noise"),
        Estimate(0.3, -0.3, 0.912),
    )
    assert association_text(related(corrected)) == TEXT


def test_the_slopes_at_several_error_rates_by_hand():
    none = Estimate(reason="too much noise")
    grid = tuple(
        Correction("disclosures", s, f, none if value is None else Estimate(value), none, none)
        for s, f, value in [
            (0.5, 0.002, -0.7),
            (0.5, 0.01, None),
            (0.9, 0.002, -0.6),
            (0.9, 0.01, -1.2),
        ]
    )
    text = association_text(related(if_errors=grid))
    assert GRID in text
    assert "disclosures, between: the slope without" not in text


def test_the_text_of_odds_ratios_and_of_a_lag():
    text = association_text(related(scale="odds ratio", lag=2))
    assert text.startswith(
        "Outcome oq45 2 sessions later, by session; 1,200 sessions, left out: 3 without a later "
        "session with\n  the outcome, 1 without a therapist, 2 whose later session is with another "
        "therapist\n"
    )
    assert "within therapists              sessions  therapists  odds ratio " in text
    assert (
        "within: by how much the odds of oq45 = yes 2 sessions later are multiplied, for a session"
    ) in text


@pytest.fixture
def table():
    """The sessions of a run: 8 therapists with 6 sessions each."""
    rng = np.random.default_rng(1)
    counts = rng.poisson([1.0, 0.6, 0.4], (48, 3))
    shift = rng.integers(-3, 4, 48)  # eighths are the same in a file as in memory
    return pd.DataFrame(
        {
            "session_id": [f"{number:02}" for number in range(48)],
            "source": "t.csv",
            "therapist": [f"T{number // 6}" for number in range(48)],
            "case": [f"c{number // 3}" for number in range(48)],
            "session_number": [number % 3 for number in range(48)],
            "therapist_utterances": rng.integers(40, 80, 48),
            "disclosures": counts.sum(axis=1),
            **{f"disclosures_{label}": counts[:, place] for place, label in enumerate(TYPES)},
            "focus_shift_adjusted": np.where(rng.random(48) < 0.2, np.nan, shift / 8),
            "oq45": 60 - 2 * counts.sum(axis=1) + rng.integers(-8, 9, 48) / 2,
        }
    )


EMPTY = {"object": "", "int64": 0, "Int64": None, "float64": None}


MODEL = {"sha256": "a1b2", "threshold": 0.5, "excerpt_threshold": 0.6}


def write(table, out, tables="csv", **options):
    """Write a result with these sessions and nothing else."""
    frames = {each.name: each.frame({name: [] for name in each.names}) for each in TABLES}
    columns = {
        each.name: table.get(each.name, [EMPTY[each.dtype]] * len(table))
        for each in SESSIONS.columns
    }
    sessions = SESSIONS.frame({name: list(values) for name, values in columns.items()})
    for name in set(table) - set(SESSIONS.names):
        sessions[name] = table[name]
    frames["sessions"] = sessions
    run = {"settings": Settings.of(tables=tables, **options).as_dict(), "model": MODEL}
    CorpusResult(**frames, summary={}, run=run).write(out)
    return out


@pytest.fixture
def folder(table, tmp_path):
    return write(table, tmp_path / "out")


@pytest.fixture
def run():
    app = typer.Typer()
    app.command()(associate_cli)

    def _run(*arguments):
        return CliRunner().invoke(app, list(map(str, arguments)))

    return _run


def plain(text):
    """Undo the frames and line breaks that typer may put around a message."""
    return " ".join(re.sub(r"[│╭╰╮╯─]", " ", text).split())


def test_the_command_prints_the_text(run, folder, table):
    result = run(folder, "--outcome", "oq45")
    assert result.exit_code == 0, result.output
    assert result.stdout == association_text(associate(table, "oq45")) + "\n"
    assert result.stdout.startswith("Outcome oq45, by session; 48 sessions\n")
    assert "nan" not in result.stdout.lower()
    assert "None" not in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 110


def test_json_alone_is_on_standard_output(run, folder, table):
    result = run(folder, "--outcome", "oq45", "--json")
    assert result.exit_code == 0, result.output
    printed = json.loads(result.stdout)
    assert printed == json.loads(json.dumps(associate(table, "oq45").as_dict(), allow_nan=False))
    assert result.stdout.startswith('{\n "outcome": "oq45",\n')


def test_parquet_is_the_same(run, folder, table):
    pytest.importorskip("pyarrow")
    other = write(table, folder.parent / "parquet", "parquet")
    assert run(other, "--outcome", "oq45").stdout == run(folder, "--outcome", "oq45").stdout


def test_metadata_can_come_later(run, folder, table, tmp_path):
    metadata = tmp_path / "m.csv"
    table[["session_id", "therapist", "case", "oq45"]].to_csv(metadata, index=False)
    bare = table.drop(columns=["therapist", "case", "session_number", "oq45"])
    write(bare, folder)
    result = run(folder, "--outcome", "oq45", "--metadata", metadata)
    assert result.exit_code == 0, result.output
    assert result.stdout == association_text(associate(table, "oq45")) + "\n"
    assert result.stderr == ""


def test_metadata_replace_those_of_the_run_where_they_have_values(run, folder, table, tmp_path):
    metadata = tmp_path / "m.csv"
    table[["session_id"]].assign(oq45=table["oq45"] * 2).to_csv(metadata, index=False)
    result = run(folder, "--outcome", "oq45", "--metadata", metadata)
    expected = associate(table.assign(oq45=table["oq45"] * 2), "oq45")
    assert result.stdout == association_text(expected) + "\n"
    assert expected.without_therapist == 0


def test_sessions_without_metadata_are_reported(run, folder, table, tmp_path):
    metadata = tmp_path / "m.csv"
    rows = table[["session_id", "oq45"]].assign(session_id=["x", *table["session_id"][1:]])
    rows.to_csv(metadata, index=False)
    result = run(folder, "--outcome", "oq45", "--metadata", metadata)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(
        "Outcome oq45, by session; 48 sessions, left out: 1 without the outcome\n"
    )
    assert f"warning: {metadata}: 1 of 48 sessions has no metadata: '00'.\n" in result.stderr
    assert f"note: {metadata}: 1 of 48 rows is not for a session" in result.stderr


def test_metadata_with_a_column_of_ours(run, folder, tmp_path):
    metadata = tmp_path / "m.csv"
    metadata.write_text("session_id,disclosures\n01,3\n")
    result = run(folder, "--outcome", "oq45", "--metadata", metadata)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"tsd: {metadata}: the column 'disclosures' has a name that ")


def test_damaged_metadata(run, folder, tmp_path):
    metadata = tmp_path / "m.csv"
    metadata.write_text("session_id,oq45\n01,3\n01,4\n")
    result = run(folder, "--outcome", "oq45", "--metadata", metadata)
    assert result.exit_code == 2
    assert f"tsd: {metadata}, line 3: session '01' already has a row, on line 2" in result.stderr


def test_names_are_text_and_na_is_a_name(run, folder, table, tmp_path):
    table["therapist"] = table["therapist"].map({"T0": "NA", "T1": "-1", "T2": "02", "T3": "2"}.get)
    table["therapist"] = table["therapist"].fillna("rest")
    write(table, folder)
    expected = associate(table, "oq45")
    assert expected.without_therapist == 0
    assert expected.relations[0].therapists == 5
    text = association_text(expected) + "\n"
    assert run(folder, "--outcome", "oq45").stdout == text
    metadata = tmp_path / "m.csv"
    table[["session_id", "therapist"]].to_csv(metadata, index=False)
    result = run(folder, "--outcome", "oq45", "--metadata", metadata)
    assert result.stdout == text
    assert result.stderr.startswith(f"warning: {metadata}: 'NA' is read as the name of a therapist")
    assert result.stderr.count("\n") == 1


# options


@pytest.fixture
def errors(tmp_path):
    """The output of `tsd evaluate --json`: sensitivity 0.8, false alarms 0.01."""
    path = tmp_path / "errors.json"
    evaluated = {
        "disclosing": 100,
        "utterances": 2100,
        "flagged": 100,
        "confusion": {"training": {"none": 20}, "none": {"none": 1980}},
        "threshold": MODEL["threshold"],
        "excerpt_threshold": MODEL["excerpt_threshold"],
        "model": MODEL["sha256"],
    }
    path.write_text(json.dumps(evaluated))
    return path


def test_error_rates_correct_the_slopes(run, folder, table, errors):
    result = run(folder, "--outcome", "oq45", "--error-rates", errors)
    assert result.exit_code == 0, result.output
    rates = ErrorRates(0.8, 0.01, 100, 2000, 0.5, 0.6, "a1b2")
    expected = associate(table, "oq45", errors=rates)
    assert expected.corrected is not None
    assert result.stdout == association_text(expected) + "\n"
    assert "The classifier finds 80% of the disclosing utterances and flags 1.00%" in result.stdout


def test_error_rates_of_another_model_are_refused(run, folder, errors):
    errors.write_text(errors.read_text().replace("a1b2", "c3d4"))
    result = run(folder, "--outcome", "oq45", "--error-rates", errors)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "was made with model c3d4, but this run uses model a1b2." in result.stderr


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (
            {"use_labels": True},
            "left out, because the disclosures of this result are human labels",
        ),
        (
            {"review_budget": 5},
            "left out: the result was made with --review-budget, so they do not apply",
        ),
    ],
)
def test_error_rates_that_do_not_apply_are_refused(run, table, tmp_path, errors, options, why):
    folder = write(table, tmp_path / "out", **options)
    result = run(folder, "--outcome", "oq45", "--error-rates", errors)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"tsd: error_rates must be {why}; got '{errors}'.\n"


def test_human_labels_have_no_errors_of_a_classifier(run, table, tmp_path):
    folder = write(table, tmp_path / "out", use_labels=True)
    result = run(folder, "--outcome", "oq45")
    assert result.exit_code == 0, result.output
    assert "classifier" not in result.stdout


def test_doses_covariates_and_a_lag(run, folder, table):
    table["age"] = np.arange(48) % 7
    write(table, folder)
    given = ["--dose", "count", "--dose", "any", "--covariate", "age", "--lag", 1]
    result = run(folder, "--outcome", "oq45", *given)
    assert result.exit_code == 0, result.output
    how = Associating(dose=("count", "any"), covariate=("age",), lag=1)
    assert result.stdout == association_text(associate(table, "oq45", associating=how)) + "\n"


def test_the_export_comes_back_as_it_was_written(run, folder, table, tmp_path):
    table["therapist"] = "=" + table["therapist"]
    write(table, folder)
    export = tmp_path / "long.csv"
    result = run(folder, "--outcome", "oq45", "--export", export)
    assert result.exit_code == 0, result.output
    assert result.stderr == f"{export}: 48 rows written.\n"
    assert "\n'=T0,c0,00," in export.read_text()
    back = read_csv(export)
    expected = long_table(load(folder).sessions, "oq45")
    assert list(back) == list(expected)
    assert back["therapist"].tolist() == expected["therapist"].tolist()
    within = pd.to_numeric(back["disclosures_within"])
    assert within.to_numpy() == pytest.approx(expected["disclosures_within"].to_numpy())


def test_an_export_never_replaces_what_is_read(run, folder, table, tmp_path):
    metadata = tmp_path / "m.csv"
    table[["session_id", "oq45"]].to_csv(metadata, index=False)
    for path in (metadata, folder / "sessions.csv"):
        before = path.read_bytes()
        result = run(folder, "--outcome", "oq45", "--metadata", metadata, "--export", path)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == (
            f"tsd: {path}: is a file that this command reads. Choose another name for --export.\n"
        )
        assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("long.xlsx", "the name of an export must end in .csv."),
        ("no/long.csv", "No such file or directory"),
    ],
)
def test_an_export_that_cannot_be_written(run, folder, tmp_path, name, message):
    result = run(folder, "--outcome", "oq45", "--export", tmp_path / name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"tsd: {tmp_path / name}: {message}\n"


# what cannot be done


def test_no_such_outcome(run, folder):
    result = run(folder, "--outcome", "phq9")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        "tsd: outcome must be a column of the metadata ('oq45'); got 'phq9'.\n"
    )


def test_the_outcome_has_to_be_named(run, folder):
    result = run(folder)
    assert result.exit_code == 2
    assert "Missing option '--outcome'." in plain(result.stderr)


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_without_a_result(run, tmp_path, there):
    folder = tmp_path if there else tmp_path / "no"
    result = run(folder, "--outcome", "oq45")
    assert result.exit_code == 2
    assert result.stderr.startswith(
        f"tsd: {folder}: is not a result of `tsd analyze`: its run.json"
    )


def test_without_statsmodels(run, folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels.regression", None)
    result = run(folder, "--outcome", "oq45")
    assert result.exit_code == 2
    assert "tsd: tsd associate needs statsmodels, which is not installed." in result.stderr


def test_nothing_heavy_is_loaded_before_it_is_needed():
    code = (
        "import sys, tsd.cli.associate, tsd.readers.metadata\n"
        "print([n for n in ('pandas', 'numpy', 'scipy', 'statsmodels') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
