"""Our balance compared with that of ConvoKit 5.0, if ConvoKit is installed."""

from collections import Counter

import numpy as np
import pytest

from tests.measure.dynamics.test_balance import lay_out, timed
from tests.measure.talks_by_hand import C, O, T, U
from tsd.measure.dynamics.balance import balance

convokit = pytest.importorskip("convokit")
sharing = pytest.importorskip("convokit.talktimesharing")

pytestmark = pytest.mark.filterwarnings("ignore")

GROUPS = {T: "groupA", C: "groupB", O: "others", U: "others"}
ROLES = {"groupA": T, "groupB": C, None: None}
SESSIONS = 150
"""Random sessions of each kind."""


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))  # ConvoKit writes its configuration there


def corpus_of(turns):
    people = {role: convokit.Speaker(id=role.value) for role in GROUPS}
    utterances = [
        convokit.Utterance(
            id=str(number),
            speaker=people[role],
            conversation_id="0",
            reply_to=str(number - 1) if number else None,
            timestamp=number,
            text="words",
            meta={"start": start, "stop": stop, "utt_group": GROUPS[role]},
        )
        for number, (role, start, stop) in enumerate(turns)
    ]
    return convokit.Corpus(utterances=utterances)


def by_convokit(turns):
    """Return its score, primary role, windows and session type, or the error it stops with."""
    corpus, measure = corpus_of(turns), sharing.TalkTimeSharing()
    try:
        measure.transform(corpus)
        types = measure.summarize(corpus)["triangle_types"]
    except (KeyError, IndexError, TypeError) as error:
        return type(error)
    meta = corpus.get_conversation("0").meta
    kind = next(kind for kind, count in types.items() if count)
    return meta["balance_score"], ROLES[meta["primary_speaker"]], meta["balance_lst"], kind


def compare(turns):
    """Compare one session; return the type that ConvoKit finds, or the name of its error."""
    theirs, ours = by_convokit(turns), balance(timed(*turns), "timestamps")
    if theirs is IndexError:
        assert len(turns) <= 2
    if theirs in (IndexError, TypeError):  # too short, or nobody talks: score None >= .65
        assert np.isnan(ours.score)
        return theirs.__name__
    if theirs is KeyError:
        assert ours.primary is None
        assert np.isnan(ours.score) or 0.5 <= ours.score <= 0.50001
        return "KeyError"
    score, primary, windows, kind = theirs
    assert (ours.score, ours.primary, ours.session_type) == (score, primary, kind)
    # ConvoKit's windows: 1 the primary speaker, -1 the other
    assert (-ours.held if primary is C else ours.held).tolist() == windows
    return kind


def plain(rng):
    """Sessions as they are: turns of seconds, some silence, little overlap, decimals."""
    count = int(rng.integers(20, 200))
    favored = rng.uniform(0.2, 5, 2)
    roles = [(T, C)[n % 2] for n in range(count)]
    lasting = rng.exponential(10, count).round(2) * favored[np.arange(count) % 2].round(1)
    return lay_out(zip(roles, rng.normal(0.5, 1, count).round(2), lasting, strict=True), 3.2)


def wild(rng):
    """Sessions with overlap, silence and other speakers, with turns on the windows' borders."""
    count = int(rng.integers(3, 60))
    roles = rng.choice(np.array([T, T, C, C, O, U], dtype=object), count)
    gaps = rng.choice([-200, -20, -0.3, 0, 0, 0, 0.1, 30, 200, 500], count)
    lasting = rng.choice([0, 0.1, 6.3, 29.9, 30, 45.2, 60, 90, 150, 400], count)
    return lay_out(zip(roles, gaps.tolist(), lasting.tolist(), strict=True), 0.1)


def phases(rng):
    """Sessions in which one side holds the floor for minutes, then the other."""
    count = int(rng.integers(4, 12))
    roles = rng.choice(np.array([T, C], dtype=object), count)
    lasting = rng.uniform(20, 240, count).tolist()
    return lay_out(zip(roles, [0.0] * count, lasting, strict=True), 0.0)


def tied(rng):
    """Sessions in which both sides talk equally long between the first and the last turn."""
    lasting = rng.integers(1, 200, int(rng.integers(1, 20))).tolist()
    turns = [(T, 0, each) for each in lasting] + [(C, 0, each) for each in lasting]
    turns = [turns[n] for n in rng.permutation(len(turns))]
    return lay_out([(C, 0, 4), *turns, (T, 0, 7)], 0.0)


def few_turns(rng):
    """Sessions of one to five utterances, some without any length."""
    count = int(rng.integers(1, 6))
    roles = rng.choice(np.array([T, C, O], dtype=object), count)
    lasting = rng.choice([0, 0, 5, 170, 300], count).astype(float)
    return lay_out(zip(roles, [0.0] * count, lasting.tolist(), strict=True), 1.0)


@pytest.mark.parametrize(
    ("kind", "must_meet"),
    [
        (plain, {"dominating_throughout", "back_and_forth"}),
        (wild, {"dominating_throughout", "alter_dominance", "no_label"}),
        (phases, {"dominating_throughout", "alter_dominance", "no_label"}),
        (tied, {"KeyError"}),
        (few_turns, {"IndexError", "TypeError", "no_label"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_balance_is_that_of_convokit(kind, must_meet):
    rng = np.random.default_rng(7)
    met = Counter(compare(kind(rng)) for _ in range(SESSIONS))
    print(kind.__name__, dict(met))  # noqa: T201 - shown with -s: what was compared
    assert must_meet <= set(met)
