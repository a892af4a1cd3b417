"""The list for a round of phone calls: by organization, what to ask of each of its listings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.permissions import may
from service.accounts.person import Person
from service.catalogue.listings import read_listing
from service.catalogue.overview import ASKED
from service.config import TIMEZONE
from service.database.bulk import chunks
from service.database.claims import source_record
from service.database.overview import listing_overview
from service.database.tasks import CLOSED, task
from service.model.freshness import State, state_on
from service.model.listing import Listing

MOST = 300
"""Listings on one list: more than somebody calls in a month."""

_WORTH_OF_A_FACT = 0.5  # beside tasks, whose worth lies between 1 and 10


@dataclass(frozen=True, slots=True)
class Stop:
    """One listing to ask about: ``ask`` are the fields that nobody stated; ``is_secret``: its address is."""

    listing: Listing
    freshness: State
    ask: tuple[str, ...]
    worth: float
    is_secret: bool


@dataclass(slots=True)
class Call:
    """One organization to call, the listings of most worth first."""

    name: str
    phones: tuple[str, ...] = ()
    stops: list[Stop] = field(default_factory=list)

    @property
    def worth(self) -> float:
        """What this call helps."""
        return sum(stop.worth for stop in self.stops)


def round_of(
    connection: Connection, person: Person, ids: Sequence[UUID], now: datetime, *, hidden_too: bool = False
) -> list[Call]:
    """The calls to make about these listings (at most `MOST`), the one of most worth first.

    A hidden address is on it only with ``hidden_too``. What is not theirs is left out.
    """
    today = now.astimezone(TIMEZONE).date()
    some = list(dict.fromkeys(ids))[:MOST]
    worth, missing = _worth(connection, some), _missing(connection, some)
    calls: dict[UUID, Call] = {}
    for each in some:
        found = read_listing(connection, each, now=now)
        if found is None or not may(person, "bulk", zones={*found.listing.zones, *found.listing.serves}):
            continue
        listing = found.listing
        is_secret = listing.location is not None and listing.location.hidden
        if is_secret and hidden_too:
            whole = read_listing(connection, each, now=now, hidden_too=True)
            listing = whole.listing if whole else listing
        call = calls.setdefault(listing.organization.id, Call(listing.organization.name))
        call.phones = tuple(dict.fromkeys((*call.phones, *listing.phones)))
        ask = missing.get(each, ())
        own = worth.get(each, 0.0) + _WORTH_OF_A_FACT * len(ask)
        freshness = state_on(today, listing.check_on, listing.stale_on)
        call.stops.append(Stop(listing, freshness, ask, own, is_secret))
    for call in calls.values():
        call.stops.sort(key=lambda stop: (-stop.worth, stop.listing.id.hex))
    return sorted(calls.values(), key=lambda call: (-call.worth, call.name))


def _worth(connection: Connection, ids: Collection[UUID]) -> dict[UUID, float]:
    """What the tasks that wait about each listing are worth together."""
    total = sa.func.sum(task.c.worth).label("worth")
    waiting = sa.select(source_record.c.listing_id, total).join_from(
        task, source_record, source_record.c.id == task.c.record_id
    )
    found: dict[UUID, float] = {}
    for some in chunks(ids):
        rows = waiting.where(source_record.c.listing_id.in_(some), task.c.state != CLOSED)
        for row in connection.execute(rows.group_by(source_record.c.listing_id)):
            found[row.listing_id] = row.worth
    return found


def _missing(connection: Connection, ids: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    table = listing_overview.c
    found = {}
    for some in chunks(ids):
        for row in connection.execute(
            sa.select(table.listing_id, table.missing).where(table.listing_id.in_(some))
        ):
            codes = row.missing.split()
            found[row.listing_id] = tuple(path for path in ASKED if path in codes)
    return found
