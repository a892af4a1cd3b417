"""Whose listings have to be looked at, and at which address their providers are asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.config import TIMEZONE
from service.database.claims import PUBLISHED, listing
from service.database.hsds import location, service
from service.database.hsds_terms import attribute
from service.desk.letters.contacts import REST, asked_since, hindrances, is_read

Freshness = Literal["due", "stale", "undated", "all"]
FRESHNESS: tuple[Freshness, ...] = ("due", "stale", "undated", "all")
"""Which listings of a zone: to be checked, too old to build on, of unknown age, or every one."""

Provider = tuple[str, list[UUID]]
"""An address, and the listings to ask about there, the most urgent first."""


def providers(
    connection: Connection, now: datetime, zone: str, need: str | None = None, freshness: Freshness = "due"
) -> list[Provider]:
    """Who can be asked now about listings that lie in a zone, those longest due first.

    Left out are listings that their provider was asked about lately, and addresses that nothing goes to, or
    that had a letter this week.
    """
    return choose(connection, now, zone, need, freshness)[0]


def choose(
    connection: Connection, now: datetime, zone: str, need: str | None, freshness: Freshness
) -> tuple[list[Provider], int]:
    """The same, and how many listings of that kind there are in all, with or without an address."""
    wanted = _wanted(now.astimezone(TIMEZONE).date(), zone, need, freshness)
    rows = connection.execute(wanted.add_columns(service.c.email)).all()
    asked = asked_since(connection, now - REST)
    by_address: dict[str, list[UUID]] = {}
    for row in rows:
        if row.email and row.id not in asked and is_read(row.email):
            by_address.setdefault(row.email.lower(), []).append(row.id)
    held = hindrances(connection, by_address, now)
    left = [(address, listings) for address, listings in by_address.items() if address not in held]
    return left, len(rows)


def listings_of(providers: Sequence[Provider]) -> int:
    """How many listings these providers are asked about."""
    return sum(len(listings) for _address, listings in providers)


def _wanted(today: date, zone: str, need: str | None, freshness: Freshness) -> sa.Select[*tuple[UUID]]:
    table = listing.c
    lies = sa.select(location.c.listing_id).join(attribute, attribute.c.link_id == location.c.id)
    lies = lies.where(attribute.c.link_type == "location.zone", attribute.c.value == zone)
    of_kind: dict[str, list[sa.ColumnElement[Any]]] = {
        "due": [table.check_on <= today],
        "stale": [table.stale_on <= today],
        "undated": [table.check_on.is_(None)],
        "all": [],
    }
    found = sa.select(table.id).join(service, service.c.listing_id == table.id)
    found = found.where(table.state == PUBLISHED, table.id.in_(lies), *of_kind[freshness])
    if need is not None:
        helps = sa.select(attribute.c.id).where(attribute.c.link_id == service.c.id)
        about = sa.or_(attribute.c.value == need, attribute.c.value.startswith(f"{need}.", autoescape=True))
        found = found.where(sa.exists(helps.where(attribute.c.link_type == "service.needs", about)))
    return found.order_by(table.check_on, table.id)
