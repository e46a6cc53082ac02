"""The settings: the only place where an option, its default, its unit and its help are written.

There is a group for each step of the work. The command line, the settings file and the docs read
the options from here, and a function takes the group that it uses.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
import tomllib
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from numbers import Integral, Real
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Self, get_args, get_origin, get_type_hints

from tsd.errors import ReadError, SettingsError

POINTS: dict[str, float] = {"recall": 2.0, "balanced": 1.0, "precision": 0.5}
"""The named thresholds of a model: at each, F-beta is best for this beta, the weight of recall
against precision (van Rijsbergen 1979)."""


DECISIVE = ("reading", "finding", "measuring")
"""The groups of settings that the numbers of a result depend on."""


class Option(NamedTuple):
    """What is known of one option.

    Parameters
    ----------
    name : str
        Its name in Python and in the settings file; on the command line with hyphens.
    kind : type
        ``str``, ``int``, ``float``, ``bool``, ``Path``, or ``tuple`` for several names.
    optional : bool
        Whether it can have no value (None).
    default : object
        Its value unless one is given.
    help, unit : str
        What it does, and what it is measured in.
    minimum, maximum : float or None
        Its bounds, inclusive.
    choices : tuple of str
        All its values, if they are few.
    names : tuple of str
        Names that may stand for a number.
    """

    name: str
    kind: type
    optional: bool
    default: Any
    help: str
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def check(self, value: Any) -> Any:  # noqa: ANN401 - of its kind
        """Return a value as the settings keep it, or raise a `SettingsError`."""
        if (value is None and self.optional) or (isinstance(value, str) and value in self.names):
            return value
        if self.kind is tuple:
            several = isinstance(value, list | tuple)
            if not several or not all(isinstance(each, str) for each in value):
                raise SettingsError(self.name, value, "a list of names")
            if self.choices and (wrong := [each for each in value if each not in self.choices]):
                raise SettingsError(self.name, wrong[0], f"one of {', '.join(self.choices)}")
            return tuple(value)
        if self.kind is Path:
            if not isinstance(value, str | Path):
                raise SettingsError(self.name, value, "a path")
            return Path(value)
        if self.choices and value not in self.choices:
            raise SettingsError(self.name, value, f"one of {', '.join(self.choices)}")
        if self.kind is str and not isinstance(value, str):
            raise SettingsError(self.name, value, "text")
        if self.kind is bool and not isinstance(value, bool):
            raise SettingsError(self.name, value, "true or false")
        if self.kind in (int, float):
            whole = self.kind is int
            number: Any = Integral if whole else Real
            if isinstance(value, bool) or not isinstance(value, number):
                expected = "a whole number" if whole else "a number"
                names = f" or one of {', '.join(self.names)}" if self.names else ""
                raise SettingsError(self.name, value, expected + names)
            low, high = self.minimum, self.maximum
            if not ((low is None or low <= value) and (high is None or value <= high)):
                bounds = f"at least {low}" if high is None else f"between {low} and {high}"
                raise SettingsError(self.name, value, bounds)
            if math.isinf(value):
                raise SettingsError(self.name, value, "a finite number")
        return value

    def public(self, value: Any) -> Any:  # noqa: ANN401 - of its kind
        """Return what a paper may say of a value: no path, and how many names there are.

        Examples
        --------
        >>> seed, metadata = Measuring.options()[4], Reading.options()[-1]
        >>> seed.public(3), metadata.public(Path("clinic.csv")), metadata.public(None)
        (3, 'a file', None)
        """
        if value is None:
            return None
        if self.kind is Path:
            return "a folder" if self.name == "model" else "a file"
        if self.kind is tuple:
            return f"{len(value)} name{'' if len(value) == 1 else 's'}"
        return value


def _option(
    default: Any,  # noqa: ANN401 - the type is the field's own
    help: str,  # noqa: A002 - the field's own name for it
    **about: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    return field(default=default, metadata={"help": help, **about})


@dataclass(frozen=True, kw_only=True)
class Group:
    """Some options that belong together; `options` lists what is known of them."""

    TITLE: ClassVar[str] = ""

    @classmethod
    @cache
    def options(cls) -> tuple[Option, ...]:
        """List the options of the group.

        Examples
        --------
        >>> Measuring.options()[0].name, Measuring.options()[0].unit
        ('focus_window', 'words')
        """
        hints = get_type_hints(cls)
        found = []
        for each in fields(cls):
            hint = hints[each.name]
            union = get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
            kind, optional = union[0], type(None) in union
            kind = get_origin(kind) or kind
            found.append(Option(each.name, kind, optional, each.default, **each.metadata))
        return tuple(found)

    def __post_init__(self) -> None:
        for option in self.options():
            object.__setattr__(self, option.name, option.check(getattr(self, option.name)))

    def as_dict(self) -> dict[str, Any]:
        """Return the options as values that JSON has."""
        plain: dict[type, type] = {Path: str, tuple: list}
        return {
            option.name: (
                value
                if value is None or value in option.names
                else plain.get(option.kind, option.kind)(value)
            )
            for option in self.options()
            for value in [getattr(self, option.name)]
        }


@dataclass(frozen=True, kw_only=True)
class Reading(Group):
    """How transcripts are read: who is who, and what is known about the sessions."""

    TITLE: ClassVar[str] = "Reading"

    format: str | None = _option(
        None,
        "Format of the files, if it is not recognized by itself; `tsd inspect` shows their names.",
    )
    therapist: tuple[str, ...] = _option(
        (),
        "Name of a speaker who is the therapist; C also means C1, C2 ... May be given several "
        "times.",
    )
    client: tuple[str, ...] = _option(
        (), "Name of a speaker who is a client. May be given several times."
    )
    roles: Path | None = _option(
        None,
        "Table that says who is who: columns speaker and role, and, if names mean different people "
        "in different files, file or session.",
    )
    language: str | None = _option(
        None,
        "Language of the talk. Only en can be measured: it takes every session as English, "
        "whatever the talk looks like.",
        choices=("en",),
    )
    join_within: float = _option(
        2.0,
        "Subtitles and pieces of speech recognition by the same speaker become one utterance if "
        "the pause between them is not longer; 0 joins none.",
        unit="seconds",
        minimum=0.0,
    )
    require_deidentified: bool = _option(
        False,
        "Refuse sessions in which an obvious identifier is found, such as a telephone number.",
    )
    identifiers: str = _option(
        "patterns",
        "What looks for identifiers. 'presidio' adds the patterns of Presidio: slower, and it "
        "needs the extra deid.",
        choices=("patterns", "presidio"),
    )
    metadata: Path | None = _option(
        None,
        "Table with a row per session: a column session_id, and, if you have them, therapist, "
        "case, session_number and outcomes.",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        therapist = set(map(str.casefold, self.therapist))
        if both := sorted(name for name in self.client if name.casefold() in therapist):
            raise SettingsError("client", both, "none of the therapist's names")


@dataclass(frozen=True, kw_only=True)
class Finding(Group):
    """How disclosures are found: how talk is divided, which model, from which probability on.

    Examples
    --------
    >>> Finding(threshold=1.5)
    Traceback (most recent call last):
    ...
    tsd.errors.SettingsError: threshold must be between 0 and 1; got 1.5.
    """

    TITLE: ClassVar[str] = "Finding disclosures"

    model: Path | None = _option(
        None, "Folder of the model. Default: the model that comes with tsd."
    )
    model_hash: str | None = _option(
        None,
        "Hash of the model, as in run.json. With another model nothing is analyzed. `tsd plan "
        "--write` sets it.",
    )
    threshold: float | str = _option(
        "balanced",
        "Flag a sentence-like unit if its probability is at least this: a number from 0 to 1, or "
        "one of the model's own thresholds. 'recall' misses less, 'precision' raises fewer false "
        "flags, 'balanced' is between them.",
        minimum=0,
        maximum=1,
        names=tuple(POINTS),
    )
    review_budget: int | None = _option(
        None,
        "Flag this many utterances, the most likely ones over all sessions of the run, instead of "
        "those above a threshold.",
        unit="utterances",
        minimum=1,
    )
    use_labels: bool = _option(
        False, "Measure the human labels in the input instead of the classifier's flags."
    )
    longest_session: int = _option(
        2_000_000,
        "Sessions with more text than this are reported but not analyzed.",
        unit="characters",
        minimum=1,
    )
    longest_unit: int = _option(
        12,
        "If a stretch of speech is longer than this and has no sentence end, it is divided where "
        "a new clause begins.",
        unit="words",
        minimum=8,
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.model_hash is not None and not re.fullmatch("[0-9a-f]{64}", self.model_hash):
            expected = "64 characters, each 0 to 9 or a to f"
            raise SettingsError("model_hash", self.model_hash, expected)
        if self.review_budget is None:
            return
        if self.threshold != "balanced":
            expected = "left out if threshold is set, because only one of them can decide"
            raise SettingsError("review_budget", self.review_budget, expected)
        if self.use_labels:
            expected = "left out with use_labels, because all labeled disclosures count"
            raise SettingsError("review_budget", self.review_budget, expected)


@dataclass(frozen=True, kw_only=True)
class Measuring(Group):
    """How disclosures are measured: windows, rates of speech, chance and intervals."""

    TITLE: ClassVar[str] = "Measuring"

    focus_window: int = _option(
        100,
        "Words looked at before and after an episode of disclosure. Disclosures with fewer words "
        "than this between them are one episode.",
        unit="words",
        minimum=1,
    )
    focus_minimum: int = _option(
        20,
        "With fewer words than this before or after, focus shift is empty.",
        unit="words",
        minimum=1,
    )
    permutations: int = _option(
        999,
        "How many times fake episodes are drawn to test a focus shift against chance.",
        minimum=99,
    )
    resamples: int = _option(
        1000,
        "How many times sessions or therapists are resampled for the interval of the focus shift.",
        minimum=100,
    )
    seed: int = _option(0, "Seed of every random step.", minimum=0)
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
        "The side that has more than this share of the talk in a window holds the floor.",
        minimum=0.5,
        maximum=1,
    )
    words_per_minute: float = _option(
        150, "Assumed rate of speech if the source has no times.", unit="words/min", minimum=1
    )
    slowest: float = _option(
        60,
        "If only start times are known, an utterance lasts at most as long as its words at this "
        "rate.",
        unit="words/min",
        minimum=1,
    )
    fastest: float = _option(
        300,
        "If only start times are known, an utterance lasts at least as long as its words at this "
        "rate.",
        unit="words/min",
        minimum=1,
    )
    sensitivity: bool = _option(
        False,
        "Also measure with half and twice the focus window, and with lower and higher "
        "thresholds, and write the headline numbers of each to the table sensitivity.",
    )
    error_rates: Path | None = _option(
        None,
        "File with the output of `tsd evaluate --json` for sessions like these. Rates and slopes "
        "are then adjusted for the classifier's errors.",
    )
    audit: Path | None = _option(
        None, "Filled-in review sheet of `tsd audit sample`. Rates are then estimated from it, too."
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.slowest > self.fastest:
            raise SettingsError("slowest", self.slowest, f"at most fastest ({self.fastest})")
        if self.focus_minimum > self.focus_window:
            expected = f"at most focus_window ({self.focus_window})"
            raise SettingsError("focus_minimum", self.focus_minimum, expected)


@dataclass(frozen=True, kw_only=True)
class Associating(Group):
    """How disclosures are related to an outcome."""

    TITLE: ClassVar[str] = "Disclosures and an outcome"

    dose: tuple[str, ...] = _option(
        ("count",),
        "What is related to the outcome: the number of disclosures (also by type), their words, "
        "their seconds, or whether there was any. May be given several times.",
        choices=("count", "words", "seconds", "any"),
    )
    covariate: tuple[str, ...] = _option(
        (),
        "Column of numbers to adjust for, such as the outcome before treatment or session_number; "
        "with --lag also the outcome, which is then that of the session with the disclosures. May "
        "be given several times.",
    )
    lag: int = _option(
        0,
        "Relate disclosures to the outcome of the session so many sessions later in the same case. "
        "Needs case and session_number in the metadata.",
        unit="sessions",
        minimum=0,
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.dose:
            expected = f"one or more of {', '.join(self.options()[0].choices)}"
            raise SettingsError("dose", self.dose, expected)


@dataclass(frozen=True, kw_only=True)
class Learning(Group):
    """How a model is learned from human labels, and how a model is checked with them."""

    TITLE: ClassVar[str] = "Learning and checking"

    natural_rate: float = _option(
        0.02,
        "Share of therapist utterances that contain a disclosure, in sessions like those that the "
        "model will be used on. In the literature 1% to 13%, 3.5% on average; higher in peer "
        "support.",
        minimum=0.001,
        maximum=0.5,
    )
    slack: float = _option(
        0.015,
        "Of the thresholds whose F score is at most this share below the best, use the lowest. For "
        "a person who reads the flags, a miss costs more than a false flag.",
        minimum=0,
        maximum=0.5,
    )
    folds: int = _option(
        5,
        "Folds of the cross-validation; settings stay whole, or sessions if none is named.",
        minimum=2,
    )
    penalty: float = _option(
        1.0, "Inverse strength of the penalty on the weights that find disclosures.", minimum=1e-6
    )
    type_penalty: float = _option(
        0.5, "Inverse strength of the penalty on the weights that decide the type.", minimum=1e-6
    )
    min_df: int = _option(2, "A feature must occur in at least this many units.", minimum=1)
    fewest: int = _option(
        30,
        "With fewer disclosing utterances than this, nothing is learned.",
        minimum=2,
    )
    encoder_share: float = _option(
        0.15,
        "Share of the other units of whole sessions that the encoder reads, if there is one: the "
        "likeliest.",
        minimum=0.001,
        maximum=1,
    )
    encoder_layers: int = _option(
        6,
        "Layers of a sentence encoder that are used, from the lowest up.",
        unit="layers",
        minimum=1,
    )
    audit_size: int = _option(200, "Number of utterances on a review sheet.", minimum=20)


@dataclass(frozen=True, kw_only=True)
class Planning(Group):
    """What is assumed of the sessions of a study that is planned."""

    TITLE: ClassVar[str] = "Planning"

    session_utterances: int = _option(
        120, "Therapist utterances in a session.", unit="utterances", minimum=1
    )
    session_words: int = _option(
        6000, "Words of therapist and client in a session.", unit="words", minimum=1
    )
    episode_sd: float = _option(
        0.18,
        "Standard deviation of the adjusted focus shift of one episode, within a therapist. The "
        "default is that of simulated sessions like the samples of tsd.",
        minimum=0.01,
        maximum=1,
    )
    therapist_sd: float = _option(
        0.05, "Standard deviation of the therapists' own mean shifts.", minimum=0, maximum=1
    )


@dataclass(frozen=True, kw_only=True)
class Output(Group):
    """How results are written, and with how many processes."""

    TITLE: ClassVar[str] = "Output"

    tables: str = _option("csv", "Format of the tables.", choices=("csv", "parquet"))
    no_text: bool = _option(
        False,
        "Leave every word of the transcripts out of all outputs. Speakers' names are left out, "
        "too, unless their role is unclear. Values from --metadata stay.",
    )
    workers: int = _option(
        1, "Number of processes that share the work. The result is the same.", minimum=1
    )


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All options of a run, in their groups.

    Raises
    ------
    SettingsError
        If options of different groups cannot go together.

    Examples
    --------
    >>> Settings(finding=Finding(threshold=0.5)).finding.threshold
    0.5
    >>> Settings.of(threshold=0.5, seed=1).measuring.seed
    1
    """

    reading: Reading = Reading()
    finding: Finding = Finding()
    measuring: Measuring = Measuring()
    associating: Associating = Associating()
    learning: Learning = Learning()
    planning: Planning = Planning()
    output: Output = Output()

    def __post_init__(self) -> None:
        finding, measuring = self.finding, self.measuring
        if measuring.error_rates and (finding.use_labels or finding.review_budget is not None):
            expected = "left out with use_labels or review_budget: the rates would not apply"
            raise SettingsError("error_rates", str(measuring.error_rates), expected)
        if measuring.audit and finding.use_labels:
            expected = "left out with use_labels, because an audit reviews the classifier"
            raise SettingsError("audit", str(measuring.audit), expected)

    @classmethod
    def of(cls, **options: Any) -> Self:  # noqa: ANN401 - each option has a type of its own
        """Make settings from options by their names, whatever their group; others keep defaults.

        Raises
        ------
        SettingsError
            If there is no such option, or a value is out of its bounds.
        """
        made: dict[str, Any] = {}
        for name, group in cls.groups():
            own = [o.name for o in group.options() if o.name in options]
            made[name] = group(**{option: options.pop(option) for option in own})
        for name in options:
            known = ", ".join(o.name for _, group in cls.groups() for o in group.options())
            raise SettingsError("option", name, f"one of {known}")
        return cls(**made)

    @classmethod
    def groups(cls) -> Iterator[tuple[str, type[Group]]]:
        """List the groups by name."""
        hints = get_type_hints(cls)
        return ((each.name, hints[each.name]) for each in fields(cls))

    @classmethod
    def from_toml(cls, path: str | os.PathLike[str]) -> Self:
        """Read a settings file: TOML with a table per group, as `tsd config` prints it.

        Options that the file leaves out have their defaults. Paths in it start from its folder.

        Raises
        ------
        ReadError
            If the file cannot be read, or has something that is not an option.
        """
        return cls.of_toml(_content(Path(path)), Path(path))

    @classmethod
    def of_toml(cls, data: bytes, file: Path) -> Self:
        """Read what `file` holds; see `from_toml`."""
        try:
            tables = tomllib.loads(data.decode("utf-8-sig"))
        except ValueError as error:
            raise ReadError(file, f"is not a valid TOML file: {error}.") from error
        try:
            groups: Any = {name: _group(cls, name, values, file) for name, values in tables.items()}
            return cls(**groups)
        except SettingsError as error:
            raise ReadError(file, str(error)) from error

    def to_toml(self) -> str:
        """Write the settings as a settings file, each option with its help."""
        lines = []
        for name, group in self.groups():
            lines += [f"# {group.TITLE}", f"[{name}]"]
            values = getattr(self, name).as_dict()
            for option in group.options():
                unit = f" Unit: {option.unit}." if option.unit else ""
                few = f" One of: {', '.join(option.choices)}." if option.choices else ""
                lines.append(f"# {option.help}{few}{unit}")
                value = values[option.name]
                text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
                lines.append(f"# {option.name} =" if value is None else f"{option.name} = {text}")
            lines.append("")
        return "\n".join(lines)

    def departures(self, planned: Settings) -> list[dict[str, Any]]:
        """List the options that numbers depend on (`DECISIVE`) and that differ from a plan.

        Returns
        -------
        list of dict
            ``option``, and its value as ``planned`` and as ``used``, without paths and names.

        Examples
        --------
        >>> Settings.of(seed=1, workers=2).departures(Settings())
        [{'option': 'seed', 'planned': 0, 'used': 1}]
        """
        found = []
        for name in DECISIVE:
            group = getattr(self, name)
            for option in group.options():
                used, plan = (vars(each)[option.name] for each in (group, getattr(planned, name)))
                if used == plan or _same_path(used, plan):
                    continue
                public = option.public(used)
                if isinstance(used, Path) and isinstance(plan, Path):
                    public = public.replace("a ", "another ")
                found.append(
                    {"option": option.name, "planned": option.public(plan), "used": public}
                )
        return found

    def as_dict(self) -> dict[str, Any]:
        """Return the settings as values that JSON has, by group."""
        return {name: getattr(self, name).as_dict() for name, _ in self.groups()}


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """What a settings file says, and its hash. It is read once, because it can be a pipe."""

    settings: Settings
    sha256: str

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a settings file; a ReadError says what is wrong with it."""
        data = _content(path)
        return cls(Settings.of_toml(data, path), hashlib.sha256(data).hexdigest())

    def compared_with(self, settings: Settings) -> dict[str, Any]:
        """Return what ``run.json`` says: the hash, and which settings are not those of the file.

        The file can be a registered plan, and options on the command line take precedence.
        """
        return {"sha256": self.sha256, "departures": settings.departures(self.settings)}


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError(path, f"cannot be opened ({error.strerror}).") from error


def _same_path(one: Any, other: Any) -> bool:  # noqa: ANN401 - values of a setting
    paths = isinstance(one, Path) and isinstance(other, Path)
    return paths and one.resolve() == other.resolve()


def _group(settings: type[Settings], name: str, values: Any, file: Path) -> Group:  # noqa: ANN401
    """Make a group of what a settings file says."""
    groups = dict(settings.groups())
    if name not in groups or not isinstance(values, Mapping):
        raise SettingsError("a table of the file", name, f"one of {', '.join(groups)}")
    known = {option.name: option for option in groups[name].options()}
    chosen = dict(values)
    for key, value in values.items():
        if key not in known:
            raise SettingsError(f"an option of [{name}]", key, f"one of {', '.join(known)}")
        if known[key].kind is Path and isinstance(value, str):
            chosen[key] = file.parent / value
    return groups[name](**chosen)
