"""At which address a provider is reached, and why nothing goes there where nothing does."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.database.bulk import chunks
from service.database.claims import PUBLISHED, listing
from service.database.hsds import service
from service.database.letters import confirmation, confirmation_listing
from service.mail.marks import marks_of

Hindrance = Literal["no_address", "bounced", "declined", "recent"]
"""No e-mail is known; letters come back; they asked for none; they had one within a week."""

BETWEEN = timedelta(days=7)
"""Between two letters to one address, whatever they are about."""

REST = timedelta(days=56)
"""After a listing was asked about: three weeks to a reminder, two more to a call, and some to make it."""

_NOBODY_READS = ("noreply@", "no-reply@", "no_reply@", "donotreply@", "ne-pas-repondre@", "mailer-daemon@")


def contacts_of(connection: Connection, listings: Collection[UUID]) -> dict[UUID, str]:
    """The public e-mail of each published listing that has one, in small letters.

    It is the contact that the organization itself made known; no other address of anybody is ever used.
    """
    wanted = (
        sa.select(listing.c.id, service.c.email)
        .join(service, service.c.listing_id == listing.c.id)
        .where(listing.c.state == PUBLISHED, service.c.email.is_not(None))
    )
    return {
        row.id: row.email.lower()
        for some in chunks(set(listings))
        for row in connection.execute(wanted.where(listing.c.id.in_(some)))
        if is_read(row.email)
    }


def is_read(address: str) -> bool:
    """Whether somebody reads what comes to an address, as far as it tells."""
    return not address.lower().startswith(_NOBODY_READS)


def hindrances(
    connection: Connection, addresses: Iterable[str], now: datetime, between: timedelta = BETWEEN
) -> dict[str, Hindrance]:
    """Why nothing goes to those of these addresses that get nothing now."""
    every = {each.lower() for each in addresses}
    found: dict[str, Hindrance] = dict.fromkeys(_lately_asked(connection, every, now - between), "recent")
    for address, mark in marks_of(connection, every).items():
        found[address] = "bounced" if mark.bounced_at else "declined"
    return found


def asked_since(connection: Connection, since: datetime) -> set[UUID]:
    """The listings about which a provider was asked since a moment."""
    wanted = (
        sa.select(confirmation_listing.c.listing_id)
        .join(confirmation, confirmation.c.id == confirmation_listing.c.confirmation_id)
        .where(confirmation.c.asked_at > since)
    )
    return set(connection.scalars(wanted))


def _lately_asked(connection: Connection, addresses: set[str], since: datetime) -> set[str]:
    if not addresses:
        return set()
    lately = sa.select(confirmation.c.recipient).distinct().where(confirmation.c.asked_at > since)
    return addresses & set(connection.scalars(lately))
