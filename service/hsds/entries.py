"""Reading published listings for others: each with its values by field, when it changed, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.ageing import AGEING, known_at
from service.catalogue.build import build_listing
from service.catalogue.public import public
from service.catalogue.stored import unpack
from service.config import TIMEZONE
from service.database.bulk import AnyRow
from service.database.claims import PUBLISHED
from service.database.claims import listing as listing_table
from service.hsds.ids import PartIds
from service.model.listing import Listing
from service.model.values import Value

BATCH = 250

_ROW = sa.select(listing_table.c.id, listing_table.c.resolved, listing_table.c.changed_at).where(
    listing_table.c.state == PUBLISHED
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A listing as everybody may see it: ``values`` by field key, ``changed_at`` aware, ``ids`` of parts."""

    listing: Listing
    values: Mapping[str, Value]
    changed_at: datetime
    ids: PartIds


def read_entries(connection: Connection, ids: Iterable[UUID], today: date) -> Iterator[Entry]:
    """The published listings of these ids, in that order; an id of none is left out.

    A fact that ages is left out from the day on which it is not known any more, and when its age is unknown.
    They are read in batches, so that memory does not grow with their number.
    """
    batch: list[UUID] = []
    for each in ids:
        batch.append(each)
        if len(batch) == BATCH:
            yield from _some(connection, batch, today)
            batch = []
    if batch:
        yield from _some(connection, batch, today)


def _some(connection: Connection, ids: list[UUID], today: date) -> Iterator[Entry]:
    found = {row.id: row for row in connection.execute(_ROW.where(listing_table.c.id.in_(ids)))}
    return (_entry(found[each], today) for each in ids if each in found)


def _entry(row: AnyRow, today: date) -> Entry:
    resolved = unpack(row.resolved)
    listing = public(build_listing(row.id, resolved))
    values = resolved.values
    if listing.location is not None and listing.location.hidden:
        values = {key: values[key] for key in listing.provenance if key in values}
    if not AGEING.keys().isdisjoint(values):
        values = known_at(values, resolved.expires, datetime.combine(today, time.max, TIMEZONE))
    return Entry(listing, values, row.changed_at, PartIds(row.id))
