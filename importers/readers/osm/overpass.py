"""Elements of OpenStreetMap in an answer of Overpass, one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from importers.raw import RawFile
from importers.readers.json_stream import stream_records
from importers.readers.osm.element import Element, element_of
from service.errors import SourceError
from service.readers.table import shorten

_TAIL = 4096  # bytes after the last element are the end of a list and, at most, one remark
_REMARK = re.compile(rb'\][^\]]*"remark"\s*:\s*"([^"]*)"[^\]]*$')


def overpass_elements(file: RawFile, reach: Callable[[int], None]) -> Iterator[Element | None]:
    """Each element of an answer to ``out center``; ways and relations stand in the middle of their box.

    None stands for one that cannot be read. Raises SourceError where the file is no such answer, or where the
    server says in it that it stopped before the end.
    """
    _refuse_half(file)
    for key, record in stream_records(file, lambda key, _before: key == "elements", reach):
        if not key:
            raise SourceError(f"{file.name} holds no elements of OpenStreetMap.")
        yield _element(record)


def _element(record: object) -> Element | None:
    if not isinstance(record, dict) or not isinstance(record.get("tags", {}), dict):
        return None
    tags = {str(key): str(value) for key, value in record.get("tags", {}).items()}
    when = str(record.get("timestamp") or "")[:10]
    return element_of(str(record.get("type")), record.get("id"), tags, _point(record), when)


def _point(record: dict[str, Any]) -> str:
    centre, box = record.get("center"), record.get("bounds")
    if "lat" in record and "lon" in record:
        return f"{record['lat']} {record['lon']}"
    if isinstance(centre, dict) and {"lat", "lon"} <= set(centre):
        return f"{centre['lat']} {centre['lon']}"
    if isinstance(box, dict):
        sides = [box.get(side) for side in ("minlat", "maxlat", "minlon", "maxlon")]
        if all(isinstance(side, int | float) for side in sides):
            south, north, west, east = (float(side) for side in sides if side is not None)
            return f"{(south + north) / 2:.7f} {(west + east) / 2:.7f}"
    return ""


def _refuse_half(file: RawFile) -> None:
    """Out of time or memory, Overpass answers 200 with half of the elements, and says so at the end."""
    with file.path.open("rb") as opened:
        opened.seek(max(0, file.size_bytes - _TAIL))
        found = _REMARK.search(opened.read())
    said = found[1].decode("utf-8", "replace") if found else ""
    if "error" in said or "timed out" in said:
        raise SourceError(f"{file.name} is not whole, its server stopped early: {shorten(said)}.")
