"""The care zones and primary-care zones: what they are called and which places they are made of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from service.config import DATA
from service.errors import NotFound
from service.geo.tables import rows_of, split
from service.geo.zone_parts import ZoneMove, ZonePart, moved

KINDS = ("brussels_care_zone", "flemish_primary_care_zone")


@dataclass(frozen=True, slots=True)
class Zone:
    """A care zone of Brussels or a primary-care zone; ``names`` holds every way of naming it."""

    id: str
    kind: str
    name_nl: str
    name_fr: str
    names: tuple[str, ...]
    website: str
    source: str
    as_of: str
    confidence: str
    note: str

    def name(self, language: str) -> str:
        """The name for a reader of this language."""
        return self.name_fr if language == "fr" else self.name_nl


@dataclass(frozen=True, slots=True)
class ZoneShare:
    """That a place lies in a zone, and how sure that is: high, medium or low."""

    zone_id: str
    confidence: str


class ZoneBook:
    """The zones in their stable order and their composition, read once from data/zones and data/places.

    ``moves`` are the places that moved since, in their order.
    """

    def __init__(self, data: Path = DATA, moves: Sequence[ZoneMove] = ()) -> None:
        self._outlines_path = data / "zones" / "outlines.geojson"
        self.zones: tuple[Zone, ...] = tuple(_zone(row) for row in rows_of(data / "zones" / "zones.csv"))
        self._by_id = {zone.id: zone for zone in self.zones}
        self._order = {zone.id: number for number, zone in enumerate(self.zones)}
        self._codes: dict[str, list[str]] = {}
        for row in rows_of(data / "places" / "postal_codes.csv"):
            self._codes.setdefault(row["nis"], []).append(row["postal_code"])
        first = (_part(row) for row in rows_of(data / "zones" / "zone_municipalities.csv"))
        kinds = {zone.id: zone.kind for zone in self.zones}
        self.parts: tuple[ZonePart, ...] = moved(first, moves, kinds, self.postal_codes_of)
        self._parts: dict[str, list[ZonePart]] = {}
        for part in sorted(self.parts, key=lambda p: self._order[p.zone_id]):
            self._parts.setdefault(part.nis, []).append(part)

    def zone(self, zone_id: str) -> Zone:
        """The zone with this id; raises NotFound."""
        try:
            return self._by_id[zone_id]
        except KeyError:
            raise NotFound(f"There is no zone {zone_id!r}.") from None

    def zones_of(self, nis: str, postal_code: str | None = None) -> tuple[ZoneShare, ...]:
        """The zones a place lies in, in the order of the zones, with the confidence of each.

        Without a postal code, or with one that the municipality does not have, a municipality divided over
        zones of a kind lies in none of them for certain and gets none of that kind.
        """
        shares = [
            ZoneShare(part.zone_id, part.confidence)
            for part in self._parts.get(nis, ())
            if not part.postal_codes or postal_code in part.postal_codes
        ]
        return tuple(shares)

    def zones_touching(self, nis: str) -> tuple[ZoneShare, ...]:
        """Every zone that holds at least a part of the municipality."""
        return tuple(ZoneShare(part.zone_id, part.confidence) for part in self._parts.get(nis, ()))

    def parts_of_municipality(self, nis: str) -> tuple[ZonePart, ...]:
        """The rows of the composition that speak of this municipality, in the order of the zones."""
        return tuple(self._parts.get(nis, ()))

    def municipalities_of(self, zone_id: str) -> tuple[str, ...]:
        """NIS codes of the municipalities that lie in the zone, wholly or in part; raises NotFound."""
        self.zone(zone_id)
        return tuple(sorted({part.nis for part in self.parts if part.zone_id == zone_id}))

    def parts_of(self, zone_id: str) -> tuple[ZonePart, ...]:
        """The composition of a zone with its sources; raises NotFound."""
        self.zone(zone_id)
        return tuple(part for part in self.parts if part.zone_id == zone_id)

    def postal_codes_of(self, nis: str) -> tuple[str, ...]:
        """The postal codes of a municipality, ascending."""
        return tuple(self._codes.get(nis, ()))

    @cached_property
    def outlines(self) -> dict[str, Any]:
        """The indicative outlines as a GeoJSON feature collection: for looking at, never for deciding."""
        collection: dict[str, Any] = json.loads(self._outlines_path.read_text(encoding="utf-8"))
        return collection


def _zone(row: dict[str, str]) -> Zone:
    aliases = split(row["aliases"])
    if row["kind"] == "flemish_primary_care_zone":
        short = row["short_name"]
        names = [row["name_nl"], row["name_fr"], f"ELZ {short}", f"zorgraad {short}"]
        names += [f"{word} {alias}" for alias in aliases for word in ("ELZ", "eerstelijnszone")]
        names += split(row["own_names"])
    else:
        names = [row["name_nl"], row["name_fr"], *aliases, f"zone de soins {row['short_name']}"]
    return Zone(
        row["zone_id"], row["kind"], row["name_nl"], row["name_fr"], tuple(dict.fromkeys(names)),
        row["website"], row["source"], row["as_of"], row["confidence"], row["note"],
    )  # fmt: skip


def _part(row: dict[str, str]) -> ZonePart:
    codes = tuple(split(row["postal_codes"]))
    return ZonePart(
        row["zone_id"], row["nis"], codes, row["part"],
        row["source"], row["as_of"], row["confidence"], row["note"],
    )  # fmt: skip
