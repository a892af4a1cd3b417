"""Which listings of the database may answer a question: as much of it as SQL says quickly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from service.catalogue.terms import term_id
from service.database.bulk import AnyRow
from service.database.claims import PUBLISHED
from service.database.claims import listing as listing_table
from service.database.hsds import address, location, organization, service
from service.database.hsds_terms import attribute, service_area
from service.geo.places import gazetteer
from service.geo.point import Point
from service.geo.sql import nearest_order, within_radius
from service.model import terms
from service.model.clauses import AllOf, Clause, Has, OneOf, Within
from service.search.engine.base import EngineQuery, Word

MOST_PLACED = 600
MOST_PLACELESS = 200
"""Listings read for one question, with a place and without: half a second of making them, then kept."""

Condition = ColumnElement[bool]

LADDER_M = (2_000, 8_000, 32_000)
"""Where no index walks from the nearest outwards (SQLite), the first circle with enough is looked at."""


def wanted(query: EngineQuery) -> list[Condition]:
    """What must hold in SQL; it may let through more than the question does, never less.

    Words are held against names alone, and only where no need was understood.
    """
    found = [listing_table.c.state == PUBLISHED]
    if query.needs:
        found.append(_with_needs(code for code, confidence in query.needs.items() if confidence > 0))
    elif query.words:
        found += [_named(word) for word in query.words]
    found += [condition for clause in query.where if (condition := _said(clause)) is not None]
    return found


def is_said_whole(clause: Clause) -> bool:
    """Whether SQL says all of a clause, so that nothing of it is left to look at."""
    if isinstance(clause, AllOf | OneOf):
        return all(map(is_said_whole, clause.parts))
    return isinstance(clause, Within) or (isinstance(clause, Has) and clause.column in _WHOLE)


def how_many(connection: Connection, query: EngineQuery) -> int:
    """The number of listings that meet what SQL says of the question."""
    counted = sa.select(sa.func.count()).select_from(_tables(query)).where(*wanted(query))
    return connection.scalar(counted) or 0


def chosen(connection: Connection, query: EngineQuery) -> Iterator[AnyRow]:
    """Id and checksum of at most so many as are looked at: the nearest, and the newest without a place."""
    columns, conditions = sa.select(listing_table.c.id, listing_table.c.checksum), wanted(query)
    newest = (service.c.assured_date.desc().nulls_last(), listing_table.c.id)
    if query.point is None:
        found = columns.select_from(_tables(query)).where(*conditions).order_by(*newest)
        yield from connection.execute(found.limit(MOST_PLACED + MOST_PLACELESS))
        return
    yield from _nearest(connection, query, columns, conditions)
    if any(isinstance(clause, Within) for clause in query.where):
        return  # what has no place lies within nothing
    placeless = columns.select_from(_tables(query, is_placed=False)).where(*conditions)
    placeless = placeless.where(location.c.latitude.is_(None)).order_by(*newest)
    yield from connection.execute(placeless.limit(MOST_PLACELESS))


def _nearest(
    connection: Connection, query: EngineQuery, columns: sa.Select[Any], conditions: list[Condition]
) -> list[AnyRow]:
    centre = Point(*query.point) if query.point else None
    assert centre is not None
    placed = columns.select_from(_tables(query, is_placed=True)).where(*conditions)
    placed = placed.where(location.c.latitude.is_not(None))
    nearest = placed.order_by(nearest_order(location, centre)).limit(MOST_PLACED)
    is_few = bool(query.needs) or any(map(_looks_at_place, query.where))
    if connection.dialect.name == "sqlite" and not is_few:
        for radius_m in LADDER_M:
            rows = connection.execute(nearest.where(within_radius(location, centre, radius_m))).all()
            if len(rows) == MOST_PLACED:
                return list(rows)
    return list(connection.execute(nearest).all())


def _tables(query: EngineQuery, *, is_placed: bool | None = None) -> sa.Join:
    """The tables that the question looks at; ``is_placed`` says whether there is a place (None: either)."""
    joined = listing_table.join(service, service.c.listing_id == listing_table.c.id)
    if query.words and not query.needs:
        joined = joined.join(organization, organization.c.id == service.c.organization_id)
    if is_placed is not None or any(map(_looks_at_place, query.where)):
        here = location.c.listing_id == listing_table.c.id
        joined = joined.join(location, here) if is_placed else joined.outerjoin(location, here)
        joined = joined.outerjoin(address, address.c.location_id == location.c.id)
    return joined


def _looks_at_place(clause: Clause) -> bool:
    if isinstance(clause, AllOf | OneOf):
        return any(map(_looks_at_place, clause.parts))
    return isinstance(clause, Within) or (isinstance(clause, Has) and clause.column in _OF_PLACES)


def with_needs_of_themes(clause: Clause) -> Clause:
    """The clause with themes as the needs under them, which is what a listing holds of its own."""
    if isinstance(clause, Has) and clause.column == "theme":
        return Has("needs", frozenset(_needs_under(clause.values)))
    if isinstance(clause, AllOf | OneOf):
        return type(clause)(tuple(map(with_needs_of_themes, clause.parts)))
    return clause


def _said(clause: Clause) -> Condition | None:
    """The clause in SQL; None for one that SQL does not say, which then lets everything through."""
    if isinstance(clause, AllOf):
        return sa.and_(sa.true(), *(part for each in clause.parts if (part := _said(each)) is not None))
    if isinstance(clause, OneOf):
        parts = [part for each in clause.parts if (part := _said(each)) is not None]
        return reduce(or_, parts, sa.false()) if len(parts) == len(clause.parts) else None
    if isinstance(clause, Within):
        return within_radius(location, Point(clause.lat, clause.lon), clause.radius_m)
    if not isinstance(clause, Has):
        return None
    if clause.column in ("needs", "theme"):
        return _with_needs(clause.values if clause.column == "needs" else _needs_under(clause.values))
    if clause.column == "municipality":
        return address.c.municipality.in_(sorted(clause.values))
    if clause.column in ("zone", "serves"):
        towns = {town for zone in clause.values for town in gazetteer().zones.municipalities_of(zone)}
        lies_there = address.c.municipality.in_(sorted(towns))
        return lies_there if clause.column == "zone" else sa.or_(lies_there, _serves(clause.values))
    return None


def _serves(zones: Collection[str]) -> Condition:
    """Whether it says that it serves one of the zones, or an area that may hold one."""
    said = sa.select(service_area.c.id).where(service_area.c.service_id == service.c.id)
    is_wide = service_area.c.extent_type.not_in(("zone", "municipality"))
    return said.where(sa.or_(is_wide, service_area.c.extent.in_(sorted(zones)))).exists()


_WHOLE = ("needs", "theme", "municipality")
_OF_PLACES = ("municipality", "zone", "serves")


def _needs_under(themes: Collection[str]) -> Iterator[str]:
    return (code for code, need in terms.needs().items() if need.parent in themes)


def _with_needs(codes: Iterable[str]) -> Condition:
    ids = [UUID(number) for code in sorted(codes) if (number := term_id("need", code)) is not None]
    links = sa.select(attribute.c.link_id).where(attribute.c.taxonomy_term_id.in_(ids))
    return service.c.id.in_(links)


def _named(word: Word) -> Condition:
    """Whether the service or the organization has the word, or what may stand for it, in its name."""
    texts = dict.fromkeys([word.text, *(each.term for each in word.alternatives)])
    named = [
        sa.func.lower(column).contains(text.lower(), autoescape=True)
        for text in texts
        for column in (service.c.name, organization.c.name)
    ]
    return sa.or_(*named)
