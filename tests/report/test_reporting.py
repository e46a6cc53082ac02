import html
import re

import pytest

from tsd.batch.folder import CorpusResult
from tsd.batch.runner import analyze_corpus
from tsd.report.page import render
from tsd.report.reporting import TO_WRITE, methods_page, reporting
from tsd.settings import Settings

FIGURES = {
    "sessions": 1201,
    "sessions_measured": 1190,
    "sessions_with_disclosure": 803,
    "utterances": 90207,
    "therapist_utterances": 45104,
    "disclosures": 3301,
    "disclosures_training": 1102,
    "disclosures_similar_challenge": 1303,
    "disclosures_personal_details": 896,
    "disclosures_per_1000_words": 5.31,
    "disclosures_per_hour": 7.42,
    "flagged": 6.53,
    "flagged_low": 5.64,
    "flagged_high": 7.75,
    "flagged_note": "from resampling 41 therapists",
    "adjusted": 4.86,
    "adjusted_low": 3.97,
    "adjusted_high": 5.08,
    "adjusted_note": "",
    "audited": 4.19,
    "audited_low": 3.2,
    "audited_high": 5.21,
    "audited_note": "",
    "focus_tested": 2222,
    "focus_tested_training": 701,
    "focus_tested_similar_challenge": 902,
    "focus_tested_personal_details": 619,
    "focus_sessions_tested": 777,
    "focus_shift_tested": 0.0711,
    "focus_shift_adjusted": 0.0432,
    "focus_shift_adjusted_low": -0.0121,
    "focus_shift_adjusted_high": 0.0987,
    "focus_shift_adjusted_interval": "from resampling 39 therapists",
    "focus_shift_p": 0.031,
    "focus_shift_p_therapists": 0.214,
    "focus_shift_p_therapists_note": "39 therapists",
    "focus_test": "tested",
}
ERRORS = {"sensitivity": 0.83, "false_alarms": 0.0049, "disclosing": 97, "others": 2904}
AUDIT = {"drawn": 240, "reviewed": 229, "ambiguous": 8, "unlabeled": 3}


def changed(result, summary=None, **run):
    return CorpusResult(
        **vars(result) | {"summary": result.summary | (summary or {}), "run": result.run | run}
    )


def text(result):
    return " ".join(reporting(result).sentences)


def known(result, title):
    (item,) = [item for item in reporting(result).checklist if item.title == title]
    return item


