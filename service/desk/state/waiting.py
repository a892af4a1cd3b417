"""What waits for a person about each listing, and how long corrections took that were closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.tasks.corrections import KIND
from service.config import TIMEZONE
from service.database.claims import source_record
from service.database.tasks import CLOSED, OPEN, SNOOZED, task
from service.desk.state.cell import Waiting

DAYS_BACK = 366
"""Corrections closed so many days ago or less count: 12 months."""

_DAY = 86_400.0


def waiting_by_listing(connection: Connection, now: datetime) -> dict[UUID, Waiting]:
    """By id of the listing that it is about; a duplicate waits on both sides.

    A correction that is snoozed is open; one that became no question by itself took nobody any time.
    """
    today = now.astimezone(TIMEZONE).date()
    found: dict[UUID, Waiting] = {}
    woken = sa.and_(task.c.state == SNOOZED, task.c.snoozed_until <= today)
    doubles = sa.and_(task.c.kind == "duplicate", sa.or_(task.c.state == OPEN, woken))
    for side in (task.c.record_id, task.c.other_id):
        for row in connection.execute(_fed(side, doubles)):
            found.setdefault(row.listing_id, Waiting()).duplicates += 1
    for row in connection.execute(_fed(task.c.record_id, task.c.kind == KIND, task.c.state != CLOSED)):
        found.setdefault(row.listing_id, Waiting()).corrections += 1
    closed = sa.and_(task.c.state == CLOSED, task.c.outcome != "gone")
    lately = task.c.closed_at >= now - timedelta(days=DAYS_BACK)
    for row in connection.execute(_fed(task.c.record_id, task.c.kind == KIND, closed, lately)):
        took = (row.closed_at - row.opened_at).total_seconds() / _DAY
        found.setdefault(row.listing_id, Waiting()).days.append(took)
    return found


def _fed(
    side: sa.Column[UUID], *conditions: sa.ColumnElement[bool]
) -> sa.Select[tuple[UUID, datetime, datetime]]:
    """Tasks with the listing that the record on one side feeds now."""
    columns = source_record.c.listing_id, task.c.opened_at, task.c.closed_at
    return sa.select(*columns).join_from(task, source_record, source_record.c.id == side).where(*conditions)
