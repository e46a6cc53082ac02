"""The table that says who is who (``--roles``): one row per speaker."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from tsd.errors import ReadError
from tsd.files import unguard
from tsd.readers.log import ProblemLog
from tsd.readers.roles import known_role, meant_names, same_name, shown_name
from tsd.readers.source import Source
from tsd.readers.tables.columns import find_columns, shown_names
from tsd.readers.tables.columns_patterns import ROLE_TABLE_NAMES
from tsd.readers.tables.delimited import delimited_rows
from tsd.readers.tables.spreadsheet import sheet_rows
from tsd.schema import Problem, Role, Session, Severity
from tsd.settings import Reading

_NAMED = 8  # speakers that a message names


@dataclass(frozen=True, slots=True)
class RoleRow:
    """Who one speaker is; `file` and `session` are empty if the row holds for all of them."""

    line: int | None
    file: str
    session: str
    speaker: str
    role: Role

    def is_about(self, names: Collection[str]) -> bool:
        """Check whether the row holds for the session that has these names (`_names_of`)."""
        return all(_plain(each) in names for each in (self.file, self.session) if each)

    @property
    def precedence(self) -> tuple[bool, bool]:
        """Of two rows for a speaker, the one that names the session holds, then the file."""
        return (bool(self.session), bool(self.file))


@dataclass(frozen=True, slots=True)
class RoleTable:
    """The rows of a table of roles, and what the user must know about the file."""

    path: str
    rows: tuple[RoleRow, ...]
    problems: tuple[Problem, ...] = ()

    def roles_in(self, path: str, session_id: str, speakers: Collection[str]) -> dict[str, Role]:
        """Return the roles that the table gives to speakers of a session.

        Examples
        --------
        >>> rows = (RoleRow(2, "", "", "A", Role.CLIENT), RoleRow(3, "s1", "", "A", Role.THERAPIST))
        >>> RoleTable("roles.csv", rows).roles_in("data/s1.txt", "s1", ["A", "B"])
        {'A': <Role.THERAPIST: 'therapist'>}
        """
        names = _names_of(path, session_id)
        rows = [row for row in self.rows if row.is_about(names)]
        found: dict[str, Role] = {}
        for precedence in sorted({row.precedence for row in rows}):
            roles = {row.speaker: row.role for row in rows if row.precedence == precedence}
            found |= {name: roles[given] for name, given in meant_names(roles, speakers).items()}
        return found

    def with_names(self, reading: Reading, path: str) -> Reading:
        """Return the options with the table's names, by which a reader tells labels from words.

        Roles are not taken from it: the names are all among the clients.
        """
        own = {_plain(name) for name in (*reading.therapist, *reading.client)}
        names = _names_of(path, "")
        more = {
            row.speaker: None
            for row in self.rows
            if (not row.file or _plain(row.file) in names) and _plain(row.speaker) not in own
        }
        return replace(reading, client=(*reading.client, *more))

    def unmatched(self, sessions: Iterable[Session], *, whole_run: bool) -> list[Problem]:
        """Warn of rows that are about nobody.

        Without `whole_run`, rows that are not about these sessions can be about others.
        """
        speakers = [
            (_names_of(each.source, each.session_id), {u.speaker: None for u in each.utterances})
            for each in sessions
        ]
        problems = []
        for row in self.rows:
            there = [found for names, found in speakers if row.is_about(names)]
            if any(meant_names([row.speaker], found) for found in there):
                continue
            if there and (whole_run or row.file or row.session):
                seen = list(dict.fromkeys(name for found in there for name in found if name))
                message = (
                    f"{shown_name(row.speaker)} is not a speaker there; the speakers are "
                    f"{', '.join(map(shown_name, seen[:_NAMED]))}. Correct the name."
                )
            elif whole_run and not there:
                message = (
                    "no session or file of this name was read, so the row is not used. Expected "
                    "the name of a session, or of a file with or without its suffix."
                )
            else:
                continue
            problems.append(Problem(message, Severity.WARNING, self.path, row.line))
        return problems


def read_role_table(path: Path) -> RoleTable:
    r"""Read a table that says who is who.

    Parameters
    ----------
    path : Path
        A CSV, TSV or XLSX file with the columns ``speaker`` and ``role``, and, if a name means
        different people in different files, ``file`` or ``session``. A role is therapist, client,
        other or unknown, or a word that shows one, such as Interviewer or Patient.

    Raises
    ------
    ReadError
        If the file is not such a table, a cell is empty or has no role, or two rows contradict
        each other.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "roles.csv"
    ...     _ = path.write_text("file,speaker,role\na.txt,Anna,therapist\n,Ben,Patient\n")
    ...     table = read_role_table(path)
    >>> [(row.file, row.speaker, str(row.role)) for row in table.rows]
    [('a.txt', 'Anna', 'therapist'), ('', 'Ben', 'client')]
    """
    source = Source.of(path)
    log = ProblemLog(source.path)
    lines = list(_lines(source, log))
    for problem in log.problems:
        if problem.severity is Severity.ERROR:
            raise ReadError(log.path, problem.message, line=problem.line)
    columns = _columns(lines, log.path)
    first: dict[tuple[str, ...], RoleRow] = {}
    for line, cells in lines:
        row = _row(line, {field: unguard(cells[name]) for field, name in columns.items()}, log.path)
        key = (_plain(row.file), _plain(row.session), same_name(row.speaker))
        earlier = first.setdefault(key, row)
        if earlier.role is not row.role:
            raise ReadError(
                log.path,
                f"{shown_name(row.speaker)} already has another role, on line {earlier.line}. "
                "Expected one role per speaker and session. Delete one of the rows, or name the "
                "file or the session.",
                line=line,
            )
    return RoleTable(log.path, tuple(first.values()), tuple(log.problems))


def _columns(lines: list[tuple[int | None, Mapping[str, str]]], path: str) -> dict[str, str]:
    names = list(lines[0][1]) if lines else []
    columns = find_columns(names, ROLE_TABLE_NAMES)
    for field in ("speaker", "role"):
        if field not in columns:
            raise ReadError(
                path,
                f"no column for the {field} (such as {ROLE_TABLE_NAMES[field][0]!r}). Expected a "
                "table with a row per speaker, and the columns speaker, role and, if needed, file "
                f"or session; {shown_names(names)}",
            )
    return columns


def _row(line: int | None, cells: Mapping[str, str], path: str) -> RoleRow:
    plain = {field: cell.strip() for field, cell in cells.items()}
    for field in ("speaker", "role"):
        if not plain[field]:
            raise ReadError(
                path,
                f"the row has no {field}. Fill it in, or delete the row.",
                line=line,
            )
    word = plain["role"].lower()
    role = Role(word) if word in set(Role) else known_role(word)
    if role is Role.UNKNOWN and word != Role.UNKNOWN:
        raise ReadError(
            path,
            f"{shown_name(plain['role'])} is not a role; expected {', '.join(Role)}, or a word "
            "such as Interviewer or Patient. Correct the word.",
            line=line,
        )
    return RoleRow(line, plain.get("file", ""), plain.get("session", ""), plain["speaker"], role)


def _lines(source: Source, log: ProblemLog) -> Iterator[tuple[int | None, Mapping[str, str]]]:
    if source.suffix == ".xlsx":
        return _rows_of_workbook(source, log)
    return delimited_rows(source, log)


def _rows_of_workbook(
    source: Source, log: ProblemLog
) -> Iterator[tuple[int | None, Mapping[str, str]]]:
    """Yield the rows of the first sheet of a workbook that has any, each with its number."""
    rows = next((rows for rows in sheet_rows(source, log).values() if rows), [])
    if len(rows) < 2:
        raise ReadError(source.path, "has a header but no rows." if rows else "is empty.")
    (_, header), *body = rows
    names = [name.strip() for name in header]
    for number, row in body:
        yield number, dict(zip(names, [*row, *[""] * len(names)], strict=False))


def _names_of(path: str, session_id: str) -> set[str]:
    """Return the names by which a table can mean a session."""
    file = PurePath(path)
    return {_plain(name) for name in (path, file.name, file.stem, session_id) if name}


def _plain(name: str) -> str:
    return name.strip().replace("\\", "/").casefold()
