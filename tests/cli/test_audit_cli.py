import csv
import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from tsd.batch.folder import load
from tsd.batch.runner import analyze_corpus
from tsd.cli import app
from tsd.cli.audit import _estimate_text, _expected, audit_app
from tsd.learn.audit_plan import plan
from tsd.learn.audit_sheets import read_reviewed
from tsd.measure.rates.audited import AuditFigures, audit_figures
from tsd.settings import Output, Settings
from tsd.stats import Estimate

TURNS = ("I trained as a nurse before I qualified.", "How was your week?", "I grew up on a farm.")


@pytest.fixture(scope="module")
def out(small_model, tmp_path_factory):
    """The output of a run over four sessions of 30 therapist utterances each."""
    folder = tmp_path_factory.mktemp("run")
    for session in range(4):
        lines = [
            f"{who}: {text}"
            for n in range(30)
            for who, text in (("T", TURNS[1 if n % 5 else n % 3]), ("C", "It has been long."))
        ]
        (folder / f"s{session}.txt").write_text("\n".join(lines))
    analyze_corpus(folder, Settings.of(model=small_model)).write(folder / "out")
    return folder / "out"


def run(*arguments):
    return CliRunner().invoke(audit_app, list(map(str, arguments)))


def label(sheet, first=0):
    """Fill a sheet in: the disclosing sentences are labeled, from the item `first` on."""
    with sheet.open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows[first:]:
        row["label"] = {TURNS[0]: "training", TURNS[2]: "Personal details"}.get(row["text"], "none")
    with sheet.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def test_sample_review_estimate(out, tmp_path):
    sheet = tmp_path / "sheet.csv"
    result = run("sample", out, "--out", sheet, "--audit-size", 60, "--seed", 3)
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "60 of 120 therapist utterances were drawn, in random order.\n"
        "If 2 of 100 disclose (--natural-rate), expect a 95% interval of about +-2.8 per 100.\n"
        "\n"
        "utterances reviewed   40  100\n"
        "+- per 100           4.6  1.0\n"
        "\n"
        f"Written to {sheet}: write into the column 'label' one of none, training, "
        "similar_challenge, personal_details, ambiguous.\n"
        "Keep the key, sheet.key.csv, next to the sheet. Open it after the review.\n"
        f"When you have filled in the sheet, run: tsd audit estimate {sheet}\n"
    )
    label(sheet)
    result = run("estimate", sheet)
    assert result.exit_code == 0, result.output
    assert result.stdout == _estimate_text(audit_figures(read_reviewed(sheet))) + "\n"
    assert result.stdout.startswith(
        "60 of 60 drawn utterances are reviewed; they represent 120 therapist utterances\n"
    )
    assert "Some rows have no label" not in result.stdout
    printed = json.loads(run("estimate", sheet, "--json").stdout)
    assert printed == audit_figures(read_reviewed(sheet)).as_dict()
    assert printed["rate"]["low"] <= 100 * 4 / 30 <= printed["rate"]["high"]


def test_a_part_of_the_sheet(out, tmp_path):
    sheet = tmp_path / "sheet.csv"
    run("sample", out, "--out", sheet, "--audit-size", 60)
    label(sheet, first=20)
    result = run("estimate", sheet)
    assert result.stdout.startswith(
        "40 of 60 drawn utterances are reviewed (left out: 20 without a label); they represent"
    )
    assert "Some rows have no label." in result.stdout


def test_analyze_says_the_same_as_estimate(out, small_model, tmp_path):
    sheet = tmp_path / "sheet.csv"
    run("sample", out, "--out", sheet, "--audit-size", 100)
    label(sheet, first=20)
    rows = sheet.read_text().splitlines(keepends=True)
    sheet.write_text("".join(rows).replace("training", "ambiguous", 3))
    shown = audit_figures(read_reviewed(sheet))
    options = ["--out", tmp_path / "again", "--model", small_model, "--audit", sheet]
    done = CliRunner().invoke(app, ["analyze", *map(str, [out.parent, *options])])
    assert done.exit_code == 0, done.output
    rate, few = shown.rate, "holds only if they were skipped at random"
    assert (shown.ambiguous, shown.unlabeled) == (3, 20)
    assert (
        f"  audited: {rate.value:.1f} per 100 therapist utterances (95% interval {rate.low:.1f} to "
        f"{rate.high:.1f}, from 77 reviewed utterances, about these sessions only)\n"
        f"    3 ambiguous left out: {shown.rate_if_none:.1f} if none of them discloses, "
        f"{shown.rate_if_all:.1f} if all do; 20 without a label left out: {few}\n"
    ) in done.stdout
    for name in ("report.html", "rates.csv", "methods.md"):
        assert f"20 without a label left out: {few}" in (tmp_path / "again" / name).read_text()


def test_an_empty_sheet_gives_reasons_not_numbers(out, tmp_path):
    sheet = tmp_path / "sheet.csv"
    run("sample", out, "--out", sheet)
    result = run("estimate", sheet)
    assert result.exit_code == 0
    assert "too few reviewed utterances: 0; at least 20 are needed" in result.stdout
    assert "nan" not in result.stdout.lower()


