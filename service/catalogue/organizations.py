"""One row per organization, made from the listing that speaks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.build import build_listing
from service.catalogue.public import public
from service.catalogue.stored import unpack
from service.database.bulk import AnyRow, chunks, delete_rows, insert_rows
from service.database.claims import DRAFT, PUBLISHED
from service.database.claims import listing as listing_table
from service.database.hsds import organization, organization_identifier
from service.model.listing import Listing

_ORGANIZATION = ("id", "name", "alternate_name", "website", "listing_id")
_IDENTIFIER = ("id", "organization_id", "identifier_scheme", "identifier_type", "identifier")
_Rank = tuple[bool, bool, UUID]
"""Hidden, withdrawn, id: of the listings of an organization the one with the smallest rank speaks for it."""


def project_organizations(connection: Connection, ids: Collection[UUID], fresh: Iterable[Listing]) -> None:
    """Bring the rows of organizations in step; one that no listing names any more goes.

    The listing with the smallest id among those that show their address speaks for the organization (one
    that is out of the search where there is no other; never a draft), so that the order of arrival does not
    matter. ``fresh`` are the listings just written. Who spoke before is compared with them alone: the other
    listings of an organization are looked at only where its speaker is among these, or went.
    """
    at_hand = {each.id: each for each in fresh}
    best = _best(at_hand.values())
    for some in chunks(ids):
        held = _held(connection, some)
        unsure = [i for i, row in held.items() if row.state is None or row.listing_id in at_hand]
        speakers = _compared(some, held, best) | _ranked(connection, unsure)
        stale = [i for i in some if i not in held or _is_stale(held[i], speakers.get(i), at_hand)]
        speaking = [speakers[each] for each in stale if each in speakers]
        at_hand.update(_read(connection, [each for each in speaking if each not in at_hand]))
        delete_rows(connection, organization.c.id, [each for each in stale if each in held])
        rows = [public(at_hand[each]) for each in speaking]
        insert_rows(connection, organization, _ORGANIZATION, [_row(each) for each in rows])
        identified = [_identifier(each) for each in rows if each.organization.enterprise_number]
        insert_rows(connection, organization_identifier, _IDENTIFIER, identified)


def _best(fresh: Iterable[Listing]) -> dict[UUID, _Rank]:
    """The smallest rank among these listings, by organization."""
    found: dict[UUID, _Rank] = {}
    for each in fresh:
        own = each.organization.id
        rank = (each.location is not None and each.location.hidden, each.withdrawn, each.id)
        found[own] = min(rank, found.get(own, rank))
    return found


def _held(connection: Connection, ids: list[UUID]) -> dict[UUID, AnyRow]:
    """The rows there are, each with its speaker and, where that still names it, what its rank depends on."""
    listing, own = listing_table.c, organization.c
    still_names = sa.and_(
        listing.id == own.listing_id, listing.organization_id == own.id, listing.state != DRAFT
    )
    wanted = sa.select(own.id, own.listing_id, listing.hidden, listing.state)
    rows = wanted.outerjoin_from(organization, listing_table, still_names).where(own.id.in_(ids))
    return {row.id: row for row in connection.execute(rows)}


def _is_stale(held: AnyRow, speaker: UUID | None, fresh: Mapping[UUID, Listing]) -> bool:
    return speaker is None or speaker != held.listing_id or speaker in fresh


def _compared(ids: list[UUID], held: Mapping[UUID, AnyRow], best: Mapping[UUID, _Rank]) -> dict[UUID, UUID]:
    """Who speaks, of the speaker so far and the best of the new ones; one without a row has no other."""
    found: dict[UUID, UUID] = {}
    for each in ids:
        ranks = [best[each]] if each in best else []
        if (row := held.get(each)) and row.state is not None:
            ranks.append((row.hidden, row.state != PUBLISHED, row.listing_id))
        if ranks:
            found[each] = min(ranks)[-1]
    return found


def _ranked(connection: Connection, ids: list[UUID]) -> dict[UUID, UUID]:
    """Who speaks for each organization, of all its listings."""
    if not ids:
        return {}
    table = listing_table.c
    rank = sa.func.row_number().over(
        partition_by=table.organization_id, order_by=(table.hidden, table.state != PUBLISHED, table.id)
    )
    ranked = (
        sa.select(table.organization_id, table.id, rank.label("rank"))
        .where(table.organization_id.in_(ids), table.state != DRAFT)
        .subquery()
    )
    best = sa.select(ranked.c.organization_id, ranked.c.id).where(ranked.c.rank == 1)
    return {row.organization_id: row.id for row in connection.execute(best)}


def _read(connection: Connection, ids: list[UUID]) -> dict[UUID, Listing]:
    table, found = listing_table.c, {}
    for some in chunks(ids):
        for row in connection.execute(sa.select(table.id, table.resolved).where(table.id.in_(some))):
            found[row.id] = build_listing(row.id, unpack(row.resolved))
    return found


def _row(speaker: Listing) -> tuple[object, ...]:
    it = speaker.organization
    return it.id, it.name, "; ".join(it.alternate_names) or None, it.website, speaker.id


def _identifier(speaker: Listing) -> tuple[object, ...]:
    it = speaker.organization
    number = uuid5(it.id, "enterprise_number")
    return number, it.id, "BE-BCE_KBO", "enterprise number", it.enterprise_number
