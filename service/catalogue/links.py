"""People's decisions that two records speak of the same listing, or of two, and taking those back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.ground import Ground, ground_of
from service.catalogue.identity_store import regroup
from service.catalogue.matching.run import settle, topic
from service.catalogue.tasks.questions import drop
from service.database.claims import link as link_table
from service.database.claims import source_record
from service.database.tasks import distinction
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
    redirect. Whoever said before that the two are different is overruled. Raises NotFound for an unknown
    record, BadValue for one record twice.
    """
    first, second = _two(connection, one, other)
    link_id = uuid4()
    decided = {"id": link_id, "record_a": first, "record_b": second, "by": by, "why": why, "linked_at": now}
    connection.execute(sa.insert(link_table).values(decided))
    mine, theirs = _members(connection, one), _members(connection, other)
    _undo_distinctions(connection, mine, theirs, by, why, now)
    known = ground or ground_of(connection)
    regroup(connection, [one, other], now, known)
    settle(connection, [one, other], now, known)
    return link_id


def distinguish(
    connection: Connection,
    one: UUID,
    other: UUID,
    *,
    by: str,
    why: str,
    now: datetime,
    ground: Ground | None = None,
) -> None:
    """Note that two records speak of different listings: no rule joins them, and nobody is asked any more.

    What a rule joined is parted; what a person joined stays until that is undone. Raises NotFound for an
    unknown record, BadValue for one record twice.
    """
    first, second = _two(connection, one, other)
    _note_distinctions(connection, {(first, second)}, by, why, now)
    settle(connection, [one, other], now, ground or ground_of(connection))


def undistinguish(
    connection: Connection,
    one: UUID,
    other: UUID,
    *,
    by: str,
    why: str,
    now: datetime,
    ground: Ground | None = None,
) -> None:
    """Take back that two records speak of different listings: a rule may join them, or ask, again.

    Raises NotFound for an unknown record, BadValue for one record twice.
    """
    first, second = _two(connection, one, other)
    _undo_distinctions(connection, {first}, {second}, by, why, now)
    settle(connection, [one, other], now, ground or ground_of(connection))


def unlink(
    connection: Connection, link_id: UUID, *, by: str, why: str, now: datetime, ground: Ground | None = None
) -> None:
    """Take a decision back: each record feeds its own listing again, with its own edits.

    Where both come apart that is a decision too: no rule joins them again. Raises NotFound.
    """
    row = connection.execute(sa.select(link_table).where(link_table.c.id == link_id)).first()
    if row is None or row.undone_at is not None:
        raise NotFound(f"There is no link {link_id} that is in force.")
    undone = {"undone_at": now, "undone_by": by, "undone_why": why}
    connection.execute(sa.update(link_table).where(link_table.c.id == link_id).values(undone))
    ends, known = (row.record_a, row.record_b), ground or ground_of(connection)
    regroup(connection, ends, now, known)
    if len(set(_feeds(connection, ends).values())) > 1:
        _note_distinctions(connection, {ends}, by, why, now)
    settle(connection, ends, now, known)


def set_apart(
    connection: Connection, record: UUID, *, by: str, why: str, now: datetime, ground: Ground | None = None
) -> UUID:
    """Take one record out of a joined listing, whoever joined it; gives the listing that it feeds then.

    Every other record of the listing is noted to be another one than this, so that no rule brings it back.
    What was joined through it alone comes apart too. Raises NotFound for a record that is joined to none.
    """
    others = _members(connection, record) - {record}
    if not others:
        raise NotFound(f"{record} is joined to no other listing.")
    ends = sa.or_(link_table.c.record_a == record, link_table.c.record_b == record)
    undone = {"undone_at": now, "undone_by": by, "undone_why": why}
    live = sa.update(link_table).where(ends, link_table.c.undone_at.is_(None))
    connection.execute(live.values(undone))
    pairs = {(record, each) if record.int < each.int else (each, record) for each in others}
    _note_distinctions(connection, pairs, by, why, now)
    known = ground or ground_of(connection)
    regroup(connection, [record, *others], now, known)
    settle(connection, [record, *others], now, known)
    return _feeds(connection, [record])[record]


def _two(connection: Connection, one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Two different records that there are, the smaller id first."""
    if one == other:
        raise BadValue("link", str(one), "is one and the same record", "two different ids")
    known = _feeds(connection, [one, other])
    for each in (one, other):
        if each not in known:
            raise NotFound(f"There is no listing {each}.")
    first, second = sorted((one, other), key=lambda each: each.int)
    return first, second


def _feeds(connection: Connection, records: Collection[UUID]) -> dict[UUID, UUID]:
    fed = sa.select(source_record.c.id, source_record.c.listing_id).where(source_record.c.id.in_(records))
    return {row.id: row.listing_id for row in connection.execute(fed)}


def _members(connection: Connection, record: UUID) -> set[UUID]:
    """The records that feed the same listing; none for an unknown record."""
    own = sa.select(source_record.c.listing_id).where(source_record.c.id == record).scalar_subquery()
    return set(connection.scalars(sa.select(source_record.c.id).where(source_record.c.listing_id == own)))


def _note_distinctions(
    connection: Connection, pairs: Collection[tuple[UUID, UUID]], by: str, why: str, now: datetime
) -> None:
    rows = [
        {"id": uuid4(), "record_a": a, "record_b": b, "by": by, "why": why, "decided_at": now}
        for a, b in pairs
    ]
    connection.execute(sa.insert(distinction), rows)
    drop(connection, [topic(each) for each in pairs], now)


def _undo_distinctions(
    connection: Connection, some: set[UUID], others: set[UUID], by: str, why: str, now: datetime
) -> None:
    table = distinction.c
    either = sa.or_(
        sa.and_(table.record_a.in_(some), table.record_b.in_(others)),
        sa.and_(table.record_a.in_(others), table.record_b.in_(some)),
    )
    undone = sa.update(distinction).where(either, table.undone_at.is_(None))
    connection.execute(undone.values(undone_at=now, undone_by=by, undone_why=why))
