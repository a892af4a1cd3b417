"""Statements about many listings in one go: each is one person's edit, and the listings follow once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.claims import Edit
from service.catalogue.edits import check_how, check_person
from service.catalogue.ground import Ground, ground_of
from service.catalogue.project import project
from service.catalogue.stored import unpack
from service.database.bulk import chunks, insert_rows
from service.database.claims import edit as edit_table
from service.database.claims import listing, source_record
from service.model.fields import parse_key
from service.model.values import parse_value

_COLUMNS = tuple(column.name for column in edit_table.c)


@dataclass(frozen=True, slots=True)
class Said:
    """One field (``key``: path or path@language) of one listing; the value None says: not known."""

    listing: UUID
    key: str
    value: object


def state_many(
    connection: Connection,
    said: Iterable[Said],
    *,
    by: str,
    why: str,
    now: datetime,
    roles: Mapping[UUID, str],
    ground: Ground | None = None,
) -> list[Edit]:
    """State fields of several listings, in a transaction that writes; gives the edits in their order.

    ``roles`` says in which role they speak of each listing (none named: in none). A listing that is gone is
    left out. Raises BadValue as `service.catalogue.edits.state_edit`; then nothing is stated.
    """
    check_person(by=by, why=why)
    wanted = list(said)
    there = _listings(connection, {each.listing for each in wanted})
    edits = []
    for each in wanted:
        if each.listing not in there:
            continue
        key = parse_key(each.key)
        value = None if each.value is None else parse_value(key.path, each.value)
        role = roles.get(each.listing)
        edits.append(Edit(uuid4(), each.listing, str(key), value, by, now, why, role))
    _write(connection, edits, now, ground)
    return edits


def confirm_many(
    connection: Connection,
    ids: Collection[UUID],
    *,
    by: str,
    why: str,
    now: datetime,
    roles: Mapping[UUID, str],
    how: str | None = None,
    on: date | None = None,
    ground: Ground | None = None,
) -> list[Edit]:
    """Say of listings that all that anybody states of them is still right; gives the edits.

    ``how`` it was checked, and on which day where that was not today. A listing that is gone, or of which
    nobody stated anything, is left out. Raises BadValue for a way or a day that cannot be.
    """
    check_person(by=by, why=why)
    check_how(how, on, now)
    edits = []
    for some in chunks(ids):
        rows = connection.execute(sa.select(listing.c.id, listing.c.resolved).where(listing.c.id.in_(some)))
        for row in rows:
            resolved = unpack(row.resolved)
            edits += [
                Edit(
                    uuid4(), row.id, key, resolved.values[key], by, now, why, roles.get(row.id), None, how,
                    on, confirms=True,
                )
                for key, who in resolved.provenance.items()
                if who.kind != "derived" and key in resolved.values
            ]  # fmt: skip
    _write(connection, edits, now, ground)
    return edits


def withdraw_many(
    connection: Connection,
    ids: Collection[UUID],
    *,
    by: str,
    why: str,
    now: datetime,
    ground: Ground | None = None,
) -> int:
    """Take those of these edits back that are in force; gives how many they were."""
    check_person(by=by, why=why)
    told: set[UUID] = set()
    count = 0
    for some in chunks(ids):
        live = sa.and_(edit_table.c.id.in_(some), edit_table.c.withdrawn_at.is_(None))
        told.update(connection.scalars(sa.select(edit_table.c.listing_id).where(live)))
        back = {"withdrawn_at": now, "withdrawn_by": by, "withdrawn_why": why}
        count += connection.execute(sa.update(edit_table).where(live).values(back)).rowcount
    fed: set[UUID] = set()
    for some in chunks(told):
        wanted = sa.select(source_record.c.listing_id).where(source_record.c.id.in_(some))
        fed.update(connection.scalars(wanted))
    project(connection, fed, now, ground or ground_of(connection))
    return count


def _write(connection: Connection, edits: list[Edit], now: datetime, ground: Ground | None) -> None:
    rows = [tuple(asdict(each)[name] for name in _COLUMNS) for each in edits]
    insert_rows(connection, edit_table, _COLUMNS, rows)
    if edits:
        project(connection, {each.listing_id for each in edits}, now, ground or ground_of(connection))


def _listings(connection: Connection, ids: Collection[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for some in chunks(ids):
        found.update(connection.scalars(sa.select(listing.c.id).where(listing.c.id.in_(some))))
    return found
