"""Listings follow when places move from one zone to another: some at once, many by the worker."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.catalogue.composition import ZoneChange
from service.catalogue.ground import ground_of
from service.catalogue.project import project
from service.config import TIMEZONE
from service.database.composition import zone_change
from service.database.overview import listing_overview
from service.database.session import reading, writing

AT_ONCE = 200
"""Listings that follow in the request itself: a third of a second."""

BATCH = 500
"""Listings in one transaction of the worker."""


def follow_now(connection: Connection, change: ZoneChange, now: datetime) -> bool:
    """Let the listings follow in this transaction where they are few; False: the worker does it."""
    ids = _ids(connection, change.move.nis)
    if change.activated_at is None or len(ids) > AT_ONCE:
        return False
    project(connection, ids, now, ground_of(connection))
    _settle(connection, change.id, now)
    return True


def follow_changes(engine: Engine, now: datetime) -> int:
    """Put in force what waited for its day, and let all listings follow; gives how many changed.

    Broken off it is done again from the start; that costs time and changes nothing twice.
    """
    if not _is_anything_to_do(engine, now):
        return 0
    with writing(engine) as connection:
        connection.execute(sa.update(zone_change).where(*_is_due(now)).values(activated_at=now))
        waiting = connection.execute(sa.select(zone_change.c.id, zone_change.c.nis).where(*_UNSETTLED)).all()
    followed = 0
    for change_id, nis in waiting:
        with reading(engine) as connection:
            ids = _ids(connection, nis)
        for at in range(0, len(ids), BATCH):
            with writing(engine) as connection:
                followed += project(connection, ids[at : at + BATCH], now, ground_of(connection))
        with writing(engine) as connection:
            _settle(connection, change_id, now)
    return followed


_UNSETTLED = (zone_change.c.activated_at.is_not(None), zone_change.c.settled_at.is_(None))


def _is_due(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    table = zone_change.c
    return (
        table.activated_by.is_not(None),
        table.activated_at.is_(None),
        table.withdrawn_at.is_(None),
        table.from_day <= now.astimezone(TIMEZONE).date(),
    )


def _is_anything_to_do(engine: Engine, now: datetime) -> bool:
    either = sa.or_(sa.and_(*_is_due(now)), sa.and_(*_UNSETTLED))
    with reading(engine) as connection:
        return connection.scalar(sa.select(zone_change.c.id).where(either).limit(1)) is not None


def _ids(connection: Connection, nis: str) -> list[UUID]:
    table = listing_overview.c
    wanted = sa.select(table.listing_id).where(table.municipality == nis).order_by(table.listing_id)
    return list(connection.scalars(wanted))


def _settle(connection: Connection, change_id: UUID, now: datetime) -> None:
    connection.execute(sa.update(zone_change).where(zone_change.c.id == change_id).values(settled_at=now))
