"""The letters to the providers of some zones, the last first, with what came of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.database.bulk import AnyRow
from service.database.claims import listing
from service.database.hsds import location, organization, service
from service.database.hsds_terms import attribute
from service.database.letters import BOUNCED, REFUSED, WAITING, confirmation, letter
from service.database.letters import confirmation_listing as item

MOST = 50


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter to a provider; ``listings`` are ids, names and answers."""

    id: UUID
    organization: str
    recipient: str
    by: str
    asked_at: datetime
    is_reminder: bool
    state: str
    told: str | None
    valid_until: datetime
    listings: tuple[tuple[UUID, str, str | None], ...]
    outcome: str | None

    @property
    def stands(self) -> str:
        """Where it stands: waiting, failed, answered, partly, asked or silent."""
        answers = [answer for _id, _name, answer in self.listings]
        if all(answers):
            return "answered"
        if self.state in (BOUNCED, REFUSED):
            return "failed"
        if self.state == WAITING:
            return "waiting"
        if any(answers):
            return "partly"
        return "silent" if self.outcome else "asked"


def sent_letters(
    connection: Connection, zones: Collection[str] | None, *, campaign: UUID | None = None, most: int = MOST
) -> list[Sent]:
    """Those about a listing that lies in one of the zones (None: in any), of one campaign or of all."""
    table = confirmation.c
    wanted = (
        sa.select(confirmation, letter.c.state, letter.c.told, organization.c.name)
        .join(letter, letter.c.id == table.letter_id)
        .outerjoin(organization, organization.c.id == table.organization_id)
        .order_by(table.asked_at.desc(), table.id)
        .limit(most)
    )
    if campaign is not None:
        wanted = wanted.where(table.campaign_id == campaign)
    if zones is not None:
        lies = (
            sa.select(item.c.confirmation_id)
            .join(location, location.c.listing_id == item.c.listing_id)
            .join(attribute, attribute.c.link_id == location.c.id)
            .where(item.c.confirmation_id == table.id, attribute.c.link_type == "location.zone")
            .where(attribute.c.value.in_(list(zones)))
        )
        wanted = wanted.where(sa.exists(lies))
    rows = connection.execute(wanted).all()
    listings = _listings(connection, [row.id for row in rows])
    return [_sent(row, listings.get(row.id, ())) for row in rows]


def _listings(
    connection: Connection, questions: list[UUID]
) -> dict[UUID, tuple[tuple[UUID, str, str | None], ...]]:
    wanted = (
        sa.select(item.c.confirmation_id, item.c.listing_id, item.c.answer, service.c.name)
        .outerjoin(listing, listing.c.id == item.c.listing_id)
        .outerjoin(service, service.c.listing_id == listing.c.id)
        .where(item.c.confirmation_id.in_(questions))
        .order_by(item.c.confirmation_id, item.c.number)
    )
    found: dict[UUID, tuple[tuple[UUID, str, str | None], ...]] = {}
    for row in connection.execute(wanted):
        one = (row.listing_id, row.name or "", row.answer)
        found[row.confirmation_id] = (*found.get(row.confirmation_id, ()), one)
    return found


def _sent(row: AnyRow, listings: tuple[tuple[UUID, str, str | None], ...]) -> Sent:
    return Sent(
        row.id, row.name or row.recipient, row.recipient, row.by, row.asked_at, row.reminds is not None,
        row.state, row.told, row.valid_until, listings, row.outcome,
    )  # fmt: skip
