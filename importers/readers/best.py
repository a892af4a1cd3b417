"""Reads the address register of Belgium (BeST) in the CSV that FPS BOSA publishes for each region."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from importers.progress import Progress
from importers.raw import RawFile, look_at_raw
from importers.readers.archive import is_zip, unpack
from service.errors import SourceError
from service.geo.address_book import Address
from service.readers.csv import CsvTable
from service.readers.table import BadRow

_LAT, _LON = "EPSG:4326_lat", "EPSG:4326_lon"
_STREETS = ("streetname_nl", "streetname_fr", "streetname_de")
_NEEDED = (_LAT, _LON, "house_number", "municipality_id", "postcode")
_IN_USE = frozenset({"", "current"})
_POSTAL_CODE = re.compile(r"[1-9]\d{3}")
_NIS = re.compile(r"\d{5}")
_TELL_EVERY = 5_000  # rows
# The corners of Belgium with some room; an address that is not placed yet has 0 in the national grid.
_SOUTH, _NORTH, _WEST, _EAST = 49.4, 51.6, 2.4, 6.5


def best_addresses(files: Sequence[Path], progress: Progress, left_out: Counter[str]) -> Iterator[Address]:
    """Every address in use of these files (CSV, or zip with one); ``left_out`` counts others by reason.

    Columns are found by their name: those of the national grid change with the grid and are not read. Raises
    SourceError where a file is not this register.
    """
    for path in files:
        with tempfile.TemporaryDirectory() as folder:
            file = look_at_raw(path)
            for member in unpack(file, Path(folder)) if is_zip(path) else (file,):
                yield from _addresses(member, progress, left_out)
                if member is not file:
                    member.path.unlink()


def _addresses(file: RawFile, progress: Progress, left_out: Counter[str]) -> Iterator[Address]:
    progress.start(f"reading {file.name}", file.size_bytes, "bytes")
    with CsvTable(file.path, file.name) as table:
        missing = [name for name in _NEEDED if name not in table.header]
        streets = [table.header.index(name) for name in _STREETS if name in table.header]
        if missing or not streets:
            wanted = ", ".join(missing or _STREETS)
            raise SourceError(f"{file.name} is not the address register BeST: column {wanted} is missing.")
        at = [table.header.index(name) for name in _NEEDED]
        status = table.header.index("status") if "status" in table.header else None
        for row in table.rows():
            if isinstance(row, BadRow):
                left_out[row.reason] += 1
            elif status is not None and row.cells[status].strip() not in _IN_USE:
                left_out["is not in use"] += 1
            else:
                made = _address([row.cells[position] for position in at], [row.cells[n] for n in streets])
                if isinstance(made, Address):
                    yield made
                else:
                    left_out[made] += 1
            if row.number % _TELL_EVERY == 0:
                progress.reach(table.bytes_read)


def _address(cells: list[str], streets: list[str]) -> Address | str:
    """The address, or why it is none."""
    names = tuple(dict.fromkeys(name.strip() for name in streets if name.strip()))
    if not names:
        return "has no street"
    postal_code, nis = cells[4].strip(), cells[3].strip()
    if not _POSTAL_CODE.fullmatch(postal_code) or not _NIS.fullmatch(nis):
        return "has no postal code or municipality"
    try:
        lat, lon = float(cells[0]), float(cells[1])
    except ValueError:
        return "has no point"
    if not (_SOUTH <= lat <= _NORTH and _WEST <= lon <= _EAST):
        return "lies outside Belgium"
    return Address(names, cells[2].strip(), postal_code, nis, lat, lon)
