"""Reading the tables of data/places into places and the names people call them by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from service.geo.names import fold
from service.geo.place import Place, PlaceKind
from service.geo.point import Point
from service.geo.tables import Row, rows_of, split
from service.geo.zones import ZoneBook


@dataclass(frozen=True, slots=True)
class NameUse:
    """One name of one place: ``use`` is name, short, exonym, demonym or pattern."""

    place: Place
    use: str


@dataclass(frozen=True)
class PlaceTables:
    """All places by id, and for each folded name what it can mean."""

    places: dict[str, Place]
    names: dict[str, list[NameUse]]


def read_places(data: Path, zones: ZoneBook) -> PlaceTables:
    """Read every table of data/places and the zones; a place's id is its kind and its code."""
    tables = PlaceTables({}, {})
    folder = data / "places"
    municipalities = _by_nis(rows_of(folder / "municipalities.csv"))
    for nis, row in municipalities.items():
        _add(tables, _place("municipality", f"municipality-{nis}", row, row, zones), row)
    for kind, file, code in _PARTS:
        for row in rows_of(folder / file):
            of = municipalities[row["nis"]]
            actual = _LANDMARKS.get(row["kind"], "landmark") if "kind" in row else kind
            _add(tables, _place(actual, f"{actual}-{row[code]}", row, of, zones), row)
    for row in rows_of(folder / "postal_codes.csv"):
        _add_postal_code(tables, row, municipalities[row["nis"]], zones)
    _add_areas(tables, rows_of(folder / "regions.csv"), zones)
    for row in rows_of(folder / "names.csv") + rows_of(folder / "names_geonames.csv"):
        add_name(tables, row["name"], tables.places[row["place"]], row["use"])
    return tables


_PARTS: tuple[tuple[PlaceKind, str, str], ...] = (
    ("former_municipality", "former_municipalities.csv", "old_nis"),
    ("district", "districts.csv", "id"),
    ("quarter", "quarters.csv", "id"),
    ("landmark", "landmarks.csv", "id"),
)
_LANDMARKS: dict[str, PlaceKind] = {"station": "station", "metro": "station"}


def add_name(tables: PlaceTables, name: str, place: Place, use: str) -> None:
    """Let the folded name mean this place, once."""
    uses = tables.names.setdefault(fold(name), [])
    if all(known.place.id != place.id for known in uses):
        uses.append(NameUse(place, use))


def _by_nis(rows: list[Row]) -> dict[str, Row]:
    return {row["nis"]: row for row in rows}


def _place(kind: PlaceKind, id: str, row: Row, of: Row, zones: ZoneBook) -> Place:
    nis = of["nis"]
    codes = zones.postal_codes_of(nis)
    postal = row.get("postal_code") or (codes[0] if len(codes) == 1 else None)
    return Place(
        id=id,
        kind=kind,
        name_nl=row["name_nl"],
        name_fr=row["name_fr"] or row["name_nl"],
        nis=nis,
        postal_code=postal,
        point=Point(float(row["lat"]), float(row["lon"])),
        point_of=row["point_of"],
        region=of["region"],
        province=of["province"] or None,
        population=int(row.get("population") or 0) or None,
        people_around=int(of["population"] or 0) or None,
        zones=tuple(share.zone_id for share in zones.zones_of(nis, postal)),
        source=row["source"],
        confidence=row["confidence"],
    )


def _names(row: Row) -> Iterator[str]:
    yield from (row["name_nl"], row["name_fr"] or row["name_nl"])
    yield from split(row.get("aliases", ""))


def _add(tables: PlaceTables, place: Place, row: Row) -> None:
    tables.places[place.id] = place
    for name in _names(row):
        add_name(tables, name, place, "name")


def _add_postal_code(tables: PlaceTables, row: Row, of: Row, zones: ZoneBook) -> None:
    code = row["postal_code"]
    names = {"name_nl": f"{code} {of['name_nl']}", "name_fr": f"{code} {of['name_fr'] or of['name_nl']}"}
    # A code shared by two municipalities means the one that has no other code.
    share = 1 if len(zones.postal_codes_of(row["nis"])) == 1 else 100
    people = {"population": str(int(of["population"] or 0) // share)}
    place = _place("postal_code", f"postal_code-{code}-{row['nis']}", row | names | people, of, zones)
    tables.places[place.id] = place
    add_name(tables, code, place, "name")


def _add_areas(tables: PlaceTables, regions: list[Row], zones: ZoneBook) -> None:
    places = list(tables.places.values())
    towns = [place for place in places if place.kind == "municipality"]
    for row in regions:
        of_province = row["kind"] == "province"
        inside = [
            t for t in towns if (t.province == row["province"] if of_province else t.region == row["region"])
        ]
        _add(tables, _area("province" if of_province else "region", row, inside), row)
    for zone in zones.zones:
        nis_codes = zones.municipalities_of(zone.id)
        inside = [place for place in towns if place.nis in nis_codes]
        row = {"id": zone.id, "name_nl": zone.name_nl, "name_fr": zone.name_fr, "province": "", "aliases": ""}
        row |= {"source": zone.source, "confidence": zone.confidence, "region": inside[0].region}
        place = _area("zone", row, inside)
        tables.places[place.id] = place
        for name in zone.names:
            add_name(tables, name, place, "name")


def _area(kind: PlaceKind, row: Row, inside: list[Place]) -> Place:
    middle = Point(round(fmean(p.point.lat for p in inside), 5), round(fmean(p.point.lon for p in inside), 5))
    return Place(
        id=row["id"],
        kind=kind,
        name_nl=row["name_nl"],
        name_fr=row["name_fr"],
        nis=None,
        postal_code=None,
        point=middle,
        point_of="parts",
        region=row["region"],
        province=row["province"] or None,
        population=sum(p.population or 0 for p in inside) or None,
        people_around=None,
        zones=(row["id"],) if kind == "zone" else (),
        source=row["source"],
        confidence=row["confidence"],
    )
