"""Listings as the tables of HSDS 3.1: nested services taken apart into one CSV per kind of record."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from service.hsds.entries import Entry
from service.hsds.known import Json
from service.hsds.services import full_service
from service.hsds.taxonomies import taxonomies, taxonomy_terms

TABLES: Mapping[str, tuple[str, ...]] = {
    "organizations": ("id", "name", "alternate_name", "description", "website"),
    "organization_identifiers": (
        "id", "organization_id", "identifier_scheme", "identifier_type", "identifier",
    ),
    "services": (
        "id", "organization_id", "name", "alternate_name", "description", "url", "email", "status",
        "interpretation_services", "application_process", "fees_description", "accreditations",
        "eligibility_description", "minimum_age", "maximum_age", "assured_date", "last_modified",
    ),
    "locations": ("id", "location_type", "latitude", "longitude"),
    "service_at_location": ("id", "service_id", "location_id"),
    "addresses": (
        "id", "location_id", "address_1", "address_2", "city", "state_province", "postal_code", "country",
        "address_type",
    ),
    "phones": ("id", "service_id", "number", "type"),
    "schedules": (
        "id", "service_id", "valid_from", "valid_to", "freq", "wkst", "byday", "opens_at", "closes_at",
        "description", "notes",
    ),
    "service_areas": ("id", "service_id", "name", "extent", "extent_type"),
    "languages": ("id", "service_id", "name", "code"),
    "cost_options": ("id", "service_id", "option", "currency", "amount", "amount_description"),
    "required_documents": ("id", "service_id", "document"),
    "accessibility": ("id", "location_id", "description"),
    "attributes": ("id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value", "label"),
    "taxonomies": ("id", "name", "description", "version"),
    "taxonomy_terms": (
        "id", "code", "name", "description", "parent_id", "taxonomy", "language", "taxonomy_id",
    ),
}  # fmt: skip
"""The tables with the columns that are filled."""

_OF_SERVICE = {
    "phones": "phones", "schedules": "schedules", "service_areas": "service_areas", "languages": "languages",
    "cost_options": "cost_options", "required_documents": "required_documents",
}  # fmt: skip
_NUMBERS = ("latitude", "longitude", "minimum_age", "maximum_age", "amount")

Row = tuple[str, Json]


def write_tables(entries: Iterable[Entry], target: Path, about: Json) -> None:
    """A zip of the tables with their ``datapackage.json``; ``about`` goes into that.

    The tables grow on disk, not in memory.
    """
    with TemporaryDirectory(dir=target.parent) as folder, ExitStack() as open_files:
        writers = {name: _writer(open_files, Path(folder), name) for name in TABLES}
        seen: set[str] = set()
        for name, row in _rows(entries, seen):
            writers[name].writerow([_cell(row.get(column)) for column in TABLES[name]])
        open_files.close()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("datapackage.json", json.dumps(about | {"resources": _resources()}, indent=1))
            for name in TABLES:
                package.write(Path(folder) / f"{name}.csv", f"{name}.csv")


def _writer(open_files: ExitStack, folder: Path, name: str) -> Any:  # noqa: ANN401 (csv has no name for it)
    file: TextIO = (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
    open_files.enter_context(file)
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(TABLES[name])
    return writer


def _rows(entries: Iterable[Entry], seen: set[str]) -> Iterator[Row]:
    yield from (("taxonomies", each) for each in taxonomies().values())
    yield from (("taxonomy_terms", each) for each in taxonomy_terms().values())
    for entry in entries:
        yield from _service_rows(full_service(entry), seen)


def _service_rows(service: Json, seen: set[str]) -> Iterator[Row]:
    own, organization = service["id"], service["organization"]
    if organization["id"] not in seen:
        seen.add(organization["id"])
        yield "organizations", organization
        for each in organization.get("organization_identifiers", ()):
            yield "organization_identifiers", each | {"organization_id": organization["id"]}
        yield from _attributes(organization, organization["id"])
    yield "services", service
    for key, table in _OF_SERVICE.items():
        for each in service.get(key, ()):
            yield table, each | {"service_id": own}
    for link in service.get("service_at_locations", ()):
        location = link["location"]
        yield "locations", location
        yield "service_at_location", {"id": link["id"], "service_id": own, "location_id": location["id"]}
        for each in location.get("addresses", ()):
            yield "addresses", each | {"location_id": location["id"]}
        for each in location.get("accessibility", ()):
            yield "accessibility", each | {"location_id": location["id"]}
        yield from _attributes(location, location["id"])
    yield from _attributes(service, own)


def _attributes(record: Json, own: str) -> Iterator[Row]:
    for each in record.get("attributes", ()):
        yield "attributes", each | {"link_id": own}


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _resources() -> list[Json]:
    return [
        {
            "name": name,
            "path": f"{name}.csv",
            "profile": "tabular-data-resource",
            "encoding": "utf-8",
            "schema": {
                "primaryKey": "id",
                "fields": [
                    {"name": column, "type": "number" if column in _NUMBERS else "string"}
                    for column in columns
                ],
            },
        }
        for name, columns in TABLES.items()
    ]


def in_memory(entries: Iterable[Entry], about: Json) -> bytes:
    """The same zip as bytes."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "hsds.zip"
        write_tables(entries, target, about)
        return io.BytesIO(target.read_bytes()).getvalue()
