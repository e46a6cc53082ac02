"""Model folders: the estimator, its encoder if it has one, and all there is to know of them.

The estimator is ``model.skops``, the encoder ``encoder.npz``, the metadata ``model.json``. Never a
pickle. A file is read only if its hash is the one that the metadata name, and if it holds nothing
but a fixed list of types; see `Model.load` for what is checked.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.exceptions import InconsistentVersionWarning

from tsd.classify.encoder import Encoder
from tsd.classify.estimator import Estimator
from tsd.classify.features import EXCERPT, WHOLE
from tsd.classify.second_reading import SecondReading
from tsd.classify.shipped import DISTRIBUTION, shipped
from tsd.errors import ModelError
from tsd.files import unpacked_size, write_bytes
from tsd.segment import classes_patterns, cues_patterns, units_patterns
from tsd.settings import POINTS

FORMAT = 4
"""Version of the folder's layout and of the feature table."""

MODEL_FILE, METADATA_FILE = "model.skops", "model.json"

ENCODER_FILE = "encoder.npz"
"""Only in the folder of a model with an encoder."""

_HASHES = {MODEL_FILE: "sha256", ENCODER_FILE: "encoder_sha256"}
"""In the metadata, by the file that they are of."""

DEFAULT_MODEL = "models/default"
"""Where the checkout and the wheel have it."""

_LARGEST = 500_000_000
"""No model is larger than this once unpacked, in bytes."""

_TOLERANCE, _ENCODER_TOLERANCE = 1e-6, 1e-4
"""Other versions of the libraries must give the stored probabilities up to this; the encoder
calculates with 32 bits."""


@dataclass(frozen=True, slots=True)
class Model:
    """An estimator and its metadata.

    Parameters
    ----------
    estimator : Estimator
        The trained learners.
    metadata : dict
        The content of ``model.json``.

    Examples
    --------
    >>> import tsd
    >>> tsd.Model.load().metadata["labels"]
    ['training', 'similar_challenge', 'personal_details']
    """

    estimator: Estimator
    metadata: dict[str, Any]

    @property
    def thresholds(self) -> dict[str, dict[str, float]]:
        """Probabilities from which the model flags a unit, by name (`tsd.settings.POINTS`).

        Each is two: ``session`` for whole sessions, ``excerpt`` for excerpts (see
        `tsd.classify.features.EXCERPT_UTTERANCES`).
        """
        found: dict[str, dict[str, float]] = self.metadata["thresholds"]
        return found

    @property
    def sha256(self) -> str:
        """Hash of the stored estimator, which names the hash of its encoder."""
        return str(self.metadata["sha256"])

    @classmethod
    def load(cls, path: str | os.PathLike[str] | None = None) -> Model:
        """Load a model folder.

        Parameters
        ----------
        path : path-like, optional
            The folder; the default model if None.

        Returns
        -------
        Model
            Ready to predict.

        Raises
        ------
        ModelError
            If a file is missing or damaged, if a hash is not the one in the metadata, if a file
            holds types that do not belong there, if it was made for another format, or if
            installed libraries of other versions than the model was made with do not give the
            probabilities that the metadata keeps for comparison.
        """
        folder = shipped(DEFAULT_MODEL) if path is None else Path(path)
        try:
            files = {name: (folder / name).read_bytes() for name in (MODEL_FILE, METADATA_FILE)}
            if (folder / ENCODER_FILE).exists():
                files[ENCODER_FILE] = (folder / ENCODER_FILE).read_bytes()
        except OSError as error:
            raise ModelError(
                folder,
                f"{error.strerror}. Expected a folder with {MODEL_FILE} and "
                f"{METADATA_FILE}, as `tsd train` writes it.",
            ) from error
        return cls.from_files(files, folder)

    def save(self, folder: str | os.PathLike[str]) -> Model:
        """Write a model folder, each file whole or not at all.

        Parameters
        ----------
        folder : path-like
            Made if it does not exist.

        Returns
        -------
        Model
            The same, its metadata with the hash of the stored file.
        """
        files = self.files()
        Path(folder).mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            write_bytes(Path(folder) / name, data)
        if ENCODER_FILE not in files:
            (Path(folder) / ENCODER_FILE).unlink(missing_ok=True)
        return Model(self.estimator, json.loads(files[METADATA_FILE]))

    def files(self) -> dict[str, bytes]:
        """Return the files of a model folder by name."""
        files: dict[str, bytes] = {}
        if self.estimator.second is not None:
            files[ENCODER_FILE] = self.estimator.second.encoder.to_bytes()
        files[MODEL_FILE] = _dump(self.estimator, _hash(files.get(ENCODER_FILE, b"")))
        about = {key: each for key, each in self.metadata.items() if key not in _HASHES.values()}
        about |= {_HASHES[name]: _hash(data) for name, data in files.items()}
        text = json.dumps(about, indent=1, ensure_ascii=False)
        return {**files, METADATA_FILE: (text + "\n").encode()}

    @classmethod
    def from_files(cls, files: Mapping[str, bytes], folder: Path) -> Model:
        """Make a model of what `files` gave; the folder is named in errors."""
        about = _checked_metadata(files, folder)
        model = cls(_load_estimator(folder, files), about)
        if about["versions"] != versions():
            _check_self_test(folder, model)
        return model


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def versions() -> dict[str, str]:
    """Return the versions of Python, of this project and of the libraries a model depends on."""
    names = (DISTRIBUTION, "numpy", "scikit-learn", "skops", "spacy")
    return {"python": platform.python_version(), **{n: metadata.version(n) for n in names}}


