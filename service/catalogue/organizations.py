"""One row per organization, made from the listing that speaks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.build import build_listing
from service.catalogue.public import public
from service.catalogue.stored import unpack
from service.database.bulk import chunks, delete_rows, insert_rows
from service.database.claims import listing as listing_table
from service.database.hsds import organization, organization_identifier
from service.model.listing import Listing

_ORGANIZATION = ("id", "name", "alternate_name", "website", "listing_id")
_IDENTIFIER = ("id", "organization_id", "identifier_scheme", "identifier_type", "identifier")


def project_organizations(connection: Connection, ids: Collection[UUID], fresh: Iterable[Listing]) -> None:
    """Write the rows of organizations anew; one that no listing names any more goes.

    The listing with the smallest id among those that show their address speaks for the organization, so that
    the order of arrival does not matter. ``fresh`` are listings at hand, which need not be read again.
    """
    at_hand = {each.id: each for each in fresh}
    for some in chunks(ids):
        speakers = _speakers(connection, some)
        missing = [listing_id for listing_id in speakers.values() if listing_id not in at_hand]
        at_hand.update(_read(connection, missing))
        delete_rows(connection, organization.c.id, some)
        rows = [public(at_hand[speakers[each]]) for each in some if each in speakers]
        insert_rows(connection, organization, _ORGANIZATION, [_row(each) for each in rows])
        identified = [_identifier(each) for each in rows if each.organization.enterprise_number]
        insert_rows(connection, organization_identifier, _IDENTIFIER, identified)


def _speakers(connection: Connection, ids: list[UUID]) -> dict[UUID, UUID]:
    table = listing_table.c
    rank = sa.func.row_number().over(
        partition_by=table.organization_id, order_by=(table.hidden, table.state, table.id)
    )
    ranked = (
        sa.select(table.organization_id, table.id, rank.label("rank"))
        .where(table.organization_id.in_(ids))
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
