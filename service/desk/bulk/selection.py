"""Choosing listings: of a zone, by need, place, state, age, what is missing and words of their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.overview import ASKED
from service.database.bulk import AnyRow, chunks
from service.database.claims import DRAFT, ENDED, PAUSED, PUBLISHED, WITHDRAWN, listing
from service.database.overview import listing_overview, listing_zone
from service.database.texts import holds
from service.errors import BadParameter
from service.geo.names import fold
from service.model import terms
from service.model.freshness import OVERDUE_DAYS, STATES, State, state_on

PER_PAGE = 50
_LARGE = 5_000  # listings of a zone from which reading all rows in order costs less than finding these
LISTING_STATES = (PUBLISHED, DRAFT, PAUSED, ENDED, WITHDRAWN)

_row = listing_overview.c
_swept = _row.sort_name.concat("")  # not the index: rows in its order lie all over the table
_OF_ORGANIZATIONS = listing.join(listing_overview, listing_overview.c.listing_id == listing.c.id)
_IN_ZONES = listing_zone.join(listing_overview, listing_zone.c.listing_id == listing_overview.c.listing_id)
_Found = tuple[list["Line"], int]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; an empty text asks nothing. ``zone`` None means all zones, ``organizations`` those
    whose listings are meant (none: all)."""

    zone: str | None = None
    words: str = ""
    need: str = ""
    municipality: str = ""
    state: str = ""
    freshness: str = ""
    missing: str = ""
    organizations: tuple[UUID, ...] = ()

    def as_query(self) -> dict[str, Any]:
        """What of it is asked, by name; not whose listings they are."""
        return {name: text for name, text in asdict(self).items() if text and name != "organizations"}


@dataclass(frozen=True, slots=True)
class Line:
    """One listing in a list of them."""

    id: UUID
    name: str
    organization: str
    municipality: str | None
    state: str
    freshness: State
    missing: tuple[str, ...]


def filters_of(given: Mapping[str, str], zone: str | None) -> Filters:
    """The filters of a request, in a zone. Raises BadParameter for a code that there is not."""
    names = [each.name for each in fields(Filters) if each.name not in ("zone", "organizations")]
    told: dict[str, Any] = {name: given.get(name, "").strip() for name in names}
    allowed = {
        "need": (*terms.needs(), *terms.themes()),
        "state": LISTING_STATES,
        "freshness": STATES,
        "missing": ASKED,
    }
    for name, codes in allowed.items():
        if told[name] and told[name] not in codes:
            raise BadParameter(name, f"{told[name][:40]} is not known.", "one of " + ", ".join(codes))
    return Filters(zone, **told)


def find_lines(connection: Connection, filters: Filters, today: date, page: int = 1) -> _Found:
    """One page (from 1) of the listings, by name, and how many there are in all."""
    asked = _asked(connection, filters, today)
    chosen = asked.ids().limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    ids: list[UUID] = list(connection.execute(chosen).scalars())
    return lines_of(connection, ids, today), _count(connection, asked)


def count_lines(connection: Connection, filters: Filters, today: date) -> int:
    """How many listings there are."""
    return _count(connection, _asked(connection, filters, today))


def ids_of(connection: Connection, filters: Filters, today: date, limit: int | None = None) -> list[UUID]:
    """The ids of the listings, by name, at most ``limit``."""
    ids = _asked(connection, filters, today).ids()
    return list(connection.execute(ids.limit(limit) if limit is not None else ids).scalars())


def lines_of(connection: Connection, ids: list[UUID], today: date) -> list[Line]:
    """These listings in their order, as far as there are such."""
    found = {}
    for some in chunks(ids):
        rows = connection.execute(sa.select(listing_overview).where(_row.listing_id.in_(some)))
        found.update({row.listing_id: _line(row, today) for row in rows})
    return [found[each] for each in ids if each in found]


