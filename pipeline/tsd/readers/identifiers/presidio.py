"""The patterns of Presidio (Microsoft), as a second engine beside the rules.

It works without a language model and without the network: Presidio's usual start downloads a
model, and its check of e-mail addresses downloads a list of domains.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from tsd.errors import MissingExtraError
from tsd.readers.identifiers.look import LONGEST, Match
from tsd.readers.identifiers.rules import (
    CARD,
    DATE,
    E_MAIL,
    IP,
    RECORD,
    SSN,
    TELEPHONE,
    UNCHECKED,
)

KINDS: dict[str, str] = {
    "CREDIT_CARD": CARD,
    "DATE_TIME": DATE,
    "EMAIL_ADDRESS": E_MAIL,
    "IBAN_CODE": RECORD,
    "IP_ADDRESS": IP,
    "MEDICAL_LICENSE": RECORD,
    "PHONE_NUMBER": TELEPHONE,
    "UK_NHS": RECORD,
    "US_BANK_NUMBER": RECORD,
    "US_DRIVER_LICENSE": RECORD,
    "US_ITIN": SSN,
    "US_PASSPORT": RECORD,
    "US_SSN": SSN,
}
"""The entities of Presidio that are used, and the class that each is.

Not its web addresses: it takes "home.Then" for one."""

_LEAST = 0.3  # Presidio gives less to numbers of the right length only
_STRONG = 0.5  # from this score on
_PIECE, _OVERLAP = 5000, 200  # characters: long talk is read in pieces


def analyze(text: str) -> list[Match]:
    """Return what Presidio finds in some talk.

    Where one of its patterns takes too long, the talk counts as unchecked, which is strong.

    Raises
    ------
    MissingExtraError
        If Presidio is not installed.
    """
    engine = _engine()
    found: set[tuple[int, int, str, bool]] = set()
    for begin in range(0, min(len(text), LONGEST), _PIECE):
        _STOPPED.clear()
        piece = text[begin : begin + _PIECE + _OVERLAP]
        for each in engine.analyze(piece, language="en", score_threshold=_LEAST):
            place = (begin + each.start, begin + each.end)
            found.add((*place, KINDS[each.entity_type], each.score >= _STRONG))
        if _STOPPED:
            found.add((begin, begin + len(piece), UNCHECKED, True))
    return [Match(*each) for each in sorted(found)]


class _Stopped(logging.Filter):
    """Notices when Presidio logs that a pattern took too long; it goes on without it."""

    def __init__(self) -> None:
        super().__init__()
        self._patterns: set[object] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        if "timed out" not in str(record.msg):
            return True
        self._patterns.add(record.args)
        return False

    def clear(self) -> None:
        self._patterns.clear()

    def __bool__(self) -> bool:
        return bool(self._patterns)


_STOPPED = _Stopped()


@cache
def _engine() -> Any:  # noqa: ANN401 - Presidio has no types
    """Make the engine."""
    try:
        import presidio_analyzer as presidio
        from presidio_analyzer import predefined_recognizers as known
        from presidio_analyzer.nlp_engine import SpacyNlpEngine
        from tldextract import TLDExtract
    except ImportError:
        raise MissingExtraError("presidio-analyzer", "deid", "--identifiers presidio") from None
    import spacy

    domain = TLDExtract(suffix_list_urls=(), cache_dir=None)  # its own list: no network, no files

    class EmailRecognizer(known.EmailRecognizer):
        def validate_result(self, pattern_text: str) -> bool:
            return bool(domain(pattern_text).fqdn)

    class WordsOnly(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__()
            self.nlp = {"en": spacy.blank("en")}  # type: ignore[assignment]

    names = (
        "CreditCard",
        "Date",
        "Iban",
        "Ip",
        "MedicalLicense",
        "Nhs",
        "Phone",
        "UsBank",
        "UsItin",
        "UsLicense",
        "UsPassport",
        "UsSsn",
    )
    recognizers = [EmailRecognizer(), *(getattr(known, f"{each}Recognizer")() for each in names)]
    logging.getLogger("presidio-analyzer").addFilter(_STOPPED)
    return presidio.AnalyzerEngine(
        registry=presidio.RecognizerRegistry(recognizers=recognizers),
        nlp_engine=WordsOnly(),
        supported_languages=["en"],
    )
