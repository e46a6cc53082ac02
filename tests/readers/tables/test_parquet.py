import io
from datetime import datetime, timedelta

import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from tsd.errors import MissingExtraError, ReadError
from tsd.readers import read_file

TALK = [("T", "How are you?"), ("C", "Fine."), ("T", "I was tired, too."), ("C", "Oh.")]


def packed(rows):
    stream = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows), stream)
    return stream.getvalue()


def utterances(**more):
    return [
        {"speaker": s, "text": t, **{k: v[i] for k, v in more.items()}}
        for i, (s, t) in enumerate(TALK)
    ]


def test_a_row_per_utterance(read, turns):
    data = packed(utterances(session_id=["a", "a", "b", "b"], start=[0.5, 2.0, None, 1.0]))
    result = read(data, "x.parquet")
    assert [(s.session_id, [u.start for u in s.utterances]) for s in result.sessions] == [
        ("a", [0.5, 2.0]),
        ("b", [None, 1.0]),
    ]
    assert turns(packed(utterances()), "x") == TALK


def test_a_row_per_session(read):
    dialog = [{"speaker": s, "text": t} for s, t in TALK]
    result = read(
        packed([{"id": "a", "dialog": dialog}, {"id": "b", "dialog": dialog}]), "x.parquet"
    )
    assert [(s.session_id, len(s)) for s in result.sessions] == [("a", 4), ("b", 4)]


def test_times_of_a_database(read):
    stamps = [datetime(2024, 3, 1, 10, 0, 5 * i) for i in range(4)]
    (session,) = read(packed(utterances(timestamp=stamps)), "x.parquet").sessions
    assert [u.start for u in session.utterances] == [0.0, 5.0, 10.0, 15.0]
    lengths = [timedelta(seconds=5 * i) for i in range(4)]
    (session,) = read(packed(utterances(start=lengths)), "x.parquet").sessions
    assert [u.start for u in session.utterances] == [0.0, 5.0, 10.0, 15.0]


@pytest.mark.parametrize(
    ("rows", "message"),
    [([{"a": 1, "b": "x"}], "no column for the words"), ([], "has no rows")],
)
def test_other_tables_are_refused(read, rows, message):
    with pytest.raises(ReadError, match=message):
        read(packed(rows), "x.parquet")


def test_without_pyarrow_the_message_says_how_to_install_it(write, monkeypatch):
    path = write(packed(utterances()), "x.parquet")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"reading Parquet files needs pyarrow"):
        read_file(path)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damage_gives_a_reading_or_a_clear_error(tmp_path, data):
    whole = bytearray(packed(utterances()))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.parquet"
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        assert read_file(path).files
    except ReadError as error:
        assert error.message  # noqa: PT017
