"""The component that takes the human labels of the source in place of the classifier."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from tsd.classify.component import cues_within
from tsd.schema import TYPES, Role
from tsd.segment.doc import (
    DISCLOSURES,
    UTTERANCES,
    column,
    not_measured,
    register,
    set_spans,
    spans,
)


class HumanLabels:
    """The component ``tsd_labels``, without settings: writes ``doc.spans["disclosures"]``.

    What a coder labeled with a type is a disclosure: the disclosing words where the coder marked
    them, otherwise the whole utterance.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["disclosures"]`` from the labels of the utterances."""
        if not_measured(doc) is not None:
            return set_spans(doc, DISCLOSURES, [])
        names = ("human_label", "human_also", "role", "disclosing")
        rows = zip(spans(doc, UTTERANCES), *(column(doc, name) for name in names), strict=True)
        found = []
        for utterance, label, also, role, pieces in rows:
            if label in TYPES and role == Role.THERAPIST:
                for start, end in _marked(utterance, pieces):
                    span = Span(doc, start, end, label=label)
                    span._.also = tuple(also)
                    span._.cues = cues_within(span)
                    found.append(span)
        return set_spans(doc, DISCLOSURES, found)


def _marked(utterance: Span, pieces: list[str]) -> list[tuple[int, int]]:
    """Find the marked words in an utterance, as token positions of the Doc."""
    found = set()
    for piece in pieces:
        begin = utterance.start_char + utterance.text.index(piece)
        span = utterance.doc.char_span(begin, begin + len(piece), alignment_mode="expand")
        if span is not None:
            found.add((span.start, span.end))
    return sorted(found) or [(utterance.start, utterance.end)]


@Language.factory("tsd_labels", assigns=["doc.spans"])
def make_labels(nlp: Language, name: str) -> HumanLabels:
    """Make the component ``tsd_labels``."""
    del nlp, name
    register()
    return HumanLabels()
