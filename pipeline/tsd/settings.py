"""The settings: the only place where an option, its default, its unit and its help are written.

The command line and the docs read them from here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from numbers import Integral, Real
from pathlib import Path
from typing import Any

from tsd.errors import SettingsError

_FILES = ("model", "metadata", "error_rates", "audit")
"""Settings that name a file or folder."""


def _option(
    default: Any,  # noqa: ANN401 - the type is the field's own
    help: str,  # noqa: A002 - the field's own name for it
    *,
    unit: str = "",
    minimum: float | None = None,
    maximum: float | None = None,
    choices: tuple[str, ...] = (),
) -> Any:  # noqa: ANN401
    return field(
        default=default,
        metadata={
            "help": help,
            "unit": unit,
            "minimum": minimum,
            "maximum": maximum,
            "choices": choices,
        },
    )


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything a user can set, with the defaults of the design.

    Each field has its help, unit and bounds in its metadata; `describe` lists them.

    Raises
    ------
    SettingsError
        If a value is out of its bounds.

    Examples
    --------
    >>> Settings().focus_window
    100
    >>> Settings(threshold=1.5)
    Traceback (most recent call last):
    ...
    tsd.errors.SettingsError: threshold must be between 0 and 1; got 1.5.
    """

    # reading
    therapist: tuple[str, ...] = _option(
        (), "Speaker name that is the therapist. May be given several times."
    )
    client: tuple[str, ...] = _option(
        (), "Speaker name that is a client. May be given several times."
    )
    # segmenting
    longest_session: int = _option(
        2_000_000,
        "Sessions with more text than this are reported, not analysed.",
        unit="characters",
        minimum=1,
    )
    longest_unit: int = _option(
        12,
        "A stretch of speech longer than this without an end of sentence is divided where a "
        "new clause begins.",
        unit="words",
        minimum=8,
    )
    # classifying
    model: Path | None = _option(None, "Folder of the model. Without it: the default model.")
    threshold: float | None = _option(
        None,
        "Probability from which a unit is flagged. Without it: the model's own.",
        minimum=0,
        maximum=1,
    )
    review_budget: int | None = _option(
        None,
        "Flag the N utterances most likely to disclose, over all sessions of the run, instead of "
        "those from a threshold on.",
        unit="utterances",
        minimum=1,
    )
    natural_rate: float = _option(
        0.02,
        "Share of therapist utterances that hold a disclosure where a model will be used. "
        "Between 1 and 5 % in the literature; more in peer support.",
        minimum=0.001,
        maximum=0.5,
    )
    seed: int = _option(0, "Seed of every random step.", minimum=0)
    resamples: int = _option(
        1000, "Times that sessions are drawn anew for an interval.", minimum=100
    )
    use_labels: bool = _option(
        False, "Measure the human labels of the input instead of the classifier's."
    )
    # analysing
    focus_window: int = _option(
        100,
        "Words looked at before and after an episode of disclosure, and the gap that divides "
        "episodes.",
        unit="words",
        minimum=1,
    )
    focus_minimum: int = _option(
        20, "With fewer words on a side, focus shift is missing.", unit="words", minimum=1
    )
    permutations: int = _option(
        999,
        "Times that fake episodes are drawn to test a focus shift against chance.",
        minimum=99,
    )
    share_unit: str = _option(
        "seconds",
        "What the moving window of the talk share is measured in.",
        choices=("seconds", "words"),
    )
    share_window: float = _option(
        150.0,
        "Length of the moving window of the talk share, in the unit of --share-unit.",
        unit="seconds or words",
        minimum=1,
    )
    share_step: float = _option(
        30.0,
        "Distance from one window of the talk share to the next, in the unit of --share-unit.",
        unit="seconds or words",
        minimum=1,
    )
    floor_share: float = _option(
        0.6,
        "Share of a window's talk above which a side holds the floor.",
        minimum=0.5,
        maximum=1,
    )
    words_per_minute: float = _option(
        150, "Assumed rate of speech where the source has no times.", unit="words/min", minimum=1
    )
    slowest: float = _option(
        60,
        "Where only start times are known, a turn lasts no longer than its words at this rate.",
        unit="words/min",
        minimum=1,
    )
    fastest: float = _option(
        300,
        "Where only start times are known, a turn lasts no less than its words at this rate.",
        unit="words/min",
        minimum=1,
    )
    metadata: Path | None = _option(
        None,
        "Table with a row per session: a column session_id, and therapist, case, session_number "
        "and outcomes where you have them.",
    )
    error_rates: Path | None = _option(
        None,
        "What `tsd evaluate --json` printed for sessions like these; rates are adjusted for the "
        "errors it found.",
    )
    audit: Path | None = _option(
        None, "Review sheet of `tsd audit sample`, filled in; rates are estimated from it, too."
    )
    audit_size: int = _option(
        200, "Utterances that a review sheet asks about.", unit="utterances", minimum=20
    )
    # writing
    tables: str = _option("csv", "Format of the tables.", choices=("csv", "parquet"))
    no_text: bool = _option(
        False,
        "Leave every word of the transcripts out of all outputs, and the speakers' names, except "
        "where their role is in doubt. What --metadata says stays.",
    )
    workers: int = _option(1, "Processes that work at once; the result is the same.", minimum=1)

    def __post_init__(self) -> None:
        for name in ("therapist", "client"):
            value = getattr(self, name)
            if isinstance(value, str) or not all(isinstance(each, str) for each in value):
                raise SettingsError(name, value, "a tuple of speaker names")
            object.__setattr__(self, name, tuple(value))
        for name in _FILES:
            value = getattr(self, name)
            if value is not None and not isinstance(value, str | Path):
                raise SettingsError(name, value, "a path")
            object.__setattr__(self, name, None if value is None else Path(value))
        for each in fields(self):
            value, meta = getattr(self, each.name), each.metadata
            low, high = meta["minimum"], meta["maximum"]
            if meta["choices"] and value not in meta["choices"]:
                raise SettingsError(each.name, value, f"one of {', '.join(meta['choices'])}")
            if value is None or low is None:
                continue
            whole = "int" in str(each.type)
            if isinstance(value, bool) or not isinstance(value, Integral if whole else Real):
                raise SettingsError(each.name, value, "a whole number" if whole else "a number")
            if not (low <= value and (high is None or value <= high)):
                bounds = f"at least {low}" if high is None else f"between {low} and {high}"
                raise SettingsError(each.name, value, bounds)
        if self.threshold is not None and self.review_budget is not None:
            expected = "left out where a threshold is set: one of them decides what is flagged"
            raise SettingsError("review_budget", self.review_budget, expected)
        if self.use_labels and self.review_budget is not None:
            expected = "left out where human labels are measured: they are all flagged"
            raise SettingsError("review_budget", self.review_budget, expected)
        if self.error_rates is not None and (self.use_labels or self.review_budget is not None):
            expected = "left out with human labels or a review budget: they have other errors"
            raise SettingsError("error_rates", str(self.error_rates), expected)
        if self.audit is not None and self.use_labels:
            expected = "left out where human labels are measured: it reviews the classifier"
            raise SettingsError("audit", str(self.audit), expected)
        if self.slowest > self.fastest:
            raise SettingsError("slowest", self.slowest, f"at most fastest ({self.fastest})")
        if self.focus_minimum > self.focus_window:
            expected = f"at most focus_window ({self.focus_window})"
            raise SettingsError("focus_minimum", self.focus_minimum, expected)
        therapist = set(map(str.casefold, self.therapist))
        if both := sorted(name for name in self.client if name.casefold() in therapist):
            raise SettingsError("client", both, "none of the therapist's names")

    def as_dict(self) -> dict[str, object]:
        """Return the settings as JSON-ready values, for ``run.json``."""
        plain = asdict(self)
        for name in _FILES:
            plain[name] = None if plain[name] is None else str(plain[name])
        return plain


def describe() -> dict[str, dict[str, Any]]:
    """List every setting with its default, help, unit and bounds.

    Returns
    -------
    dict
        Name of the setting to ``default``, ``help``, ``unit``, ``minimum``, ``maximum`` and
        ``choices``.

    Examples
    --------
    >>> describe()["focus_window"]["unit"]
    'words'
    """
    return {each.name: {"default": each.default, **each.metadata} for each in fields(Settings)}
