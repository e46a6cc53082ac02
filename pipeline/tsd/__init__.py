"""Find and measure therapist self-disclosure in de-identified psychotherapy transcripts.

>>> import tsd
>>> nlp = tsd.load()
>>> doc = nlp("I went through a divorce too, and the evenings were the worst.")
>>> [(span.text, span.label_) for span in doc.spans["disclosures"]]
[('I went through a divorce too, and the evenings were the worst.', 'similar_challenge')]
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tsd.batch.folder import load as load_result
    from tsd.batch.inspection import inspect
    from tsd.batch.runner import analyze_corpus
    from tsd.classify.model import Model
    from tsd.classify.pipeline import load
    from tsd.learn.evaluation import evaluate
    from tsd.learn.training import train
    from tsd.measure.outcomes.association import associate
    from tsd.measure.session import analyze
    from tsd.readers import read, read_sessions
    from tsd.report.page import write_report
    from tsd.schema import Disclosure, Label, Problem, Role, Session, Utterance
    from tsd.settings import Associating, Finding, Learning, Measuring, Output, Reading, Settings

_HOMES = {
    "tsd.batch.folder": ("load_result",),
    "tsd.batch.inspection": ("inspect",),
    "tsd.batch.runner": ("analyze_corpus",),
    "tsd.classify.model": ("Model",),
    "tsd.classify.pipeline": ("load",),
    "tsd.learn.evaluation": ("evaluate",),
    "tsd.learn.training": ("train",),
    "tsd.measure.outcomes.association": ("associate",),
    "tsd.measure.session": ("analyze",),
    "tsd.readers": ("read", "read_sessions"),
    "tsd.report.page": ("write_report",),
    "tsd.schema": ("Disclosure", "Label", "Problem", "Role", "Session", "Utterance"),
    "tsd.settings": (
        "Associating",
        "Finding",
        "Learning",
        "Measuring",
        "Output",
        "Reading",
        "Settings",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Associating",
    "Disclosure",
    "Finding",
    "Label",
    "Learning",
    "Measuring",
    "Model",
    "Output",
    "Problem",
    "Reading",
    "Role",
    "Session",
    "Settings",
    "Utterance",
    "analyze",
    "analyze_corpus",
    "associate",
    "evaluate",
    "inspect",
    "load",
    "load_result",
    "read",
    "read_sessions",
    "train",
    "write_report",
]


def __getattr__(name: str) -> object:
    """Load a public name on first use (PEP 562): `import tsd` alone is quick."""
    if name == "__version__":
        from importlib.metadata import version

        return version("therapist-self-disclosure")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'tsd' has no attribute {name!r}")
    found = getattr(import_module(_HOME_OF[name]), {"load_result": "load"}.get(name, name))
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
