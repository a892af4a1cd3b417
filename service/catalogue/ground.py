"""What the catalogue asks the map: where a postal code lies and which zones a place belongs to."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Protocol
from uuid import UUID

from sqlalchemy.engine import Connection, Engine

from service.catalogue.boundaries import active_generation, outlines_of
from service.catalogue.composition import moves_in_force, zone_book
from service.config import DATA
from service.database.session import home_of, reading
from service.geo.address_book import FILE, AddressBook, Closeness
from service.geo.municipality_outlines import MunicipalityOutlines
from service.geo.point import Point
from service.geo.replaced_file import stamp
from service.geo.tables import Row, rows_of
from service.geo.zone_parts import ZoneMove
from service.geo.zones import ZoneBook

_BRUSSELS = "21"
"""NIS codes of the 19 municipalities of the Brussels-Capital Region begin so (Statbel REFNIS)."""


class Ground(Protocol):
    """The facts about places that a listing's own can be derived from."""

    def municipality_of(self, postal_code: str) -> str | None:
        """The NIS code of the municipality of a postal code; None when it is in several or unknown."""

    def municipality_at(self, point: Point) -> str | None:
        """The NIS code of the municipality that a point lies in, by official outlines; None without them."""

    def postal_code_point(self, postal_code: str, nis: str) -> Point | None:
        """Where the postal code lies in that municipality; None when it does not lie there."""

    def municipality_point(self, nis: str) -> Point | None:
        """Where the municipality lies."""

    def address_point(
        self, street: str, number: str | None, postal_code: str | None, nis: str | None
    ) -> tuple[Point, Closeness] | None:
        """Where an address lies, and whether that is the house or only its street; None when not known."""

    def zones_of(self, nis: str, postal_code: str | None) -> tuple[str, ...]:
        """The zones that a place lies in."""

    def zones_in(self, region: str) -> tuple[str, ...]:
        """The zones with a part in a region: brussels, flanders, or belgium for both."""


class DataGround:
    """The postal codes, municipalities and zones of a data folder, and the addresses that were loaded.

    ``outlines`` are the official ones in force, where any were loaded.
    """

    def __init__(
        self,
        book: ZoneBook,
        data: Path = DATA,
        addresses: AddressBook | None = None,
        outlines: MunicipalityOutlines | None = None,
    ) -> None:
        self._book = book
        self._addresses = addresses
        self._outlines = outlines
        codes = rows_of(data / "places" / "postal_codes.csv")
        self._codes = {(row["postal_code"], row["nis"]): _point(row) for row in codes}
        self._municipalities = {
            row["nis"]: _point(row) for row in rows_of(data / "places" / "municipalities.csv")
        }
        self._nis: dict[str, list[str]] = {}
        for code, nis in self._codes:
            self._nis.setdefault(code, []).append(nis)
        self._regions = {
            "brussels": self._with_part(in_brussels=True),
            "flanders": self._with_part(in_brussels=False),
            "belgium": tuple(zone.id for zone in book.zones),
        }
        self._zones = lru_cache(maxsize=10_000)(self._find_zones)

    def municipality_of(self, postal_code: str) -> str | None:
        """The NIS code of the municipality of a postal code; None when it is in several or unknown."""
        found = self._nis.get(postal_code, [])
        return found[0] if len(found) == 1 else None

    def municipality_at(self, point: Point) -> str | None:
        """The NIS code of the municipality that a point lies in, by official outlines; None without them."""
        return self._outlines.at(point) if self._outlines else None

    def postal_code_point(self, postal_code: str, nis: str) -> Point | None:
        """Where the postal code lies in that municipality; None when it does not lie there."""
        return self._codes.get((postal_code, nis))

    def municipality_point(self, nis: str) -> Point | None:
        """Where the municipality lies."""
        return self._municipalities.get(nis)

    def address_point(
        self, street: str, number: str | None, postal_code: str | None, nis: str | None
    ) -> tuple[Point, Closeness] | None:
        """Where an address lies, and whether that is the house or only its street; None when not known."""
        return self._addresses.find(street, number, postal_code, nis) if self._addresses else None

    def zones_of(self, nis: str, postal_code: str | None) -> tuple[str, ...]:
        """The zones that a place lies in."""
        return self._zones(nis, postal_code)

    def zones_in(self, region: str) -> tuple[str, ...]:
        """The zones with a part in a region."""
        return self._regions[region]

    def _find_zones(self, nis: str, postal_code: str | None) -> tuple[str, ...]:
        return tuple(share.zone_id for share in self._book.zones_of(nis, postal_code))

    def _with_part(self, in_brussels: bool) -> tuple[str, ...]:
        held = {p.zone_id for p in self._book.parts if p.nis.startswith(_BRUSSELS) is in_brussels}
        return tuple(zone.id for zone in self._book.zones if zone.id in held)


@lru_cache(maxsize=1)
def data_ground() -> DataGround:
    """The ground of the project's own data, read at the first call; it knows no addresses."""
    return DataGround(ZoneBook())


def ground_of(bind: Engine | Connection) -> DataGround:
    """The ground of the data folder of a database, with the addresses and outlines that were loaded there."""
    home = home_of(bind)
    path = home / FILE if home else None
    loaded = stamp(path) if path else None
    outlines, moves = _in_force(bind)
    if outlines is None and not loaded and not moves:
        return data_ground()
    return _with(path if loaded else None, loaded, outlines, moves)


@lru_cache(maxsize=1)
def _with(
    path: Path | None,
    _stamp: tuple[int, int] | None,
    outlines: MunicipalityOutlines | None,
    moves: tuple[ZoneMove, ...],
) -> DataGround:
    return DataGround(zone_book(moves), addresses=AddressBook(path) if path else None, outlines=outlines)


_latest_outlines: dict[UUID, MunicipalityOutlines] = {}
"""Those of the generation in force when they were read last: reading takes a second, asking does not."""


def _in_force(
    bind: Engine | Connection,
) -> tuple[MunicipalityOutlines | None, tuple[ZoneMove, ...]]:
    if isinstance(bind, Connection):
        return _outlines_in_force(bind), moves_in_force(bind)
    with reading(bind) as connection:
        return _outlines_in_force(connection), moves_in_force(connection)


def _outlines_in_force(connection: Connection) -> MunicipalityOutlines | None:
    active = active_generation(connection)
    if active is None:
        return None
    if active.id not in _latest_outlines:
        found = outlines_of(connection, active.id, "municipality")
        _latest_outlines.clear()
        _latest_outlines[active.id] = MunicipalityOutlines({nis: o.geometry for nis, o in found.items()})
    return _latest_outlines[active.id]


def _point(row: Row) -> Point | None:
    return Point(float(row["lat"]), float(row["lon"])) if row["lat"] and row["lon"] else None
