"""Writes what data/places and data/zones take from packages: ``python -m importers.gazetteer``."""

from __future__ import annotations

from pathlib import Path

from importers.gazetteer.cantons import CantonsByMunicipality, read_cantons
from importers.gazetteer.facts import check_facts
from importers.gazetteer.geonames import Finder, read_entries
from importers.gazetteer.other_names import COLUMNS, other_names
from importers.gazetteer.outlines import write_outlines
from importers.gazetteer.points import Points
from importers.gazetteer.standins import read_standins
from importers.gazetteer.tables import write_rows
from service.config import DATA
from service.geo.names import fold
from service.geo.tables import Row, rows_of, split
from service.geo.zones import ZoneBook

_PART_TABLES = ("former_municipalities", "districts", "quarters", "landmarks")
_POINT_TABLES = ("municipalities", "postal_codes", *_PART_TABLES)


def write_gazetteer(data: Path = DATA) -> None:
    """Fill the point columns of data/places, names_geonames.csv and outlines.geojson again.

    The columns that people keep stay as they are. The same facts and packages give the same bytes.
    """
    folder = data / "places"
    tables: dict[str, list[Row]] = {n: rows_of(folder / f"{n}.csv") for n in _POINT_TABLES}
    check_facts(tables)
    cantons = read_cantons({row["nis"] for row in tables["municipalities"]})
    entries = read_entries()
    finder = Finder(entries, CantonsByMunicipality(cantons))
    points = Points(finder, read_standins(entries, cantons))
    parts = tables["former_municipalities"] + tables["districts"]
    points.fill_municipalities(tables["municipalities"], parts)
    points.fill_postal_codes(tables["postal_codes"])
    for name in _PART_TABLES:
        points.fill_parts(tables[name])
    for name, rows in tables.items():
        path = folder / f"{name}.csv"
        write_rows(path, _columns(path), rows)
    known = _folded_names(tables, rows_of(folder / "names.csv"))
    write_rows(folder / "names_geonames.csv", COLUMNS, other_names(tables, finder, known))
    own = [row for row in tables["municipalities"] + parts if row["point_of"] in ("place", "court")]
    outlines = data / "zones" / "outlines.geojson"
    write_outlines(outlines, cantons, own + tables["postal_codes"], ZoneBook(data))


def _folded_names(tables: dict[str, list[Row]], more: list[Row]) -> set[str]:
    columns = ("name_nl", "name_fr", "aliases")
    cells = [row.get(column, "") for rows in tables.values() for row in rows for column in columns]
    return {fold(name) for cell in cells for name in split(cell)} | {fold(row["name"]) for row in more}


def _columns(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[0].split(",")


if __name__ == "__main__":
    write_gazetteer()
