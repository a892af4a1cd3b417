"""Opening the search of a data folder: engine, gazetteer and word lists put together."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine as Database

from service.config import Settings
from service.geo.places import gazetteer
from service.search.engine.timed import TimedEngine
from service.search.index.factory import open_engine
from service.search.query.run import Observer, SearchService, nobody_looks
from service.search.standby.engine import DatabaseEngine
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon


def open_search(
    settings: Settings,
    database: Database | None = None,
    observe: Observer = nobody_looks,
    time_engine: Callable[[float], None] | None = None,
) -> SearchService:
    """The search of these settings. The index is read at the first question: it may be away, or come later;
    where a ``database`` is given, that answers in the meantime. ``observe`` is told of every answer,
    ``time_engine`` the seconds that the engine took.

    Raises BadSetting for a search server that this version cannot speak to, StorageError when word lists are
    missing and cannot be written.
    """
    standby = None if database is None else DatabaseEngine(database)
    words = Analyser(Lexicon(settings.home))
    engine = open_engine(settings)
    if time_engine is not None:
        engine = TimedEngine(engine, time_engine)
    return SearchService(engine, gazetteer(), words, standby=standby, observe=observe)
