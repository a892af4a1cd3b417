"""The history of a listing: everything that was ever said about it, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.edits import edits_of
from service.catalogue.groups import RECORD, record_of
from service.catalogue.listings import read_listing
from service.catalogue.public import is_secret
from service.database.bulk import AnyRow
from service.database.claims import link, source_record, source_record_version
from service.errors import NotFound
from service.model.provenance import Provenance
from service.model.values import Value

EventKind = Literal["said", "fell_silent", "stated", "confirmed", "taken_back", "linked", "unlinked"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something said, or no longer said: by a source (said, fell_silent), a person (stated, taken_back), or a
    decision about identity (linked, unlinked).

    ``changes`` are the fields that the event is about with what was said of each (None: not known, or no
    longer said). ``why`` is a person's reason; ``id`` that of the edit, the link or the record.
    """

    at: datetime
    kind: EventKind
    who: str
    id: UUID
    changes: Mapping[str, Value | None] = field(default_factory=dict)
    why: str | None = None
    url: str | None = None


def history_of(connection: Connection, listing_id: UUID, *, hidden_too: bool = False) -> list[Event]:
    """Every event of a listing (id or alias), oldest first; what a hidden address would betray is left out.

    Raises NotFound.
    """
    found = read_listing(connection, listing_id, hidden_too=True)
    if found is None:
        raise NotFound(f"There is no listing {listing_id}.")
    own = found.listing.id
    records = RECORD.where(source_record.c.listing_id == own).order_by(source_record.c.id)
    rows = connection.execute(records).all()
    events = [event for row in rows for event in _of_record(connection, row)]
    events += _of_links(connection, [row.id for row in rows])
    events += _of_edits(connection, own)
    events.sort(key=lambda event: (event.at, event.kind, event.id.hex))
    place = found.listing.location
    if place is not None and place.hidden and not hidden_too:
        return [_public(event) for event in events]
    return events


def _of_record(connection: Connection, row: AnyRow) -> Iterator[Event]:
    record = record_of(row)
    versions = sa.select(source_record_version).where(source_record_version.c.record_id == row.id)
    earlier = connection.execute(versions.order_by(source_record_version.c.number)).all()
    before: Mapping[str, Value] = {}
    for said in (*earlier, row):
        values = said._mapping["values"]
        who = said.publisher or record.publisher
        yield Event(said.fetched_at, "said", who, record.id, _changes(before, values), url=said.url)
        if said.withdrawn_at is not None:
            yield Event(said.withdrawn_at, "fell_silent", who, record.id)
        before = values


def _changes(before: Mapping[str, Value], after: Mapping[str, Value]) -> dict[str, Value | None]:
    keys = sorted({*before, *after})
    return {key: after.get(key) for key in keys if before.get(key) != after.get(key)}


def _of_edits(connection: Connection, listing_id: UUID) -> Iterator[Event]:
    for edit in edits_of(connection, listing_id):
        who = edit.role or edit.by
        kind: EventKind = "confirmed" if edit.confirms else "stated"
        yield Event(edit.stated_at, kind, who, edit.id, {edit.key: edit.value}, edit.why)
        if edit.withdrawn_at is not None:
            back = edit.withdrawn_by or who
            yield Event(edit.withdrawn_at, "taken_back", back, edit.id, {edit.key: None}, edit.withdrawn_why)


def _of_links(connection: Connection, records: list[UUID]) -> Iterator[Event]:
    either = sa.or_(link.c.record_a.in_(records), link.c.record_b.in_(records))
    for row in connection.execute(sa.select(link).where(either)):
        yield Event(row.linked_at, "linked", row.by, row.id, why=row.why)
        if row.undone_at is not None:
            yield Event(row.undone_at, "unlinked", row.undone_by, row.id, why=row.undone_why)


def _public(event: Event) -> Event:
    """The event without the address, a website that a source said, and the name of the source."""
    kind: Literal["source", "edit"] = "source" if event.kind in ("said", "fell_silent") else "edit"
    who = Provenance(kind, event.who)
    changes = {key: value for key, value in event.changes.items() if not is_secret(key, who)}
    named = "" if kind == "source" else event.who
    return replace(event, who=named, changes=changes, url=None)
