"""The addresses of Belgium as a table in a file: where a street and number lie, in either language."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from service.errors import StorageError
from service.geo.names import fold
from service.geo.point import Point
from service.geo.replaced_file import opened, replaced

FILE = "addresses.db"
"""In the data folder."""
_UNIT = 1_000_000  # points are kept in millionths of a degree, a tenth of a metre
_BATCH = 20_000
_TABLES = """
    CREATE TABLE street (id INTEGER PRIMARY KEY, lat INTEGER, lon INTEGER);
    CREATE TABLE name (name TEXT, postal_code TEXT, nis TEXT, street INTEGER,
        PRIMARY KEY (name, postal_code, nis, street)) WITHOUT ROWID;
    CREATE TABLE house (street INTEGER, number TEXT, lat INTEGER, lon INTEGER,
        PRIMARY KEY (street, number)) WITHOUT ROWID;
"""
_MIDDLES = """
    UPDATE street SET (lat, lon) = (
        SELECT house.lat, house.lon FROM house,
            (SELECT avg(lat) AS lat, avg(lon) AS lon FROM house WHERE street = street.id) AS middle
        WHERE house.street = street.id
        ORDER BY abs(house.lat - middle.lat) + 0.63 * abs(house.lon - middle.lon), number LIMIT 1)
"""  # 0.63: at Belgium's latitude a degree of longitude is so much of one of latitude
_BRACKETS = re.compile(r"\([^)]*\)")
_SEPARATOR = re.compile(r"\s*/\s*|\s+-\s+")
_FIRST_NUMBER = re.compile(r"\d+")

Closeness = Literal["exact", "street"]


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the register: the names of its street in every language, its number, where it is."""

    streets: tuple[str, ...]
    number: str
    postal_code: str
    nis: str
    lat: float
    lon: float


def build_address_book(path: Path, addresses: Iterable[Address]) -> int:
    """Write the table anew from these addresses; gives how many it keeps (boxes of a house are one).

    The table before stays in use until this one is whole. Raises StorageError when the disk cannot take it.
    """
    with replaced(path) as part, closing(sqlite3.connect(part)) as table:
        table.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
        streets: dict[tuple[tuple[str, ...], str, str], int] = {}
        names: list[tuple[str, str, str, int]] = []
        houses: list[tuple[int, str, int, int]] = []
        for each in addresses:
            known = (each.streets, each.postal_code, each.nis)
            street = streets.get(known)
            if street is None:
                street = streets[known] = len(streets) + 1
                names += [(name, each.postal_code, each.nis, street) for name in _names(each.streets)]
            houses.append((street, _number(each.number), round(each.lat * _UNIT), round(each.lon * _UNIT)))
            if len(houses) >= _BATCH:
                _store(table, names, houses)
        _store(table, names, houses)
        table.execute("INSERT INTO street SELECT DISTINCT street, NULL, NULL FROM house")
        table.execute(_MIDDLES)
        table.commit()
        kept: int = table.execute("SELECT count(*) FROM house").fetchone()[0]
    return kept


class AddressBook:
    """The table, opened for reading."""

    def __init__(self, path: Path) -> None:
        self._table = opened(path)

    def find(
        self, street: str, number: str | None, postal_code: str | None, nis: str | None
    ) -> tuple[Point, Closeness] | None:
        """Where an address is: the house itself, or its street where the number is not said or not there.

        ``street`` may give both names, "A / B". None where there is no such street in that postal code or
        municipality, or where the municipality has several so called and no postal code tells them apart.
        """
        found = self._streets(street, postal_code, nis)
        if len(found) != 1:
            return None
        wanted = _number(number or "")
        house = self._house(found[0], wanted)
        if house:
            return house, "exact"
        # A part of the number is a guess about the house, and none about the street.
        first = _FIRST_NUMBER.match(wanted)
        near = self._house(found[0], first.group()) if first else None
        return near or self._middle(found[0]), "street"

    def _streets(self, street: str, postal_code: str | None, nis: str | None) -> list[int]:
        column, value = ("postal_code", postal_code) if postal_code else ("nis", nis)
        sql = f"SELECT street, nis FROM name WHERE name = ? AND {column} = ?"  # noqa: S608 (one of two)
        by_name = []
        for name in _names((street,)):
            rows = self._table.execute(sql, (name, value)).fetchall()
            # A register from before a merger has other municipalities: they only choose between streets.
            inside = {row[0] for row in rows if row[1] == nis}
            by_name.append(inside or {row[0] for row in rows})
        known = [each for each in by_name if each]
        return sorted(set.intersection(*known)) if known else []

    def _house(self, street: int, number: str) -> Point | None:
        sql = "SELECT lat, lon FROM house WHERE street = ? AND number = ?"
        row = self._table.execute(sql, (street, number)).fetchone() if number else None
        return _point(row) if row else None

    def _middle(self, street: int) -> Point:
        row = self._table.execute("SELECT lat, lon FROM street WHERE id = ?", (street,)).fetchone()
        if row is None:
            raise StorageError("The table of addresses is damaged. Make it again: nabij geocoder load FILE")
        return _point(row)


def _store(
    table: sqlite3.Connection, names: list[tuple[str, str, str, int]], houses: list[tuple[int, str, int, int]]
) -> None:
    table.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)", names)
    table.executemany("INSERT OR IGNORE INTO house VALUES (?, ?, ?, ?)", houses)
    names.clear()
    houses.clear()


def _names(streets: Iterable[str]) -> Iterator[str]:
    """Each name folded; one of a merged municipality, "Kerkstraat (Eke)", without what tells it apart."""
    parts = (part for street in streets for part in _SEPARATOR.split(_BRACKETS.sub(" ", street)))
    yield from dict.fromkeys(name for part in parts if (name := fold(part)))


def _number(text: str) -> str:
    return re.sub(r"[^0-9A-Z/-]", "", text.upper())


def _point(row: tuple[int, int]) -> Point:
    return Point(row[0] / _UNIT, row[1] / _UNIT)