def zones_of_listings(connection: Connection, ids: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The zones that these listings lie in, by id; a listing that there is not is left out."""
    found = {}
    for some in chunks(ids):
        rows = connection.execute(sa.select(_row.listing_id, _row.zones).where(_row.listing_id.in_(some)))
        found.update({row.listing_id: tuple(row.zones.split()) for row in rows})
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """From which tables, in which columns a listing is found by name, and what has to hold."""

    start: sa.FromClause
    sort_name: sa.ColumnElement[str]
    listing_id: sa.ColumnElement[UUID]
    wanted: tuple[sa.ColumnElement[bool], ...]

    def ids(self) -> sa.Select[UUID]:
        chosen = sa.select(self.listing_id).select_from(self.start).where(*self.wanted)
        return chosen.order_by(self.sort_name, self.listing_id)


def _asked(connection: Connection, filters: Filters, today: date) -> _Asked:
    """The way that reads the least: a zone alone from its own index, a part of a large one in one sweep."""
    wanted = tuple(_conditions(filters, today))
    if filters.organizations:
        whose = listing.c.organization_id.in_(filters.organizations)
        return _Asked(_OF_ORGANIZATIONS, _swept, _row.listing_id, (whose, *wanted))
    if filters.zone is None:
        return _Asked(listing_overview, _swept if wanted else _row.sort_name, _row.listing_id, wanted)
    if not wanted:
        zone = listing_zone.c.zone == filters.zone
        return _Asked(listing_zone, listing_zone.c.sort_name, listing_zone.c.listing_id, (zone,))
    start, lies = rows_in(connection, filters.zone)
    sort_name = _swept if start is listing_overview else listing_zone.c.sort_name
    return _Asked(start, sort_name, _row.listing_id, (lies, *wanted))


def rows_in(connection: Connection, zone: str) -> tuple[sa.FromClause, sa.ColumnElement[bool]]:
    """Where the short rows of a zone are read with the least, and the condition that they lie in it.

    A small zone has its own index, a large one is quicker in one sweep over all.
    """
    within = listing_zone.c.zone == zone
    size = connection.scalar(sa.select(sa.func.count()).select_from(listing_zone).where(within)) or 0
    if zone and size > _LARGE:
        return listing_overview, holds(_row.zones, f" {zone} ")
    return _IN_ZONES, within


def _count(connection: Connection, asked: _Asked) -> int:
    counted = sa.select(sa.func.count()).select_from(asked.start).where(*asked.wanted)
    return connection.scalar(counted) or 0


def _conditions(filters: Filters, today: date) -> Iterator[sa.ColumnElement[bool]]:
    for word in fold(filters.words).split():
        yield holds(_row.words, word)
    if filters.need:
        end = " " if "." in filters.need else "."
        yield holds(_row.needs, f" {filters.need}{end}")
    if filters.municipality:
        yield _row.municipality == filters.municipality
    if filters.state:
        yield _row.state == filters.state
    if filters.missing:
        yield holds(_row.missing, f" {filters.missing} ")
    if filters.freshness:
        yield _is(filters.freshness, today)


def _is(freshness: str, today: date) -> sa.ColumnElement[bool]:
    """The same as `service.model.freshness.state_on`, for the database."""
    overdue = today - timedelta(days=OVERDUE_DAYS)
    stale = sa.and_(_row.check_on.is_not(None), _row.stale_on.is_not(None), _row.stale_on <= today)
    not_stale = sa.or_(_row.stale_on.is_(None), _row.stale_on > today)
    return {
        "undated": _row.check_on.is_(None),
        "stale": stale,
        "fresh": sa.and_(_row.check_on > today, not_stale),
        "overdue": sa.and_(_row.check_on <= overdue, not_stale),
        "due": sa.and_(_row.check_on <= today, _row.check_on > overdue, not_stale),
    }[freshness]


def _line(row: AnyRow, today: date) -> Line:
    return Line(
        row.listing_id, row.name, row.organization, row.municipality, row.state,
        state_on(today, row.check_on, row.stale_on), tuple(row.missing.split()),
    )  # fmt: skip
