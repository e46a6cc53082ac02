import builtins
import socket

import pytest

from tsd.errors import MissingExtraError
from tsd.readers import read_file
from tsd.readers.identifiers import presidio
from tsd.readers.identifiers.look import matches
from tsd.settings import Reading

TALK = (
    "T: My IBAN is DE89370400440532013000, jane@example.com.\n"
    "C: It was 10/10 at home.Then I left.\n"
)


@pytest.fixture
def offline(monkeypatch):
    pytest.importorskip("presidio_analyzer")

    def refuse(*_, **__):
        raise AssertionError("the network was used")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    presidio._engine.cache_clear()
    yield
    presidio._engine.cache_clear()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TALK)
    return path


def test_it_adds_what_the_rules_do_not_find_without_the_network(offline, file):
    (session,) = read_file(file).files[0].sessions
    assert session.identifiers.counts() == {"strong": {"e-mail address": 1}, "weak": {}}
    (session,) = read_file(file, Reading(identifiers="presidio")).files[0].sessions
    assert session.identifiers.counts() == {
        "strong": {"e-mail address": 1, "record or account number": 1},
        "weak": {},
    }


def test_a_low_score_is_weak(offline):
    (match,) = presidio.analyze("so 212-555-0123 then")
    assert (match.kind, match.strong) == ("telephone number", False)


def test_long_talk_is_read_in_pieces(offline):
    text = "so it went " * 1000 + "219-45-6789 " + "and on " * 1000
    found = presidio.analyze(text)
    assert [text[m.start : m.end] for m in found if m.strong] == ["219-45-6789"]


def test_a_pattern_that_takes_too_long_counts_as_an_identifier(offline, monkeypatch):
    from presidio_analyzer.predefined_recognizers import UsSsnRecognizer

    class Slow:
        def finditer(self, *_, **__):
            raise TimeoutError

    engine = presidio._engine()
    (recognizer,) = (r for r in engine.registry.recognizers if isinstance(r, UsSsnRecognizer))
    presidio.analyze("so")  # compiles the patterns
    for pattern in recognizer.patterns:
        monkeypatch.setattr(pattern, "compiled_regex", Slow())
    (match,) = presidio.analyze("so 10")
    assert (match.kind, match.strong) == ("stretch that could not be checked", True)
    assert matches("so 10", [match]) == [match]


def test_it_has_to_be_installed(monkeypatch, file):
    original = builtins.__import__

    def without(name, *rest, **more):
        if name.startswith("presidio"):
            raise ImportError(name)
        return original(name, *rest, **more)

    presidio._engine.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError) as caught:
        read_file(file, Reading(identifiers="presidio"))
    assert str(caught.value).startswith("--identifiers presidio needs presidio-analyzer, which is")
