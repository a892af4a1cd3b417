"""What answers while the search engine is away: the database, by need, place and filters."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from threading import Lock
from typing import Any
from uuid import UUID

import numpy as np
import sqlalchemy as sa

from service.catalogue.listings import iter_listings
from service.config import TIMEZONE
from service.database.hsds_terms import schedule
from service.database.session import reading
from service.eight_b.evaluate import passes
from service.eight_b.facts import Facts
from service.geo.point import Point, distance_m
from service.model.clauses import Clause
from service.search.engine.base import Answer, Body, Candidates, EngineQuery, IndexStatus, Word
from service.search.index.document import body_of, facts_of
from service.search.standby import select
from service.search.standby.arrays import OpenCodes, fact_arrays

KEPT = 4_000
"""Listings kept as they were last read, some 25 MB: the answers to common questions overlap."""

HOURS_FOR_S = 60.0
"""So long the texts of opening hours that there are count as all there are."""


@dataclass(frozen=True, slots=True)
class _Held:
    """One listing as it was read: its row key, facts and body."""

    key: int
    facts: Mapping[str, Any]
    body: Body


def _today() -> date:
    return datetime.now(TIMEZONE).date()


class DatabaseEngine:
    """Answers as an engine does, without an index: words are held against names alone.

    Where a question has more answers than are looked at, the total is not exact and nothing is counted.
    Raises the errors of a database that is away.
    """

    def __init__(self, database: sa.Engine, today: Callable[[], date] = _today) -> None:
        self._database = database
        self._today = today
        self._codes = OpenCodes()
        self._kept: OrderedDict[int, _Held] = OrderedDict()
        self._lock = Lock()
        self._hours_until = 0.0

    def search(self, query: EngineQuery) -> Answer:
        """Candidates, total and counts; see `service.search.engine.base.EngineQuery`."""
        with reading(self._database) as connection:
            rows = [(row.id, row.checksum) for row in select.chosen(connection, query)]
            total = select.how_many(connection, query)
            listings = self._held(connection, rows)
        is_all = total <= len(listings)
        left = [select.with_needs_of_themes(each) for each in query.where if not select.is_said_whole(each)]
        if left:
            listings = [each for each in listings if _passes(each.facts, left)]
            total = len(listings)
        facets = _counted(listings, query.facets) if is_all else {}
        return Answer(self._candidates(listings[: query.limit], query), total, is_all, facets)

    def expecting(self, _words: Callable[[], Sequence[Word]], /) -> AbstractContextManager[None]:
        """Nothing is waited for: the words are not even asked for."""
        return nullcontext()

    def ahead(self, most: int) -> Candidates:
        """Up to so many documents, to be judged before anybody asks."""
        return self.search(EngineQuery(limit=most)).candidates

    def bodies(self, keys: Sequence[int]) -> list[Body | None]:
        """The listings for row keys, in that order; None for one that was let go of since."""
        held = [self._kept.get(key) for key in keys]
        return [None if each is None else each.body for each in held]

    def body(self, listing_id: UUID) -> Body | None:
        """One listing, None when it is not published."""
        with reading(self._database) as connection:
            return next((body_of(each) for each in iter_listings(connection, [listing_id])), None)

    def open_codes(self, column: str) -> Sequence[str]:
        """The texts of an open_code column; of opening hours all that there are."""
        if column == "hours" and time.monotonic() > self._hours_until:
            with reading(self._database) as connection:
                distinct = sa.select(schedule.c.opening_hours).distinct()
                texts = connection.scalars(distinct.where(schedule.c.opening_hours.is_not(None))).all()
            self._codes.add(column, (text for text in texts if text))
            self._hours_until = time.monotonic() + HOURS_FOR_S
        return self._codes.texts(column)

    def terms(self) -> Mapping[str, int]:
        """No terms: a database has no vocabulary."""
        return {}

    def digests(self) -> Iterator[tuple[UUID, str]]:
        """No digests: nothing is derived here."""
        return iter(())

    def status(self) -> IndexStatus:
        """The same for ever: what there is to know changes with every question."""
        return IndexStatus(0, "database", 0, "")

    def _held(self, connection: sa.Connection, rows: Sequence[tuple[UUID, str]]) -> list[_Held]:
        """The listings of these ids and checksums in their order, read where they are not kept."""
        today = self._today()
        keys = {listing_id: _key(listing_id, checksum, today) for listing_id, checksum in rows}
        found = {key: held for key in keys.values() if (held := self._kept.get(key)) is not None}
        missing = [listing_id for listing_id, key in keys.items() if key not in found]
        for listing in iter_listings(connection, missing):
            key = keys[listing.id]
            found[key] = _Held(key, facts_of(listing, today), body_of(listing))
        with self._lock:
            for key, held in found.items():
                self._kept[key] = held
                self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return [found[key] for key in keys.values() if key in found]

    def _candidates(self, listings: Sequence[_Held], query: EngineQuery) -> Candidates:
        is_named = bool(query.words) and not query.needs
        sure = [[query.needs.get(code, 0.0) for code in held.facts["needs"]] for held in listings]
        return Candidates(
            np.array([held.key for held in listings], np.int64),
            np.full(len(listings), 1.0 if is_named else 0.0),
            np.array([max(each, default=0.0) for each in sure], np.float64),
            np.array([_metres(held.facts["point"], query.point) for held in listings], np.float64),
            fact_arrays([held.facts for held in listings], self._codes),
        )


def _key(listing_id: UUID, checksum: str, today: date) -> int:
    """A number that names these facts for ever: another state of the listing has another one."""
    told = sha256(f"{listing_id} {checksum} {today}".encode()).digest()
    return int.from_bytes(told[:8], "big") >> 1


def _passes(facts: Mapping[str, Any], clauses: Sequence[Clause]) -> bool:
    held = Facts.from_columns(facts)
    return all(passes(clause, held) for clause in clauses)


def _metres(point: tuple[float, float] | None, centre: tuple[float, float] | None) -> float:
    if point is None or centre is None:
        return float("nan")
    return distance_m(Point(*point), Point(*centre))


def _counted(listings: Sequence[_Held], columns: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    counts: dict[str, dict[str, int]] = {name: {} for name in columns}
    for name, held in counts.items():
        for each in listings:
            value = each.facts.get(name)
            for code in (value,) if isinstance(value, str) else value or ():
                held[code] = held.get(code, 0) + 1
    return counts
