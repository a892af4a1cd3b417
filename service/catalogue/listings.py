"""Reading listings: one with all that stands behind it, or all of them one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.ageing import AGEING, known_at
from service.catalogue.build import build_listing
from service.catalogue.claims import Claim
from service.catalogue.derive import derive
from service.catalogue.ground import ground_of
from service.catalogue.groups import groups_of
from service.catalogue.public import is_secret, nameless, public
from service.catalogue.resolve import resolve
from service.catalogue.stored import unpack
from service.config import TIMEZONE
from service.database.bulk import IDS_AT_ONCE, AnyRow, chunks
from service.database.claims import DRAFT, PUBLISHED, listing_alias
from service.database.claims import listing as listing_table
from service.database.overview import listing_overview
from service.model.listing import Listing
from service.model.values import Value

_ONE = sa.select(listing_table.c.id, listing_table.c.resolved)
_SOME = sa.select(
    listing_table.c.id, listing_table.c.resolved, listing_table.c.check_on, listing_table.c.stale_on
).where(listing_table.c.state == PUBLISHED)


@dataclass(frozen=True, slots=True)
class Found:
    """A listing with what stands behind it.

    ``values`` are what the listing says by field key, as far as it may be shown; a key of its provenance
    without a value was stated to be not known, or has expired. ``moved_to`` is its id where it was asked for
    under another one. ``others`` are the statements by field key that were not believed, ``contradictions``
    the fields in which a source contradicts a person.
    """

    listing: Listing
    values: Mapping[str, Value]
    moved_to: UUID | None
    others: Mapping[str, tuple[Claim, ...]]
    contradictions: tuple[str, ...]


def read_listing(
    connection: Connection, listing_id: UUID, *, now: datetime | None = None, hidden_too: bool = False
) -> Found | None:
    """The listing with this id or alias, withdrawn ones too; None when there is none or it is a draft.

    With ``now`` an edit that has run out since the listing was resolved counts no more, and a fact that has
    expired or is of unknown age is not known. With ``hidden_too`` a hidden address is shown, what has
    expired, and a draft: for coordinators alone.
    """
    row = connection.execute(_ONE.where(listing_table.c.id == listing_id)).first()
    moved_to = None
    if row is None:
        found = sa.select(listing_alias.c.listing_id).where(listing_alias.c.alias == listing_id)
        moved_to = connection.scalar(found)
        if moved_to is None:
            return None
        row = connection.execute(_ONE.where(listing_table.c.id == moved_to)).one()
    resolved = unpack(row.resolved)
    if now is not None and resolved.recheck_on and resolved.recheck_on <= now.astimezone(TIMEZONE).date():
        group = groups_of(connection, [row.id])[row.id]
        resolved = derive(resolve(group.records, group.edits, now), ground_of(connection))
    if now is not None and not hidden_too and not AGEING.keys().isdisjoint(resolved.values):
        resolved = replace(resolved, values=known_at(resolved.values, resolved.expires, now))
    if resolved.standing.state == DRAFT and not hidden_too:
        return None
    whole = build_listing(row.id, resolved)
    listing = whole if hidden_too else public(whole)
    others = resolved.others if listing is whole else _public_others(resolved.others)
    values = {key: resolved.values[key] for key in listing.provenance if key in resolved.values}
    return Found(listing, values, moved_to, others, resolved.contradictions)


def iter_listings(connection: Connection, ids: Collection[UUID] | None = None) -> Iterator[Listing]:
    """The published listings as everybody may see them, all or those of ``ids`` that there are.

    They come in batches, so that memory does not grow with their number. Keep the transaction open
    while reading, for one state of the catalogue.
    """
    if ids is not None:
        for some in chunks(ids):
            for row in connection.execute(_SOME.where(listing_table.c.id.in_(some))):
                yield _public(row)
        return
    last: UUID | None = None
    while True:
        batch = _SOME if last is None else _SOME.where(listing_table.c.id > last)
        rows = connection.execute(batch.order_by(listing_table.c.id).limit(IDS_AT_ONCE)).all()
        for row in rows:
            yield _public(row)
        if len(rows) < IDS_AT_ONCE:
            return
        last = rows[-1].id


def published_ids(connection: Connection, *, by_place: bool = False) -> Iterator[UUID]:
    """The ids of the published listings, ascending; ``by_place`` those of a care zone and of a municipality
    after one another.
    """
    wanted = sa.select(listing_table.c.id).where(listing_table.c.state == PUBLISHED)
    if by_place:
        place = listing_overview.c
        wanted = wanted.outerjoin(listing_overview, place.listing_id == listing_table.c.id).order_by(
            place.zones, place.municipality
        )
    yield from connection.scalars(wanted.order_by(listing_table.c.id).execution_options(yield_per=5_000))


def count_published(connection: Connection) -> int:
    """How many listings are published."""
    table = listing_table.c
    return connection.scalar(sa.select(sa.func.count()).where(table.state == PUBLISHED)) or 0


def _public(row: AnyRow) -> Listing:
    return public(build_listing(row.id, unpack(row.resolved), (row.check_on, row.stale_on)))


def _public_others(others: Mapping[str, tuple[Claim, ...]]) -> dict[str, tuple[Claim, ...]]:
    left = {
        key: tuple(Claim(c.value, nameless(c.provenance)) for c in said if not is_secret(key, c.provenance))
        for key, said in others.items()
    }
    return {key: said for key, said in left.items() if said}
