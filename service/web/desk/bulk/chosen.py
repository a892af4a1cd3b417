"""Which listings a page of the desk is about: the zone, the filters and the ticks of a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from flask import request
from sqlalchemy.engine import Connection

from service.accounts.permissions import may
from service.desk.bulk.plans import MOST
from service.desk.bulk.selection import Filters, filters_of, ids_of
from service.errors import BadValue, Forbidden
from service.geo.places import gazetteer
from service.geo.zones import Zone
from service.web.choices import zone_groups
from service.web.desk.door import Visit


def asked_filters(visit: Visit, given: Mapping[str, str]) -> Filters:
    """The filters of a request, within what somebody may see. Raises BadParameter, NotFound, Forbidden."""
    person = visit.person
    if person.zones == ():
        return replace(filters_of(given, None), organizations=person.organizations)
    wanted = given.get("zone", "").strip()
    if not wanted and person.zones:
        wanted = person.zones[0]
    if not wanted:
        return filters_of(given, None)
    zone = gazetteer().zones.zone(wanted).id
    if not may(person, "see", zones=[zone]):
        raise Forbidden("This zone is not yours.")
    return filters_of(given, zone)


def own_zones(visit: Visit) -> list[tuple[str, list[Zone]]]:
    """The zones that somebody may see, in the two groups."""
    own = visit.person.zones
    groups = (
        (title, [zone for zone in held if own is None or zone.id in own])
        for title, held in zone_groups(visit.lang)
    )
    return [(title, held) for title, held in groups if held]


def asked_ids(visit: Visit, connection: Connection, given: Mapping[str, str], today: date) -> list[UUID]:
    """The listings that were ticked, or all that match. Raises BadValue where there are none or too many."""
    if given.get("all") == "1":
        ids = ids_of(connection, asked_filters(visit, given), today, MOST + 1)
    else:
        held = request.values.getlist("id")
        try:
            ids = [UUID(each) for each in dict.fromkeys(held)][: MOST + 1]
        except ValueError:
            raise BadValue("selection", None, "is not a listing") from None
    if not 0 < len(ids) <= MOST:
        raise BadValue("selection", len(ids), "is none or too many", f"1 to {MOST}")
    return ids
