import pytest

from tsd.errors import ReadError
from tsd.readers.log import ProblemLog
from tsd.readers.source import Source
from tsd.readers.tiers.nodes import nodes


def _read(content, log=None):
    data = content if isinstance(content, bytes) else content.encode()
    return list(nodes(Source("a.eaf", data), log or ProblemLog("a.eaf")))


def test_children_come_before_their_parent_and_know_it():
    found = _read('<a>\n<b x=" 1 ">one<c>two</c>three</b>\n</a>')
    assert [(node.name, node.text.strip(), node.line) for node in found] == [
        ("c", "two", 2),
        ("b", "onethree", 2),
        ("a", "", 1),
    ]
    assert (found[1].get("x"), found[1].get("y")) == ("1", "")
    assert found[0].within("a") is found[2]
    assert found[0].within("d") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_bytes_decide_about_the_encoding(encoding):
    # A program that saves a file in another encoding often leaves the first line as it is.
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<a>Übung</a>'
    assert [(node.text, node.line) for node in _read(text.encode(encoding))] == [("Übung", 2)]


BOMB = """<?xml version="1.0"?>
<!DOCTYPE a [<!ENTITY x "ha">
<!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;">
<!ENTITY z "&y;&y;&y;&y;&y;&y;&y;&y;&y;&y;">]>
<a>&z;</a>"""


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY % x "ha">]><a/>',
    ],
)
def test_entities_are_refused(content):
    with pytest.raises(ReadError) as caught:
        _read(content)
    assert caught.value.message == (
        "contains entity definitions (<!ENTITY ...>), which can make a small file endless. It is "
        "not read. Export the transcript once more, or take the definitions out."
    )
    assert caught.value.line == content[: content.index("<!ENTITY")].count("\n") + 1


def test_the_words_of_an_annotation_may_name_an_entity():
    assert [node.text for node in _read("<a>&lt;!ENTITY x&gt;</a>")] == ["<!ENTITY x>"]


def test_deep_nesting_is_refused():
    assert len(_read("<a>" * 100 + "</a>" * 100)) == 100
    with pytest.raises(ReadError) as caught:
        _read("\n<a>" * 1_000_000)
    assert str(caught.value) == (
        "a.eaf, line 102: has more than 100 XML elements in each other, which no transcript has. "
        "Export it once more."
    )


@pytest.mark.parametrize(
    ("content", "line"),
    [("<a>\n<b>\n</a>", 3), ("<a>", 1), ("text", 1), ("<a/>\n<a/>", 2), ("<a>\n&nbsp;</a>", 2)],
)
def test_damaged_xml_is_reported_with_its_line(content, line):
    with pytest.raises(ReadError) as caught:
        _read(content)
    assert (caught.value.line, caught.value.message) == (
        line,
        "is damaged: not valid XML. Open it in the program that made it and save it again.",
    )


def test_control_characters_are_taken_out_with_a_warning():
    log = ProblemLog("a.eaf")
    assert [node.text for node in _read("<a>one\x15two\x1f</a>", log)] == ["onetwo"]
    assert [(p.severity.value, p.message) for p in log.problems] == [
        ("warning", "has control characters, which XML does not allow; they were taken out.")
    ]


def test_a_long_element_is_one_text():
    assert [len(node.text) for node in _read(f"<a>{'x' * 5_000_000}</a>")] == [5_000_000]
