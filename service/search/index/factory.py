"""Choosing the search engine that the settings ask for."""

from __future__ import annotations

from service.config import Settings
from service.errors import BadSetting
from service.search.engine.base import Engine, Writer
from service.search.engine.fts5.reader import Fts5Engine
from service.search.engine.fts5.writer import Fts5Writer
from service.search.index.maker import DocumentMaker


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


def document_maker(settings: Settings) -> DocumentMaker:
    """What makes the documents; opens the word lists of the data folder, or builds them first."""
    return DocumentMaker(settings)


def _refuse_server(settings: Settings) -> None:
    if settings.search_url:
        raise BadSetting(
            f"NABIJ_SEARCH_URL={settings.search_url!r} names a search server; this version has the embedded"
            " engine only: leave it empty."
        )
