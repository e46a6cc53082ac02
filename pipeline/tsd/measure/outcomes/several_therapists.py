"""Cases with several therapists: clients who change therapist, or names that are used twice."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class Shared:
    """The cases that have sessions with several therapists.

    Parameters
    ----------
    names : tuple of str
        Their names, sorted.
    one_client : bool
        Whether such a name can stand for one client. It does not if cases are named anew for each
        therapist: then some have the same session number, or (where a case has one outcome)
        different outcomes with different therapists.
    """

    names: tuple[str, ...]
    one_client: bool


def shared_cases(table: pd.DataFrame, *, of_cases: bool) -> Shared:
    """Find the cases that have sessions with several therapists.

    Parameters
    ----------
    table : DataFrame
        ``therapist``, ``case``, ``outcome``, and ``number`` if it is known.
    of_cases : bool
        Whether each case has one outcome.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"therapist": list("AABB"), "case": list("cddd"), "number": [1, 1, 2, 3]}
    ... )
    >>> shared_cases(table, of_cases=False)
    Shared(names=('d',), one_client=True)
    >>> shared_cases(table.assign(number=1), of_cases=False).one_client
    False
    """
    known = table[table["therapist"].notna() & table["case"].notna()]
    therapists = known.groupby("case")["therapist"].nunique()
    names = tuple(sorted(therapists.index[therapists > 1]))
    rows = known[known["case"].isin(names)]
    one = not (of_cases and rows.groupby("case")["outcome"].nunique().gt(1).any())
    if "number" in rows:
        numbered = rows[rows["number"].notna()].drop_duplicates(["case", "therapist", "number"])
        one = one and not numbered.duplicated(["case", "number"]).any()
    return Shared(names, bool(one))


def pairs_across(table: pd.DataFrame, shared: Shared, lag: int) -> int:
    """Count the pairs of a session and a later one that has the outcome but another therapist.

    `table` has what `shared_cases` needs, with each session's own outcome and ``number``.
    """
    if not shared.one_client:
        return 0
    columns = ["case", "number", "therapist"]
    rows = table[table["case"].isin(shared.names) & table[columns].notna().all(axis=1)]
    later = rows.loc[rows["outcome"].notna(), columns]
    pairs = rows[columns].merge(later.assign(number=later["number"] - lag), on=["case", "number"])
    return int((pairs["therapist_x"] != pairs["therapist_y"]).sum())
