"""Which listings are open to others, in the order of their ids, kept until the catalogue changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import overload
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.outbox import last_position
from service.database.claims import PUBLISHED, source, source_record
from service.database.claims import listing as listing_table
from service.database.hsds import service_at_location
from service.hsds.licences import is_closed


class Ids(Sequence[UUID]):
    """Ids in ascending order, sixteen bytes each: a hundred thousand take 1.6 MB."""

    def __init__(self, ids: Iterable[UUID]) -> None:
        self._bytes = b"".join(sorted(each.bytes for each in ids))

    def __len__(self) -> int:
        return len(self._bytes) // 16

    @overload
    def __getitem__(self, at: int) -> UUID: ...
    @overload
    def __getitem__(self, at: slice) -> list[UUID]: ...
    def __getitem__(self, at: int | slice) -> UUID | list[UUID]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        return UUID(bytes=self._bytes[at * 16 : at * 16 + 16])

    def __contains__(self, wanted: object) -> bool:
        if not isinstance(wanted, UUID):
            return False
        at = bisect_left(self, wanted)
        return at < len(self) and self[at] == wanted


@dataclass(frozen=True, slots=True)
class Directory:
    """One state of the catalogue: the open listings, those with a place, and the organizations behind them.

    ``speakers`` gives per organization the listing that its record is made from.
    """

    version: int
    listings: Ids
    places: Ids
    organizations: Ids
    speakers: dict[UUID, UUID] = field(repr=False)


class Directories:
    """The directory of the newest state, made again when the catalogue has changed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: Directory | None = None

    def of(self, connection: Connection) -> Directory:
        """The directory of the state that the connection sees."""
        version = last_position(connection)
        held = self._held
        if held is None or held.version != version:
            with self._lock:  # of several requests at once one reads
                held = self._held
                if held is None or held.version != version:
                    held = self._held = read_directory(connection, version)
        return held


def read_directory(connection: Connection, version: int) -> Directory:
    """Read which listings are published and not closed by a licence."""
    table = listing_table.c
    closed = closed_listings(connection)
    wanted = sa.select(table.organization_id, table.hidden, table.id).where(table.state == PUBLISHED)
    rows = [row for row in connection.execute(wanted) if row.id not in closed]
    speakers: dict[UUID, tuple[bool, UUID]] = {}
    for own, hidden, listing_id in rows:
        rank = (hidden, listing_id)
        if own not in speakers or rank < speakers[own]:
            speakers[own] = rank
    placed = _with_place(connection)
    return Directory(
        version,
        Ids(row.id for row in rows),
        Ids(row.id for row in rows if row.id in placed),
        Ids(speakers),
        {own: listing_id for own, (_hidden, listing_id) in speakers.items()},
    )


def closed_listings(connection: Connection) -> set[UUID]:
    """Listings that a source speaks for whose licence does not allow passing them on."""
    record = source_record.c
    licence = sa.func.coalesce(record.licence, source.c.licence)
    stated = sa.select(licence).select_from(source_record.join(source)).distinct()
    names = [name for (name,) in connection.execute(stated) if name and is_closed(name)]
    if not names:
        return set()
    wanted = sa.select(record.listing_id).select_from(source_record.join(source))
    return set(connection.scalars(wanted.where(licence.in_(names), record.withdrawn_at.is_(None))))


def _with_place(connection: Connection) -> set[UUID]:
    return set(connection.scalars(sa.select(service_at_location.c.id)))
