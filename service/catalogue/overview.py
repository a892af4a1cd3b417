"""The short row of each listing that lists of listings are made of, written with the listing itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy.engine import Connection

from service.database.bulk import insert_rows
from service.database.overview import listing_overview, listing_zone
from service.geo.names import fold
from service.model.listing import Listing, pick_text

ASKED = (
    "schedule.opening_hours", "phone.numbers", "contact.email", "service.description", "service.languages",
    "cost_option.kind", "service.appointment", "service.intake", "location.wheelchair",
)  # fmt: skip
"""Fields that people ask about and a list of what is missing can be made of."""

NOWHERE = ""
"""Under this code stand the listings that lie in no zone."""

_OVERVIEW = (
    "listing_id", "state", "name", "organization", "words", "sort_name", "municipality", "zones", "needs",
    "missing", "check_on", "stale_on",
)  # fmt: skip
_LONGEST_SORT = 80  # characters; who sorts by more than this reads no names


def write_overview(connection: Connection, listings: Iterable[Listing]) -> None:
    """Write the short rows of listings that have none."""
    rows, zones = [], []
    for each in listings:
        name = pick_text(each.service.name, "nl")[0]
        own, whose = _folded(name), _folded(each.organization.name)
        sort_name = own[:_LONGEST_SORT]
        place = each.location
        rows.append((
            each.id, each.state, name, each.organization.name, f"{own} {whose}", sort_name,
            place.municipality if place else None, _codes(each.zones), _codes(each.service.needs),
            _codes(path for path in ASKED if not _is_known(each, path)), each.check_on, each.stale_on,
        ))  # fmt: skip
        zones += [(zone, sort_name, each.id) for zone in each.zones or (NOWHERE,)]
    insert_rows(connection, listing_overview, _OVERVIEW, rows)
    insert_rows(connection, listing_zone, ("zone", "sort_name", "listing_id"), zones)


def _is_known(listing: Listing, path: str) -> bool:
    service, place = listing.service, listing.location
    held: object = {
        "schedule.opening_hours": listing.opening_hours,
        "phone.numbers": listing.phones,
        "contact.email": listing.email,
        "service.description": service.description,
        "service.languages": service.languages,
        "cost_option.kind": service.cost,
        "service.appointment": service.appointment,
        "location.wheelchair": place.wheelchair if place else None,
    }.get(path)
    return bool(held) or listing.facts.get(path) is not None


def _codes(codes: Iterable[str]) -> str:
    held = " ".join(codes)
    return f" {held} " if held else " "


_folded = lru_cache(maxsize=20_000)(fold)  # many listings share the name of what they are or whose
