"""An engine whose questions are timed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from uuid import UUID

from service.search.engine.base import Answer, Body, Candidates, Engine, EngineQuery, IndexStatus, Word


class TimedEngine:
    """Asks another engine; ``told`` hears how many seconds each search took there, those that failed too."""

    def __init__(self, engine: Engine, told: Callable[[float], None]) -> None:
        self._engine = engine
        self._told = told

    def search(self, query: EngineQuery) -> Answer:
        """Candidates, total and counts, timed."""
        begin = time.perf_counter()
        try:
            return self._engine.search(query)
        finally:
            self._told(time.perf_counter() - begin)

    def expecting(self, words: Callable[[], Sequence[Word]], /) -> AbstractContextManager[None]:
        """What looks up what a search will need."""
        return self._engine.expecting(words)

    def ahead(self, most: int) -> Candidates:
        """Documents to be judged before anybody asks, of what is read into memory."""
        return self._engine.ahead(most)

    def bodies(self, keys: Sequence[int]) -> list[Body | None]:
        """The stored documents for row keys."""
        return self._engine.bodies(keys)

    def body(self, listing_id: UUID) -> Body | None:
        """The stored document of one listing."""
        return self._engine.body(listing_id)

    def open_codes(self, column: str) -> Sequence[str]:
        """The interned texts of a column."""
        return self._engine.open_codes(column)

    def terms(self) -> Mapping[str, int]:
        """Every indexed term with its number of documents."""
        return self._engine.terms()

    def digests(self) -> Iterator[tuple[UUID, str]]:
        """Every document's id and digest."""
        return self._engine.digests()

    def status(self) -> IndexStatus:
        """How the index stands."""
        return self._engine.status()
