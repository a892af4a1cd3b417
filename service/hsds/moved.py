"""From an id that somebody kept to the listing or organization that answers for it now."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.groups import RECORD, record_of
from service.catalogue.ids import organization_id, part_id
from service.catalogue.resolve import resolve
from service.database.claims import listing as listing_table
from service.database.claims import listing_alias, source_record
from service.hsds.directory import Directory


def listing_of_service(connection: Connection, directory: Directory, wanted: UUID) -> UUID | None:
    """The open listing behind a service's id, also one that was joined to another or has a place since."""
    # The id of a service beside a place is the listing's with other last bits, and so the other way round.
    return _first(connection, directory, (part_id(wanted, "service"), wanted))


def listing_of_place(connection: Connection, directory: Directory, wanted: UUID) -> UUID | None:
    """The open listing with a place behind a service_at_location's id."""
    found = _first(connection, directory, (wanted, part_id(wanted, "service")))
    return found if found in directory.places else None


def organization_now(connection: Connection, directory: Directory, wanted: UUID) -> UUID | None:
    """The organization with this id, or the one that took over the listings joined to another's."""
    if wanted in directory.speakers:
        return wanted
    joined = sa.select(listing_alias.c.alias, listing_alias.c.listing_id)
    became = {row.alias: row.listing_id for row in connection.execute(joined)}
    if not became:
        return None
    records = RECORD.where(source_record.c.id.in_(sa.select(listing_alias.c.alias)))
    for row in connection.execute(records):
        key = resolve([record_of(row)], [], datetime.now(UTC)).organization_key
        if organization_id(key) == wanted and became[row.id] in directory.listings:
            own = sa.select(listing_table.c.organization_id).where(listing_table.c.id == became[row.id])
            return connection.scalar(own)
    return None


def _first(connection: Connection, directory: Directory, ids: tuple[UUID, ...]) -> UUID | None:
    for each in ids:
        if each in directory.listings:
            return each
    joined = sa.select(listing_alias.c.listing_id).where(listing_alias.c.alias.in_(ids))
    found = connection.scalar(joined)
    return found if found is not None and found in directory.listings else None