def word_lists() -> str:
    """Return a hash of the word lists that the features depend on."""
    lists = (
        [cues_patterns.FOR, cues_patterns.AGAINST, cues_patterns.CLIENT],
        *(
            [value for name, value in vars(module).items() if name.isupper()]
            for module in (classes_patterns, units_patterns)
        ),
    )
    return hashlib.sha256(repr(lists).encode()).hexdigest()


def model_stamp(path: Path | None = None) -> str:
    """Return a hash that changes with a model folder, without loading it.

    Empty where there is no such folder; `Model.load` says what is wrong with it.
    """
    try:
        about = ((shipped(DEFAULT_MODEL) if path is None else path) / METADATA_FILE).read_bytes()
    except OSError:
        return ""
    return hashlib.sha256(about).hexdigest()


def default_encoder() -> Encoder | None:
    """Return the encoder of the default model, if it has one.

    It can also be read where the rest of that model is of another format.
    """
    folder = shipped(DEFAULT_MODEL)
    try:
        data = (folder / ENCODER_FILE).read_bytes()
    except FileNotFoundError:
        return None
    about = json.loads((folder / METADATA_FILE).read_bytes())
    _check_hash(folder, ENCODER_FILE, data, about.get(_HASHES[ENCODER_FILE]))
    try:
        return Encoder.from_bytes(data)
    except ValueError as error:
        raise ModelError(folder, f"{ENCODER_FILE}: {error}. Install the package again.") from error


def _check_hash(folder: Path, name: str, data: bytes | None, expected: str | None) -> None:
    """Refuse a file that is missing, or not the one that the metadata describe."""
    if data is None and expected is not None:
        raise ModelError(folder, f"{name} is missing. Copy the folder again.")
    if data is not None and _hash(data) != expected:
        raise ModelError(
            folder,
            f"{name} is not the file that {METADATA_FILE} describes (its hash differs). "
            "Copy the folder again.",
        )


def self_test(estimator: Estimator, units: list[dict[str, str]]) -> list[float]:
    """Return an estimator's probabilities for the units that the metadata keeps for comparison."""
    p_disclosure, p_types = estimator.predict(pd.DataFrame(units, dtype=object))
    return [float(value) for value in np.column_stack([p_disclosure, p_types]).ravel()]


def _dump(estimator: Estimator, encoder: str) -> bytes:
    """Write an estimator as skops does, but to the same bytes each time.

    skops notes the place of each object in memory, names members after it, and dates them. The
    notes only say which objects were one and the same, which matters to none of the parts, and
    are dropped; members are numbered, and all get the same date. The encoder has a file of its own,
    whose hash is `encoder`.
    """
    import skops.io

    # Each part is a copy: an object shared by two parts would be stored once, and read as two.
    parts = asdict(replace(estimator, second=None))
    if (second := estimator.second) is not None:
        numbers = {"least": second.least, "otherwise": second.otherwise}
        parts["second"] = {**numbers, "encoder": encoder}
    for vectorizer in _vectorizers(parts):
        # As a dict, each term would be an object of its own, which takes seconds to load.
        numbers = vectorizer.vocabulary_
        vectorizer.vocabulary_ = "\n".join(sorted(numbers, key=numbers.__getitem__))
        vars(vectorizer).pop("_stop_words_id", None)  # a place in memory, too
    raw = skops.io.dumps(parts, compression=zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    numbered: dict[str, str] = {}

    def cleaned(value: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, list):
            return [cleaned(each) for each in value]
        if not isinstance(value, dict):
            return value
        out = {}
        for key, each in value.items():
            if key == "file" and isinstance(each, str):
                out[key] = numbered.setdefault(each, f"{len(numbered)}{Path(each).suffix}")
            elif key != "__id__":
                out[key] = cleaned(each)
        return out

    schema = cleaned(json.loads(members.pop("schema.json")))
    files = {numbered[name]: data for name, data in members.items()}
    files["schema.json"] = json.dumps(schema).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name], compresslevel=9)
    return out.getvalue()