FIGURES = AuditFigures(
    utterances=5000,
    drawn=200,
    reviewed=195,
    ambiguous=2,
    unlabeled=3,
    flagged=3.0,
    rate=Estimate(3.51, 1.9, 5.62),
    rate_if_none=3.46,
    rate_if_all=4.44,
    types={
        "training": Estimate(1.0, 0.4, 2.0),
        "similar_challenge": Estimate(0.0, 0.0, 1.2),
        "personal_details": Estimate(2.51, 1.0, 4.1),
    },
    precision=Estimate(80.0, 66.0, 89.4),
    recall=Estimate(reason="the reviewer found no disclosure"),
)

TEXT = """\
195 of 200 drawn utterances are reviewed (left out: 2 ambiguous, 3 without a label); \
they represent 5,000 therapist utterances

                                 estimate  95% interval
flagged rate                          3.0  counted, not estimated
audited rate                          3.5  1.9 to 5.6
  if no ambiguous one discloses       3.5  -
  if all of them do                   4.4  -
  training                            1.0  0.4 to 2.0
  similar challenge                   0.0  0.0 to 1.2
  personal details                    2.5  1.0 to 4.1
precision of the flags, %            80.0  66.0 to 89.4
recall of the flags, %                  -  the reviewer found no disclosure

Some rows have no label. The estimates hold only if these rows were skipped at random.
Rates are per 100 therapist utterances. The 95% intervals are for the utterances of these
sessions, not for other sessions. They assume that the reviewer is right."""


def test_the_text_by_hand():
    assert _estimate_text(FIGURES) == TEXT


def test_without_ambiguous_labels_there_are_no_bounds():
    assert "ambiguous" not in _estimate_text(replace(FIGURES, ambiguous=0))


def test_what_to_expect_before_drawing():
    text = "\n".join(_expected(100, 5000, plan(100, 5000, 0.02), 0.02))
    assert text == (
        "If 2 of 100 disclose (--natural-rate), expect a 95% interval of about +-3.0 per 100.\n"
        "\n"
        "utterances reviewed   40  100  200  400  800\n"
        "+- per 100           5.8  3.0  1.8  1.2  0.7\n"
        "\n"
        "We recommend at least 200 (--audit-size)."
    )
    assert "recommend" not in "".join(_expected(200, 5000, plan(200, 5000, 0.02), 0.02))
    assert _expected(30, 30, plan(30, 30, 0.02), 0.02) == [
        "These are all there are, so the rate will be exact."
    ]


def test_parquet_gives_the_same_sheet(out, tmp_path):
    load(out).write(tmp_path / "parquet", Output(tables="parquet"))
    for run_folder, sheet in ((out, "a.csv"), (tmp_path / "parquet", "b.csv")):
        result = run("sample", run_folder, "--out", tmp_path / sheet, "--audit-size", 60)
        assert result.exit_code == 0, result.output
    for one, other in (("a.csv", "b.csv"), ("a.key.csv", "b.key.csv")):
        assert (tmp_path / one).read_bytes() == (tmp_path / other).read_bytes()


def test_a_run_without_words_cannot_be_reviewed(out, tmp_path):
    load(out).write(tmp_path / "bare", Output(no_text=True))
    result = run("sample", tmp_path / "bare", "--out", tmp_path / "sheet.csv")
    assert result.exit_code == 2
    assert result.stderr.startswith("tsd: the result was written with --no-text")
    assert not (tmp_path / "sheet.csv").exists()


def test_no_transcript_words_are_printed(out, tmp_path):
    sheet = tmp_path / "sheet.csv"
    output = run("sample", out, "--out", sheet).output
    label(sheet)
    output += run("estimate", sheet).output + run("estimate", sheet, "--json").output
    assert not any(word in output for word in ("nurse", "farm", "week"))


def test_what_cannot_be_done_has_exit_status_2(out, tmp_path):
    sheet = tmp_path / "sheet.csv"
    for result, message in (
        (run("sample", tmp_path, "--out", sheet), "is not a result of `tsd analyze`"),
        (run("estimate", sheet), "cannot be opened"),
        (run("sample", out, "--out", tmp_path / "no" / "s.csv"), "its folder does not exist"),
    ):
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.startswith("tsd: ")
        assert message in result.stderr


def test_a_sheet_is_not_replaced(out, tmp_path):
    sheet = tmp_path / "sheet.csv"
    run("sample", out, "--out", sheet)
    label(sheet)
    before = sheet.read_bytes()
    result = run("sample", out, "--out", sheet, "--seed", 9)
    assert result.exit_code == 2
    assert "may hold a reviewer's work" in result.stderr
    assert sheet.read_bytes() == before


def test_an_option_out_of_bounds(out, tmp_path):
    result = run("sample", out, "--out", tmp_path / "s.csv", "--audit-size", 5)
    assert result.exit_code == 2
    assert "audit_size must be at least 20; got 5." in " ".join(result.stderr.split())
