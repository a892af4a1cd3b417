"""Reading what was said about listings out of the database: each listing's records and edits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.claims import Edit, SourceRecord
from service.database.bulk import AnyRow, chunks
from service.database.claims import edit, source, source_record
from service.model.dates import PartialDate

RECORD = sa.select(
    source_record.c.id,
    source_record.c.listing_id,
    source_record.c.source_id,
    source_record.c.key,
    source_record.c["values"],
    source_record.c.publisher,
    source_record.c.url,
    source_record.c.licence,
    source_record.c.said_on,
    source_record.c.fetched_at,
    source_record.c.withdrawn_at,
    source_record.c.former,
    source.c.precedence,
    source.c.publisher.label("source_publisher"),
    source.c.name.label("source_name"),
    source.c.licence.label("source_licence"),
    source.c.role,
).join_from(source_record, source)


@dataclass(slots=True)
class Group:
    """Everything that was said about one listing."""

    records: list[SourceRecord] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)


def groups_of(connection: Connection, listing_ids: Collection[UUID]) -> Mapping[UUID, Group]:
    """The records and edits of listings by the listing's id; an id that is no listing's is left out."""
    found: dict[UUID, Group] = defaultdict(Group)
    listing_by_record: dict[UUID, UUID] = {}
    for some in chunks(listing_ids):
        for row in connection.execute(RECORD.where(source_record.c.listing_id.in_(some))):
            found[row.listing_id].records.append(record_of(row))
            listing_by_record[row.id] = row.listing_id
    for some in chunks(listing_by_record):
        for row in connection.execute(sa.select(edit).where(edit.c.listing_id.in_(some))):
            found[listing_by_record[row.listing_id]].edits.append(edit_of(row))
    return found


def record_of(row: AnyRow) -> SourceRecord:
    """A source record from a row of `RECORD`."""
    said_on = row.said_on
    return SourceRecord(
        id=row.id,
        source_id=row.source_id,
        key=row.key,
        precedence=row.precedence,
        publisher=row.publisher or row.source_publisher or row.source_name,
        fetched_at=row.fetched_at,
        url=row.url,
        licence=row.licence or row.source_licence,
        said_on=PartialDate.parse(said_on) if said_on else None,
        values=row._mapping["values"],
        withdrawn_at=row.withdrawn_at,
        role=row.role,
        former=row.former or {},
    )


def edit_of(row: AnyRow) -> Edit:
    """An edit from a row of its table."""
    return Edit(**row._mapping)
