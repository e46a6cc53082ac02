from dataclasses import replace

import pandas as pd
import pytest

import tsd
from tsd.batch.folder import write
from tsd.batch.runner import analyze_corpus
from tsd.batch.sensitivity import variants
from tsd.measure.tables import SENSITIVITY, SENSITIVITY_NUMBERS, TABLES
from tsd.report.page import render
from tsd.settings import Output, Settings

MINE = "I used to panic on trains too, every week, and it took years to go away."
ASK = (
    "How was that for you?",
    "What happened on the way to work that morning?",
    "When you came home so early, what did you do then, and who was there too?",
)
THEIRS = "I could not sleep all week and then the work was too much and I went home early again."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("in")
    for name in "ab":
        turns = [f"C: {THEIRS}\nT: {ASK[n % 3]}" for n in range(90)]
        turns[12] = turns[20] = f"C: {THEIRS}\nT: {MINE}"
        (made / f"{name}.txt").write_text("\n".join(turns))
    return made


@pytest.fixture(scope="module")
def settings(small_model):
    return Settings.of(model=small_model, sensitivity=True)


@pytest.fixture(scope="module")
def result(folder, settings):
    return analyze_corpus(folder, settings)


def rows(result):
    return result.sensitivity.to_dict("records")


def changed(settings, **options):
    groups = {name: getattr(settings, name) for name in ("finding", "measuring", "output")}
    own = {
        name: {o.name: options[o.name] for o in group.options() if o.name in options}
        for name, group in groups.items()
    }
    return replace(settings, **{name: replace(groups[name], **own[name]) for name in groups})


def test_three_thresholds_by_three_windows(result):
    found = [(row["threshold"], row["focus_window"]) for row in rows(result)]
    names = ("recall", "balanced", "precision")
    assert found == [(name, window) for name in names for window in (50, 100, 200)]
    assert [row["chosen"] for row in rows(result)] == [False] * 4 + [True] + [False] * 4
    assert result.sensitivity["focus_sessions_tested"].gt(0).all()
    assert result.sensitivity["focus_shift_adjusted"].nunique() > 1


@pytest.mark.parametrize("number", range(9))
def test_each_row_is_as_a_run_with_its_settings(folder, settings, result, number):
    row = rows(result)[number]
    options = {"threshold": row["threshold"], "focus_window": row["focus_window"]}
    alone = analyze_corpus(folder, changed(settings, **options, sensitivity=False))
    expected = {name: alone.summary[name] for name in SENSITIVITY_NUMBERS}
    made = SENSITIVITY.frame(SENSITIVITY.of_rows([row | expected]))
    pd.testing.assert_frame_equal(
        result.sensitivity[number : number + 1].reset_index(drop=True), made
    )
    assert row["threshold_value"] == alone.run["model"]["threshold"]
    assert row["excerpt_threshold_value"] == alone.run["model"]["excerpt_threshold"]


def test_the_other_tables_are_the_same_with_and_without_it(folder, settings, result):
    without = analyze_corpus(folder, changed(settings, sensitivity=False))
    assert without.sensitivity is None
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(result, table.name), getattr(without, table.name))
    assert without.summary == result.summary


def test_units_are_scored_once(folder, settings, scored):
    analyze_corpus(folder, settings)
    assert scored == ["a", "b"]


def test_a_threshold_that_is_a_number_is_varied_by_a_quarter(folder, settings):
    found = rows(analyze_corpus(folder, changed(settings, threshold=0.9)))[1::3]
    assert [row["threshold"] for row in found] == ["lower", "as set", "higher"]
    assert [row["threshold_value"] for row in found] == [0.675, 0.9, 1.0]  # never above 1
    assert [row["excerpt_threshold_value"] for row in found] == [0.675, 0.9, 1.0]


def test_so_is_the_threshold_of_a_review_budget(folder, settings):
    result = analyze_corpus(folder, changed(settings, review_budget=2))
    threshold = result.run["review_budget"]["threshold"]
    found = rows(result)[1::3]
    assert [row["threshold_value"] for row in found] == pytest.approx(
        [0.75 * threshold, threshold, min(1.25 * threshold, 1)], abs=1e-6
    )
    assert found[1]["disclosures"] == result.summary["disclosures"]


def test_with_labels_only_the_window_is_varied(tmp_path):
    lines = [f'C,{THEIRS},\nT,"{ASK[n % 3]}",none' for n in range(90)]
    lines[20] = f"C,{THEIRS},\nT,My mother died in May of that year.,personal_details"
    (tmp_path / "a.csv").write_text("\n".join(["speaker,text,label", *lines]))
    settings = Settings.of(use_labels=True, sensitivity=True)
    result = analyze_corpus(tmp_path, settings)
    assert [row["threshold"] for row in rows(result)] == ["labels"] * 3
    assert result.sensitivity["threshold_value"].isna().all()
    assert result.sensitivity["disclosures"].tolist() == [1, 1, 1]
    without = analyze_corpus(tmp_path, Settings.of(use_labels=True))
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(result, table.name), getattr(without, table.name))
    found = [
        analyze_corpus(tmp_path, Settings.of(use_labels=True, focus_window=window)).summary
        for window in (50, 200)
    ]
    adjusted = result.sensitivity["focus_shift_adjusted"].tolist()
    assert adjusted[::2] == pytest.approx(
        [each["focus_shift_adjusted"] for each in found], abs=1e-6
    )


def test_half_a_window_is_never_less_than_the_fewest_words():
    (half, _, twice) = variants(Settings.of(focus_window=25, use_labels=True))
    measuring = half.settings(Settings.of(focus_window=25)).measuring
    assert (half.focus_window, twice.focus_window) == (12, 50)
    assert measuring.focus_minimum == 12


def test_it_is_written_and_read_like_the_other_tables(result, tmp_path):
    for tables in ("csv", "parquet"):
        write(result, tmp_path / tables, Output(tables=tables))
        again = tsd.load_result(tmp_path / tables)
        pd.testing.assert_frame_equal(again.sensitivity, result.sensitivity)


def test_a_run_without_it_has_no_such_file(result, folder, settings, tmp_path):
    write(result, tmp_path)
    assert (tmp_path / "sensitivity.csv").exists()
    without = analyze_corpus(folder, changed(settings, sensitivity=False))
    write(without, tmp_path)
    assert not (tmp_path / "sensitivity.csv").exists()
    assert tsd.load_result(tmp_path).sensitivity is None
    assert "The same numbers with other settings" not in render(without)


def test_a_table_that_was_removed_is_missed(result, tmp_path):
    write(result, tmp_path)
    (tmp_path / "sensitivity.csv").unlink()
    with pytest.raises(tsd.errors.ReadError, match=r"sensitivity\.csv: is not what `tsd analyze`"):
        tsd.load_result(tmp_path)


def test_the_report_shows_it(result):
    page = render(result).split("The same numbers with other settings")[1].split("</section>")[0]
    assert page.count("<tr>") == 1 + 9
    assert page.count("the settings of this report") == 1
