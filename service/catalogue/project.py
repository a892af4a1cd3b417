"""Resolving listings and writing what comes out: the listing, its HSDS rows and its place in the outbox."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.build import build_listing
from service.catalogue.derive import derive
from service.catalogue.ground import Ground
from service.catalogue.groups import Group, groups_of
from service.catalogue.ids import part_id, service_id
from service.catalogue.organizations import project_organizations
from service.catalogue.overview import write_overview
from service.catalogue.public import public
from service.catalogue.resolve import Resolved, resolve
from service.catalogue.rows import COLUMNS, hsds_rows
from service.catalogue.stored import pack
from service.database.bulk import chunks, delete_rows, insert_rows
from service.database.claims import DRAFT
from service.database.claims import listing as listing_table
from service.database.hsds_terms import attribute
from service.database.json_text import JsonText, checksum_of_json, dump_json
from service.database.outbox import outbox
from service.model.listing import Listing

TOGETHER = 1_000
"""Listings whose state is read, and whose organizations follow, at once."""

WRITTEN_AT_ONCE = 500
"""Listings whose rows are made while those before them are written."""

_number = attrgetter("int")  # UUIDs compare in Python, numbers at once

_LISTING = (
    "id", "state", "organization_id", "hidden", "checksum", "resolved", "changed_at", "recheck_on",
    "check_on", "stale_on", "disputes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Projection:
    listing: Listing
    resolved: Resolved
    packed: str
    checksum: str


def project(
    connection: Connection,
    listing_ids: Collection[UUID],
    now: datetime,
    ground: Ground,
    *,
    force: bool = False,
    new: Mapping[UUID, Group] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> int:
    """Bring the listings in step with their claims; gives how many changed.

    An id that no record speaks under any more loses its rows. With ``force`` rows are written again even
    where nothing changed (the outbox is then left alone). ``new`` holds what was just written about
    listings that nobody spoke of before, which need not be read again. ``meanwhile`` is other work on the
    same records, done once while the database still takes the rows (`service.database.beside`).
    """
    changed, at_hand = 0, new or {}
    for some in chunks(sorted(listing_ids, key=_number), TOGETHER):  # in the order of the indexes
        groups = {each: at_hand[each] for each in some if each in at_hand}
        groups.update(groups_of(connection, [each for each in some if each not in at_hand]))
        changed += _project_some(connection, some, groups, now, ground, force, meanwhile)
        meanwhile = None
    if meanwhile is not None:
        meanwhile()
    return changed


def _project_some(
    connection: Connection,
    ids: list[UUID],
    groups: Mapping[UUID, Group],
    now: datetime,
    ground: Ground,
    force: bool,
    meanwhile: Callable[[], None] | None,
) -> int:
    """All reading comes before all writing, which may then go on beside the working out of what follows."""
    stored = _stored(connection, ids)
    gone = [each for each in ids if each in stored and each not in groups]
    _remove(connection, gone)
    told, touched, shown = list(gone), {stored[each][1] for each in gone}, []
    for some in chunks([each for each in ids if each in groups], WRITTEN_AT_ONCE):
        projections = [_resolved(each, groups[each], now, ground) for each in some]
        changed = [p for p in projections if stored.get(p.listing.id, ("", None))[0] != p.checksum]
        written = projections if force else changed
        _remove(connection, [p.listing.id for p in written if force or p.listing.id in stored])
        _write(connection, written)
        told += [p.listing.id for p in changed]
        touched |= {stored[p.listing.id][1] for p in written if p.listing.id in stored}
        touched |= {p.listing.organization.id for p in written}
        shown += [p.listing for p in written if p.listing.state != DRAFT]
    if meanwhile is not None:
        meanwhile()
    project_organizations(connection, touched, shown)
    insert_rows(connection, outbox, ("listing_id", "changed_at"), [(each, now) for each in told])
    return len(told)


def _stored(connection: Connection, ids: list[UUID]) -> dict[UUID, tuple[str, UUID]]:
    table = listing_table.c
    wanted = sa.select(table.id, table.checksum, table.organization_id)
    return {
        row.id: (row.checksum, row.organization_id)
        for some in chunks(ids)
        for row in connection.execute(wanted.where(table.id.in_(some)))
    }


def _resolved(listing_id: UUID, group: Group, now: datetime, ground: Ground) -> _Projection:
    resolved = derive(resolve(group.records, group.edits, now), ground)
    packed = dump_json(pack(resolved))
    return _Projection(build_listing(listing_id, resolved), resolved, packed, checksum_of_json(packed))


def _remove(connection: Connection, ids: list[UUID]) -> None:
    """Delete listings; their services and locations go with them, with all that hangs on those."""
    links = [each for i in ids for each in (i, service_id(i, has_place=True), part_id(i, "location"))]
    delete_rows(connection, attribute.c.link_id, links)
    delete_rows(connection, listing_table.c.id, ids)


def _write(connection: Connection, projections: list[_Projection]) -> None:
    insert_rows(connection, listing_table, _LISTING, [_listing_row(each) for each in projections])
    write_overview(connection, (public(p.listing) for p in projections))
    shown = (p for p in projections if p.listing.state != DRAFT)
    rows = hsds_rows((public(p.listing), p.resolved.changed_at) for p in shown)
    for table, columns in COLUMNS.items():
        insert_rows(connection, table, columns, rows.get(table, []))


def _listing_row(p: _Projection) -> tuple[Any, ...]:
    place = p.listing.location
    return (
        p.listing.id,
        p.resolved.standing.state,
        p.listing.organization.id,
        place is not None and place.hidden,
        p.checksum,
        JsonText(p.packed),
        p.resolved.changed_at,
        p.resolved.recheck_on,
        p.listing.check_on,
        p.listing.stale_on,
        len({*p.resolved.disputed, *p.resolved.contradictions}),
    )
