"""What many tests share: small hand-made sessions, and one model learned from a few of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tsd.schema import Label, Role, Session, Utterance

ROOT = Path(__file__).parent.parent

# New examples are for the desk, where somebody looks; a landing must not hang on chance, nor
# any test on the speed of the machine.
settings.register_profile("tsd", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("tsd")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture
def small_checkout(root, tmp_path) -> Path:
    """The data of the checkout, with three of the nine sample sessions.

    For commands and code that run whatever the number of sessions: reading them takes the time.
    """
    for folder in ("notebooks", "data/samples/sessions"):
        (tmp_path / folder).mkdir(parents=True)
    for name in (
        "metadata.csv",
        "samples/sessions/cbt_panic.csv",
        "samples/sessions/too_much_about_me.csv",
    ):
        shutil.copy(root / "data" / name, tmp_path / "data" / name)
    shutil.copy(root / "data/samples/sessions/grief_video.txt", tmp_path / "data/samples/sessions")
    return tmp_path


def _session(*turns: tuple[str, str], session_id: str = "s", **more: list) -> Session:
    """Make a session of ("T"|"C"|"O", words); further keywords hold one value per turn."""
    roles = {"T": Role.THERAPIST, "C": Role.CLIENT, "O": Role.OTHER, "?": Role.UNKNOWN}
    return Session(
        session_id,
        tuple(
            Utterance(
                text, who, roles[who], str(i), **{name: values[i] for name, values in more.items()}
            )
            for i, (who, text) in enumerate(turns)
        ),
    )


@pytest.fixture(scope="session")
def make_session() -> Callable[..., Session]:
    return _session


_LIVES = [
    (Label.TRAINING, "I trained as a nurse before I qualified as a counsellor."),
    (Label.TRAINING, "My role here is to listen, I'm one of the counsellors."),
    (Label.TRAINING, "I've worked with families for nine years."),
    (Label.SIMILAR_CHALLENGE, "I went through a divorce too, and it was hard."),
    (Label.SIMILAR_CHALLENGE, "I used to panic on trains, so I know the feeling."),
    (Label.SIMILAR_CHALLENGE, "When I lost my job I could not sleep either."),
    (Label.PERSONAL_DETAILS, "My daughter is six and she loves dogs."),
    (Label.PERSONAL_DETAILS, "I grew up on a farm near the sea."),
    (Label.PERSONAL_DETAILS, "I love that film, my wife and I watched it."),
]
_NONE = [
    "How was your week?",
    "I wonder what that was like for you.",
    "I'd like to ask you about your sleep.",
    "So you tell yourself, I can't do this.",
    "I'm glad you came today.",
    "If I were you I'd call her first.",
]


@pytest.fixture(scope="session")
def annotated() -> list[Session]:
    """Twenty-four small annotated sessions, each with disclosures of two types and none."""
    sessions = []
    for number in range(24):
        turns, labels = [], []
        for step in range(2):
            label, text = _LIVES[(number * 2 + step * 4) % len(_LIVES)]
            turns += [("C", "It has been a long week."), ("T", text)]
            labels += [None, label]
        for step in range(3):
            turns.append(("T", _NONE[(number + step * 2) % len(_NONE)]))
            labels.append(Label.NONE)
        sessions.append(_session(*turns, session_id=f"a{number}", label=labels))
    return sessions


@pytest.fixture(scope="session")
def small_encoder(tmp_path_factory):
    """An encoder of random weights, which has learned nothing."""
    from tests.encoders_by_hand import make_sentence_encoder
    from tsd.classify.encoder import Encoder, quantized
    from tsd.learn.sentence_encoders import read_sentence_encoder

    words = ["i", "my", "was", "trained", "used", "daughter"]
    folder = make_sentence_encoder(tmp_path_factory.mktemp("bert") / "encoder", words)
    start = read_sentence_encoder(folder, layers=2, seed=0)
    return Encoder(start.pieces, quantized(start.weights))


@pytest.fixture(scope="session")
def small_model(annotated, small_encoder, tmp_path_factory) -> Path:
    """A model folder learned from `annotated`, with an encoder."""
    from tsd.learn.training import train
    from tsd.settings import Learning

    folder = tmp_path_factory.mktemp("model")
    train(annotated, Learning(fewest=10), encoder=small_encoder).save(folder)
    return folder


@pytest.fixture
def no_garbage_collection(monkeypatch):
    """statsmodels' `multipletests` collects garbage at every call: 0.1 s in a large process."""
    monkeypatch.setattr("gc.collect", lambda: 0)
