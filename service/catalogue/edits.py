"""Stating, withdrawing and reading a person's corrections; the listing follows in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.claims import Edit
from service.catalogue.ground import Ground, ground_of
from service.catalogue.groups import edit_of, groups_of
from service.catalogue.project import project
from service.config import TIMEZONE
from service.database.claims import edit as edit_table
from service.database.claims import listing as listing_table
from service.database.claims import source_record
from service.errors import BadValue, NotFound
from service.model.fields import parse_key
from service.model.values import Value, parse_value

WAYS = ("phone", "visit", "mail", "website")
"""How somebody checks a fact."""


def state_edit(
    connection: Connection,
    listing_id: UUID,
    key: str,
    raw: object,
    *,
    by: str,
    why: str,
    now: datetime,
    role: str | None = None,
    until: date | None = None,
    how: str | None = None,
    checked_on: date | None = None,
    ground: Ground | None = None,
) -> Edit:
    """State one field (path or path@language) of a listing, in a transaction that writes.

    The value None says that the field is not known. ``until`` is the last day on which it holds, ``how``
    says how it was checked and ``checked_on`` when, where that was not today. Raises NotFound for an unknown
    listing, BadValue for a field, value, way or date that cannot be, or when nobody or no reason is named.
    """
    stated = state_edits(
        connection,
        listing_id,
        {key: raw},
        by=by,
        why=why,
        now=now,
        role=role,
        until=until,
        how=how,
        checked_on=checked_on,
        ground=ground,
    )
    return stated[0]


def state_edits(
    connection: Connection,
    listing_id: UUID,
    values: Mapping[str, object],
    *,
    by: str,
    why: str,
    now: datetime,
    role: str | None = None,
    until: date | None = None,
    how: str | None = None,
    checked_on: date | None = None,
    ground: Ground | None = None,
) -> list[Edit]:
    """State several fields for one reason, all of them or none. Raises as `state_edit`."""
    typed: dict[str, Value | None] = {}
    for text, raw in values.items():
        key = parse_key(text)
        typed[str(key)] = None if raw is None else parse_value(key.path, raw)
    check_person(by=by, why=why)
    check_how(how, checked_on, now)
    if until is not None and until < now.astimezone(TIMEZONE).date():
        raise BadValue("until", until.isoformat(), "has passed", "today or later")
    feeds = fed_listing(connection, listing_id)
    stated = [
        Edit(uuid4(), listing_id, key, value, by, now, why, role, until, how, checked_on)
        for key, value in typed.items()
    ]
    if stated:
        connection.execute(sa.insert(edit_table), [asdict(each) for each in stated])
        project(connection, [feeds], now, ground or ground_of(connection))
    return stated


def withdraw_edit(
    connection: Connection, edit_id: UUID, *, by: str, why: str, now: datetime, ground: Ground | None = None
) -> Edit:
    """Take an edit back, so that the field is again what others say. Raises NotFound where none is live."""
    row = connection.execute(sa.select(edit_table).where(edit_table.c.id == edit_id)).first()
    if row is None or row.withdrawn_at is not None:
        raise NotFound(f"There is no edit {edit_id} that is in force.")
    taken_back = {"withdrawn_at": now, "withdrawn_by": by, "withdrawn_why": why}
    connection.execute(sa.update(edit_table).where(edit_table.c.id == edit_id).values(taken_back))
    project(connection, [fed_listing(connection, row.listing_id)], now, ground or ground_of(connection))
    return replace(edit_of(row), withdrawn_at=now, withdrawn_by=by, withdrawn_why=why)


def edits_of(connection: Connection, listing_id: UUID) -> list[Edit]:
    """Every edit that counts or counted for a listing (id or alias), oldest first. Raises NotFound."""
    feeds = fed_listing(connection, listing_id)
    return sorted(groups_of(connection, [feeds])[feeds].edits, key=lambda each: (each.stated_at, each.id.hex))


def expire_edits(connection: Connection, now: datetime, ground: Ground | None = None) -> int:
    """Let the listings follow whose edits have run out; gives how many changed. Cheap when none has."""
    table = listing_table.c
    due = sa.select(table.id).where(table.recheck_on <= now.astimezone(TIMEZONE).date())
    return project(connection, list(connection.scalars(due)), now, ground or ground_of(connection))


def check_person(**named: str) -> None:
    """Refuse a decision that nobody, or no reason, stands behind. Raises BadValue."""
    for name, text in named.items():
        if not text.strip():
            raise BadValue(name, text, "is empty", "say who states it and why")


def check_how(how: str | None, checked_on: date | None, now: datetime) -> None:
    """Refuse a way of checking that there is none of, or a day to come. Raises BadValue."""
    if how is not None and how not in WAYS:
        raise BadValue("how", how, "is no way of checking", "one of " + ", ".join(WAYS))
    if checked_on is not None and checked_on > now.astimezone(TIMEZONE).date():
        raise BadValue("on", checked_on.isoformat(), "lies in the future", "today or earlier")


def fed_listing(connection: Connection, record: UUID) -> UUID:
    """The listing that a record, or an id that became another, feeds. Raises NotFound."""
    feeds: UUID | None = connection.scalar(
        sa.select(source_record.c.listing_id).where(source_record.c.id == record)
    )
    if feeds is None:
        raise NotFound(f"There is no listing {record}.")
    return feeds
