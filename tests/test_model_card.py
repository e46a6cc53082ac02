"""The default model's card tells the figures of the model beside it."""

import json
import re
from xml.etree import ElementTree

import pytest

BLOCKS = ("data", "cross-validation", "ablation", "reliability", "gold")


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
    assert all(len(cells(block)) > 3 for block in blocks.values())


def test_the_cross_validation_is_that_of_the_model(folder, blocks):
    about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    made, shown = about["cross_validation"], cells(blocks["cross-validation"])
    assert shown["figure"] == ["whole sessions", "excerpts"]
    assert shown["threshold"] == [f"{about[k]:.4f}" for k in ("threshold", "excerpt_threshold")]
    for name, value in made["at_natural_rate"].items():
        expected = [f"{value:.4f}", f"{made['in_excerpts'][name]:.4f}"]
        assert shown[name.replace("_", " ")] == expected
    assert f"{made['type_accuracy']:.4f}" in blocks["cross-validation"]


def test_the_diagram_is_xml_that_loads_nothing(folder):
    text = (folder / "reliability.svg").read_text(encoding="utf-8")
    drawing = ElementTree.fromstring(text)
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert not [e for e in drawing.iter() if e.tag.endswith(("}image", "}script"))]
    assert not re.search(r"@import|@font-face|href=\"http", text)
