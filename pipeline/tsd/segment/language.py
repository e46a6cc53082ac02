"""spaCy's English for sessions, the language ``tsd``: one session is one `Doc`."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

from spacy.lang.en import English, EnglishDefaults
from spacy.symbols import NORM, ORTH
from spacy.tokens import Doc, Span
from spacy.util import registry

from tsd.errors import SessionTooLongError
from tsd.schema import Session
from tsd.segment.doc import SEPARATOR, ensure_utterances, mark_nothing, mark_utterances, register

_GLUED_ENDS = (r"(?<=\w)[?!]+(?=\w)", r"(?<=[a-z])\.(?=I\b)")
"""Ends of sentences with no blank before the next word: "wow!ok"."""

_CUT_OFFS = (r"--+", "—")
"""What a transcriber writes where a speaker breaks off: "going to--"."""


class SpeechDefaults(EnglishDefaults):
    """spaCy's English with what transcripts write and edited English does not."""

    infixes = [*EnglishDefaults.infixes, *_GLUED_ENDS]  # noqa: RUF012
    suffixes = [*(EnglishDefaults.suffixes or ()), *_CUT_OFFS]  # noqa: RUF012
    tokenizer_exceptions = {  # noqa: RUF012
        **EnglishDefaults.tokenizer_exceptions,
        **{
            word: [{ORTH: word[0], NORM: "i"}, {ORTH: word[1], NORM: "am"}]
            for word in ("im", "Im", "IM")
        },
    }


@registry.languages("tsd")
class SessionLanguage(English):  # type: ignore[no-untyped-call]
    """An English pipeline that takes a `Session` wherever spaCy takes a text.

    A plain text is taken as a single therapist utterance, so ``nlp("I trained in Leeds.")`` works
    too. A session longer than ``nlp.max_length`` characters raises an error in ``nlp(session)``;
    in ``nlp.pipe`` it becomes an empty Doc whose ``doc._.problem`` says why, with a warning, so
    that the other sessions are not lost. A stored pipeline keeps its ``max_length``, which spaCy
    itself would forget.

    Examples
    --------
    >>> from tsd.schema import Role, Session, Utterance
    >>> nlp = SessionLanguage()
    >>> doc = nlp(Session("demo", (Utterance("Come in.", "T", Role.THERAPIST),
    ...                            Utterance("Thanks.", "C", Role.CLIENT))))
    >>> [(span._.speaker, span.text) for span in doc.spans["utterances"]]
    [('T', 'Come in.'), ('C', 'Thanks.')]
    """

    lang = "tsd"
    Defaults = SpeechDefaults

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - spaCy's own
        if stored := kwargs.get("meta", {}).get("max_length"):
            kwargs.setdefault("max_length", stored)
        super().__init__(*args, **kwargs)
        register()

    @property
    def max_length(self) -> int:
        """The longest session or text, in characters."""
        return int(self._meta["max_length"])

    @max_length.setter
    def max_length(self, characters: int) -> None:
        self._meta["max_length"] = characters

    def make_doc(self, text: str) -> Doc:
        """Make the Doc of a plain text: one therapist utterance."""
        return ensure_utterances(self._tokenized(text.strip(), "text"))

    def session_doc(self, session: Session) -> Doc:
        """Tokenize a session and mark its utterances; no component has run.

        Raises
        ------
        SessionTooLongError
            If it has more than ``nlp.max_length`` characters.
        """
        texts = [utterance.text for utterance in session.utterances]
        doc = self._tokenized(SEPARATOR.join(texts), session.session_id)
        starts = accumulate((len(text) + len(SEPARATOR) for text in texts), initial=0)
        spans = [
            _span(doc, start, start + len(text)) for start, text in zip(starts, texts, strict=False)
        ]
        return mark_utterances(doc, session, spans)

    def _tokenized(self, text: str, session_id: str) -> Doc:
        if len(text) > self.max_length:
            raise SessionTooLongError(session_id, len(text), self.max_length)
        return self.tokenizer(text)

    def __call__(self, text: Session | str | Doc, **kwargs: Any) -> Doc:  # noqa: ANN401
        """Run the pipeline over one session, text or Doc; see `spacy.language.Language`."""
        doc = self.session_doc(text) if isinstance(text, Session) else text
        return super().__call__(doc, **kwargs)

    def pipe(self, texts: Iterable[Any], **kwargs: Any) -> Iterator[Any]:  # noqa: ANN401
        """Run the pipeline over many; one Doc comes out for each one that goes in, in order."""
        ready: Iterable[Any] = map(self._ready, texts)
        if kwargs.get("as_tuples"):
            ready = ((self._ready(text), context) for text, context in texts)
        return super().pipe(ready, **kwargs)

    def _ready(self, text: Session | str | Doc) -> Doc:
        if isinstance(text, Doc):
            return text
        try:
            return self.session_doc(text) if isinstance(text, Session) else self.make_doc(text)
        except SessionTooLongError as error:
            warnings.warn(str(error), stacklevel=2)
            return mark_nothing(Doc(self.vocab), error.session_id, str(error))


def _span(doc: Doc, start: int, end: int) -> Span:
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:  # cannot be: a text without tokens cannot be an utterance
        raise ValueError(f"no tokens between characters {start} and {end}")
    return span
