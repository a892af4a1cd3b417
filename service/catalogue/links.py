"""Deciding that two records speak of the same listing, and taking that back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.ground import Ground, data_ground
from service.catalogue.identity_store import regroup
from service.database.claims import link as link_table
from service.database.claims import source_record
from service.errors import BadValue, NotFound


def link(
    connection: Connection,
    one: UUID,
    other: UUID,
    *,
    by: str,
    why: str,
    now: datetime,
    ground: Ground | None = None,
) -> UUID:
    """Join the listings of two records (a listing's id is a record's); gives the id of the decision.

    The joined listing keeps the id of the record with the highest precedence, then the smallest; the others
    redirect. Raises NotFound for an unknown record, BadValue for one record twice.
    """
    if one == other:
        raise BadValue("link", str(one), "is one and the same record", "two different ids")
    known = set(connection.scalars(sa.select(source_record.c.id).where(source_record.c.id.in_([one, other]))))
    for each in (one, other):
        if each not in known:
            raise NotFound(f"There is no listing {each}.")
    first, second = sorted((one, other), key=lambda each: each.int)
    link_id = uuid4()
    decided = {"id": link_id, "record_a": first, "record_b": second, "by": by, "why": why, "linked_at": now}
    connection.execute(sa.insert(link_table).values(decided))
    regroup(connection, [one, other], now, ground or data_ground())
    return link_id


def unlink(
    connection: Connection, link_id: UUID, *, by: str, why: str, now: datetime, ground: Ground | None = None
) -> None:
    """Take a decision back: each record feeds its own listing again, with its own edits. Raises NotFound."""
    row = connection.execute(sa.select(link_table).where(link_table.c.id == link_id)).first()
    if row is None or row.undone_at is not None:
        raise NotFound(f"There is no link {link_id} that is in force.")
    undone = {"undone_at": now, "undone_by": by, "undone_why": why}
    connection.execute(sa.update(link_table).where(link_table.c.id == link_id).values(undone))
    regroup(connection, [row.record_a, row.record_b], now, ground or data_ground())
