"""What the link of a letter opens: the listings that it asks about, and what was answered already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.tokens import digest
from service.catalogue.edits import fed_listing
from service.database.letters import confirmation, confirmation_listing

Answer = Literal["right", "changed", "gone"]
State = Literal["open", "expired", "answered"]


@dataclass(frozen=True, slots=True)
class Item:
    """One listing of a letter (its id of today), and what the provider answered."""

    number: int
    listing: UUID
    answer: Answer | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was sent; ``state`` is open while something can be answered by it."""

    id: UUID
    state: State
    recipient: str
    language: str
    asked_at: datetime
    valid_until: datetime
    items: tuple[Item, ...]
    campaign: UUID | None

    def item(self, number: int) -> Item | None:
        """The listing with a number in the letter."""
        return next((each for each in self.items if each.number == number), None)


def find_link(connection: Connection, token: str, now: datetime) -> Link | None:
    """The link with this word in it; None for one that was never given out."""
    row = connection.execute(
        sa.select(confirmation).where(confirmation.c.token_hash == digest(token))
    ).first()
    if row is None:
        return None
    table = confirmation_listing.c
    wanted = sa.select(confirmation_listing).where(table.confirmation_id == row.id).order_by(table.number)
    items = tuple(
        Item(each.number, fed_listing(connection, each.listing_id), each.answer, each.answered_at)
        for each in connection.execute(wanted).all()
    )
    state: State = "expired" if row.valid_until <= now else "open"
    if all(item.answer for item in items):
        state = "answered"
    return Link(
        row.id, state, row.recipient, row.language, row.asked_at, row.valid_until, items, row.campaign_id
    )
