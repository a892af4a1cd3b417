"""From the parameters of a request to the ids that answer it, all combined with AND."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from service.catalogue.ageing import AGEING
from service.catalogue.derive import SERVES
from service.database import hsds, hsds_terms
from service.database.claims import listing as listing_table
from service.geo.places import gazetteer
from service.geo.point import Point
from service.geo.sql import within_radius
from service.hsds.attributes import INTERNAL, list_of_field
from service.hsds.directory import Directory, Ids
from service.hsds.entries import read_entries
from service.hsds.parameters import ORGANIZATIONS, PLACES, Asked
from service.hsds.schedules import weekly_rules
from service.hsds.taxonomies import NEED, SITUATION, B, code_of, list_of
from service.hsds.verdicts import verdicts_of
from service.model import terms
from service.model.fields import fields

Condition = ColumnElement[bool]
MOST_WORDS = 12  # of a search; more say nothing new
JUDGED = (B, SITUATION)
"""Taxonomies whose terms no source states: they are judged, listing by listing."""

_JOINED = hsds.service.join(listing_table, listing_table.c.id == hsds.service.c.listing_id)


def select_ids(
    connection: Connection, directory: Directory, collection: str, asked: Asked, today: date
) -> Ids:
    """The ids of the open listings (or organizations) that pass every filter, ascending."""
    everything = directory.places if collection == PLACES else directory.listings
    conditions = list(_conditions(asked, connection, collection, today))
    judged = _judged(asked)
    if not conditions and not judged:
        return directory.organizations if collection == ORGANIZATIONS else everything
    table = listing_table.c
    wanted = sa.select(table.id, table.organization_id).select_from(_JOINED).where(*conditions)
    rows = [row for row in connection.execute(wanted) if row.id in everything]
    if judged:
        passing = _passing(connection, [row.id for row in rows], judged, today)
        rows = [row for row in rows if row.id in passing]
    return Ids({row.organization_id if collection == ORGANIZATIONS else row.id for row in rows})


def _conditions(asked: Asked, connection: Connection, collection: str, today: date) -> Iterator[Condition]:
    for name, make in _FILTERS.items():
        if name in asked:
            yield make(asked[name])
    if "taxonomy_term_id" in asked:
        yield _term(asked["taxonomy_term_id"], today)
    if "taxonomy_id" in asked:
        yield _taxonomy(asked["taxonomy_id"], today)
    if "search" in asked:
        find = _in_organization if collection == ORGANIZATIONS else _in_service
        yield from (find(word) for word in asked["search"].split()[:MOST_WORDS])
    if {"day", "start_time", "end_time"} & asked.keys():
        yield _open(connection, asked)
    if "postcode" in asked:
        code, centre = asked["postcode"]
        yield _near(centre, asked["proximity"]) if "proximity" in asked else _serving(code)


def _age(column: sa.Column[Any], years: float, at_least: bool) -> Condition:
    return column >= years if at_least else column <= years


def _term(term_id: UUID, today: date) -> Condition:
    found = code_of(str(term_id))
    if found is None:
        return sa.false()
    list_name, code = found
    if list_name in JUDGED:
        return sa.true()
    if list_name == "theme":
        under = [need.code for need in terms.needs().values() if need.parent == code]
        return sa.or_(sa.false(), *(_says(NEED, each, today) for each in under))
    return _says(list_name, code, today)


def _says(list_name: str, code: str, today: date) -> Condition:
    """Some field of this list is known to hold the code."""
    return sa.or_(
        sa.false(),
        *(
            sa.and_(
                _value(path).like(f'%"{code}"%') if fields()[path].many else _value(path) == code,
                _is_known(path, today),
            )
            for path in _fields_of(list_name)
        ),
    )


def _taxonomy(taxonomy_id: UUID, today: date) -> Condition:
    list_name = list_of(str(taxonomy_id))
    if list_name in JUDGED:
        return sa.true()
    paths = _fields_of(NEED if list_name == "theme" else list_name or "")
    return sa.or_(sa.false(), *(sa.and_(_value(path).is_not(None), _is_known(path, today)) for path in paths))


def _fields_of(list_name: str) -> list[str]:
    return [path for path in fields() if list_of_field(path) == list_name and path not in INTERNAL]


def _is_known(path: str, today: date) -> Condition:
    """A fact that ages is known through the day, as in `service.hsds.entries`; any other always is."""
    if path not in AGEING:
        return sa.true()
    expires: ColumnElement[str] = listing_table.c.resolved[("expires", path)].as_string()
    return expires >= (today + timedelta(days=1)).isoformat()  # both are Belgian days, so texts compare


def _value(path: str) -> ColumnElement[str]:
    found: ColumnElement[str] = listing_table.c.resolved[("values", path)].as_string()
    return found


_FILTERS: Mapping[str, Callable[[Any], Condition]] = {
    "organization_id": lambda own: hsds.service.c.organization_id == own,
    "modified_after": lambda moment: hsds.service.c.last_modified >= moment,
    "minimum_age": lambda years: _age(hsds.service.c.minimum_age, years, at_least=True),
    "maximum_age": lambda years: _age(hsds.service.c.maximum_age, years, at_least=False),
}


def _in_service(word: str) -> Condition:
    own = hsds.service.c
    named = sa.select(hsds.organization.c.id).where(_in_organization_row(word))
    return sa.or_(
        *(_holds(column, word) for column in (own.name, own.alternate_name, own.description)),
        *(_holds(sa.cast(column, sa.Text), word) for column in (own.names, own.descriptions)),
        own.organization_id.in_(named),
    )


def _in_organization(word: str) -> Condition:
    named = sa.select(hsds.organization.c.id).where(_in_organization_row(word))
    return hsds.service.c.organization_id.in_(named)


def _in_organization_row(word: str) -> Condition:
    own = hsds.organization.c
    return sa.or_(_holds(own.name, word), _holds(own.alternate_name, word))


def _holds(column: ColumnElement[Any], word: str) -> Condition:
    # SQLite's LIKE knows the capitals of ASCII alone, so the other spellings of a word are asked for too
    spellings = dict.fromkeys((word, word.lower(), word.upper(), word.capitalize()))
    return sa.or_(*(column.icontains(each, autoescape=True) for each in spellings))


def _open(connection: Connection, asked: Asked) -> Condition:
    """Services with a weekly rule that fits the day and the times asked for."""
    hours = hsds_terms.schedule.c.opening_hours
    stated = connection.scalars(sa.select(hours).where(hours.is_not(None)).distinct())
    fitting = [osm for osm in stated if any(_fits(rule, asked) for rule in weekly_rules(osm))]
    open_then = sa.select(hsds_terms.schedule.c.service_id).where(hours.in_(fitting))
    return hsds.service.c.id.in_(open_then)


def _fits(rule: tuple[tuple[str, ...], str, str], asked: Asked) -> bool:
    days, opens_at, closes_at = rule
    return (
        asked.get("day", days[0]) in days
        and opens_at >= asked.get("start_time", "00:00")
        and closes_at <= asked.get("end_time", "24:00")
    )


def _near(centre: Point, metres: float) -> Condition:
    near = sa.select(hsds.location.c.listing_id).where(within_radius(hsds.location, centre, metres))
    return hsds.service.c.listing_id.in_(near)


def _serving(code: str) -> Condition:
    """What lies in a postal code, or serves a zone that the code lies in."""
    own = hsds.address.join(hsds.location, hsds.location.c.id == hsds.address.c.location_id)
    within = sa.select(hsds.location.c.listing_id).select_from(own).where(hsds.address.c.postal_code == code)
    towns = {nis for known, nis in gazetteer().postal_points() if known == code}
    zones = {share.zone_id for nis in towns for share in gazetteer().zones.zones_of(nis, code)}
    serving = (_value(SERVES).like(f'%"{zone}"%') for zone in sorted(zones))
    return sa.or_(hsds.service.c.listing_id.in_(within), *serving)


def _judged(asked: Asked) -> list[tuple[str, str | None]]:
    """The judged terms asked for: list and code, or None for any of the list."""
    found: list[tuple[str, str | None]] = []
    if "taxonomy_term_id" in asked and (term := code_of(str(asked["taxonomy_term_id"]))):
        found.append(term)
    if "taxonomy_id" in asked and (list_name := list_of(str(asked["taxonomy_id"]))):
        found.append((list_name, None))
    return [each for each in found if each[0] in JUDGED]


def _passing(
    connection: Connection, ids: list[UUID], judged: list[tuple[str, str | None]], today: date
) -> set[UUID]:
    passing: set[UUID] = set()
    for entry in read_entries(connection, ids, today):
        held = verdicts_of(entry.listing, today)
        if all(_holds_term(held, list_name, code) for list_name, code in judged):
            passing.add(entry.listing.id)
    return passing


def _holds_term(held: tuple[tuple[str, str], ...], list_name: str, code: str | None) -> bool:
    """Whether the term or, of a B without a verdict, any of its verdicts holds."""
    return any(
        name == list_name and (code is None or has == code or has.startswith(f"{code}."))
        for name, has in held
    )