@pytest.fixture(scope="module")
def result(small_model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("in")
    (folder / "a.txt").write_text("Wanda: I used to panic on trains too.\nAnton: Oh. And then?\n")
    (folder / "b.txt").write_text("Zoe: words\nYul: words\nZoe: more\nYul: more\n")
    (folder / "c.csv").write_text("nothing")
    metadata = folder / "metadata.csv"
    metadata.write_text("session_id,therapist\na,T7\n")
    settings = Settings.of(
        model=small_model, therapist=["Wanda"], metadata=metadata, seed=3, focus_window=60
    )
    return analyze_corpus(folder, settings)


@pytest.fixture(scope="module")
def full(result):
    return changed(result, FIGURES, error_rates=ERRORS, audit=AUDIT)


# --- the figures


def test_the_figures_are_those_of_the_run(full):
    assert reporting(full).sentences[4:10] == (
        f"A sentence-like unit was flagged if its probability was at least "
        f"{full.run['model']['threshold']:.4f} in whole sessions and "
        f"{full.run['model']['excerpt_threshold']:.4f} in excerpts (setting: balanced).",
        "There were 3,301 flagged disclosures in 803 of 1,190 sessions (1,102 training, 1,303 "
        "similar challenge and 896 personal details): 5.31 per 1,000 therapist words and 7.42 per "
        "hour of session.",
        "The flagged rate was 6.53 per 100 therapist utterances (95% interval 5.64 to 7.75, from "
        "resampling 41 therapists).",
        "The rate adjusted for the classifier's errors (in coded sessions: sensitivity 0.83 over "
        "97 disclosing utterances, false alarms 0.0049 over 2,904 others) was 4.86 per 100 "
        "therapist utterances (95% interval 3.97 to 5.08).",
        "The audited rate was 4.19 per 100 therapist utterances (95% interval 3.20 to 5.21).",
        "People reviewed a random sample of 240 utterances: 229 have a label, 8 were ambiguous "
        "and 3 got no label.",
    )
    assert reporting(full).sentences[10:14] == (
        "The focus of the talk was measured in K = 60 words before and after each episode of "
        "disclosure, and compared with what comparable places in the same session lead to expect, "
        "with 999 permutations within each session (seed 3).",
        "It could be tested in 777 sessions; by type, the disclosures in episodes that could be "
        "tested were 701 of 1102 training, 902 of 1303 similar challenge and 619 of 896 personal "
        "details.",
        "The mean shift away from the client, against what was expected, was +0.043 (95% interval "
        "-0.012 to +0.099, from resampling 39 therapists). The raw shift of the same episodes, the "
        "client's share before minus the share after, was +0.071.",
        "The test of whether there is a shift in any session gives p = 0.031; the test of whether "
        "there is one on average gives p = 0.214 (39 therapists).",
    )


NOT_FROM_FIGURES = ("focus_test", "therapist_utterances")  # the latter is counted in the sessions


@pytest.mark.parametrize(
    "name", [n for n, value in FIGURES.items() if value and n not in NOT_FROM_FIGURES]
)
def test_another_figure_makes_another_text(full, name):
    other = f"{FIGURES[name]}!" if isinstance(FIGURES[name], str) else FIGURES[name] + 0.5
    other = FIGURES[name] + 1 if isinstance(FIGURES[name], int) else other
    assert text(changed(full, {name: other})) != text(full)


@pytest.mark.parametrize(("part", "figures"), [("error_rates", ERRORS), ("audit", AUDIT)])
def test_another_figure_of_a_companion_makes_another_text(full, part, figures):
    for name, value in figures.items():
        other = changed(full, **{part: figures | {name: value * 1.1 + 1}})
        assert text(other) != text(full), name


def test_what_was_read_and_with_what(result):
    words = int(result.sessions["therapist_words"].sum())
    hours = result.sessions["session_seconds"].sum() / 3600
    versions, model = result.run["versions"], result.run["model"]
    assert reporting(result).sentences[:4] == (
        f"We analyzed 2 sessions (6 utterances, 1 of them by therapists, with {words} words; "
        f"{hours:.1f} hours). The therapist's identity was known in 1 of them (1 therapist).",
        "Roles came from 1 name that we gave, the role column or the speakers' names in the "
        "transcripts; the therapist was recognized in 1 of 2 sessions, and 4 utterances had no "
        "known role.",
        f"Disclosures were found with tsd {versions['therapist-self-disclosure']} (Python "
        f"{versions['python']}), another model than its default (sha256 {model['sha256']}) and "
        f"scikit-learn {versions['scikit-learn']}, spacy {versions['spacy']} and numpy "
        f"{versions['numpy']}.",
        "[What this model has learned from: to be written by you.]",
    )


def test_what_is_missing_and_how_the_settings_differ(result):
    assert reporting(result).sentences[-6:] == (
        "Talk time was based on the number of words at an assumed rate of speech in 2 sessions.",
        "Settings other than the defaults: therapist = 1 name, metadata = a file, model = a "
        "folder, focus_window = 60 and seed = 3.",
        "1 of 3 inputs could not be read or analyzed.",
        "Nothing was measured in 1 of 2 sessions: no therapist was recognized.",
        "The focus shift could not be tested for 1 of 1 disclosure.",
        "The table missing lists every number that is missing, with the reason.",
    )


def test_what_there_is_no_figure_of_is_missing_with_its_reason(result):
    s = result.summary
    needs = s["adjusted_note"].removeprefix("not computed: ")
    assert f"It was not adjusted for the classifier's errors: {needs}." in text(result)
    assert "audited" not in text(result)
    assert f"The mean shift is missing ({s['focus_test']})." in text(result)
    assert "This run used no human review of a random sample." in text(result)
    without = changed(result, FIGURES | {"flagged_low": None, "flagged_note": "no interval (few)"})
    assert "6.53 per 100 therapist utterances; no interval (few)." in text(without)


def test_what_an_interval_assumes_is_said_once(full):
    caveat = "too narrow if sessions share a therapist"
    notes = {"flagged_note": f"over 9 sessions; {caveat}", "adjusted_note": "over 9 sessions"}
    made = text(changed(full, notes))
    assert f"(95% interval 5.64 to 7.75, over 9 sessions; {caveat})." in made
    assert "(95% interval 3.97 to 5.08, over 9 sessions)." in made
    assert made.count(caveat) == 1


def test_without_text_it_is_not_known_whether_names_were_given(full):
    settings = full.run["settings"]
    quiet = settings | {
        "reading": settings["reading"] | {"therapist": [], "client": []},
        "output": settings["output"] | {"no_text": True},
    }
    expected = (
        "Roles came from the role column or the speakers' names in the transcripts, or from names "
        "that we gave (--no-text does not keep whether there were any); the therapist was "
    )
    assert expected in text(changed(full, settings=quiet))


def test_the_default_model_is_said_to_have_learned_from_language_models(full):
    default = changed(full, model=full.run["model"] | {"path": None})
    assert (
        "This model has learned from utterances that language models wrote for the tsd project, "
        "not from real sessions." in text(default)
    )


def test_a_budget_in_place_of_a_threshold(full):
    budget = {"utterances": 50, "threshold": 0.41231, "expected_disclosures": 20.0}
    assert (
        "We flagged at most 50 utterances, those with the highest probabilities (the lowest of "
        "them was 0.4123)." in text(changed(full, review_budget=budget))
    )


def test_labels_by_people(tmp_path):
    (tmp_path / "a.csv").write_text(
        "speaker,text,label\nC,Hm.,\nT,My mother died in May.,personal_details\nC,Oh.,\n"
    )
    made = analyze_corpus(tmp_path / "a.csv", Settings.of(use_labels=True))
    assert "Disclosures were labeled by people and measured with tsd" in text(made)
    assert "There was 1 labeled disclosure in 1 of 1 session" in text(made)
    assert "classifier" not in text(made)
    titles = [item.title for item in reporting(made).checklist]
    assert "Coding" in titles
    assert "Error rates on your own sessions" not in titles


def test_nothing_found_is_no_row_of_zeros(small_model, tmp_path):
    (tmp_path / "a.txt").write_text("T: How was your week?\nC: Good.\n")
    made = analyze_corpus(tmp_path / "a.txt", Settings.of(model=small_model))
    assert "No disclosure was flagged in 1 session." in reporting(made).sentences
    assert "There was no disclosure, and so no shift of focus to test." in text(made)
    assert " 0 of 0 " not in methods_page(made)
    assert "could not be tested" not in text(made)


def test_nothing_measured_is_no_row_of_zeros(small_model, tmp_path):
    (tmp_path / "a.txt").write_text("Zoe: words\nYul: words\nZoe: more\nYul: more\n")
    made = analyze_corpus(tmp_path / "a.txt", Settings.of(model=small_model))
    assert "Nothing was measured: no therapist was recognized." in reporting(made).sentences
    assert "There was no disclosure, and so no shift of focus to test." in text(made)
    assert " 0 of 0 " not in methods_page(made)


def test_types_without_a_disclosure_are_left_out(full):
    none = changed(full, {"disclosures_training": 0, "focus_tested_training": 0})
    assert "tested were 902 of 1303 similar challenge and 619 of 896 personal details." in text(
        none
    )
    all_tested = changed(full, {"focus_tested": FIGURES["disclosures"]})
    assert "could not be tested" not in text(all_tested)


# --- the checklist and its two places


def test_every_item_has_a_figure_or_is_for_the_authors(full, result):
    for each in (full, result):
        items = reporting(each).checklist
        assert len({item.title for item in items}) == len(items) == 15
        assert all(item.known or item.yours for item in items)


def test_what_the_authors_must_write_depends_on_the_run(full, result):
    title = "Error rates on your own sessions"
    assert known(result, title).yours.startswith("how often the model is right")
    assert known(full, title).yours.startswith("who coded the sessions")
    assert "sensitivity 0.83" in known(full, title).known


def test_p_values_are_counted(full, result):
    assert known(full, "Multiple testing").known.startswith(
        "This run gives 2 p-values for all sessions together and 0 for single sessions, "
    )
    assert known(result, "Multiple testing").known == "This run gives no p-values."


def test_the_page_and_the_file_say_the_same(full):
    page, file = html.unescape(render(full)), methods_page(full)
    made = reporting(full)
    for words in [*made.sentences, *(item.known for item in made.checklist)]:
        assert words in page
        assert words in file
    for place in (page, file):
        open_items = [item for item in made.checklist if item.yours]
        shown = re.findall(rf"\[{TO_WRITE.capitalize()}: (.+?)\.\]", place)
        assert shown == [item.yours for item in open_items]


def test_nothing_from_the_input_is_in_the_file(full):
    file = methods_page(full)
    for word in ("Wanda", "Anton", "Zoe", "panic", "T7", "a.txt", "metadata.csv", "c.csv"):
        assert not re.search(rf"\b{re.escape(word)}", file), word
