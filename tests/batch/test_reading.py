import sys

import openpyxl

from tsd.batch.reading import read_all
from tsd.settings import Settings


def test_a_format_whose_package_is_missing_is_a_problem_of_that_file_alone(tmp_path, monkeypatch):
    book = openpyxl.Workbook()
    book.active.append(["speaker", "text"])
    book.active.append(["T", "hi"])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "b.txt").write_text("T: hi\nC: ho\n")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    problems = []
    files = [str(tmp_path / name) for name in ("a.xlsx", "b.txt")]
    sessions, *_ = read_all(files, Settings(), problems, None)
    assert [session.session_id for session in sessions] == ["b"]
    assert [(p.path, p.message) for p in problems] == [
        (
            files[0],
            "reading Excel files needs openpyxl, which is not installed. Install it with: "
            "pip install 'therapist-self-disclosure[excel]' (in a clone: pip install '.[excel]').",
        )
    ]
