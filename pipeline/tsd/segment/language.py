"""spaCy's blank English, taught to take sessions: one session is one `Doc`."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from spacy.lang.en import English
from spacy.tokens import Doc, Span, SpanGroup

from tsd.errors import SessionTooLongError
from tsd.schema import Role, Session, Utterance
from tsd.segment import attributes

SEPARATOR = "\n"
"""Stands between two utterances in the text of a Doc."""


class SessionLanguage(English):  # type: ignore[no-untyped-call]
    """A blank English pipeline that takes a `Session` wherever spaCy takes a text.

    A plain text is taken as a single therapist utterance, so that
    ``nlp("I trained in Leeds.")`` works too. A session longer than ``nlp.max_length``
    characters raises in ``nlp(session)``; in ``nlp.pipe`` it comes out as an empty Doc whose
    ``doc._.problem`` says why, with a warning, so that the other sessions are not lost.

    Examples
    --------
    >>> from tsd.schema import Role, Session, Utterance
    >>> nlp = SessionLanguage()
    >>> doc = nlp(Session("demo", (Utterance("Come in.", "T", Role.THERAPIST),
    ...                            Utterance("Thanks.", "C", Role.CLIENT))))
    >>> [(span._.speaker, span.text) for span in doc.spans["utterances"]]
    [('T', 'Come in.'), ('C', 'Thanks.')]
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - spaCy's own
        super().__init__(*args, **kwargs)
        attributes.register()

    def make_doc(self, text: str) -> Doc:
        """Make the Doc of a plain text: one therapist utterance."""
        if not text.strip():
            return Doc(self.vocab)
        utterance = Utterance(text.strip(), "therapist", Role.THERAPIST, "0")
        return self.session_doc(Session("text", (utterance,)))

    def session_doc(self, session: Session) -> Doc:
        """Tokenise a session and mark its utterances.

        Parameters
        ----------
        session : Session
            The session.

        Returns
        -------
        Doc
            With ``doc.spans["utterances"]``; no component has run.

        Raises
        ------
        SessionTooLongError
            If it has more than ``nlp.max_length`` characters.
        """
        texts = [utterance.text for utterance in session.utterances]
        text = SEPARATOR.join(texts)
        if len(text) > self.max_length:
            raise SessionTooLongError(session.session_id, len(text), self.max_length)
        doc = self.tokenizer(text)
        spans, position = [], 0
        for part in texts:
            spans.append(_span(doc, position, position + len(part)))
            position += len(part) + len(SEPARATOR)
        doc.spans[attributes.UTTERANCES] = SpanGroup(doc, name=attributes.UTTERANCES, spans=spans)
        doc.user_data[attributes.DATA] = _columns(session, spans)
        return doc

    def __call__(self, text: Session | str | Doc, **kwargs: Any) -> Doc:  # noqa: ANN401
        """Run the pipeline over one session, text or Doc; see `spacy.language.Language`."""
        doc = self.session_doc(text) if isinstance(text, Session) else text
        return super().__call__(doc, **kwargs)

    def pipe(self, texts: Iterable[Any], **kwargs: Any) -> Iterator[Any]:  # noqa: ANN401
        """Run the pipeline over many; one Doc comes out for each one that goes in, in order."""
        as_tuples = kwargs.get("as_tuples", False)
        ready: Iterable[Any] = (
            (self._ready(each[0]), each[1]) if as_tuples else self._ready(each) for each in texts
        )
        return super().pipe(ready, **kwargs)

    def _ready(self, text: Session | str | Doc) -> Doc:
        if isinstance(text, Doc):
            return text
        try:
            return self.session_doc(text) if isinstance(text, Session) else self.make_doc(text)
        except SessionTooLongError as error:
            warnings.warn(str(error), stacklevel=2)
            doc = Doc(self.vocab)
            doc.spans[attributes.UTTERANCES] = []
            doc.user_data[attributes.DATA] = {
                "session_id": error.session_id,
                "problem": str(error),
                "first_token": [],
                **{name: [] for name in attributes.COLUMNS},
            }
            return doc


def _span(doc: Doc, start: int, end: int) -> Span:
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:  # cannot be: a text without tokens cannot be an utterance
        raise ValueError(f"no tokens between characters {start} and {end}")
    return span


def _columns(session: Session, spans: list[Span]) -> dict[str, Any]:
    """Return what is known of the session, in types that survive `Doc.to_bytes`."""
    said = session.utterances
    return {
        "session_id": session.session_id,
        "source": session.source,
        "first_token": [span.start for span in spans],
        "utterance_id": [u.utterance_id or str(i) for i, u in enumerate(said)],
        "speaker": [u.speaker for u in said],
        "role": [str(u.role) for u in said],
        "start_time": [u.start for u in said],
        "end_time": [u.end for u in said],
        "human_label": [None if u.label is None else str(u.label) for u in said],
        "human_also": [[str(label) for label in u.also] for u in said],
        "human_flags": [list(u.flags) for u in said],
        "disclosing": [list(u.disclosing) for u in said],
        "p_disclosure": [None] * len(said),
    }
