"""Which sources are due to be imported again, by how often their card says that they change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from importers.card import SourceCard
from service.catalogue.runs import FAILED, FINISHED
from service.database.bulk import AnyRow
from service.database.runs import import_run

EVERY: Mapping[str, timedelta] = {
    "yearly": timedelta(days=365),
    "quarterly": timedelta(days=91),
    "monthly": timedelta(days=30),
    "weekly": timedelta(days=7),
    "daily": timedelta(days=1),
    "live": timedelta(hours=1),
}
"""Time between two imports; a source that is read ``once`` is never due again."""

RETRY = timedelta(hours=1)
"""Time between two tries where a source cannot be read."""

STOPPED = "the worker was stopped"
"""In the journal of an import that was broken off so; it is tried again at once."""


def due_sources(connection: Connection, cards: Iterable[SourceCard], now: datetime) -> Iterator[str]:
    """The ids of the sources that are due; only what somebody imported once is kept up."""
    for card in cards:
        every = EVERY.get(card.frequency)
        last = _last(connection, card.id)
        ended = _last(connection, card.id, FINISHED)
        if every is None or last is None:
            continue
        is_old = ended is None or ended.finished_at + every <= now
        has_failed = last.state == FAILED and last.message != STOPPED
        if is_old and not (has_failed and last.started_at + RETRY > now):
            yield card.id


def _last(connection: Connection, source_id: str, state: str | None = None) -> AnyRow | None:
    wanted = sa.select(import_run).where(import_run.c.source_id == source_id)
    if state:
        wanted = wanted.where(import_run.c.state == state)
    return connection.execute(wanted.order_by(import_run.c.started_at.desc()).limit(1)).first()
