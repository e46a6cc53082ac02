"""Finds cues, the words that speak for or against a disclosure: ``doc.spans["cues"]``.

The phrases are in `cues_patterns`. Each match is a span whose label is the cue's name, so
``displacy.render(doc, style="span", options={"spans_key": "cues"})`` shows them.
"""

import re

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from tsd.schema import Role
from tsd.segment import cues_patterns as patterns
from tsd.segment.doc import CUES, column, ensure_utterances, register, set_spans, utterance_indices

_SHORT: dict[str, tuple[str, ...]] = {
    "am": ("'m", "' m", "m"),
    "is": ("'s", "' s", "s"),
    "have": ("' ve", "ve"),
    "would": ("'d", "' d", "d"),
    "will": ("' ll", "ll"),
}


class CueFinder:
    """The component ``tsd_cues``, without settings: writes ``doc.spans["cues"]``.

    A cue is found only in the words of its speaker: the therapist or, for
    `cues_patterns.CLIENT`, the client.

    Parameters
    ----------
    nlp : Language
        Its tokenizer divides the phrases as it divides the sessions.

    Examples
    --------
    >>> from tsd.segment.language import SessionLanguage
    >>> nlp = SessionLanguage()
    >>> _ = nlp.add_pipe("tsd_cues")
    >>> doc = nlp("I've trained in ACT, and my own kids are that age.")
    >>> [(cue.text, cue.label_) for cue in doc.spans["cues"]]
    [("I've trained", 'own training'), ('my own', 'own life'), ('my own kids', 'own circle')]
    """

    def __init__(self, nlp: Language) -> None:
        # NORM spells contractions out, also those that speech recognition wrote together.
        self._matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        for names in (patterns.FOR, patterns.AGAINST, patterns.CLIENT):
            for name, phrases in names.items():
                texts = (text for phrase in phrases for text in _variants(phrase))
                self._matcher.add(name, [nlp.tokenizer(text) for text in texts])

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["cues"]``."""
        return self.set_annotations(doc, self.predict(ensure_utterances(doc)))

    def predict(self, doc: Doc) -> list[Span]:
        """Return the cues of a Doc in the order of the text."""
        matches = self._matcher(doc, as_spans=True)
        matches.sort(key=lambda cue: (cue.start, cue.end, cue.label))
        roles = column(doc, "role")
        return [
            cue
            for cue, index in zip(matches, utterance_indices(doc, matches), strict=True)
            if roles[index] == (Role.CLIENT if cue.label_ in patterns.CLIENT else Role.THERAPIST)
        ]

    def set_annotations(self, doc: Doc, cues: list[Span]) -> Doc:
        """Write cues to ``doc.spans["cues"]``."""
        return set_spans(doc, CUES, cues)


def _variants(phrase: str) -> set[str]:
    """Return a phrase in the spellings that NORM does not make one.

    "'s" and "'d" can stand for two words each; speech recognition leaves the apostrophe out, and
    tokenized chat sets it apart.

    >>> sorted(_variants("it is"))
    ["it ' s", "it 's", 'it is', 'it s']
    """
    variants = {phrase}
    for word, shorts in _SHORT.items():
        variants |= {
            re.sub(rf"(?<=\w) {word}\b", f" {short}", each) for each in variants for short in shorts
        }
    return variants


@Language.factory("tsd_cues", assigns=["doc.spans"])
def make_cues(nlp: Language, name: str) -> CueFinder:
    """Make the component ``tsd_cues``."""
    del name
    register()
    return CueFinder(nlp)
