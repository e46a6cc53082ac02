"""The default model's card tells the figures of the model beside it."""

import csv
import json
import re
from xml.etree import ElementTree

import pytest

from tsd.settings import POINTS

BLOCKS = (
    "data",
    "challenge",
    "cross-validation",
    "ablation",
    "encoder",
    "encoder-gold",
    "reliability",
    "gold",
)


@pytest.fixture(scope="module")
def folder(root):
    return root / "models/default"


@pytest.fixture(scope="module")
def blocks(folder):
    card = (folder / "README.md").read_text(encoding="utf-8")
    return dict(re.findall(r"<!-- ([\w-]+) -->\n(.*?)<!-- /\1 -->", card, flags=re.S))


def cells(block):
    lines = [line.strip("| ").split(" | ") for line in block.splitlines() if line.startswith("|")]
    return {name: values for name, *values in lines}


def test_the_generated_blocks_are_there_and_full(blocks):
    assert tuple(blocks) == BLOCKS
    few = {name for name, block in blocks.items() if len(cells(block)) <= 3}
    assert few == {"encoder"}
    assert "the challenge set" in cells(blocks["encoder"])


def test_the_cross_validation_is_that_of_the_model(folder, blocks):
    about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    made, shown = about["cross_validation"], cells(blocks["cross-validation"])
    for view, key, size in (
        ("whole sessions", "at_natural_rate", "session"),
        ("excerpts", "in_excerpts", "excerpt"),
    ):
        for name in POINTS:
            values = [about["thresholds"][name][size], *made[key][name].values()]
            assert shown[f"{view}, `{name}`"] == [f"{value:.4f}" for value in values]
        assert f"average precision is {made[key]['average_precision']:.4f}" in unwrapped(blocks)
    assert f"{made['type_accuracy']:.4f}" in blocks["cross-validation"]


def unwrapped(blocks):
    return " ".join(blocks["cross-validation"].split())


def test_the_challenge_set_is_measured_kind_by_kind(root, blocks):
    shown = cells(blocks["challenge"])
    for path in (root / "data/challenge").glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            assert {row["statement"] for row in csv.DictReader(file)} - {""} <= set(shown)
    assert {f"`{name}`" for name in POINTS} <= set(shown)


def test_the_diagram_is_xml_that_loads_nothing(folder):
    text = (folder / "reliability.svg").read_text(encoding="utf-8")
    drawing = ElementTree.fromstring(text)
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert not [e for e in drawing.iter() if e.tag.endswith(("}image", "}script"))]
    assert not re.search(r"@import|@font-face|href=\"http", text)
