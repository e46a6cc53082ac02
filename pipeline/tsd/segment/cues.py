"""Finds cues, the words that speak for or against a disclosure: ``doc.spans["cues"]``.

The phrases stand in `cues_patterns`; each match is a span whose label is the cue's name, so
that ``displacy.render(doc, style="span", options={"spans_key": "cues"})`` shows them.
"""

import re

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from tsd.schema import Role
from tsd.segment import cues_patterns as patterns
from tsd.segment.doc import CUES, column, ensure_utterances, first_tokens, register, set_spans

CueMatch = tuple[int, int, int]
"""Label (a number of the string store), first token, one past the last token."""


class CueFinder:
    """The component ``tsd_cues``.

    Parameters
    ----------
    nlp : Language
        Whose tokenizer divides the phrases as it divides the sessions.

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
        strings = nlp.vocab.strings
        therapist = (*patterns.FOR, *patterns.AGAINST)
        self._side = {strings.add(name): Role.THERAPIST for name in therapist}
        self._side |= {strings.add(name): Role.CLIENT for name in patterns.CLIENT}

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["cues"]``."""
        return self.set_annotations(doc, self.predict(ensure_utterances(doc)))

    def predict(self, doc: Doc) -> list[CueMatch]:
        """Return the cues of a Doc in the order of the text."""
        firsts, roles = [*first_tokens(doc), len(doc)], column(doc, "role")
        found, here = [], 0
        for label, start, end in sorted(self._matcher(doc), key=lambda m: (m[1], m[2], m[0])):
            while firsts[here + 1] <= start:
                here += 1
            if roles[here] == self._side[label]:
                found.append((label, start, end))
        return found

    def set_annotations(self, doc: Doc, cues: list[CueMatch]) -> Doc:
        """Write cues to ``doc.spans["cues"]``."""
        found = [Span(doc, start, end, label=label) for label, start, end in cues]
        return set_spans(doc, CUES, found)


def _variants(phrase: str) -> set[str]:
    """Write a phrase in the ways that NORM does not make one.

    "'s" and "'d" can stand for two words each; speech recognition leaves the apostrophe out, and
    tokenised chat sets it apart.

    >>> sorted(_variants("it is"))
    ["it ' s", "it 's", 'it is', 'it s']
    """
    variants = {phrase}
    for word, shorts in _SHORT.items():
        variants |= {
            re.sub(rf"(?<=\w) {word}\b", f" {short}", each) for each in variants for short in shorts
        }
    return variants


_SHORT: dict[str, tuple[str, ...]] = {
    "am": ("'m", "' m", "m"),
    "is": ("'s", "' s", "s"),
    "have": ("' ve", "ve"),
    "would": ("'d", "' d", "d"),
    "will": ("' ll", "ll"),
}


@Language.factory("tsd_cues", assigns=["doc.spans"])
def make_cues(nlp: Language, name: str) -> CueFinder:
    """Make the component ``tsd_cues``."""
    del name
    register()
    return CueFinder(nlp)
