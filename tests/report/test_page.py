import html
import re

import pytest

import tsd
from tsd.batch.folder import CorpusResult
from tsd.batch.runner import analyze_corpus
from tsd.report.page import render
from tsd.settings import Settings

ATTACK = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def settings(small_model):
    return Settings.of(model=small_model)


@pytest.fixture(scope="module")
def result(settings, tmp_path_factory):
    folder = tmp_path_factory.mktemp("in")
    (folder / "a.csv").write_text(
        f"session_id,speaker,text\n{ATTACK},{ATTACK},Hello {ATTACK} there.\n"
        f"{ATTACK},T,I used to panic {ATTACK} on trains too. And you?\n"
    )
    (folder / "b.txt").write_text("Anna: words\nBert: words\nAnna: more\nBert: more\n")
    return analyze_corpus(folder, settings)


@pytest.fixture(scope="module")
def page(result):
    return render(result)


def test_the_flagged_rate_says_how_far_off_it_could_be(result, page):
    assert "<small>no interval (fewer than 6 sessions)<br>" in page
    known = {"flagged_low": 1.04, "flagged_high": 2.96, "flagged_note": "over 9 sessions"}
    made = render(CorpusResult(**vars(result) | {"summary": result.summary | known}))
    assert (
        "1.0 to 3.0 (95% interval, over 9 sessions): how far off this rate could be with other "
        "therapists or sessions like these. It does not allow for the classifier’s errors.<br>"
    ) in made


def test_everything_from_the_input_is_escaped(page):
    assert ATTACK not in page
    assert html.escape(ATTACK) in page


def test_the_page_refers_to_nothing_outside(page):
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!#)", page)
    assert "<script" not in page
    assert "@import" not in page
    assert "url(" not in page


def test_the_disclosing_words_are_marked(page):
    assert re.search(r"<mark class=\"similar_challenge\">I used to panic", page)


def test_every_session_is_in_the_table(page, result):
    for name in result.sessions["session_id"]:
        assert html.escape(name) in page


def test_problems_are_shown(page):
    assert "no speaker could be recognized as the therapist" in page


def test_what_is_missing_from_the_whole_run_is_shown(page, result):
    part = page.split('<h2 id="missing">')[1].split("</section>")[0]
    of_all = result.missing[result.missing["level"] == "corpus"]
    assert part.count('<td class="small">') == len(of_all) > 3
    for row in of_all.itertuples():
        shown = f'<td>{row.table}</td><td class="small">{", ".join(row.columns)}</td>'
        assert shown in part
        assert html.escape(row.reason, quote=False) in html.unescape(part)


def test_a_number_that_is_missing_is_a_dash(page):
    assert '<td class="n">–</td>' in page


def test_without_disclosures_the_page_says_so(small_model, tmp_path):
    (tmp_path / "a.txt").write_text("T: How was your week?\nC: Good.\n")
    settings = Settings.of(model=small_model, threshold=1.0)
    page = render(analyze_corpus(tmp_path, settings))
    assert "No disclosure was flagged." in page


def test_no_judgment_in_the_words(page):
    for word in ("violation", "inappropriate", "unethical", "poor", "score:"):
        assert word not in page.lower()


def test_the_same_tables_give_the_same_page(result, page):
    assert render(result) == page


def test_a_result_read_back_gives_the_same_page(result, page, tmp_path):
    result.write(tmp_path / "out")
    assert render(tsd.load_result(tmp_path / "out")) == page


def test_a_quote_with_a_bar_in_it_is_one_quote(small_model, tmp_path):
    (tmp_path / "a.csv").write_text(
        "speaker,text,label\nC,Hm.,\nT,My mother died | in May.,personal_details\nC,Oh.,\n"
    )
    result = tsd.analyze_corpus(tmp_path / "a.csv", Settings.of(use_labels=True))
    assert '<span class="quote">1: “My mother died | in May.”</span>' in render(result)


def test_what_is_said_at_one_time_is_drawn_at_one_place(tmp_path):
    """Silence from 60 s on, and a disclosure at 620 to 630 s of 640."""
    rows = [f"{'TC'[n % 2]},words of the turn,{10 * n},{10 * n + 10}," for n in range(6)]
    rows += ["T,My mother died in May.,620,630,personal_details", "C,I see.,630,640,"]
    (tmp_path / "a.csv").write_text("\n".join(["speaker,text,start,end,label", *rows]))
    result = tsd.analyze_corpus(tmp_path / "a.csv", Settings.of(use_labels=True))
    page = render(result)
    [mark, *others] = re.findall(
        r'<rect class="personal_details" x="(.+?)" y="0" width="(.+?)"', page
    )
    assert set(others) <= {mark}
    assert float(mark[0]) == pytest.approx(1000 * 620 / 640, abs=0.01)
    assert float(mark[0]) + float(mark[1]) == pytest.approx(1000 * 630 / 640, abs=0.01)
    points = " ".join(re.findall(r'<polyline points="(.+?)"', page)).split()
    windows = result.dynamics.dropna(subset="therapist_share")
    middles = (windows["begin"] + windows["end"]) / 2
    assert [float(point.split(",")[0]) for point in points] == pytest.approx(
        (1000 * middles / 640).tolist(), abs=0.01
    )
    last = float(points[-1].split(",")[0])
    begin, end = windows[["begin", "end"]].iloc[-1] * 1000 / 640
    assert begin <= float(mark[0]) <= end
    assert begin <= last <= end


def test_the_report_is_written_whole(result, page, tmp_path):
    tsd.write_report(result, tmp_path / "r.html")
    assert (tmp_path / "r.html").read_text(encoding="utf-8") == page