def _vectorizers(parts: dict[str, Any]) -> list[Any]:
    """Return the fitted vectorizers of an estimator's parts; others are the word "drop"."""
    made = parts["features"].named_transformers_.values()
    return [vectorizer for vectorizer in made if not isinstance(vectorizer, str)]


def _checked_metadata(files: Mapping[str, bytes], folder: Path) -> dict[str, Any]:
    """Return the metadata; a ModelError says if they are incomplete or of another model file."""
    try:
        about: dict[str, Any] = json.loads(files[METADATA_FILE])
    except ValueError as error:
        raise ModelError(folder, f"{METADATA_FILE} is not valid JSON.") from error
    try:
        form = about["format"]
        about["sha256"], about["versions"], about["self_test"]
        if form == FORMAT:
            for name in POINTS:
                float(about["thresholds"][name][WHOLE]), float(about["thresholds"][name][EXCERPT])
    except (KeyError, TypeError, ValueError) as error:
        advice = f"{METADATA_FILE} is incomplete. Train the model again."
        raise ModelError(folder, advice) from error
    if form != FORMAT:
        raise ModelError(
            folder,
            f"made for format {form}, this version reads {FORMAT}. "
            "Train it again with `tsd train`.",
        )
    for name, key in _HASHES.items():
        _check_hash(folder, name, files.get(name), about.get(key))
    if about.get("word_lists") != word_lists():
        warnings.warn(
            f"model {folder}: the word lists of tsd.segment have changed since it was trained. "
            "Train it again with `tsd train`.",
            stacklevel=4,
        )
    return about


def _load_estimator(folder: Path, files: Mapping[str, bytes]) -> Estimator:
    import skops.io

    data = files[MODEL_FILE]
    try:
        if unpacked_size(data) > _LARGEST:
            raise ModelError(folder, "is too large to be a tsd model.")
        with warnings.catch_warnings():
            # Whether another version works the same is tried out below, not guessed.
            warnings.simplefilter("ignore", InconsistentVersionWarning)
            # No type is trusted beyond those that skops itself knows to be harmless.
            parts = skops.io.loads(data, trusted=[])
        for vectorizer in _vectorizers(parts):
            terms = vectorizer.vocabulary_.split("\n")
            vectorizer.vocabulary_ = {term: number for number, term in enumerate(terms)}
        if parts["second"] is not None:
            parts["second"]["encoder"] = Encoder.from_bytes(files[ENCODER_FILE])
            parts["second"] = SecondReading(**parts["second"])
        return Estimator(**parts)
    except skops.io.exceptions.UntrustedTypesFoundException as error:
        raise ModelError(
            folder, "contains objects that do not belong in a tsd model. It was not loaded."
        ) from error
    except (
        zipfile.BadZipFile,
        KeyError,
        RecursionError,
        ValueError,
        TypeError,
        AttributeError,
        ImportError,
    ) as error:
        raise ModelError(
            folder,
            "is damaged or not a model of tsd. Copy the folder again, or train the model again.",
        ) from error


def _check_self_test(folder: Path, model: Model) -> None:
    """Refuse a model with other probabilities here than where it was made."""
    made_with, kept = model.metadata["versions"], model.metadata["self_test"]
    advice = (
        f"was made with scikit-learn {made_with.get('scikit-learn')} and gives other results with "
        f"the installed {metadata.version('scikit-learn')}. Train it again with `tsd train`, or "
        "install that version."
    )
    try:
        found = self_test(model.estimator, kept["units"])
        tolerance = _TOLERANCE if model.estimator.second is None else _ENCODER_TOLERANCE
        same = np.allclose(found, kept["probabilities"], rtol=0, atol=tolerance)
    except Exception as error:  # whatever fails in another version
        raise ModelError(folder, advice) from error
    if not same:
        raise ModelError(folder, advice)
