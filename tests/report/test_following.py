import numpy as np
import pandas as pd
import pytest

from tests.measure.simulated import disclose, session_like_the_samples
from tests.measure.talks_by_hand import T
from tsd.batch.folder import CorpusResult
from tsd.batch.runner import analyze_corpus
from tsd.measure import tables
from tsd.measure.focus.shift import measure_focus
from tsd.measure.following.acts import GIVEN, acts_of
from tsd.measure.following.curve import curve_rows, curve_sums
from tsd.measure.following.lags import count_lags, following_rows
from tsd.report.following import CURVE_SIZE, curve_plot, later_acts
from tsd.report.page import render
from tsd.settings import Measuring, Settings


def frame(table, rows):
    return table.frame(table.of_rows(rows))


@pytest.fixture(scope="module")
def talks():
    random = np.random.default_rng(0)
    made = [session_like_the_samples(random, name=str(n)) for n in range(20)]
    return [disclose(t, random.choice(np.flatnonzero(t.of(T)), 4, replace=False)) for t in made]


@pytest.fixture(scope="module")
def following(talks):
    return frame(tables.FOLLOWING, following_rows([count_lags(acts_of(t)) for t in talks]))


@pytest.fixture(scope="module")
def curve(talks):
    measuring = Measuring()
    sums = [curve_sums(t, measure_focus(t, measuring), measuring) for t in talks]
    return frame(tables.CURVE, curve_rows(sums))


def test_only_rows_with_enough_turns_are_shown(following):
    groups = later_acts(following, GIVEN)
    assert [group["given"] for group in groups] == ["disclosure", "training", "question"]
    shown = following[(following["given"] == "disclosure") & following["p"].notna()]
    assert len(groups[0]["rows"]) == len(shown) < 16
    assert groups[0]["turns"] == shown["given_turns"].iloc[0]


def test_each_rate_has_its_base_rate(following):
    first = later_acts(following, GIVEN)[0]["rows"][0]
    row = following.iloc[0]
    assert first["when"] == "the client’s next turn"
    assert first["what"] == "a short turn"
    assert first["observed"] == pytest.approx(100 * row["observed_share"], abs=0.05)
    assert first["base"] == pytest.approx(100 * row["base_rate"], abs=0.05)


def test_a_lag_is_named_once(following):
    rows = later_acts(following, GIVEN)[0]["rows"]
    assert [row["when"] for row in rows if row["when"]] == [
        "the client’s next turn",
        "the therapist’s next turn",
        "the client’s turn after that",
    ]


def test_the_curve_has_a_side_before_and_one_after(curve):
    plot = curve_plot(curve)
    before, after = (
        [tuple(map(float, point.split(","))) for point in side["share"].split()]
        for side in plot["sides"]
    )
    assert len(before) == len(after) == 19
    assert (before[0][0], after[-1][0]) == (0, CURVE_SIZE[0])
    assert before[-1][0] < CURVE_SIZE[0] / 2 < after[0][0]
    share = curve["client_share"].iloc[0]
    assert before[0][1] == pytest.approx((1 - share) * CURVE_SIZE[1], abs=0.05)
    assert len(plot["sides"][0]["band"].split()) == 38


def test_without_a_band_there_is_no_curve(curve):
    assert curve_plot(curve.assign(chance_low=np.nan)) is None
    assert curve_plot(frame(tables.CURVE, curve_rows([]))) is None


@pytest.fixture(scope="module")
def result(small_model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("in")
    (folder / "a.txt").write_text("T: How was your week?\nC: Good.\n")
    return analyze_corpus(folder, Settings.of(model=small_model))


def page_with(result: CorpusResult, following: pd.DataFrame, curve: pd.DataFrame) -> str:
    return render(
        CorpusResult(**{**vars(result), "following": following, "curve": curve}),
    )


def test_the_page_shows_both_and_says_how_to_read_them(result, following, curve):
    page = page_with(result, following, curve)
    assert page.count("How to read it.") == 2
    assert page.count('<svg class="rates"') == following["p"].notna().sum()
    assert page.count('<svg class="curve"') == 1
    assert "base rate: how often it follows" in page
    assert "The table does not show why something follows" in page


def test_a_page_with_too_little_to_show_has_no_such_part(result):
    page = render(result)
    assert "What follows a disclosure" not in page
    assert "How to read it." not in page
