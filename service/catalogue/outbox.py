"""Reading which listings changed, in order, so that the search index can follow."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.database.outbox import outbox


def read_outbox(connection: Connection, after: int, limit: int = 1_000) -> list[tuple[int, UUID]]:
    """The next changes behind a position: position and listing, oldest first; a listing may come twice."""
    wanted = sa.select(outbox.c.position, outbox.c.listing_id).where(outbox.c.position > after)
    rows = connection.execute(wanted.order_by(outbox.c.position).limit(limit))
    return [(row.position, row.listing_id) for row in rows]


def last_position(connection: Connection) -> int:
    """The position of the newest change, 0 when nothing ever changed."""
    return connection.scalar(sa.select(sa.func.max(outbox.c.position))) or 0


def first_position(connection: Connection) -> int:
    """The position of the oldest change still held, 0 when there is none."""
    return connection.scalar(sa.select(sa.func.min(outbox.c.position))) or 0


def oldest_waiting(connection: Connection, after: int) -> datetime | None:
    """When the first change behind a position was made (aware), None where there is none."""
    wanted = sa.select(outbox.c.changed_at).where(outbox.c.position > after)
    return connection.scalar(wanted.order_by(outbox.c.position).limit(1))


def prune_outbox(connection: Connection, up_to: int) -> int:
    """Forget changes that every index has taken, all up to a position but the newest; gives how many."""
    keep = last_position(connection)  # the last position must stay known when all is taken
    return connection.execute(
        sa.delete(outbox).where(outbox.c.position <= up_to, outbox.c.position < keep)
    ).rowcount
