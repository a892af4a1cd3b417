"""Making many documents in as many processes as there are processors."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from itertools import islice
from multiprocessing import get_context
from uuid import UUID

import sqlalchemy as sa

from service.catalogue.listings import iter_listings
from service.config import Settings
from service.database.session import connect_engine, reading
from service.parent import end_with_parent
from service.search.engine.base import Document
from service.search.index.maker import REMEMBERED_BY_BUILDS, DocumentMaker

WORTHWHILE = 5_000  # listings; below it starting processes takes longer than they save
_AT_ONCE = 500  # listings in one piece of work: a tenth of a second, 1 MB
_WAITING = 2  # pieces that each process has ready, so that none waits and memory stays small

_SELDOM = 100_000  # more objects than a piece of work leaves behind

_maker: DocumentMaker
_database: sa.Engine


def made_by_processes(
    settings: Settings, today: date | None, ids: Iterable[UUID], count: int | None = None
) -> Iterator[Document]:
    """The documents of the published listings among ``ids``, in their order, read by ``count`` processes.

    Each process reads the database for itself, later than this one did: what changed meanwhile is in the
    outbox and comes again.
    """
    count = count or os.cpu_count() or 1
    remaining, pending = iter(ids), deque[Future[list[Document]]]()
    # A fresh interpreter: a fork would share open database connections and locks of threads.
    context = get_context("spawn")
    with ProcessPoolExecutor(count, context, _start, (settings, today)) as pool:
        try:
            while True:
                while len(pending) < count * _WAITING and (some := list(islice(remaining, _AT_ONCE))):
                    pending.append(pool.submit(_make, some))
                if not pending:
                    return
                yield from pending.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _start(settings: Settings, today: date | None) -> None:
    global _maker, _database
    end_with_parent()
    _maker = DocumentMaker(settings, today, REMEMBERED_BY_BUILDS)
    _database = connect_engine(settings)
    # Word lists stay, and documents hold no circles: looking for waste among them takes a fifth of the time.
    gc.freeze()
    gc.set_threshold(_SELDOM)


def _make(ids: list[UUID]) -> list[Document]:
    with reading(_database) as connection:
        made = {listing.id: _maker(listing) for listing in iter_listings(connection, ids)}
    return [made[each] for each in ids if each in made]
