import csv

import pandas as pd
import pytest

from tsd.errors import AnnotationError, OutputError, ReadError
from tsd.learn.audit_plan import plan
from tsd.learn.audit_sheets import LABELS, SHEET_COLUMNS, key_path, read_reviewed, write_sheet
from tsd.measure.rates.audited import audit_figures


def table(sessions=3, length=40):
    rows = []
    for session in range(sessions):
        for u in range(length):
            therapist = u % 2 == 1
            p = (u * 7 + session) % length / length if therapist else None
            rows.append(
                {
                    "session_id": f"=s{session}",
                    "utterance": u,
                    "utterance_id": u,
                    "speaker": "X",
                    "role": "therapist" if therapist else "client",
                    "p_disclosure": p,
                    "is_disclosure": therapist and p > 0.9,
                    "text": f'-say {u}, "so" in {session}\nyes' if therapist else f"hear {u}",
                }
            )
    return pd.DataFrame(rows)


def run_of(inputs=(), *, no_text=False, use_labels=False):
    settings = {"output": {"no_text": no_text}, "finding": {"use_labels": use_labels}}
    return {"settings": settings, "inputs": [{"path": str(path)} for path in inputs]}


def draw_sheet(path, made=None, run=None, size=20, seed=0):
    made = table() if made is None else made
    return write_sheet(made, run or run_of(), path, size=size, seed=seed, rate=0.02)


@pytest.fixture
def sheet(tmp_path):
    draw_sheet(tmp_path / "sheet.csv")
    return tmp_path / "sheet.csv"


def read(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def fill(sheet, label):
    """Write a label, or what a function of the item gives, on every row."""
    rows = read(sheet)
    for row in rows:
        row["label"] = label(int(row["item"])) if callable(label) else label
    with sheet.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, SHEET_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


# --- writing


def test_the_sheet_shows_nothing_of_the_model(sheet):
    rows = read(sheet)
    assert tuple(rows[0]) == SHEET_COLUMNS
    assert [row["item"] for row in rows] == [str(n) for n in range(1, 21)]
    assert {row["label"] for row in rows} == {row["comment"] for row in rows} == {""}
    content = sheet.read_text()
    for word in ("=s", "top", "rest", "True", "False", "0.9"):
        assert word not in content


def test_the_key_fits_the_sheet(sheet):
    key = pd.read_csv(key_path(sheet))
    assert len(key) == 60
    assert set(key["session_id"]) == {"'=s0", "'=s1", "'=s2"}
    drawn = key[key["item"].notna()].set_index("item")
    for row in read(sheet):
        u, session = drawn.loc[int(row["item"]), ["utterance", "session_id"]]
        assert row["text"] == f'\'-say {u}, "so" in {session[-1]}\nyes'
        assert row["before"] == f"client: hear {u - 1}"
        assert row["after"] == ("" if u == 39 else f"client: hear {u + 1}")


def test_the_first_utterance_has_nothing_before(tmp_path):
    made = table(sessions=2)
    made = made[made["utterance"] > 0]
    draw_sheet(tmp_path / "sheet.csv", made, size=40)
    rows = read(tmp_path / "sheet.csv")
    assert sum(row["before"] == "" for row in rows) == 2
    assert sum(row["after"] == "" for row in rows) == 2


def test_the_seed_decides_the_sheet(tmp_path):
    written = []
    for name, seed in (("a", 0), ("b", 0), ("c", 1)):
        draw_sheet(tmp_path / f"{name}.csv", seed=seed)
        written.append((tmp_path / f"{name}.csv").read_text())
    assert written[0] == written[1] != written[2]


def test_the_plan_fits_the_key(tmp_path):
    key, planned = draw_sheet(tmp_path / "sheet.csv")
    assert planned == plan(20, 60, 0.02)
    assert set(key["stratum"]) == set(planned.design.names)


def test_nothing_but_sheet_and_key_is_left(sheet):
    names = {path.name for path in sheet.parent.iterdir()}
    assert names == {"sheet.csv", "sheet.key.csv"}


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.key.csv"])
def test_a_reviewers_work_is_never_replaced(tmp_path, name):
    (tmp_path / name).write_text("work")
    with pytest.raises(OutputError) as caught:
        draw_sheet(tmp_path / "sheet.csv")
    assert str(caught.value) == (
        f"{tmp_path / name}: already exists and may hold a reviewer's work. Choose another name."
    )
    assert (tmp_path / name).read_text() == "work"
    assert {path.name for path in tmp_path.iterdir()} == {name}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            {"no_text": True},
            "the result was written with --no-text, so there are no words to review. Analyze "
            "again without it.",
        ),
        (
            {"use_labels": True},
            "the result measures human labels, so there is no classifier to review. Analyze "
            "again without --use-labels.",
        ),
    ],
)
def test_runs_that_cannot_be_reviewed(tmp_path, more, message):
    with pytest.raises(AnnotationError) as caught:
        draw_sheet(tmp_path / "sheet.csv", run=run_of(**more))
    assert str(caught.value) == message
    assert not (tmp_path / "sheet.csv").exists()


def test_a_run_without_probabilities(tmp_path):
    with pytest.raises(AnnotationError, match="no therapist utterance with a probability"):
        draw_sheet(tmp_path / "sheet.csv", table().assign(p_disclosure=None))


