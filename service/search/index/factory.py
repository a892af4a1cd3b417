"""Choosing the search engine that the settings ask for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from service.config import Settings
from service.errors import BadSetting
from service.search.engine.base import Engine, Writer
from service.search.engine.fts5.reader import Fts5Engine
from service.search.engine.fts5.writer import Fts5Writer
from service.search.engine.meilisearch.known import FOLLOW_S
from service.search.engine.meilisearch.reader import MeilisearchEngine
from service.search.engine.meilisearch.wire import Wire
from service.search.index.maker import DocumentMaker

if TYPE_CHECKING:  # its package is installed only where it is needed
    from service.search.engine.meilisearch.server import Server


def open_engine(settings: Settings, follow_s: float = FOLLOW_S) -> Engine:
    """The engine that answers questions; nothing is read before the first one.

    What a search server says of its index may be ``follow_s`` old: 0 for who brings changes in. Raises
    BadSetting for an address of a search server that is none.
    """
    if not settings.search_url:
        return Fts5Engine(settings.home)
    key = settings.search_key or settings.search_admin_key
    wire = Wire(settings.search_url, key, is_patient=not follow_s)
    return MeilisearchEngine(wire, settings.search_index, follow_s)


def open_writer(settings: Settings) -> Writer:
    """What fills the index. Raises BadSetting as `open_engine`, and where a package is missing."""
    server = open_server(settings)
    if server is None:
        return Fts5Writer(settings.home)
    from service.search.engine.meilisearch.writer import MeilisearchWriter

    wire = Wire(server.url, _writing_key(settings), is_patient=True)
    return MeilisearchWriter(server, wire, settings.search_index, settings.home)


def open_server(settings: Settings) -> Server | None:
    """The search server for who fills it; None for the embedded engine. Raises as `open_writer`."""
    if not settings.search_url:
        return None
    Wire(settings.search_url, "")  # raises where the address is none
    try:
        from service.search.engine.meilisearch.server import Server
    except ModuleNotFoundError:
        raise BadSetting(
            "NABIJ_SEARCH_URL names a search server, and its client is not installed:"
            " pip install --require-hashes -r requirements.lock"
        ) from None
    return Server(settings.search_url, _writing_key(settings))


def _writing_key(settings: Settings) -> str:
    return settings.search_admin_key or settings.search_key


@lru_cache(maxsize=1)
def document_maker(settings: Settings) -> DocumentMaker:
    """What makes the documents; opens the word lists of the data folder, or builds them first.

    The same one at each call: the worker asks in every round, and each would map 20 MB of word lists anew and
    hold them until Python looks for circles.
    """
    return DocumentMaker(settings)
