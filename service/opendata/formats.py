"""The one table of the forms in which the open part of the catalogue is given away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import orjson

from service.hsds.entries import Entry
from service.hsds.services import full_service
from service.hsds.verdicts import verdicts_of
from service.opendata.geojson import write_geojson
from service.opendata.shelf import Shelf, part_of_entry
from service.opendata.table import write_table
from service.opendata.tabular import in_memory

Write = Callable[[Iterable[Entry], Shelf, str], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """A form: the name of its file, its media type, what it is, and how listings become its bytes.

    ``write`` takes listings, the export asked for and the address where this Nabij answers.
    """

    file: str
    media_type: str
    title: str
    write: Write


def _lines(entries: Iterable[Entry], shelf: Shelf, _base: str) -> Iterator[bytes]:
    for entry in entries:
        record = full_service(entry, verdicts_of(entry.listing, shelf.today))
        yield orjson.dumps(record | {"part": part_of_entry(entry)}, option=orjson.OPT_APPEND_NEWLINE)


def _tables(entries: Iterable[Entry], shelf: Shelf, base: str) -> Iterator[bytes]:
    about = {
        "name": "nabij",
        "title": "Nabij: HSDS 3.1",
        "homepage": base,
        "created": shelf.today.isoformat(),
    }
    yield in_memory(entries, about)


def _linked(entries: Iterable[Entry], _shelf: Shelf, base: str) -> Iterator[bytes]:
    from service.opendata.linked import write_linked  # what it stands on takes a while to import

    return write_linked(entries, base)


FORMATS: Mapping[str, Format] = {
    "csv": Format(
        "listings.csv", "text/csv; charset=utf-8", "One row per listing, a column per field",
        lambda entries, _shelf, _base: write_table(entries),
    ),
    "geojson": Format(
        "listings.geojson", "application/geo+json", "One feature per listing",
        lambda entries, _shelf, _base: write_geojson(entries),
    ),
    "ndjson": Format("services.ndjson", "application/x-ndjson", "One whole HSDS service per line", _lines),
    "hsds": Format("hsds.zip", "application/zip", "The tables of HSDS 3.1 as a data package", _tables),
    "rdf": Format(
        "services.nt", "application/n-triples", "Linked data by CPSV-AP",
        _linked,
    ),
}  # fmt: skip
"""Every form by the name that `nabij export` knows it under."""
