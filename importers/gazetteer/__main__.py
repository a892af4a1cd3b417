"""Writes what data/places and data/zones take from packages: ``python -m importers.gazetteer``."""

from __future__ import annotations

from pathlib import Path

from importers.gazetteer.cantons import CantonsByMunicipality, read_cantons
from importers.gazetteer.geonames import Finder, read_entries
from importers.gazetteer.other_names import COLUMNS, other_names
from importers.gazetteer.points import Points
from importers.gazetteer.standins import read_standins
from importers.gazetteer.tables import write_rows
from service.geo.names import fold
from service.geo.tables import Row, rows_of, split
from service.config import DATA

_POINT_TABLES = ("municipalities", "former_municipalities", "districts", "postal_codes", "quarters", "landmarks")


def write_gazetteer(data: Path = DATA) -> None:
    """Fill the point columns of data/places again; the columns that people keep stay as they are."""
    tables: dict[str, list[Row]] = {n: rows_of(data / "places" / f"{n}.csv") for n in _POINT_TABLES}
    codes = {row["nis"] for row in tables["municipalities"]}
    cantons = read_cantons(codes)
    entries = read_entries()
    finder = Finder(entries, CantonsByMunicipality(cantons))
    points = Points(finder, read_standins(entries, cantons))
    points.fill_municipalities(
        tables["municipalities"], tables["former_municipalities"] + tables["districts"]
    )
    points.fill_postal_codes(tables["postal_codes"])
    for name in ("former_municipalities", "districts", "quarters", "landmarks"):
        points.fill_parts(tables[name])
    known = {
        fold(name)
        for rows in tables.values()
        for row in rows
        for column in ("name_nl", "name_fr", "aliases")
        for name in split(row.get(column, ""))
    }
    known |= {fold(row["name"]) for row in rows_of(data / "places" / "names.csv")}
    write_rows(data / "places" / "names_geonames.csv", COLUMNS, other_names(tables, finder, known))
    for name, rows in tables.items():
        path = data / "places" / f"{name}.csv"
        write_rows(path, _columns(path), rows)


def _columns(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[0].split(",")


if __name__ == "__main__":
    write_gazetteer()
