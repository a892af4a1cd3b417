"""The engine asked directly, without a web server: by our Protocol, and bare, with nothing of ours."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from benchmarks.questions import Pairs
from service.config import TIMEZONE, Settings
from service.geo.places import gazetteer
from service.search.engine.base import MAX_CANDIDATES, Engine, EngineQuery
from service.search.engine.fts5.store import Store
from service.search.engine.meilisearch.filters import any_of, filter_of
from service.search.engine.meilisearch.wire import Wire
from service.search.index.factory import open_engine
from service.search.index.fields import TEXT_COLUMNS
from service.search.query.criteria import read
from service.search.query.run import SearchService
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon

_WEIGHTS = ", ".join(map(str, TEXT_COLUMNS.values()))
_RANKED = f"""SELECT rowid FROM words WHERE words MATCH ?
  ORDER BY bm25(words, {_WEIGHTS}) LIMIT {MAX_CANDIDATES}"""


Question = TypeVar("Question")


class Listening:
    """Stands before an engine and keeps every question that it is asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.asked: list[EngineQuery] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the engine has
        return getattr(self._engine, name)

    def search(self, query: EngineQuery) -> Any:  # noqa: ANN401
        """Keep the question and pass it on."""
        self.asked.append(query)
        return self._engine.search(query)


def engine_questions(settings: Settings, questions: Sequence[Pairs]) -> list[EngineQuery]:
    """What the engine is asked for these questions, words expanded."""
    listening = Listening(open_engine(settings))
    service = SearchService(listening, gazetteer(), Analyser(Lexicon(settings.home)))
    for pairs in questions:
        service.search(read(pairs, strict=True), datetime.now(TIMEZONE))
    return listening.asked


def ask_engine(settings: Settings, questions: Sequence[EngineQuery]) -> list[float]:
    """Milliseconds of each question with the first twenty documents, by the engine of the settings."""
    engine = open_engine(settings)
    engine.status()

    def ask(query: EngineQuery) -> None:
        found = engine.search(query)
        engine.bodies(found.candidates.keys[:20].tolist())

    return _timed(ask, questions)


def ask_meilisearch(
    settings: Settings, questions: Sequence[EngineQuery], counted: bool = False
) -> list[float]:
    """Milliseconds of Meilisearch alone for the same expanded words, needs, filters and centre: its own
    ranking, the first 400; with what a page counts beside its filters where they are to be ``counted``.
    """
    wire = Wire(settings.search_url, settings.search_key or settings.search_admin_key)
    asked = [_plain(query) | ({"facets": list(query.facets)} if counted else {}) for query in questions]
    return _timed(lambda query: wire.ask(settings.search_index, [query]), asked)


def _plain(query: EngineQuery) -> dict[str, Any]:
    terms = dict.fromkeys(a.term for word in query.words for a in word.alternatives)
    sort = [f"_geoPoint({query.point[0]!r}, {query.point[1]!r}):asc"] if query.point else ["newest:desc"]
    wanted = (any_of("needs", query.needs),) if query.needs and not query.words else ()
    return {
        "q": " ".join(terms),
        "matchingStrategy": "frequency",
        "filter": filter_of(query.where, *wanted),
        "sort": sort,
        "limit": MAX_CANDIDATES,
        "attributesToRetrieve": ["id"],
    }


def ask_sqlite(settings: Settings, questions: Sequence[EngineQuery]) -> list[float]:
    """Milliseconds of SQLite alone for the same expanded words: match any, order by bm25, the first 400."""
    store = Store(settings.home)
    connection = store.open(store.generation())
    return _timed(lambda query: _ranked(connection, query), [q for q in questions if q.words])


def _ranked(connection: sqlite3.Connection, query: EngineQuery) -> None:
    terms = dict.fromkeys(a.term.replace('"', '""') for word in query.words for a in word.alternatives)
    connection.execute(_RANKED, (" OR ".join(f'"{term}"' for term in terms),)).fetchall()


def _timed(ask: Callable[[Question], object], questions: Sequence[Question]) -> list[float]:
    took = []
    for query in questions:
        begin = time.perf_counter()
        ask(query)
        took.append((time.perf_counter() - begin) * 1000)
    return took
