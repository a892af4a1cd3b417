"""Choosing listings: of a zone, by need, place, state, age, what is missing and words of their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.overview import ASKED
from service.database.bulk import AnyRow, chunks
from service.database.claims import DRAFT, ENDED, PAUSED, PUBLISHED, WITHDRAWN
from service.database.overview import listing_overview, listing_zone
from service.errors import BadParameter
from service.geo.names import fold
from service.model import terms
from service.model.freshness import OVERDUE_DAYS, STATES, State, state_on

PER_PAGE = 50
LISTING_STATES = (PUBLISHED, DRAFT, PAUSED, ENDED, WITHDRAWN)

_row = listing_overview.c
_IN_ZONES = listing_zone.join(listing_overview, listing_zone.c.listing_id == listing_overview.c.listing_id)
_Found = tuple[list["Line"], int]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; an empty text asks nothing. ``zone`` None means all zones."""

    zone: str | None = None
    words: str = ""
    need: str = ""
    municipality: str = ""
    state: str = ""
    freshness: str = ""
    missing: str = ""

    def as_query(self) -> dict[str, str]:
        """What of it is asked, by name."""
        return {name: text for name, text in asdict(self).items() if text}


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
    told = {each.name: given.get(each.name, "").strip() for each in fields(Filters) if each.name != "zone"}
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
    start, order, wanted = _asked(filters, today)
    total = connection.scalar(sa.select(sa.func.count()).select_from(start).where(*wanted)) or 0
    chosen = sa.select(*listing_overview.c).select_from(start).where(*wanted).order_by(*order)
    rows = connection.execute(chosen.limit(PER_PAGE).offset((page - 1) * PER_PAGE))
    return [_line(row, today) for row in rows], total


def count_lines(connection: Connection, filters: Filters, today: date) -> int:
    """How many listings there are."""
    start, _order, wanted = _asked(filters, today)
    return connection.scalar(sa.select(sa.func.count()).select_from(start).where(*wanted)) or 0


def ids_of(connection: Connection, filters: Filters, today: date, limit: int | None = None) -> list[UUID]:
    """The ids of the listings, by name, at most ``limit``."""
    start, order, wanted = _asked(filters, today)
    chosen = sa.select(_row.listing_id).select_from(start).where(*wanted).order_by(*order)
    return list(connection.scalars(chosen.limit(limit) if limit is not None else chosen))


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


def municipalities_of(connection: Connection, zone: str | None) -> list[str]:
    """The municipalities in which listings of a zone lie."""
    wanted = sa.select(_row.municipality).where(_row.municipality.is_not(None)).distinct()
    if zone is not None:
        wanted = wanted.select_from(_IN_ZONES).where(listing_zone.c.zone == zone)
    return list(connection.scalars(wanted))


def _asked(
    filters: Filters, today: date
) -> tuple[sa.FromClause, tuple[sa.ColumnElement[str], ...], list[sa.ColumnElement[bool]]]:
    wanted = list(_conditions(filters, today))
    if filters.zone is None:
        return listing_overview, (_row.sort_name, _row.listing_id), wanted
    wanted.append(listing_zone.c.zone == filters.zone)
    order = (listing_zone.c.sort_name, listing_zone.c.listing_id)
    return _IN_ZONES, order, wanted


def _conditions(filters: Filters, today: date) -> Iterator[sa.ColumnElement[bool]]:
    for word in fold(filters.words).split():
        yield _row.words.contains(word, autoescape=True)
    if filters.need:
        end = " " if "." in filters.need else "."
        yield _row.needs.contains(f" {filters.need}{end}", autoescape=True)
    if filters.municipality:
        yield _row.municipality == filters.municipality
    if filters.state:
        yield _row.state == filters.state
    if filters.missing:
        yield _row.missing.contains(f" {filters.missing} ", autoescape=True)
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
