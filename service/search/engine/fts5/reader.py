"""The engine that answers from an FTS5 index: words from SQLite, everything else from columns in memory."""

from __future__ import annotations

import os
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from uuid import UUID

import numpy as np
import orjson

from service.errors import IndexNotReady
from service.search.engine.base import Answer, Body, Candidates, EngineQuery, IndexStatus, Word
from service.search.engine.distance import exact_m
from service.search.engine.fts5.bodies import read_bodies
from service.search.engine.fts5.counts import count_codes
from service.search.engine.fts5.needs import NeedScores, need_scores
from service.search.engine.fts5.order import Keys, Scores, best, near, nearest
from service.search.engine.fts5.postings import PostingLists
from service.search.engine.fts5.select import select
from service.search.engine.fts5.selection import Selection
from service.search.engine.fts5.store import Store, read_meta, read_version
from service.search.engine.fts5.table import Table, read_table
from service.search.engine.fts5.words import match_words
from service.search.index.fields import COLUMNS

_ROW_BITS = 31  # beside the 32 of the tag, in a key of 63: two thousand million rows
_TRIES = 20  # each is a build or a change that came in the very moment of asking
PAGE_CACHE_KIB = 2_048  # per connection, that is per thread; the system keeps the file, this only copies it


class _Own(threading.local):
    """What belongs to one thread of one process, and the texts of the state that it asked last: not the
    state itself, which would stay in memory for as long as the thread has nothing to do.
    """

    connection: sqlite3.Connection | None = None
    texts: Mapping[str, Sequence[str]] | None = None
    generation = ""
    process = 0


class Fts5Engine:
    """Reads the index in ``folder``; follows changes and a rebuilt index by itself."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)
        self._own = _Own()
        self._table: Table | None = None
        self._postings = PostingLists()
        self._lock = threading.Lock()

    def search(self, query: EngineQuery) -> Answer:
        """Candidates, total and counts; see `service.search.engine.base.EngineQuery`."""
        with self._one_state() as (table, connection):
            return self._answer(table, connection, query)

    def _answer(self, table: Table, connection: sqlite3.Connection, query: EngineQuery) -> Answer:
        need = need_scores(table, query.needs) if query.needs else None
        match = None
        if query.words:
            match = match_words(table, query.words, lambda term: self._postings.of(connection, table, term))
        selection = select(table, query, match)
        text = None if match is None else match.text
        chosen = _choose(table, query, selection, need, text)
        return Answer(
            _candidates(table, query, chosen, need, text),
            len(selection.rows),
            True,
            count_codes(table, query.facets, selection),
        )

    def expecting(self, _words: Callable[[], Sequence[Word]], /) -> AbstractContextManager[None]:
        """Nothing is waited for: the words are not even asked for."""
        return nullcontext()

    def ahead(self, most: int) -> Candidates:
        """Up to so many documents, to be judged before anybody asks."""
        return self.search(EngineQuery(limit=most)).candidates

    def bodies(self, keys: Sequence[int]) -> list[Body | None]:
        """The stored documents for row keys, in that order; None for one that was removed meanwhile."""
        with self._readable():
            connection = self._held()
            tag = _tag(self._own.generation)
            found = read_bodies(connection, [key - tag for key in keys])
            return [orjson.loads(found[key - tag]) if key - tag in found else None for key in keys]

    def body(self, listing_id: UUID) -> Body | None:
        """The stored document of one listing, None when it is not in the index."""
        with self._one_state() as (_table, connection):
            row = connection.execute("SELECT body FROM doc WHERE id = ?", (listing_id.bytes,)).fetchone()
            return None if row is None else orjson.loads(row[0])

    def open_codes(self, column: str) -> Sequence[str]:
        """The interned texts of an open_code column; entry 0 is the empty text of unknown."""
        self._held()
        assert self._own.texts is not None
        return self._own.texts[column]

    def terms(self) -> Mapping[str, int]:
        """Every indexed term with its number of documents, read anew at each call."""
        with self._one_state() as (_table, connection):
            return dict(connection.execute("SELECT term, documents FROM term"))

    def digests(self) -> Iterator[tuple[UUID, str]]:
        """Every document's id with its digest."""
        with self._one_state() as (_table, connection):
            found = connection.execute("SELECT id, digest FROM doc").fetchall()
        for key, digest in found:
            yield UUID(bytes=key), digest

    def status(self) -> IndexStatus:
        """How the index stands."""
        with self._readable():
            connection = self._opened()
            meta = read_meta(connection)  # not the table: who fills an index need not hold it
            past = int(connection.execute("SELECT coalesce(max(number), 0) FROM gone").fetchone()[0])
        documents, position = int(meta["documents"]), int(meta["position"])
        return IndexStatus(documents, meta["generation"], position, meta["built_at"], past)

    def _held(self) -> sqlite3.Connection:
        """Where this thread asked last, so that what it found stays readable when the index is replaced."""
        own = self._own
        if own.connection is None or own.texts is None or own.process != os.getpid():
            with self._one_state() as (_table, connection):
                return connection
        return own.connection

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """An index that turns out damaged while it is read raises IndexNotReady, and is opened anew."""
        try:
            yield
        except (sqlite3.Error, orjson.JSONDecodeError) as error:
            if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
                raise
            self._own.connection = None
            raise IndexNotReady(
                "The search index cannot be read; `nabij index build` makes a new one."
            ) from error

    @contextmanager
    def _one_state(self) -> Iterator[tuple[Table, sqlite3.Connection]]:
        """The newest state: the table and a connection that reads words of that very state in the block."""
        with self._readable(), self._newest() as found:
            yield found

    @contextmanager
    def _newest(self) -> Iterator[tuple[Table, sqlite3.Connection]]:
        for _again in range(_TRIES):
            connection = self._opened()
            connection.execute("BEGIN")
            try:
                table = self._table_of(connection, self._own.generation)
                if table is not None:
                    self._own.texts = table.texts
                    yield table, connection
                    return
            finally:
                connection.execute("COMMIT")
        raise IndexNotReady("The search index is being replaced over and over; ask again.")

    def _opened(self) -> sqlite3.Connection:
        """The connection of this thread to the generation in use."""
        for _again in range(_TRIES):
            generation = self._store.generation()
            try:
                return self._connection(generation)
            except IndexNotReady:
                if self._store.generation() == generation:
                    raise  # else it was swapped between the pointer and the file
        raise IndexNotReady("The search index is being replaced over and over; ask again.")

    def _table_of(self, connection: sqlite3.Connection, generation: str) -> Table | None:
        """The table of the state that the connection reads; None when another thread is ahead of it."""
        version = read_version(connection)
        table = self._table
        if table is None or table.generation != generation or table.version < version:
            with self._lock:
                table = self._table
                if table is None or table.generation != generation or table.version < version:
                    table = self._table = read_table(connection, generation, version, table)
        return table if table.generation == generation and table.version == version else None

    def _connection(self, generation: str) -> sqlite3.Connection:
        own = self._own
        if own.connection is None or own.generation != generation or own.process != os.getpid():
            # A connection of the parent process is left alone: closing it here would harm its locks.
            if own.connection is not None and own.process == os.getpid():
                own.connection.close()
            own.connection = self._store.open(generation)
            own.connection.execute(f"PRAGMA cache_size = -{PAGE_CACHE_KIB}")
            own.generation, own.process = generation, os.getpid()
        return own.connection


