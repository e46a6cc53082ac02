"""Find and measure therapist self-disclosure in de-identified psychotherapy transcripts.

>>> import tsd
>>> nlp = tsd.load()
>>> doc = nlp("I went through a divorce too, and the evenings were the worst.")
>>> [(span.text, span.label_) for span in doc.spans["disclosures"]]
[('I went through a divorce too, and the evenings were the worst.', 'similar_challenge')]
"""

from importlib.metadata import version as _version

# The room `tsd.analyze` and the function `tsd.analyze` share a name. Loaded first, the room
# does not take the name from the function when it is imported later.
import tsd.analyze  # noqa: F401
from tsd.api import analyze, analyze_corpus, evaluate, load, read, read_sessions, train
from tsd.schema import Disclosure, Label, Problem, Role, Session, Utterance
from tsd.settings import Settings

__version__ = _version("therapist-self-disclosure")

__all__ = [
    "Disclosure",
    "Label",
    "Problem",
    "Role",
    "Session",
    "Settings",
    "Utterance",
    "analyze",
    "analyze_corpus",
    "evaluate",
    "load",
    "read",
    "read_sessions",
    "train",
]
