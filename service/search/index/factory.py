"""Choosing the search engine that the settings ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache

from service.config import TIMEZONE, Settings
from service.errors import BadSetting
from service.model.listing import Listing
from service.search.engine.base import Document, Engine, Writer
from service.search.engine.fts5.reader import Fts5Engine
from service.search.engine.fts5.writer import Fts5Writer
from service.search.index.build import Maker
from service.search.index.document import document
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon

# Labels of needs, towns, streets and organisations come back in listing after listing; descriptions do not.
_SHORT = 60  # characters
_REMEMBERED = 20_000  # texts, some 10 MB


def _today() -> date:
    return datetime.now(TIMEZONE).date()


def open_engine(settings: Settings) -> Engine:
    """The engine that answers questions; nothing is read before the first one.

    Raises BadSetting for a search server that this version cannot speak to.
    """
    _refuse_server(settings)
    return Fts5Engine(settings.home)


def open_writer(settings: Settings) -> Writer:
    """What fills the index. Raises BadSetting as `open_engine` does."""
    _refuse_server(settings)
    return Fts5Writer(settings.home)


def document_maker(settings: Settings, today: Callable[[], date] = _today) -> Maker:
    """What makes the documents; reads the word lists of the data folder, or builds them first."""
    find_terms = Analyser(Lexicon(settings.home)).document_terms
    remembered = lru_cache(_REMEMBERED)(find_terms)

    def analyse(text: str, language: str | None) -> Sequence[str]:
        return (remembered if len(text) <= _SHORT else find_terms)(text, language)

    def make(listing: Listing) -> Document:
        return document(listing, analyse, today())

    return make


def _refuse_server(settings: Settings) -> None:
    if settings.search_url:
        raise BadSetting(
            f"NABIJ_SEARCH_URL={settings.search_url!r} names a search server; this version has the embedded"
            " engine only: leave it empty."
        )
