"""Asking a provider whether listings are still right: the letter, and the link in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.tokens import digest, new_token
from service.catalogue.listings import Found, read_listing
from service.config import TIMEZONE, Settings
from service.database.letters import confirmation, confirmation_listing
from service.desk.letters.contacts import contacts_of, hindrances
from service.desk.letters.language import languages_of_all
from service.desk.letters.links import Link
from service.desk.letters.wording import Asked, write_letter
from service.errors import BadValue, NotFound
from service.mail.letter import Letter
from service.mail.send import post

VALID = timedelta(days=14)
"""How long a link works."""

MOST = 12
"""Listings in one letter; who has more is asked about the others a week later."""

NABIJ = "nabij"
"""Who asks where no person pressed a button."""


def ask_about(
    connection: Connection, settings: Settings, listing_id: UUID, *, by: str, now: datetime
) -> UUID:
    """Ask the provider of one listing, in a transaction that writes; gives the id of the question.

    Whoever asks by hand may ask again within the week, but not on the same day. Raises NotFound for the
    listing, BadValue (``email``) where it has none, and where nothing goes to it.
    """
    found = read_listing(connection, listing_id)
    if found is None:
        raise NotFound(f"There is no listing {listing_id}.")
    own = found.listing.id
    address = contacts_of(connection, [own]).get(own)
    if address is None:
        raise BadValue("email", None, "no_address")
    why_not = hindrances(connection, [address], now, timedelta(days=1)).get(address)
    if why_not:
        raise BadValue("email", address, why_not)
    asked = ask_provider(connection, settings, address, [own], by=by, now=now)
    assert asked is not None  # it was published a moment ago, in this transaction
    return asked


def ask_provider(
    connection: Connection,
    settings: Settings,
    address: str,
    listings: Sequence[UUID],
    *,
    by: str,
    now: datetime,
    campaign: UUID | None = None,
    reminds: UUID | None = None,
) -> UUID | None:
    """Write the letter about at most `MOST` listings and the question behind it; gives the question's id.

    None where none of the listings is published any more. The word in the link is known to the letter alone:
    what is kept is its digest.
    """
    read = (read_listing(connection, each) for each in listings)
    found = [each for each in read if each is not None and not each.listing.withdrawn][:MOST]
    if not found:
        return None
    token, today = new_token(), now.astimezone(TIMEZONE).date()
    languages = languages_of_all(each.listing for each in found)
    asked = Asked(found, settings.address, token, today + VALID, reminds is not None)
    letter = write_letter(asked, address, languages, today)
    question = {
        "id": uuid4(), "token_hash": digest(token), "organization_id": found[0].listing.organization.id,
        "recipient": address, "language": languages[0], "by": by, "campaign_id": campaign,
        "letter_id": post(connection, letter, now), "reminds": reminds, "asked_at": now,
        "valid_until": now + VALID,
    }  # fmt: skip
    connection.execute(sa.insert(confirmation).values(question))
    _add_listings(connection, question["id"], found)
    return UUID(str(question["id"]))


def _add_listings(connection: Connection, question: object, found: Sequence[Found]) -> None:
    rows = [
        {"confirmation_id": question, "number": number, "listing_id": each.listing.id}
        for number, each in enumerate(found, 1)
    ]
    connection.execute(sa.insert(confirmation_listing), rows)


def renew(connection: Connection, settings: Settings, link: Link, now: datetime) -> UUID | None:
    """Ask once more about the listings of a link that is over or used; gives the letter.

    It goes to the address that the link was sent to. None where that had a letter within a day, where
    nothing goes there, or where no listing is left.
    """
    if hindrances(connection, [link.recipient], now, timedelta(days=1)):
        return None
    listings = [each.listing for each in link.items]
    asked = ask_provider(
        connection, settings, link.recipient, listings, by=NABIJ, now=now, campaign=link.campaign
    )
    old = sa.update(confirmation).where(confirmation.c.id == link.id, confirmation.c.closed_at.is_(None))
    connection.execute(old.values(closed_at=now, outcome="renewed"))
    return connection.scalar(sa.select(confirmation.c.letter_id).where(confirmation.c.id == asked))


def preview(
    connection: Connection, settings: Settings, address: str, listings: Sequence[UUID], now: datetime
) -> Letter | None:
    """The letter as it would be written, with a link that opens nothing; None where no listing is left."""
    read = (read_listing(connection, each) for each in listings)
    found = [each for each in read if each is not None and not each.listing.withdrawn][:MOST]
    if not found:
        return None
    today = now.astimezone(TIMEZONE).date()
    asked = Asked(found, settings.address, "…", today + VALID)
    return write_letter(asked, address, languages_of_all(each.listing for each in found), today)
