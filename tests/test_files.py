import os
import stat

import pandas as pd
import pytest

from tsd.files import read_csv, staged, write_bytes, write_csv


def names(folder):
    return sorted(each.name for each in folder.iterdir())


def test_the_file_appears_with_its_content(tmp_path):
    write_bytes(tmp_path / "a.csv", b"x\n")
    assert (tmp_path / "a.csv").read_bytes() == b"x\n"
    assert names(tmp_path) == ["a.csv"]


def test_an_older_file_is_replaced_whole(tmp_path):
    target = tmp_path / "a.csv"
    target.write_bytes(b"a much longer content")
    write_bytes(target, b"new")
    assert target.read_bytes() == b"new"


def test_nothing_stands_under_the_name_before_all_is_written(tmp_path):
    target = tmp_path / "a.csv"
    with staged(target) as part:
        part.write_text("half")
        assert not target.exists()
    assert target.read_text() == "half"


def test_the_staged_file_stands_beside_the_target_and_is_hidden(tmp_path):
    with staged(tmp_path / "a.csv") as part:
        assert part.parent == tmp_path
        assert part.name.startswith(".a.csv.")


@pytest.mark.parametrize("kind", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_failure_leaves_the_old_file_and_no_litter(tmp_path, kind):
    target = tmp_path / "a.csv"
    target.write_text("old")

    def fail():
        with staged(target) as part:
            part.write_text("half")
            raise kind

    with pytest.raises(kind):
        fail()
    assert target.read_text() == "old"
    assert names(tmp_path) == ["a.csv"]


def test_a_failure_leaves_nothing_where_nothing_was(tmp_path):
    with pytest.raises(TypeError):
        write_bytes(tmp_path / "a.csv", "no bytes")
    assert names(tmp_path) == []


def test_a_missing_folder_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_bytes(tmp_path / "no" / "a.csv", b"x")


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_the_file_has_the_permissions_that_a_plain_open_would_give(tmp_path):
    (tmp_path / "plain").write_bytes(b"x")
    write_bytes(tmp_path / "ours", b"x")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "ours")}
    assert len(modes) == 1


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_the_umask_is_left_as_it_was(tmp_path):
    before = os.umask(0o027)
    try:
        write_bytes(tmp_path / "a", b"x")
        assert os.umask(0o027) == 0o027
        assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640
    finally:
        os.umask(before)


def test_two_writers_of_one_file_do_not_share_a_staged_file(tmp_path):
    target = tmp_path / "a"
    with staged(target) as one, staged(target) as two:
        one.write_text("one")
        two.write_text("two")
    assert target.read_text() == "one"
    assert names(tmp_path) == ["a"]


def test_a_carriage_return_stays_in_its_cell(tmp_path):
    table = pd.DataFrame({"a": ["x\ry", "\r", "z"], "n": [1.5, None, 3.0]})
    write_csv(table, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == (b'"a","n"\n"x\ry",1.5\n"\'\r",""\n"z",3.0\n')
    assert read_csv(tmp_path / "t.csv").to_dict("list") == {
        "a": ["x\ry", "\r", "z"],
        "n": ["1.5", "", "3.0"],
    }


def test_without_one_only_what_needs_quotes_has_them(tmp_path):
    write_csv(pd.DataFrame({"a": ["x", "y,z", "=1"]}), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text() == 'a\nx\n"y,z"\n\'=1\n'
