"""Reads the stops of a GTFS feed: stops.txt and agency.txt in its zip, nothing else is unpacked."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from importers.raw import RawFile, look_at_raw
from importers.readers.archive import is_zip, unpack
from service.errors import BadValue, SourceError
from service.geo.point import Point
from service.geo.stop_table import Stop
from service.readers.csv import CsvTable
from service.readers.table import BadRow

_STOPS, _AGENCY = "stops.txt", "agency.txt"
_NEEDED = ("stop_id", "stop_name", "stop_lat", "stop_lon")
_GET_ON, _STATION, _ENTRANCE = ("", "0"), "1", "2"
_BOARDING = {"1": True, "2": False}
"""wheelchair_boarding in GTFS: 1 possible, 2 not; 0 or empty is not known, or as its station says."""

_Record = Mapping[str, str]


def gtfs_stops(path: Path, left_out: Counter[str]) -> Iterator[Stop]:
    """Every stop, platform and station entrance of a feed; ``left_out`` counts others by reason.

    One in a station has the name of the station, and its step-free access where it says nothing of its own.
    Raises SourceError where the file is no GTFS feed or its zip is refused.
    """
    if not is_zip(path):
        raise SourceError(f"{path.name} is no GTFS feed: that is a zip with {_STOPS} in it.")
    with tempfile.TemporaryDirectory() as folder:
        wanted = frozenset((_STOPS, _AGENCY))
        files = {each.name: each for each in unpack(look_at_raw(path), Path(folder), only=wanted)}
        if _STOPS not in files:
            raise SourceError(f"{path.name} is no GTFS feed: there is no {_STOPS} in it.")
        operator = _operator(files.get(_AGENCY)) or path.stem
        records = list(_records(files[_STOPS], _NEEDED, left_out))
    stations = {each["stop_id"]: each for each in records if each.get("location_type") == _STATION}
    parents = {each["parent_station"] for each in records if each.get("parent_station")}
    for record in records:
        kind, station = record.get("location_type", ""), stations.get(record.get("parent_station", ""))
        is_lone_station = kind == _STATION and record["stop_id"] not in parents
        if kind in _GET_ON or (kind == _ENTRANCE and station) or is_lone_station:
            yield from _stop(record, station, operator, left_out)


def _stop(record: _Record, station: _Record | None, operator: str, left_out: Counter[str]) -> Iterator[Stop]:
    name = (station or record)["stop_name"] or record["stop_name"]
    own = _BOARDING.get(record.get("wheelchair_boarding", ""))
    inherited = _BOARDING.get(station.get("wheelchair_boarding", "")) if station else None
    try:
        point = Point(float(record["stop_lat"]), float(record["stop_lon"]))
    except (ValueError, BadValue):
        left_out["has no point"] += 1
        return
    if not name or (point.lat, point.lon) == (0.0, 0.0):
        left_out["has no name or no point"] += 1
        return
    if own is False and record.get("location_type") == _ENTRANCE:
        own = None  # stairs at one entrance say nothing of the lift at another
    yield Stop(name, operator, point, inherited if own is None else own)


def _operator(file: RawFile | None) -> str:
    """The names of those who run the feed, as it gives them."""
    if file is None:
        return ""
    records = _records(file, ("agency_name",), Counter())
    return ", ".join(dict.fromkeys(each["agency_name"] for each in records if each["agency_name"]))


def _records(file: RawFile, needed: tuple[str, ...], left_out: Counter[str]) -> Iterator[_Record]:
    with CsvTable(file.path, file.name, delimiter=",") as table:
        missing = [name for name in needed if name not in table.header]
        if missing:
            raise SourceError(f"{file.name} lacks the column {', '.join(missing)}.")
        for row in table.rows():
            if isinstance(row, BadRow):
                left_out[row.reason] += 1
            else:
                yield {name: cell.strip() for name, cell in zip(table.header, row.cells, strict=True)}
