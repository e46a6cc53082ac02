"""CITATION.cff says what pyproject.toml says."""

import re
import tomllib

import pytest


@pytest.fixture
def citation(root):
    return (root / "CITATION.cff").read_text(encoding="utf-8")


@pytest.fixture
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def value(citation, key):
    (found,) = re.findall(rf"^{key}: (.+)$", citation, flags=re.M)
    return found


def items(citation, key):
    (block,) = re.findall(rf"^{key}:\n((?:  - .+\n)+)", citation, flags=re.M)
    return re.findall(r"^  - (.+)$", block, flags=re.M)


def test_the_version_is_that_of_the_package(citation, project):
    assert value(citation, "version") == project["version"]


def test_the_licenses_are_those_of_the_package(citation, project):
    assert " AND ".join(items(citation, "license")) == project["license"]


def test_keywords_and_authors_are_those_of_the_package(citation, project):
    assert items(citation, "keywords") == project["keywords"]
    assert items(citation, "authors") == [f"name: {a['name']}" for a in project["authors"]]


def test_it_has_what_the_format_demands(citation):
    assert value(citation, "cff-version") == "1.2.0"
    for key in ("message", "title"):
        assert value(citation, key)
