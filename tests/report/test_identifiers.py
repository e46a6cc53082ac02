import re

import pytest

from tsd.batch.folder import REPORT_FILE, write
from tsd.batch.runner import analyze_corpus
from tsd.report.page import render
from tsd.settings import Output, Settings

NO_GUARANTEE = (
    "This looks for obvious patterns only. It cannot show that a transcript is de-identified."
)


@pytest.fixture
def page(small_model, tmp_path):
    def make(*talk):
        for number, text in enumerate(talk):
            (tmp_path / f"{number}.txt").write_text(f"T: {text}\nC: oh\n")
        return render(analyze_corpus(tmp_path, Settings.of(model=small_model)))

    return make


def section(html):
    return html[html.index('<section aria-labelledby="identifiers">') :].split("</section>")[0]


def test_nothing_found_is_said_with_what_it_cannot_show(page):
    shown = section(page("hi", "hello"))
    assert f"<p>No obvious identifiers found in 2 sessions. {NO_GUARANTEE}</p>" in shown
    assert "<table>" not in shown


def test_a_row_per_class(page):
    shown = section(page("on March 3rd and 4/5/2019", "ring 212-555-0123", "Mrs. Zebrafinch"))
    assert "<p>Found in 2 of 3 sessions: 1 telephone number, 2 dates. Possibly also in 1" in shown
    assert NO_GUARANTEE in shown
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>.*?>(\d+)</td>.*?>(.*?)</td>", shown)
    assert rows == [
        ("telephone number", "1", "1 of 3"),
        ("date", "2", "1 of 3"),
        ("name<small>possibly</small>", "1", "1 of 3"),
    ]


def test_the_places_are_with_the_problems(page):
    assert "it has 1 telephone number (utterance 0)." in page("ring 212-555-0123")


def test_without_text_no_more_words_are_written_through_this(small_model, tmp_path):
    (tmp_path / "a.txt").write_text("T: my name is Zebrafinch, zebrafinch@example.com\nC: oh\n")
    result = analyze_corpus(tmp_path / "a.txt", Settings.of(model=small_model))
    files = write(result, tmp_path / "out", Output(no_text=True), {REPORT_FILE: render})
    assert "1 e-mail address" in section((tmp_path / "out" / REPORT_FILE).read_text())
    assert not any("zebrafinch" in path.read_text().lower() for path in files)
