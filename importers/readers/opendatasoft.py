"""Records of a portal of Opendatasoft in any form it exports: JSON of three versions, GeoJSON, CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from importers.card import SourceCard
from importers.raw import RawFile
from importers.readers.json_stream import stream_records
from importers.readers.records import LISTS
from service.errors import SourceError
from service.readers.csv import CsvTable
from service.readers.table import BadRow

POINT = "geo_point_2d"
"""The column that every dataset with places has: their middle, latitude before longitude."""
_INNER = ("fields", "properties", "record")
_AROUND = (
    "geometry",
    "geo_shape",
    "recordid",
    "datasetid",
    "record_timestamp",
    "type",
    "links",
    "id",
    "size",
)
"""What the portal adds around the columns of a dataset, and shapes, of which the point is the middle."""


def rows_of_portal(card: SourceCard, file: RawFile, reach: Callable[[int], None]) -> Iterator[object]:
    """Each record by the columns of the dataset, whatever form it came in; a BadRow where it is unreadable.

    Raises SourceError where the file is neither JSON nor CSV.
    """
    if _is_json(file):
        for _key, record in stream_records(file, lambda key, _before: key in LISTS, reach):
            yield flat(record) if isinstance(record, Mapping) else record
        return
    with CsvTable(file.path, file.name, card.encoding or "utf-8", card.delimiter) as table:
        for row in table.rows():
            yield row if isinstance(row, BadRow) else flat(dict(zip(table.header, row.cells, strict=True)))


def with_point(card: SourceCard) -> SourceCard:
    """The card, with the point mapped where it says nothing of it, and as the key where it names none."""
    is_said = POINT in card.mapping or POINT in card.ignore
    mapping = card.mapping if is_said else {**card.mapping, POINT: "location.point"}
    has_key = card.key or "key" in mapping.values()
    return replace(card, mapping=mapping, key=card.key if has_key else (POINT,))


def flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a record, out of ``record``, ``fields`` or ``properties`` where they are wrapped."""
    inner = next((record[key] for key in _INNER if isinstance(record.get(key), Mapping)), None)
    if inner is None:
        columns = {key: value for key, value in record.items() if key != "geo_shape"}
        if POINT in columns:
            columns[POINT] = _point(columns[POINT])
        return columns
    columns = flat(inner)
    geometry = record.get("geometry")
    if not columns.get(POINT) and isinstance(geometry, Mapping) and geometry.get("type") == "Point":
        columns[POINT] = geometry
    return columns | {key: value for key, value in record.items() if key not in (*_INNER, *_AROUND)}


def _point(value: object) -> object:
    """A pair of the old API, or a text with a comma, as one text: it may be the key, and the key stays."""
    if isinstance(value, list) and len(value) == 2:
        return f"{value[0]} {value[1]}"
    return " ".join(value.replace(",", " ").split()) if isinstance(value, str) else value


def _is_json(file: RawFile) -> bool:
    try:
        with file.path.open("rb") as opened:
            start = opened.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError as error:
        raise SourceError(f"{file.name} cannot be read: {error.strerror}.") from None
    return start.startswith((b"{", b"["))