def _tag(generation: str) -> int:
    """What the keys of a generation are counted from: a key of one names no row of another."""
    return zlib.crc32(generation.encode()) << _ROW_BITS


def _choose(
    table: Table, query: EngineQuery, selection: Selection, need: NeedScores | None, text: Scores | None
) -> Keys:
    """Nearest first when there is a centre and no word; by text, need and closeness together otherwise."""
    if query.point is not None and text is None:
        return nearest(table, selection, need, query.point, query.limit)
    rows = selection.rows
    parts = [] if text is None else [text[rows]]
    if need is not None:
        parts.append(need(rows))
    if query.point is not None:
        parts.append(near(table, rows, query.point))
    score = sum(parts[1:], parts[0]) if parts else None
    return best(table, rows, score, query.limit)


def _candidates(
    table: Table, query: EngineQuery, chosen: Keys, need: NeedScores | None, text: Scores | None
) -> Candidates:
    # `take` does the same as an index in brackets, in a seventh of the time for records.
    records = table.columns["record"].take(chosen)
    facts = {name: records[name] for name in COLUMNS}
    for name, bits in table.bits.items():
        facts[name] = bits.take(facts[name], axis=0)
    points = facts["point"]
    unknown = np.full(len(chosen), np.nan)
    return Candidates(
        chosen + _tag(table.generation),
        np.zeros(len(chosen)) if text is None else text[chosen].astype(np.float64),
        np.zeros(len(chosen)) if need is None else need(chosen).astype(np.float64),
        unknown if query.point is None else exact_m(points[:, 0], points[:, 1], query.point),
        facts,
        table.generation,
    )
