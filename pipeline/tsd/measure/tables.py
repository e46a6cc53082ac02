"""Every table that tsd writes, defined once: columns, types, meaning, and which hold words.

The code that measures, the files, ``--no-text``, docs/outputs.md and the tests all read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from tsd.schema import TYPES, Unmeasured

DECIMALS = 6
"""Numbers are rounded to so many decimals."""

TYPE_NAMES: dict[str, str] = {
    "object": "text",
    "int64": "whole number",
    "Int64": "whole number or empty",
    "float64": "number",
    "bool": "True or False",
    "boolean": "True or False, or empty",
    "list": "list",
}
"""What a column can hold: pandas' name of it, or ``list`` (of texts), and its everyday name."""

Columns = Mapping[str, Sequence[Any]]
"""The values of a table, column by column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    name : str
        Its name in every file.
    help : str
        What it means.
    dtype : str
        One of `TYPE_NAMES`.
    holds_text : bool
        Whether it holds words of the transcript or the names of speakers.
    joined_by : str
        What separates the items of a list in a CSV file.
    """

    name: str
    help: str
    dtype: str
    holds_text: bool = False
    joined_by: str = ""

    def values(self, given: Sequence[Any]) -> Any:  # noqa: ANN401 - a kind of array
        """Return values as pandas holds them, numbers rounded."""
        if self.dtype in ("object", "list"):
            return pd.Series(list(given), dtype=object)
        if self.dtype == "Int64":
            return pd.array(np.asarray(given, dtype=np.float64), dtype="Int64")
        if self.dtype == "boolean":
            return pd.array(np.asarray(given, dtype=np.float64), dtype="boolean")
        made = np.asarray(given, dtype=self.dtype)
        return np.round(made, DECIMALS) if self.dtype == "float64" else made


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what a row of it is, and its columns in order.

    Examples
    --------
    >>> pets = Table("pets", "one row per pet", (Column("name", "its name", "object"),))
    >>> pets.frame({"name": ["Rex"]})["name"].tolist()
    ['Rex']
    >>> pets.frame({"nmae": ["Rex"]})
    Traceback (most recent call last):
    ...
    ValueError: table pets: no values for name; no column for nmae
    """

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def check(self, columns: Iterable[str]) -> None:
        """Raise a `ValueError` unless these are the columns of the table, in any order."""
        given, known = set(columns), set(self.names)
        differ = {"no values for": known - given, "no column for": given - known}
        wrong = [f"{what} {', '.join(sorted(names))}" for what, names in differ.items() if names]
        if wrong:
            raise ValueError(f"table {self.name}: {'; '.join(wrong)}")

    def frame(self, columns: Columns) -> pd.DataFrame:
        """Make the table from the values of every column; None and NaN are missing.

        The columns are in order and have their types, also if there are no rows. A missing or an
        unknown column is a ValueError.
        """
        self.check(columns)
        return pd.DataFrame({each.name: each.values(columns[each.name]) for each in self.columns})

    def of_rows(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
        """Turn rows, each a mapping with every column, into columns."""
        for row in rows:
            self.check(row)
        return {name: [row[name] for row in rows] for name in self.names}

    def stack(self, parts: Sequence[Columns]) -> dict[str, list[Any]]:
        """Put the columns of several parts below each other."""
        return {name: [cell for part in parts for cell in part[name]] for name in self.names}


_text = partial(Column, dtype="object")
_whole = partial(Column, dtype="int64")
_count = partial(Column, dtype="Int64")
_number = partial(Column, dtype="float64")
_flag = partial(Column, dtype="bool")
_known_flag = partial(Column, dtype="boolean")
_list = partial(Column, dtype="list")

UTTERANCES = Table(
    "utterances",
    "one row per utterance",
    (
        _text("session_id", "the session's name in the source, or else the file name"),
        _whole("utterance", "its position in the session, counted from 0"),
        _text("utterance_id", "the source's own id, or else the number in `utterance`"),
        _text("speaker", "the name in the source; with `--no-text` the role", holds_text=True),
        _text("role", "`therapist`, `client`, `other` or `unknown`"),
        _number("start", "start time in the source, in seconds"),
        _number("end", "end time in the source, in seconds"),
        _whole("words", "its length in words"),
        _number("seconds", "its talk time"),
        _number("axis_begin", "where it begins, measured like `begin` in the table dynamics"),
        _number("axis_end", "where it ends, measured in the same way"),
        _number("p_disclosure", "therapist only: the probability of a disclosure"),
        _flag("is_disclosure", "whether it contains a disclosure"),
        _text("label", "therapist only: `none`, or the type with the most disclosed words"),
        _text("text", "the words", holds_text=True),
    ),
)

_RETURN = {
    "asked": "the therapist asks the client something, after the disclosure's last word or in "
    "their next utterance",
    "addressed": "the therapist says “you” to the client there (not “you know”, not a “you” that "
    "means anybody)",
    "client_resumed": "the client's next turn has at least as many words as their median turn; "
    "empty if no client says a word in the session",
}

DISCLOSURES = Table(
    "disclosures",
    "one row per disclosure",
    (
        _text("session_id", "the session"),
        _whole("utterance", "position of its utterance in the session, counted from 0"),
        _text("utterance_id", "the source's own id, or else the number in `utterance`"),
        _whole("start_char", "where its words begin in the `text` of the utterance, in characters"),
        _whole("end_char", "the position just after their last character"),
        _text("text", "its words", holds_text=True),
        _text("label", "its type"),
        _list(
            "also",
            "other types: those with at least a third of its probability, or those a coder gave",
            joined_by=",",
        ),
        _number("p_disclosure", "the probability that it is a disclosure"),
        *(
            _number(
                f"p_{t}", f"the probability that it is a disclosure of type {t.replace('_', ' ')}"
            )
            for t in TYPES
        ),
        _whole("words", "its length in words"),
        _number("seconds", "its talk time: the utterance's, times its share of the words"),
        _list("cues", "the cues in it that speak for a disclosure", joined_by="; "),
        _whole("episode", "number of its episode, from 0: nearby disclosures are one episode"),
        _number("client_share_before", "the client's share of the words before the episode"),
        _number("client_share_after", "the client's share of the words after the episode"),
        _number("focus_shift", "before minus after; positive: focus moved to the therapist"),
        _number(
            "focus_shift_adjusted",
            "the client's share expected after the episode, from comparable places in the session, "
            "minus the share observed; positive: focus moved to the therapist more than expected",
        ),
        _text("focus_test", "`tested`, or `not tested` and the reason"),
        *(
            column
            for name, meaning in _RETURN.items()
            for column in (
                (_known_flag if name == "client_resumed" else _flag)(name, f"whether {meaning}"),
                _number(
                    f"{name}_base",
                    "how often this holds at the session's other therapist utterances of like "
                    "length, from 0 to 1; empty with fewer than 8 of them",
                ),
            )
        ),
        _count(
            "turns_to_return",
            "how many utterances later the client next has one of at least their median length",
        ),
        _number("position", "share of the session's words spoken before it, from 0 to 1"),
        _flag("solicited", "whether the client asked about the therapist in the turn before"),
        _flag(
            "permission",
            "whether the therapist first asked to share something: earlier in the utterance, or up "
            "to three utterances before if the client has spoken since",
        ),
        _number("overlap", "share of its content words that are in the client's last two turns"),
        _list(
            "flags",
            "flags for review: `intimate`, `other_client`, `therapist_need`",
            joined_by=",",
        ),
        _count("reply_words", "length of the client's next turn in words"),
        _number("reply_ratio", "that length divided by the client's median turn"),
        _list(
            "reactions",
            "found in the client's next turn: `thanks`, `asks_about_therapist`, "
            "`concern_for_therapist`, `topic_change` (the least certain)",
            joined_by=",",
        ),
    ),
)

SESSIONS = Table(
    "sessions",
    "one row per session",
    (
        _text("session_id", "the session"),
        _text("source", "its file"),
        _text("therapist", "from `--metadata`, or empty"),
        _text("case", "from `--metadata`, or empty"),
        _count("session_number", "from `--metadata`, or empty"),
        _whole("utterances", "number of utterances"),
        _whole("therapist_utterances", "number of therapist utterances"),
        _whole("client_utterances", "number of client utterances"),
        _whole("therapist_words", "number of therapist words"),
        _whole("client_words", "number of client words"),
        _text(
            "talk_time_basis",
            "what talk time is based on: `timestamps`, `starts` (silence counts for whoever spoke "
            "before it) or `words`",
        ),
        _number("therapist_seconds", "the therapist's talk time"),
        _number("client_seconds", "the client's talk time"),
        _number("session_seconds", "length from the first word to the last"),
        _number(
            "therapist_talk_share",
            "the therapist's share of therapist and client talk time; empty if one never speaks",
        ),
        _text(
            "not_measured",
            f"why nothing was measured: {', '.join(f'`{why}`' for why in Unmeasured)}; empty if "
            "the session was measured",
        ),
        _count("disclosures", "number of disclosures; empty if nothing was measured"),
        _count("disclosing_utterances", "number of utterances with a disclosure"),
        *(
            _count(f"disclosures_{t}", f"number of disclosures of type {t.replace('_', ' ')}")
            for t in TYPES
        ),
        _number("disclosures_per_100", "therapist utterances that disclose, per 100"),
        _number(
            "disclosures_per_1000_words",
            "disclosures per 1,000 therapist words; depends less on how talk was cut into "
            "utterances than the rate per 100, but a disclosure never crosses utterances",
        ),
        _number("disclosures_per_hour", "disclosures per hour of session"),
        _count("disclosure_words", "words of all disclosures together"),
        _number("disclosure_seconds", "seconds of all disclosures together"),
        _number("disclosure_word_share", "share of the therapist's words that are in disclosures"),
        _count("episodes", "number of episodes of disclosure"),
        _number("focus_shift", "mean of the focus shifts of its episodes"),
        _number(
            "focus_shift_tested",
            "the same over the tested episodes only; compare `focus_shift_adjusted` with this",
        ),
        _number(
            "focus_shift_adjusted",
            "the shift against chance: mean over the tested episodes of the client's share "
            "expected after each, from comparable places in the session, minus the share observed",
        ),
        _number("focus_shift_p", "p-value of the permutation test within the session"),
        _number(
            "focus_shift_p_floor",
            "the smallest p-value that could have come out; above .05, this session alone can "
            "show nothing",
        ),
        _count("episodes_tested", "episodes with full windows and enough places to compare"),
        _count("episodes_not_testable", "the other episodes"),
        _text("focus_test", "`tested`, or `not tested` and the reason"),
        _count("therapist_turns", "number of turns: a turn is all that one side says in a row"),
        _count("client_turns", "number of the client's turns"),
        _number("therapist_turn_words", "median length of a therapist turn in words"),
        _number("client_turn_words", "median length of a client turn in words"),
        _count("therapist_longest_turn", "words of the therapist's longest turn"),
        _count("client_longest_turn", "words of the client's longest turn"),
        _number("floor_therapist", "share of the moving windows with over 60% therapist talk"),
        _number("floor_client", "share of the moving windows with over 60% client talk"),
        _number("floor_shared", "share of the moving windows in which neither has over 60%"),
        _number(
            "balance_score",
            "the larger side's share of the talk time, without the first and last utterance; the "
            "balance columns follow ConvoKit and need start and end times",
        ),
        _text("balance_primary", "the side with the larger share; empty on a tie"),
        _text(
            "balance_type",
            "`dominating_throughout`, `back_and_forth`, `alter_dominance` or `no_label`",
        ),
        _count("balance_windows", "number of windows of 150 seconds that the type is based on"),
        _count("balance_windows_therapist", "how many of them the therapist holds"),
        _count("balance_windows_client", "how many of them the client holds"),
    ),
)

GUIDELINES = Table(
    "guidelines",
    "twelve rows per session, one per indicator",
    (
        _text("session_id", "the session"),
        _text(
            "indicator",
            "`frequency`, `length`, `asked`, `addressed`, `client_resumed`, `solicited`, "
            "`permission`, `intimate_cues`, `other_client_cues`, `therapist_need_cues`, "
            "`client_reply` or `position`",
        ),
        _number(
            "value",
            "its value; empty if there is no disclosure (`frequency`: if nothing was measured; "
            "`client_resumed`: also if no client says a word)",
        ),
        _text("unit", "what the value counts"),
        _text("detail", "more numbers, in words; never words of the transcript"),
        _number(
            "elsewhere",
            "for `asked`, `addressed` and `client_resumed`: the share at the session's other "
            "therapist utterances of like length, the mean over the disclosures that have one",
        ),
        _number(
            "others",
            "the median value in the same therapist's other sessions, for `frequency`, "
            "`length`, `client_resumed` and `client_reply`; needs `therapist` in `--metadata`",
        ),
        _list(
            "literature",
            "figures from the literature, each with source and caveat",
            joined_by=" | ",
        ),
        _count("to_review", "number of disclosures to look at; empty if it has no such list"),
        _list("utterances", "the utterances of these disclosures", joined_by=", "),
        _list("evidence", "their words", joined_by=" | ", holds_text=True),
        _text("cannot_know", "what the value leaves open"),
    ),
)

DYNAMICS = Table(
    "dynamics",
    "one row per moving window",
    (
        _text("session_id", "the session"),
        _whole("window", "number of the window, counted from 0"),
        _text("unit", "`seconds` or `words` (`--share-unit`)"),
        _number(
            "begin",
            "where the window begins: with `--share-unit words` in words of therapist and client; "
            "else in clock time if there are start and end times, else in the talk time of all",
        ),
        _number("end", "where the window ends"),
        _number("therapist_share", "the therapist's share of the talk in it; empty if none"),
        _text("floor", "who holds the floor: `therapist`, `client` or `shared`"),
    ),
)

FOLLOWING = Table(
    "following",
    "one row per act of a therapist's turn and act of a later turn",
    (
        _text(
            "given",
            "what the therapist's turn has: `disclosure`, its type, or, to compare with, "
            "`question`. A turn can have several acts, so rows do not add up",
        ),
        _whole(
            "lag", "how many turns later: 1 and 3 are turns of the client, 2 is the therapist's"
        ),
        _text("side", "whose turn that is"),
        _text(
            "target",
            "what that turn has: `short`, `middle` or `long` (the third of its length among the "
            "turns of this side in the session), `thanks`, `asks_about_therapist`, `topic_change`, "
            "`question` or `disclosure`",
        ),
        _whole("given_turns", "number of turns with the given act"),
        _whole(
            "compared",
            "how many of them have a later turn and comparable turns; all that follows is about "
            "these. Comparable turns are in the same session and in the same third by length, come "
            "after a turn of the client in the same third, and are, like it, in the first third of "
            "the therapist's turns or not",
        ),
        _whole("sessions", "number of sessions that they are in"),
        _whole("observed", "how many of them are followed by the target"),
        _number("observed_share", "observed / compared"),
        _number(
            "base_rate",
            "share of the other comparable turns that the target follows; a turn with more of them "
            "does not count more",
        ),
        _number(
            "expected",
            "how many would be followed by the target by chance, that is if any of the comparable "
            "turns, these or others, could be the given ones",
        ),
        _number("ratio", "observed / expected: above 1, the target follows more often than usual"),
        _number(
            "adjusted_residual",
            "observed minus expected in standard deviations; about 95% are between -2 and 2 by "
            "chance",
        ),
        _number("yules_q", "strength of the association from -1 to 1 (Mantel-Haenszel); 0 is none"),
        _number(
            "p",
            "two-sided p of the permutation test within sessions: how often the count is as far "
            "from the expected one by chance; at least 0.000001",
        ),
        _number(
            "p_bh",
            "p after Benjamini and Hochberg: over all rows about disclosures, and over all rows "
            "about questions",
        ),
        _whole("sessions_above", "number of sessions with more than expected"),
        _whole("sessions_below", "number of sessions with fewer than expected"),
        _text("note", "why numbers are missing"),
    ),
)

CURVE = Table(
    "curve",
    "one row per distance from the episodes of disclosure",
    (
        _whole(
            "offset",
            "words from the episode to the middle of a window of 40 words: negative before the "
            "episode, positive after it. The words of the episode are in no window",
        ),
        _whole("episodes", "number of episodes with a whole window and comparable stretches"),
        _whole("sessions", "number of sessions that they are in"),
        _number("client_share", "the client's share of the words, the mean over these episodes"),
        _number(
            "chance",
            "the share expected from comparable stretches of the same sessions, given the place in "
            "the session and, after the episode, the client's share before it",
        ),
        _number("chance_low", "lower end of the chance band: by chance 95% of means are in it"),
        _number("chance_high", "upper end of the chance band"),
        _text("note", "why numbers are missing"),
    ),
)

_RATES = {
    "flagged": "what the classifier says (with `--use-labels`: the coders)",
    "adjusted": "the flagged rate adjusted for the classifier's error rates (`--error-rates`)",
    "audited": "the rate from a sample that a person has reviewed (`--audit`)",
}

RATES = Table(
    "rates",
    "one row for all sessions, per therapist and per session",
    (
        _text("level", "`corpus`, `therapist` or `session`"),
        _text("name", "the therapist or the session"),
        _whole("sessions", "number of sessions"),
        _whole("therapist_utterances", "number of therapist utterances"),
        *(
            column
            for name, meaning in _RATES.items()
            for column in (
                _number(name, f"per 100 therapist utterances: {meaning}"),
                _number(f"{name}_low", "lower end of its 95% interval"),
                _number(f"{name}_high", "upper end of its 95% interval"),
                _text(
                    f"{name}_note",
                    "what the interval is over and assumes, or why a cell is empty",
                ),
            )
        ),
    ),
)

_HEADLINES = (
    _count("disclosures", "number of disclosures"),
    _number("flagged", "disclosing utterances per 100 therapist utterances, as in the table rates"),
    _number("flagged_low", "lower end of its 95% interval"),
    _number("flagged_high", "upper end of its 95% interval"),
    _number("median_disclosure_words", "median length of a disclosure in words"),
    _number("focus_shift_adjusted", "focus shift against chance, the mean of the tested sessions"),
    _number("focus_shift_adjusted_low", "lower end of its 95% interval"),
    _number("focus_shift_adjusted_high", "upper end of its 95% interval"),
    _number("focus_shift_p", "is there a shift in any session: p-value of the permutation test"),
    _number("focus_shift_p_therapists", "is there a shift on average: p-value by flipping signs"),
    _whole("focus_sessions_tested", "number of sessions whose focus shift could be tested"),
    _text("focus_test", "`tested`, or `not tested` and the reason"),
)

SENSITIVITY_NUMBERS = tuple(column.name for column in _HEADLINES)
"""The numbers of the corpus in the table ``sensitivity``."""

SENSITIVITY = Table(
    "sensitivity",
    "one row per combination of threshold and focus window (only with `--sensitivity`)",
    (
        _text(
            "threshold",
            "`recall`, `balanced` or `precision`; if the threshold of the run is a number or comes "
            "from `--review-budget`, `lower` (three quarters of it), `as set` or `higher` (five "
            "quarters); `labels` with `--use-labels`",
        ),
        _number("threshold_value", "the threshold for whole sessions; empty with `--use-labels`"),
        _number("excerpt_threshold_value", "the threshold for excerpts"),
        _whole("focus_window", "the words looked at before and after an episode of disclosure"),
        _flag("chosen", "whether these are the settings of the run"),
        *_HEADLINES,
    ),
)

PROBLEMS = Table(
    "problems",
    "one row per problem of the input",
    (
        _text("path", "the file"),
        _count("line", "the line; for a problem on many lines, the first"),
        _text("session_id", "the session"),
        _text(
            "severity",
            "`error`: not read or not measured; `warning`: a number may be affected; `note`: good "
            "to know",
        ),
        _text("message", "what is wrong and what to do; never words of a transcript"),
    ),
)

MISSING = Table(
    "missing",
    "one row per reason why numbers are missing",
    (
        _text(
            "level",
            "`corpus` or `session`. What all rows of a table lack for one reason is listed for "
            "`corpus` only",
        ),
        _text("session_id", "the session; empty for `corpus`"),
        _text("table", "the table; `counts` are the numbers of the corpus in `run.json`"),
        _list("columns", "the columns that are missing there", joined_by=", "),
        _whole("missing", "how many rows of that table lack them for this reason"),
        _whole("of", "number of rows of that table, in all or of the session"),
        _text("reason", "why; never words of a transcript"),
    ),
)

TABLES = (
    UTTERANCES,
    DISCLOSURES,
    SESSIONS,
    GUIDELINES,
    DYNAMICS,
    FOLLOWING,
    CURVE,
    RATES,
    MISSING,
    PROBLEMS,
)
"""The tables of every run, in the order in which they are written."""

ALL_TABLES = (*TABLES, SENSITIVITY)
"""These, and the table that a run writes only with ``--sensitivity``."""
