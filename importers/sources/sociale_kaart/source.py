"""Fiches of the Sociale Kaart, in the shape that its site gives them, from files supplied with permission."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from importers.entry import Cell, without_repeats
from importers.readers.hsds.names import label_of
from importers.readers.hsds.words import coded
from importers.readers.taken import NoLonger, Taken, plain
from service.geo.tables import rows_of

_RUBRIC = re.compile(r"(\d\d(?:\.\d\d){0,3})\.?\s+(.+)")
_VISIT = "bezoekadres"
_ACTIVE = frozenset({"", "active", "published", "actief"})


def listings(record: Taken) -> Iterator[tuple[str, Mapping[str, Cell]]]:
    """One listing for each fiche. Raises NoLonger for a fiche that is no longer in use."""
    key = record.text("id.id") or record.text("id")
    state = record.text("state")
    if state.casefold() not in _ACTIVE:
        raise NoLonger("state", state, "says that the fiche is not in use")
    name = record.text("legalName.description") or record.text("name.description") or record.text("name")
    activities = record.texts("activities[].name.description")
    names = [found[2] if (found := _RUBRIC.fullmatch(each)) else each for each in activities]
    own = [record.text(path) for path in ("description", "working.description", "targetGroup.description")]
    terms = f"{label_of('terms', 'nl')}: {'; '.join(names)}" if names else ""
    cells: dict[str, Cell] = {
        "organization.name": name,
        "organization.enterprise_number": _enterprise_number(record),
        "service.name@nl": name,
        "service.description@nl": "\n\n".join(filter(None, (*own, terms))),
        "service.needs": without_repeats((*_needs(activities), *coded("service.needs", names))),
        "phone.numbers": record.texts("contactInfo.phones[].value"),
        "contact.email": record.text("contactInfo.emails[].value"),
        "contact.website": record.text("contactInfo.websites[].value"),
    }
    record.ignore_all("id", "type", "verified", "contactInfo", "activities", "links", "_links")
    yield key, cells | _address(record)


def _enterprise_number(record: Taken) -> str:
    data = record.objects("administrativeData")
    return next((plain(each.get("value")) for each in data if each.get("type") == "CBE_ID"), "")


def _needs(activities: tuple[str, ...]) -> Iterator[str]:
    """By the longest rubric number of the table that an activity's number begins with."""
    for activity in activities:
        found = _RUBRIC.fullmatch(activity)
        number = found[1] if found else ""
        while number:
            if number in _rubrics():
                yield _rubrics()[number]
                break
            number = number.rpartition(".")[0]


@cache
def _rubrics() -> Mapping[str, str]:
    return {row["rubric"]: row["needs"] for row in rows_of(Path(__file__).parent / "rubrics.csv")}


def _address(record: Taken) -> dict[str, Cell]:
    """Where it can be visited, the first address otherwise."""
    addresses = record.objects("addresses")
    visit = [each for each in addresses if plain(each.get("type")).casefold() == _VISIT]
    if not addresses:
        return {}
    one = Taken((visit or addresses)[0])
    return {
        "address.street": one.text("street.name.description"),
        "address.house_number": one.text("number"),
        "address.box": one.text("box"),
        "address.postal_code": one.text("municipality.postalCode"),
        "address.city": one.text("municipality.name.description"),
        "address.country": "BE",
        "location.point": one.text("location") or one.point("location.lat", "location.lon"),
    }
