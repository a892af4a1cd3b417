"""Facts that follow from what was said by a rule of ours, each with the rule as its provenance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields as dataclass_fields
from functools import cache
from operator import attrgetter
from typing import cast

from service.catalogue.ground import Ground
from service.catalogue.resolve import Resolved
from service.geo.address_book import Closeness
from service.geo.point import Point
from service.model.provenance import Provenance
from service.model.values import Value

POINT = "location.point"
LIES_IN = "location.zone"
SERVES = "service_area.zones"
_NIS, _CODE, _COUNTRY, _COVERAGE = (
    "address.municipality", "address.postal_code", "address.country", "service_area.coverage",
)  # fmt: skip
_NUMBER, _HIDDEN = "address.house_number", "address.hidden"
_STREETS = ("address.street", *(f"address.street@{language}" for language in ("nl", "fr", "de", "en")))
_HOME = (None, "BE")


def derive(resolved: Resolved, ground: Ground) -> Resolved:
    """Add what follows and was not stated; a field stated to be unknown stays unknown.

    Rules: the municipality of a postal code that lies in one only, else the one in whose official outline a
    stated point lies (the indicative outlines decide nothing); the point of the house, else of its street
    (where addresses are loaded), else of the postal code, else of the municipality; the zones of postal code
    and municipality; the zones served, from the area served. Nothing follows from a postal code abroad.
    """
    if resolved.values.get(_COUNTRY) not in _HOME:
        return resolved
    values, provenance = dict(resolved.values), dict(resolved.provenance)
    for rule in (_municipality, _point, _zones, _served):
        for key, value, name in rule(values, ground):
            if key not in provenance:
                values[key] = value
                provenance[key] = _by_rule(name)
    return Resolved(values, provenance, *_rest(resolved))


_rest = attrgetter(*(each.name for each in dataclass_fields(Resolved)[2:]))  # replace() takes twice the time
_Derived = Iterator[tuple[str, Value, str]]


@cache
def _by_rule(name: str) -> Provenance:
    return Provenance("derived", name, how=name)


def _text(values: Mapping[str, Value], key: str) -> str | None:
    value = values.get(key)
    return value if isinstance(value, str) else None


def _municipality(values: Mapping[str, Value], ground: Ground) -> _Derived:
    code = _text(values, _CODE)
    nis = ground.municipality_of(code) if code else None
    if nis:
        yield _NIS, nis, "postal_code"
    elif not code and (stated := values.get(POINT)):
        lat, lon = cast(list[float], stated)
        if nis := ground.municipality_at(Point(lat, lon)):
            yield _NIS, nis, "outline"


def _point(values: Mapping[str, Value], ground: Ground) -> _Derived:
    nis, code = _text(values, _NIS), _text(values, _CODE)
    if POINT not in values and (address := _address(values, ground, code, nis)):
        yield POINT, [address[0].lat, address[0].lon], address[1]
        return
    if nis is None:
        return
    if code and (point := ground.postal_code_point(code, nis)):
        yield POINT, [point.lat, point.lon], "postal_code"
    elif point := ground.municipality_point(nis):
        yield POINT, [point.lat, point.lon], "municipality"


def _address(
    values: Mapping[str, Value], ground: Ground, code: str | None, nis: str | None
) -> tuple[Point, Closeness] | None:
    """Where its address lies; a hidden one is looked up nowhere."""
    if not (code or nis) or values.get(_HIDDEN) is True:
        return None
    number = _text(values, _NUMBER)
    for key in _STREETS:
        street = _text(values, key)
        if street and (found := ground.address_point(street, number, code, nis)):
            return found
    return None


def _zones(values: Mapping[str, Value], ground: Ground) -> _Derived:
    nis, code = _text(values, _NIS), _text(values, _CODE)
    zones = ground.zones_of(nis, code) if nis else ()
    if zones:
        yield LIES_IN, list(zones), "postal_code" if code else "municipality"


def _served(values: Mapping[str, Value], ground: Ground) -> _Derived:
    coverage, lies_in = _text(values, _COVERAGE), values.get(LIES_IN)
    if coverage in ("brussels", "flanders", "belgium"):
        yield SERVES, list(ground.zones_in(coverage)), f"coverage_{coverage}"
    elif coverage in ("municipality", "zone") and isinstance(lies_in, list) and lies_in:
        yield SERVES, [str(zone) for zone in lies_in], f"coverage_{coverage}"
