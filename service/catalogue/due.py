"""How many listings are fresh, due, overdue, stale or of unknown age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.database.claims import PUBLISHED, WITHDRAWN, listing
from service.database.hsds import location
from service.database.hsds_terms import attribute
from service.model.freshness import OVERDUE_DAYS, STATES, State


@dataclass(frozen=True, slots=True)
class Ages:
    """Published listings by state of freshness, how many are withdrawn, and how many fall due soon.

    ``soon`` counts those that are fresh and have to be checked within the coming month.
    """

    states: dict[State, int]
    withdrawn: int
    soon: int

    @property
    def published(self) -> int:
        """All that are published."""
        return sum(self.states.values())


def ages_of(connection: Connection, today: date, zone: str | None = None) -> Ages:
    """Count the listings, all or those that lie in a zone."""
    table = listing.c
    where = [table.id.in_(_in_zone(zone))] if zone else []
    state = _state(today).label("state")
    counted = sa.select(state, sa.func.count().label("listings")).where(table.state == PUBLISHED, *where)
    found = {row.state: row.listings for row in connection.execute(counted.group_by(state))}
    total = sa.select(sa.func.count()).select_from(listing)
    withdrawn = connection.scalar(total.where(table.state == WITHDRAWN, *where)) or 0
    month = sa.and_(table.check_on > today, table.check_on <= today + timedelta(days=31))
    soon = connection.scalar(total.where(table.state == PUBLISHED, month, *where)) or 0
    return Ages({each: found.get(each, 0) for each in STATES}, withdrawn, soon)


def _state(today: date) -> sa.Case[str]:
    """As `service.model.freshness.state_on` says it."""
    table = listing.c
    return sa.case(
        (table.check_on.is_(None), "undated"),
        (table.stale_on <= today, "stale"),
        (table.check_on > today, "fresh"),
        (table.check_on <= today - timedelta(days=OVERDUE_DAYS), "overdue"),
        else_="due",
    )


def _in_zone(zone: str) -> sa.Select[tuple[object]]:
    lies = sa.and_(attribute.c.link_type == "location.zone", attribute.c.value == zone)
    return sa.select(location.c.listing_id).join(attribute, attribute.c.link_id == location.c.id).where(lies)
