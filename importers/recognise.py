"""Recognises a file or folder that comes without a card: what it is, and what it says about itself."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from importers.card import CARD_NAME, SourceCard, plain_card
from importers.readers.hsds.names import TABLES_OF_A_FEED, table_of
from service.errors import SourceError
from service.readers.zipped import BROKEN, check_zip

_ENDINGS = {
    "csv": (".csv",),
    "xlsx": (".xlsx",),
    "hsds": (".csv", ".json", ".jsonl", ".ndjson", ".zip"),
    "json": (".json", ".jsonl", ".ndjson", ".geojson"),
    "jsonld": (".json", ".jsonld", ".html", ".htm"),
    "osm": (".json", ".pbf"),
    "opendatasoft": (".json", ".geojson", ".csv"),
}
_PACKAGE = "datapackage.json"
_OPENSTREETMAP = {
    "publisher": "OpenStreetMap contributors",
    "licence": "ODbL-1.0",
    "attribution": "© OpenStreetMap contributors",
    "url": "https://www.openstreetmap.org/copyright",
}
_MAX_PACKAGE = 5 << 20  # bytes; those of HSDS have 50 to 100 kB


@dataclass(frozen=True, slots=True)
class Source:
    """A card and the files that it speaks of, in the order in which they are read, and its ``source.py``."""

    card: SourceCard
    files: tuple[Path, ...]
    code: ModuleType | None = None


def files_of(folder: Path, format_: str) -> tuple[Path, ...]:
    """The files of a folder that a format is read from, those of a feed in sub-folders too."""
    found = folder.rglob("*") if format_ == "hsds" else folder.glob("*")
    return tuple(
        sorted(each for each in found if each.suffix.lower() in _ENDINGS[format_] and each.is_file())
    )


def recognised_folder(folder: Path) -> Source:
    """A folder without a card that holds the tables of HSDS, or one file; SourceError for any other."""
    files = _feed_files(folder)
    if files:
        return Source(_feed_card(folder, files), files)
    known = {ending for endings in _ENDINGS.values() for ending in endings}
    alone = [each for each in folder.glob("*") if each.suffix.lower() in known and each.is_file()]
    if len(alone) == 1:
        return recognised_file(alone[0])
    raise SourceError(
        f"{folder} holds no {CARD_NAME} and no tables of HSDS (services.csv and organizations.csv);"
        " import its file by name, or describe it there."
    )


def recognised_file(path: Path) -> Source:
    """A file without a card, by its ending; a table of a feed stands for the whole feed."""
    ending = path.suffix.lower()
    if path.name.lower() == _PACKAGE or (ending == ".csv" and table_of(path.stem) is not None):
        files = _feed_files(path.parent)
        if files:
            return Source(_feed_card(path.parent, files), files)
    if ending == ".zip":
        return Source(plain_card(path, format="hsds", **_zipped_package(path)), (path,))
    formats = {".xlsx": "xlsx", ".html": "jsonld", ".htm": "jsonld", ".jsonld": "jsonld", ".pbf": "osm"}
    if ending in (".json", ".jsonl", ".ndjson"):
        formats[ending] = _kind_of_json(path)
    if formats.get(ending) == "osm":
        return Source(plain_card(path, format="osm", **_OPENSTREETMAP), (path,))
    return Source(plain_card(path, format=formats.get(ending, "csv")), (path,))


def _feed_files(folder: Path) -> tuple[Path, ...]:
    """The tables of a feed in a folder, or in the only folder within it that has them."""
    for each in (folder, *sorted(each for each in folder.glob("*") if each.is_dir())):
        files = sorted(path for path in each.glob("*") if path.suffix.lower() == ".csv")
        tables = {table_of(path.stem) for path in files}
        if all(table in tables for table in TABLES_OF_A_FEED):
            return tuple(files)
    return ()


def _feed_card(folder: Path, files: tuple[Path, ...]) -> SourceCard:
    said = _package(folder) or _package(files[0].parent)
    names = tuple(path.name for path in files)
    return plain_card(folder.resolve(), format="hsds", files=names, **said)


def _package(folder: Path) -> dict[str, Any]:
    """What a datapackage.json says about itself; the template that HSDS gives to everyone says nothing."""
    path = folder / _PACKAGE
    try:
        if not path.is_file() or path.stat().st_size > _MAX_PACKAGE:
            return {}
        return _said(path.read_bytes())
    except OSError:
        return {}


def _zipped_package(path: Path) -> dict[str, Any]:
    """What the datapackage.json in a zip says about itself."""
    members = [each for each in check_zip(path, path.name) if Path(each.filename).name == _PACKAGE]
    if not members or members[0].file_size > _MAX_PACKAGE:
        return {}
    try:
        with zipfile.ZipFile(path) as packed:
            return _said(packed.read(members[0]))
    except (*BROKEN, OSError):
        return {}


def _said(package: bytes) -> dict[str, Any]:
    try:
        data = json.loads(package.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(data, dict) or "template" in str(data.get("title", "")).casefold():
        return {}
    publisher = data.get("publisher") or data.get("author")
    said = {
        "name": data.get("title"),
        "publisher": publisher.get("name") if isinstance(publisher, Mapping) else publisher,
        "licence": _licence(data),
        "url": data.get("homepage"),
    }
    return {key: text.strip() for key, text in said.items() if isinstance(text, str) and text.strip()}


def _licence(data: Mapping[str, Any]) -> object:
    licences = data.get("licenses") or [data.get("license")]
    first = licences[0] if isinstance(licences, list) and licences else licences
    if isinstance(first, Mapping):
        return first.get("name") or first.get("type") or first.get("title") or first.get("url")
    return first


def _kind_of_json(path: Path) -> str:
    """HSDS, records of schema.org, or an answer of Overpass, by what stands in the beginning of the file."""
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read: {error.strerror}.") from None
    if b'"osm3s"' in start:
        return "osm"
    return "jsonld" if b'"@context"' in start or b'"@graph"' in start else "hsds"
