"""What changed since when: for who keeps a copy, as JSON to page through and as an Atom feed to follow."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.database import hsds
from service.database.claims import PUBLISHED
from service.database.claims import listing as listing_table
from service.hsds.directory import Directory, closed_listings
from service.hsds.known import Json

MOST = 100


def read_changes(
    connection: Connection, directory: Directory, after: tuple[datetime, UUID] | None, newest_first: bool
) -> list[Json]:
    """At most MOST changes: services that changed, and those that nobody speaks of any more (gone).

    ``after`` is moment and id of the last change seen. What a licence closes is in no feed.
    """
    table = listing_table.c
    own_service = hsds.service.c.id.label("service_id")
    wanted = sa.select(table.id, table.state, table.changed_at, own_service)
    wanted = wanted.join(hsds.service, hsds.service.c.listing_id == table.id)
    if after is not None:
        moment, own = after
        later = sa.and_(table.changed_at == moment, table.id > own)
        wanted = wanted.where(sa.or_(table.changed_at > moment, later))
    order = (table.changed_at.desc(), table.id) if newest_first else (table.changed_at, table.id)
    closed = closed_listings(connection)
    found: list[Json] = []
    for row in connection.execute(wanted.order_by(*order)):
        is_open = row.id in directory.listings
        if row.id in closed or (row.state == PUBLISHED and not is_open):
            continue
        found.append(
            {
                "id": str(row.service_id),
                "listing": str(row.id),
                "kind": "changed" if is_open else "gone",
                "changed_at": row.changed_at.isoformat(),
            }
        )
        if len(found) == MOST:
            break
    return found


def atom(changes: list[Json], base: str, changed_at: datetime | None) -> str:
    """The newest changes as an Atom feed (RFC 4287), without any text of a listing."""
    updated = changed_at.isoformat() if changed_at else "1970-01-01T00:00:00+00:00"
    own = f"{base}/open-data/changes.atom"
    entries = "".join(_entry(each, base) for each in changes)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Nabij: changes</title><id>{escape(own)}</id><updated>{updated}</updated>"
        f'<author><name>Nabij</name></author><link rel="self" href={quoteattr(own)}/>{entries}</feed>\n'
    )


def _entry(change: Json, base: str) -> str:
    address = f"{base}/hsds/v3/services/{change['id']}"
    return (
        f"<entry><title>{change['kind']} {change['id']}</title><updated>{change['changed_at']}</updated>"
        f"<id>urn:uuid:{change['listing']}</id><link href={quoteattr(address)}/></entry>\n"
    )
