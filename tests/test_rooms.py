"""The rooms of the package: what may import what (CONTRIBUTING.md)."""

import ast
from pathlib import Path

import pytest

import tsd

PACKAGE = Path(tsd.__file__).parent
ROOMS = ("readers", "segment", "classify", "measure", "learn", "batch", "report", "cli")
BELOW = {
    "schema": set(),
    "errors": {"schema"},
    "settings": {"schema", "errors"},
    "stats": {"schema", "errors"},
    "files": {"schema", "errors"},
    "words": set(),
}
"""The files above the rooms, and which of each other they may import."""

FILES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def room(path):
    return path.parts[0].removesuffix(".py")


def imported(path):
    """Yield the modules of the package that a file imports, wherever in it."""
    for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import"
            names = [f"{node.module}.{each.name}" for each in node.names]
        else:
            continue
        yield from (name.split(".")[1:] for name in names if name.startswith("tsd."))


def allowed(here):
    if here in BELOW:
        return BELOW[here] | {here}
    return {*BELOW, *ROOMS[: ROOMS.index(here) + 1]}


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_room_imports_only_from_rooms_before_it(path):
    here = room(path)
    if here in ("__init__", "__main__"):
        return
    wrong = {name[0] for name in imported(path)} - allowed(here)
    assert not wrong, f"{path} imports {', '.join(sorted(wrong))}"


def test_there_are_no_circles():
    uses = {}
    for path in FILES:
        parts = path.with_suffix("").parts
        name = parts[:-1] if parts[-1] == "__init__" else parts
        uses[name] = list(imported(path))
    uses = {name: {_module(each, uses) for each in found} for name, found in uses.items() if name}
    while uses:
        free = {name for name, found in uses.items() if not any(each in uses for each in found)}
        assert free, f"a circle among {sorted('.'.join(name) for name in uses)}"
        uses = {name: found for name, found in uses.items() if name not in free}


def _module(name, modules):
    """Return the module that an imported name is, or is in."""
    parts = tuple(name)
    while parts not in modules:
        parts = parts[:-1]
    return parts


def test_every_room_is_named():
    assert {room(path) for path in FILES} == {"__init__", "__main__", *ROOMS, *BELOW}
