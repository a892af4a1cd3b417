"""Measures imports of each format: time, memory of the process, and the time of a second run without changes.

usage: python -m benchmarks.imports [--services 10000] [hsds-tables hsds-json hsds-zip xlsx csv]
"""

from __future__ import annotations

import argparse
import csv
import json
import multiprocessing
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl

from benchmarks.generate import rows as catalogue_rows
from benchmarks.generate import write as write_catalogue
from importers.run import run_import
from service.config import Settings
from service.database.migrate import upgrade
from service.database.session import connect_engine

NOW = datetime(2027, 1, 4, 10, tzinfo=UTC)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_WORDS = (
    "care", "family", "food", "help", "home", "street", "people", "support", "children", "older", "group",
)  # fmt: skip
_TERMS = (
    "Food Pantries",
    "Community Clinics",
    "Older Adults",
    "Case/Care Management",
    "Rent Payment Assistance",
)


def feed(services: int) -> Iterator[Mapping[str, Any]]:
    """Services of a town abroad as HSDS 3 nests them, each with a place, hours, languages and terms."""
    draw = random.Random(1)
    for number in range(services):
        words = " ".join(draw.choices(_WORDS, k=60))
        place = {
            "id": f"l{number}", "name": f"House {number}", "latitude": 25.7 + draw.random(),
            "longitude": -80.3,
            "addresses": [{
                "id": f"a{number}", "address_1": f"{number} Main Street", "city": "Miami",
                "state_province": "FL",
                "postal_code": "33101", "country": "US", "address_type": "physical",
            }],
        }  # fmt: skip
        yield {
            "id": f"s{number}", "name": f"Service {number} {words[:20]}", "description": words,
            "status": "active",
            "application_process": "Call for information", "fees": "Sliding scale",
            "organization": {"id": f"o{number % 900}", "name": f"Organization {number % 900}"},
            "service_at_locations": [{"id": f"x{number}", "location": place}],
            "phones": [{"id": f"p{number}", "number": f"305-{200 + number % 700}-{1000 + number % 9000}"}],
            "schedules": [
                {"id": f"h{number}-{day}", "weekday": day, "opens_at": "9:00am", "closes_at": "5:00pm"}
                for day in _DAYS
            ],
            "languages": [{"id": f"g{number}-{name}", "name": name} for name in ("English", "Spanish")],
            "attributes": [
                {"id": f"t{number}-{at}", "taxonomy_term": {"id": f"term-{at}", "name": _TERMS[at]}}
                for at in draw.sample(range(len(_TERMS)), 3)
            ],
        }  # fmt: skip


def write_json(folder: Path, services: int) -> Path:
    """The feed as one list."""
    path = folder / "feed.json"
    with path.open("w", encoding="utf-8") as file:
        for number, each in enumerate(feed(services)):
            file.write(("[" if number == 0 else ",\n") + json.dumps(each))
        file.write("]")
    return path


def write_tables(folder: Path, services: int) -> Path:
    """The feed as the tables of HSDS 1.1."""
    target = folder / "feed"
    target.mkdir()
    tables: dict[str, list[dict[str, Any]]] = {}
    for each in feed(services):
        for name, row in _rows(each):
            tables.setdefault(name, []).append(row)
    tables["organizations"] = list({row["id"]: row for row in tables["organizations"]}.values())
    tables["taxonomy"] = list({row["id"]: row for row in tables["taxonomy"]}.values())
    for name, rows in tables.items():
        with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return target


def _rows(service: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    place = service["service_at_locations"][0]["location"]
    own = {"service_id": service["id"]}
    plain = {key: text for key, text in service.items() if isinstance(text, str)}
    yield "services", plain | {"organization_id": service["organization"]["id"]}
    yield "organizations", service["organization"]
    yield "locations", {key: text for key, text in place.items() if key != "addresses"}
    yield "physical_addresses", place["addresses"][0] | {"location_id": place["id"]}
    yield (
        "services_at_location",
        {"id": service["service_at_locations"][0]["id"], "location_id": place["id"]} | own,
    )
    for name, key in (("phones", "phones"), ("regular_schedules", "schedules"), ("languages", "languages")):
        for row in service[key]:
            yield name, row | own
    for row in service["attributes"]:
        yield "taxonomy", row["taxonomy_term"]
        yield "services_taxonomy", {"id": row["id"], "taxonomy_id": row["taxonomy_term"]["id"]} | own


def write_zip(folder: Path, services: int) -> Path:
    """The tables in one zip."""
    with zipfile.ZipFile(folder / "feed.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for path in write_tables(folder, services).iterdir():
            packed.write(path, path.name)
    return folder / "feed.zip"


def write_xlsx(folder: Path, services: int) -> Path:
    """The synthetic catalogue as a workbook."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("listings")
    for number, row in enumerate(catalogue_rows(services)):
        if number == 0:
            sheet.append(list(row))
        sheet.append(list(row.values()))
    book.save(folder / "feed.xlsx")
    return folder / "feed.xlsx"


FORMATS: Mapping[str, Callable[[Path, int], Path]] = {
    "hsds-tables": write_tables,
    "hsds-json": write_json,
    "hsds-zip": write_zip,
    "xlsx": write_xlsx,
    "csv": write_catalogue,
}


def measure(name: str, path: Path, home: Path, times: int) -> None:
    """Import the file into a catalogue of its own, and print what it took."""
    settings = Settings(home=home)
    engine = connect_engine(settings)
    upgrade(engine)
    for run in range(1, times + 1):
        start, worked = time.perf_counter(), time.process_time()
        report = run_import(str(path), settings, engine, NOW)
        line = {
            "what": f"import {name}, run {run}",
            "seconds": round(time.perf_counter() - start, 1),
            "cpu_seconds": round(time.process_time() - worked, 1),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "created": report.created,
            "unchanged": report.unchanged,
            "rejected": report.rejected,
        }
        print(json.dumps(line), flush=True)
    engine.dispose()


def main() -> int:
    """Each format in a process of its own, so that its memory is its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", choices=[*FORMATS, []], default=list(FORMATS))
    parser.add_argument("--services", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=2)
    given = parser.parse_args()
    for name in given.formats:
        with tempfile.TemporaryDirectory() as folder:
            path = FORMATS[name](Path(folder), given.services)
            home = Path(folder) / "home"
            home.mkdir()
            job = multiprocessing.get_context("spawn").Process(
                target=measure, args=(name, path, home, given.times)
            )
            job.start()
            job.join()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
