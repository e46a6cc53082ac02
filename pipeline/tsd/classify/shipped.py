"""Finds the data that come with tsd: the default model and the corpus that it is trained on."""

from __future__ import annotations

import json
from importlib import metadata, resources
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

from tsd.errors import TsdError

DISTRIBUTION = "therapist-self-disclosure"

DEFAULT_CORPUS = "data/corpus"
"""Where the checkout and the wheel have the training corpus."""


def shipped(folder: str) -> Path:
    """Return a folder that comes with tsd, by its path in the checkout.

    It is part of the wheel. An editable installation has it in the checkout, whose location pip
    notes in ``direct_url.json`` (PEP 610). A TsdError says that the installation is damaged.

    Examples
    --------
    >>> (shipped("models/default") / "model.json").is_file()
    True
    """
    packaged = Path(str(resources.files("tsd"))) / folder
    if packaged.is_dir():
        return packaged
    noted = metadata.distribution(DISTRIBUTION).read_text("direct_url.json")
    url = urlparse(json.loads(noted)["url"]) if noted else None
    if url is not None and url.scheme == "file":
        checkout = Path(url2pathname(url.path)) / folder
        if checkout.is_dir():
            return checkout
    raise TsdError(f"{folder}, which comes with tsd, is missing. Install the package again.")
