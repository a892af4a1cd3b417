"""Keeping which record feeds which listing in step with the links, and the aliases that redirect."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.ground import Ground
from service.catalogue.identity import components, listing_of
from service.catalogue.project import project
from service.database.bulk import chunks, delete_rows, insert_rows
from service.database.claims import link, listing_alias, source, source_record


def regroup(connection: Connection, records: Collection[UUID], now: datetime, ground: Ground) -> None:
    """Work out again which listings the records, and those that share a listing with them, feed; project."""
    held, precedence = _members(connection, records)
    feeds: dict[UUID, UUID] = {}
    for members in components(held.keys(), _live_links(connection, held.keys())):
        feeds.update(dict.fromkeys(members, listing_of(members, precedence)))
    moved = {record: listing_id for record, listing_id in feeds.items() if held[record] != listing_id}
    _move(connection, moved)
    project(connection, set(held.values()) | set(feeds.values()), now, ground)


def _members(connection: Connection, records: Collection[UUID]) -> tuple[dict[UUID, UUID], dict[UUID, int]]:
    """The listing and the precedence of every record that shares a listing with one of these."""
    table = source_record.c
    listings: set[UUID] = set()
    for some in chunks(records):
        listings.update(connection.scalars(sa.select(table.listing_id).where(table.id.in_(some))))
    wanted = sa.select(table.id, table.listing_id, source.c.precedence).join_from(source_record, source)
    held, precedence = {}, {}
    for some in chunks(listings):
        for row in connection.execute(wanted.where(table.listing_id.in_(some))):
            held[row.id], precedence[row.id] = row.listing_id, row.precedence
    return held, precedence


def _live_links(connection: Connection, records: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    wanted = sa.select(link.c.record_a, link.c.record_b).where(link.c.undone_at.is_(None))
    found: list[tuple[UUID, UUID]] = []
    for some in chunks(records):
        rows = connection.execute(wanted.where(link.c.record_a.in_(some)))
        found.extend((row.record_a, row.record_b) for row in rows)
    return found


def _move(connection: Connection, moved: dict[UUID, UUID]) -> None:
    """Let records feed another listing; the id of a record that feeds another's is an alias."""
    table = source_record.c
    if moved:
        move = sa.update(source_record).where(table.id == sa.bindparam("record"))
        rows = [{"record": record, "feeds": listing_id} for record, listing_id in moved.items()]
        connection.execute(move.values(listing_id=sa.bindparam("feeds")), rows)
    delete_rows(connection, listing_alias.c.alias, moved)
    aliases = [(record, listing_id) for record, listing_id in moved.items() if record != listing_id]
    insert_rows(connection, listing_alias, ("alias", "listing_id"), aliases)
