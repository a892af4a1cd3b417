"""The engine that answers from an index on a Meilisearch server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import numpy as np
import orjson
from numpy.typing import NDArray

from service.search.engine.base import Answer, Body, Candidates, EngineQuery, IndexStatus, Word
from service.search.engine.distance import exact_m
from service.search.engine.meilisearch.choose import choose
from service.search.engine.meilisearch.filters import EVERY_LISTING
from service.search.engine.meilisearch.find import LISTED, Finder, Selected
from service.search.engine.meilisearch.known import FOLLOW_S, Knowledge
from service.search.engine.meilisearch.records import count_codes, need_scores
from service.search.engine.meilisearch.selection import by_ids, counting, group_of, share_hits
from service.search.engine.meilisearch.slips import Slips
from service.search.engine.meilisearch.table import Held
from service.search.engine.meilisearch.texts import text_scores
from service.search.engine.meilisearch.wire import Found, Wire
from service.search.index.fields import COLUMNS


class _Own(threading.local):
    """The listings that the keys of this thread's last candidates name."""

    ids: Mapping[int, str] = {}


class MeilisearchEngine:
    """Asks the index called ``index``; follows changes and a rebuilt index by itself.

    ``follow_s`` is how old a count of words or facets may be, and what is found without a point; what else is
    found is the newest. ``listed`` is how large a selection may be to be looked at whole.
    """

    def __init__(self, wire: Wire, index: str, follow_s: float = FOLLOW_S, listed: int = LISTED) -> None:
        self._wire, self._index = wire, index
        self._known = Knowledge(wire, index, follow_s)
        self._slips = Slips(wire, index)
        self._finder = Finder(wire, index, self._known, self._slips, listed)
        self._own = _Own()

    def search(self, query: EngineQuery) -> Answer:
        """Candidates, total and counts; see `service.search.engine.base.EngineQuery`.

        Raises SearchAway, SearchRefused and IndexNotReady.
        """
        _check(query.facets)
        found = self._finder.find(query)
        held = self._slips.of(found.ids)
        candidates, records = self._candidates(query, found, held)
        facets = found.counts
        if facets is None:  # all that is selected is at hand
            facets = {name: count_codes(records, name, self._slips.texts(name)) for name in query.facets}
        return Answer(candidates, found.total, True, facets)

    def _candidates(self, query: EngineQuery, found: Selected, held: Held) -> tuple[Candidates, NDArray[Any]]:
        """The best of what was found, and the records of all of it."""
        records = held.records()
        text = text_scores(held, records, query.words, found.holding, found.documents)
        need = need_scores(records, query.needs)
        points = records["point"]
        far = np.full(len(records), np.nan)
        if query.point is not None:
            far = exact_m(points[:, 0], points[:, 1], query.point)
        newest = np.nan_to_num(np.fmax(records["said_on"], records["checked_on"])).astype(np.float64)
        rows = choose(query, text, need, far, newest)
        best, chosen = held.some(rows), records.take(rows)
        keys = best.keys()
        self._own.ids = dict(zip(keys.tolist(), best.ids(), strict=True))
        facts = {name: chosen[name] for name in COLUMNS}
        return Candidates(keys, text[rows], need[rows], far[rows], facts), records

    @contextmanager
    def expecting(self, words: Callable[[], Sequence[Word]], /) -> Iterator[None]:
        """The server counts what holds each of the words while the block does something else.

        Raises SearchAway, SearchRefused and IndexNotReady, and what the block raises.
        """
        with self._known.expecting([group_of(word) for word in words()]):
            yield

    def ahead(self, most: int) -> Candidates:
        """The newest of the documents that were read ahead, up to so many: all are read where their records
        have room in a process and come in time.

        Raises SearchAway, SearchRefused and IndexNotReady.
        """
        documents = self._known.newest().state.documents
        held = self._slips.read_ahead(documents)
        return self._candidates(EngineQuery(limit=most), Selected(documents, ()), held)[0]

    def bodies(self, keys: Sequence[int]) -> list[Body | None]:
        """The stored documents for row keys, in that order; None for one that was removed meanwhile."""
        ids = [self._own.ids.get(key) or self._slips.id_of(key) for key in keys]
        asked = list(dict.fromkeys(each for each in ids if each is not None))
        if not asked:
            return [None] * len(keys)
        found = {hit["id"]: orjson.loads(hit["shown"]) for hit in self._hits(by_ids(asked, "shown"))}
        return [None if each is None else found.get(each) for each in ids]

    def body(self, listing_id: UUID) -> Body | None:
        """The stored document of one listing, None when it is not in the index."""
        hits = self._hits(by_ids([str(listing_id)], "shown"))
        return orjson.loads(hits[0]["shown"]) if hits else None

    def open_codes(self, column: str) -> Sequence[str]:
        """The interned texts of an open_code column; entry 0 is the empty text of unknown."""
        return self._slips.open_texts(column, self._known.newest().state)

    def terms(self) -> Mapping[str, int]:
        """Every indexed term with its number of documents, read anew at each call."""
        (found,) = self._wire.ask(self._index, [counting(EVERY_LISTING, ("terms",))])
        terms: Mapping[str, int] = found["facetDistribution"].get("terms", {})
        return terms

    def digests(self) -> Iterator[tuple[UUID, str]]:
        """Every document's id with its digest."""
        documents = self._known.newest(0).state.documents
        for each in share_hits(documents, ("id", "digest")):
            yield from ((UUID(hit["id"]), hit["digest"]) for hit in self._hits(each))

    def status(self) -> IndexStatus:
        """How the index stands."""
        state = self._known.newest().state
        return IndexStatus(state.documents, state.generation, state.position, state.built_at)

    def _hits(self, query: Mapping[str, Any]) -> list[Found]:
        (found,) = self._wire.ask(self._index, [query])
        hits: list[Found] = found["hits"]
        return hits


def _check(facets: Sequence[str]) -> None:
    for name in facets:
        if name not in COLUMNS or COLUMNS[name].kind in ("number", "point"):
            raise ValueError(f"{name!r} is not a column of codes")