def test_where_a_sheet_cannot_be_written(tmp_path):
    transcripts = tmp_path / "in"
    transcripts.mkdir()
    run = run_of([transcripts / "s1.csv"])
    for sheet, message in (
        (transcripts / "sheet.csv", "is in the folder of the transcripts"),
        (tmp_path / "sheet.xlsx", "the name of a review sheet must end in .csv"),
        (tmp_path / "no" / "sheet.csv", "its folder does not exist"),
    ):
        with pytest.raises(OutputError, match=message):
            draw_sheet(sheet, run=run)


# --- reading


def test_a_filled_in_sheet_is_read(sheet):
    fill(sheet, lambda item: "training" if item <= 4 else "none")
    figures = audit_figures(read_reviewed(sheet))
    assert (figures.utterances, figures.drawn, figures.reviewed) == (60, 20, 20)
    key = pd.read_csv(key_path(sheet))
    hits = (key["item"] <= 4).groupby(key["stratum"]).sum()
    drawn, in_all = (key.groupby("stratum")["item"].agg(what) for what in ("count", "size"))
    assert figures.rate.value == pytest.approx(100 * (hits / drawn * in_all).sum() / 60)
    assert figures.types["training"].interval == figures.rate.interval
    assert figures.types["training"].value == figures.rate.value
    assert figures.types["personal_details"].value == 0
    assert set(read_reviewed(sheet).rows) == {"=s0", "=s1", "=s2"}


def test_labels_are_read_as_people_write_them(sheet):
    written = ["None", " TRAINING ", "similar challenge", "Personal-Details", "Ambiguous", "", "  "]
    fill(sheet, lambda item: written[item - 1] if item <= len(written) else "none")
    sample = read_reviewed(sheet)
    assert (sample.drawn, sample.ambiguous, sample.unlabeled) == (20, 1, 2)
    assert sample.of()[..., 2:5].sum(axis=(0, 1)).tolist() == [1, 1, 1]


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16")])
def test_as_a_spreadsheet_saves_it(sheet, delimiter, encoding):
    fill(sheet, "none")
    rows = [[row["label"], row["item"]] for row in read(sheet)]
    with sheet.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows([["Label", "Item"], *rows[:15], ["", ""]])
    sample = read_reviewed(sheet)
    assert (sample.drawn, sample.unlabeled) == (20, 5)


def lines_of(sheet, *lines, header="item,label"):
    sheet.write_text("\n".join([header, *lines]) + "\n")


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (["1,none", "2,trainign"], 3, f"the label must be one of {', '.join(LABELS)}, or empty."),
        (
            ["99,none"],
            2,
            "the item 99 is not in the key. Expected one of 1 to 20; leave the column as it was.",
        ),
        (
            ["1,none", "so she said,none"],
            3,
            "the item is not a whole number. Expected one of 1 to 20; leave the column as it was.",
        ),
        (["1,none", "", "1,"], 4, "item 1 is also on line 2. Keep only one of the two rows."),
        (["1,none", "2"], 3, "this row has too few fields: 1 instead of 2."),
        (['1,"none'], 2, "is not a valid table. Is a quotation mark missing?"),
    ],
)
def test_what_is_wrong_is_reported_with_its_line(sheet, lines, line, message):
    lines_of(sheet, *lines)
    with pytest.raises(ReadError) as caught:
        read_reviewed(sheet)
    assert str(caught.value) == f"{sheet}, line {line}: {message}"


def test_lines_are_counted_through_cells_of_several_lines(sheet):
    lines_of(sheet, '1,"words\nof two lines",none', "2,x,wrong", header="item,text,label")
    with pytest.raises(ReadError, match="line 4: the label must be one of"):
        read_reviewed(sheet)


@pytest.mark.parametrize(
    ("header", "found"),
    [("number,label", "0 columns named 'item'"), ("item,label,label", "2 columns named 'label'")],
)
def test_changed_columns(sheet, header, found):
    lines_of(sheet, "1,none", header=header)
    with pytest.raises(ReadError) as caught:
        read_reviewed(sheet)
    assert str(caught.value) == (
        f"{sheet}, line 1: has {found}; expected one. The columns of a sheet are "
        f"{', '.join(SHEET_COLUMNS)}."
    )


def test_a_missing_sheet_and_a_missing_key(sheet, tmp_path):
    with pytest.raises(ReadError, match=r"no\.csv: cannot be opened"):
        read_reviewed(tmp_path / "no.csv")
    key_path(sheet).unlink()
    with pytest.raises(ReadError) as caught:
        read_reviewed(sheet)
    assert str(caught.value) == (
        f"{key_path(sheet)}: does not exist. It was written with the sheet and must be in the same "
        "folder."
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("stratum", "layer"),
        lambda text: text.replace(",rest,", ",bottom,").replace(",top,", ",bottom,"),
        lambda text: text.replace("False", "perhaps"),
        lambda text: text + text.splitlines()[1] + "\n",
        lambda text: text.splitlines()[0] + "\n",
    ],
)
def test_a_changed_key(sheet, damage):
    key_path(sheet).write_text(damage(key_path(sheet).read_text()))
    with pytest.raises(ReadError, match=r"sheet\.key\.csv: has been changed"):
        read_reviewed(sheet)
