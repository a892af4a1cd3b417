"""Whose listings have to be looked at, and at which address their providers are asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.config import TIMEZONE
from service.database.claims import PUBLISHED
from service.database.hsds import service
from service.database.overview import listing_overview
from service.database.texts import holds
from service.desk.bulk.selection import rows_in
from service.desk.letters.contacts import REST, asked_since, hindrances, is_read

Freshness = Literal["due", "stale", "undated", "all"]
FRESHNESS: tuple[Freshness, ...] = ("due", "stale", "undated", "all")
"""Which listings of a zone: to be checked, too old to build on, of unknown age, or every one."""

Provider = tuple[str, list[UUID]]
"""An address, and the listings to ask about there, the most urgent first."""

_row = listing_overview.c


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who can be asked now; ``every`` counts the listings of that kind, with or without an address."""

    _by_address: Mapping[str, list[object]]
    every: int

    def __len__(self) -> int:
        """How many providers."""
        return len(self._by_address)

    @property
    def listings(self) -> int:
        """How many listings they are asked about."""
        return sum(map(len, self._by_address.values()))

    def first(self, most: int) -> list[Provider]:
        """The first of them, those longest due."""
        some = islice(self._by_address.items(), most)
        return [(address, [UUID(str(each)) for each in ids]) for address, ids in some]


def choose(
    connection: Connection, now: datetime, zone: str, need: str | None = None, freshness: Freshness = "due"
) -> Chosen:
    """Who can be asked now about listings that lie in a zone, those longest due first.

    Left out are listings that their provider was asked about lately, and addresses that nothing goes to, or
    that had a letter this week.
    """
    start, wanted = _wanted(connection, now.astimezone(TIMEZONE).date(), zone, need, freshness)
    every = connection.scalar(sa.select(sa.func.count()).select_from(start).where(*wanted)) or 0
    asked = {each.hex for each in asked_since(connection, now - REST)}
    # Dates and ids as they are stored, put in order here: there may be twenty thousand, and few are used.
    dued = sa.type_coerce(sa.func.coalesce(_row.check_on, date.max), sa.Text())
    rows = connection.execute(
        sa.select(dued, sa.type_coerce(_row.listing_id, sa.Text()), sa.func.lower(service.c.email))
        .select_from(start.join(service, service.c.listing_id == _row.listing_id))
        .where(*wanted, sa.not_(holds(_row.missing, " contact.email ")), service.c.email.is_not(None))
    )
    by_address: dict[str, list[object]] = {}
    for _day, listing_id, address in sorted(map(tuple, rows)):
        if is_read(address) and not (asked and _hex(listing_id) in asked):
            by_address.setdefault(address, []).append(listing_id)
    for address in hindrances(connection, by_address, now):
        by_address.pop(address, None)
    return Chosen(by_address, every)


def _hex(listing_id: object) -> str:
    return str(listing_id).replace("-", "")


def _wanted(
    connection: Connection, today: date, zone: str, need: str | None, freshness: Freshness
) -> tuple[sa.FromClause, list[sa.ColumnElement[bool]]]:
    of_kind: dict[str, list[sa.ColumnElement[bool]]] = {
        "due": [_row.check_on <= today],
        "stale": [_row.stale_on <= today],
        "undated": [_row.check_on.is_(None)],
        "all": [],
    }
    start, lies = rows_in(connection, zone)
    wanted = [lies, _row.state == PUBLISHED, *of_kind[freshness]]
    if need is not None:
        wanted.append(holds(_row.needs, f" {need}{' ' if '.' in need else '.'}"))
    return start, wanted
