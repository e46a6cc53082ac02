"""Model folders: the estimator, its encoder if it has one, and all there is to know of them.

The estimator is ``model.skops``, the encoder ``encoder.npz``, the metadata ``model.json``. A file
is read only if its hash is the one that the metadata name; see `Model.load` for what is checked.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tsd.classify.encoder import Encoder
from tsd.classify.estimator import Estimator
from tsd.classify.estimator_file import estimator_from_bytes, estimator_to_bytes
from tsd.classify.features import EXCERPT, WHOLE
from tsd.classify.shipped import DISTRIBUTION, shipped
from tsd.errors import ModelError
from tsd.files import write_bytes
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
        files[MODEL_FILE] = estimator_to_bytes(
            self.estimator, encoder=_hash(files.get(ENCODER_FILE, b""))
        )
        about = {key: each for key, each in self.metadata.items() if key not in _HASHES.values()}
        about |= {_HASHES[name]: _hash(data) for name, data in files.items()}
        text = json.dumps(about, indent=1, ensure_ascii=False)
        return {**files, METADATA_FILE: (text + "\n").encode()}

    @classmethod
    def from_files(cls, files: Mapping[str, bytes], folder: Path) -> Model:
        """Make a model of what `files` gave; the folder is named in errors."""
        about = _checked_metadata(files, folder)
        model = cls(_estimator(files, folder), about)
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


def _estimator(files: Mapping[str, bytes], folder: Path) -> Estimator:
    try:
        return estimator_from_bytes(files[MODEL_FILE], files.get(ENCODER_FILE))
    except ValueError as error:
        raise ModelError(folder, str(error)) from error


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
