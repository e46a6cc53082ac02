"""The component that takes the human labels of the source in place of the classifier's."""

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from tsd.classify.component import cues_within
from tsd.schema import TYPES, Role
from tsd.segment import attributes

_TYPES = frozenset(map(str, TYPES))


class HumanLabels:
    """The component ``tsd_labels``: what a coder labelled with a type is a disclosure.

    The disclosing words where the coder marked them, else the whole utterance.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["disclosures"]`` from the labels of the utterances."""
        data = doc.user_data[attributes.DATA]
        rows = zip(
            doc.spans[attributes.UTTERANCES],
            data["human_label"],
            data["human_also"],
            data["role"],
            data["disclosing"],
            strict=True,
        )
        spans = []
        for utterance, label, also, role, pieces in rows:
            if label in _TYPES and role == Role.THERAPIST:
                for start, end in _marked(utterance, pieces):
                    span = Span(doc, start, end, label=label)
                    span._.also = tuple(also)
                    span._.cues = cues_within(doc, span)
                    spans.append(span)
        doc.spans[attributes.DISCLOSURES] = SpanGroup(doc, name=attributes.DISCLOSURES, spans=spans)
        return doc


def _marked(utterance: Span, pieces: list[str]) -> list[tuple[int, int]]:
    """Find the marked words in an utterance, as token positions of the Doc."""
    found = []
    for piece in pieces:
        begin = utterance.start_char + utterance.text.index(piece)
        span = utterance.doc.char_span(begin, begin + len(piece), alignment_mode="expand")
        if span is not None:
            found.append((span.start, span.end))
    return sorted(set(found)) or [(utterance.start, utterance.end)]


@Language.factory("tsd_labels", assigns=["doc.spans"])
def make_labels(nlp: Language, name: str) -> HumanLabels:
    """Make the component ``tsd_labels``."""
    del nlp, name
    attributes.register()
    return HumanLabels()
