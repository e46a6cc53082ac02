"""The component that takes the human labels of the source in place of the classifier's."""

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from tsd.classify.component import cues_within
from tsd.schema import TYPES, Role
from tsd.segment import attributes

_TYPES = frozenset(map(str, TYPES))


class HumanLabels:
    """The component ``tsd_labels``: a therapist utterance labelled with a type is a disclosure."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["disclosures"]`` from the labels of the utterances."""
        utterances = doc.spans[attributes.UTTERANCES]
        data = doc.user_data[attributes.DATA]
        rows = zip(utterances, data["human_label"], data["role"], strict=True)
        spans = []
        for utterance, label, role in rows:
            if label in _TYPES and role == Role.THERAPIST:
                span = Span(doc, utterance.start, utterance.end, label=label)
                span._.cues = cues_within(doc, span)
                spans.append(span)
        doc.spans[attributes.DISCLOSURES] = SpanGroup(doc, name=attributes.DISCLOSURES, spans=spans)
        return doc


@Language.factory("tsd_labels", assigns=["doc.spans"])
def make_labels(nlp: Language, name: str) -> HumanLabels:
    """Make the component ``tsd_labels``."""
    del nlp, name
    attributes.register()
    return HumanLabels()
