"""Making the documents of listings with the word lists of a data folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache

from service.config import TIMEZONE, Settings
from service.model.listing import Listing
from service.search.engine.base import Document
from service.search.index.document import document
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon

Maker = Callable[[Listing], Document]

# Labels of needs, towns, streets and organisations come back in listing after listing; descriptions do not.
_SHORT = 60  # characters
REMEMBERED_BY_BUILDS = 60_000
"""Words that a build remembers, some 30 MB, and a third as many texts, some 10 MB."""

_REMEMBERED = 6_000  # by who follows changes day and night


class DocumentMaker:
    """Makes documents for one data folder; called with a listing it gives the document.

    ``today`` (None: the day of the call) is the day from which usual times of opening are read off,
    ``remembered`` how many words are remembered, and a third as many texts.
    """

    def __init__(self, settings: Settings, today: date | None = None, remembered: int = _REMEMBERED) -> None:
        self.settings = settings
        self.today = today
        self._find_terms = Analyser(Lexicon(settings.home), remembered).document_terms
        self._remembered = lru_cache(remembered // 3)(self._find_terms)

    def __call__(self, listing: Listing) -> Document:
        """The document of a listing."""
        return document(listing, self._analyse, self.today or datetime.now(TIMEZONE).date())

    def _analyse(self, text: str, language: str | None) -> Sequence[str]:
        return (self._remembered if len(text) <= _SHORT else self._find_terms)(text, language)
