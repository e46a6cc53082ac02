"""The file of an estimator, ``model.skops``: never a pickle, and the same bytes each time."""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sklearn.exceptions import InconsistentVersionWarning

from tsd.classify.encoder import Encoder
from tsd.classify.estimator import Estimator
from tsd.classify.second_reading import SecondReading
from tsd.files import unpacked_size

_LARGEST = 500_000_000
"""No model is larger than this once unpacked, in bytes."""

_DAMAGED = "is damaged or not a model of tsd. Copy the folder again, or train the model again."
_BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    RecursionError,
    ValueError,
    TypeError,
    AttributeError,
    ImportError,
)
"""What reading a damaged file, or one of something else, may raise."""


def estimator_to_bytes(estimator: Estimator, *, encoder: str) -> bytes:
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


def estimator_from_bytes(data: bytes, encoder: bytes | None) -> Estimator:
    """Read what `estimator_to_bytes` wrote, and the file of its encoder if it has one.

    Raises
    ------
    ValueError
        If it is something else, or holds anything but a fixed list of types. The message goes
        on after the name of a folder.
    """
    import skops.io

    try:
        too_large = unpacked_size(data) > _LARGEST
    except _BROKEN as error:
        raise ValueError(_DAMAGED) from error
    if too_large:
        raise ValueError("is too large to be a tsd model.")
    try:
        with warnings.catch_warnings():
            # Whether another version works the same is tried out, not guessed: `Model.load`.
            warnings.simplefilter("ignore", InconsistentVersionWarning)
            # No type is trusted beyond those that skops itself knows to be harmless.
            parts = skops.io.loads(data, trusted=[])
        for vectorizer in _vectorizers(parts):
            terms = vectorizer.vocabulary_.split("\n")
            vectorizer.vocabulary_ = {term: number for number, term in enumerate(terms)}
        if parts["second"] is not None:
            if encoder is None:
                raise ValueError("the encoder is missing")
            parts["second"]["encoder"] = Encoder.from_bytes(encoder)
            parts["second"] = SecondReading(**parts["second"])
        return Estimator(**parts)
    except skops.io.exceptions.UntrustedTypesFoundException as error:
        raise ValueError(
            "contains objects that do not belong in a tsd model. It was not loaded."
        ) from error
    except _BROKEN as error:
        raise ValueError(_DAMAGED) from error
