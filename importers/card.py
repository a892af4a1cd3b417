"""The card of a source: who it is, under which licence it speaks, and how its columns are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from service.errors import SourceError
from service.model.fields import LANGUAGES

CARD_NAME = "source.yml"
_COUNTRY = re.compile(r"[A-Z]{2}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_FORMATS = ("csv", "xlsx", "hsds", "json", "jsonld", "osm", "opendatasoft")
_ROLES = ("provider", "zone")
_FREQUENCIES = ("once", "yearly", "quarterly", "monthly", "weekly", "daily", "live")


@dataclass(frozen=True, slots=True)
class Assertions:
    """Fewer good rows than ``minimum`` stop the load before any writing, more than ``maximum`` warn."""

    minimum: int = 1
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class SourceCard:
    """One source as its ``source.yml`` describes it; docs/how-to/add-a-source.md explains every line.

    ``publisher`` and ``licence`` are None when nobody said them. ``precedence``: where two sources disagree
    on a fact, the higher one is believed. ``role`` is provider where those who offer the services speak of
    themselves, zone where a zone speaks. ``mapping`` is column to target, ``ignore`` the columns that are
    left out on purpose, ``lookups`` column to (text as the source writes it to our value). ``feed`` is the
    address that is fetched, where the files do not lie beside the card. ``country`` is where addresses and
    telephone numbers are that do not say it. ``records`` is where in a JSON file the list of records stands.
    ``constants`` are fields that are the same in all records of it (a JSON file of one kind of place); in
    their texts ``{column}`` stands for what the record says there. ``key`` are the columns that together make
    the key of a record, where none does alone.
    ``encoding`` None: utf-8, and in feeds what the file shows. ``quirks`` are words for who reads the card.
    """

    id: str
    name: str
    publisher: str | None = None
    licence: str | None = None
    attribution: str | None = None
    url: str | None = None
    frequency: str = "once"
    language: str | None = None
    country: str | None = None
    feed: str | None = None
    records: str | None = None
    constants: Mapping[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    quirks: tuple[str, ...] = ()
    precedence: int = 0
    role: str | None = None
    format: str = "csv"
    files: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    lookups: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    assertions: Assertions = field(default_factory=Assertions)


def read_card(path: Path) -> SourceCard:
    """Read ``source.yml``.

    Raises SourceError naming the file, the line that is wrong or missing, and what would be right.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SourceError(f"{path} cannot be read: {' '.join(str(error).split())}") from None
    try:
        if not isinstance(data, dict):
            raise ValueError("it holds no 'name: value' lines")
        return _card(data)
    except ValueError as error:
        raise SourceError(f"{path}: {error}") from None


def plain_card(path: Path, **known: object) -> SourceCard:
    """The card of a file or folder that comes alone: an id from its name, a publisher that is not known.

    ``known`` is what shows all the same, as its format. Raises SourceError when the name leaves no id.
    """
    name = id_of(path.stem)
    if not name:
        raise SourceError(f"{path.name}: the file's name gives no id; letters a-z or digits are needed.")
    return SourceCard(**{"id": name, "name": path.stem, "files": (path.name,), **known})  # type: ignore[arg-type]


def feed_card(url: str, **known: object) -> SourceCard:
    """The card of an address that comes alone: an id from the address, a publisher that is not known."""
    host, _, path = url.partition("://")[2].partition("?")[0].partition("/")
    name = id_of(f"{host}-{path}") or "feed"
    return SourceCard(**{"id": name, "name": host, "url": url, "feed": url, **known})  # type: ignore[arg-type]


def id_of(text: str) -> str:
    """An id made from a name; empty where it holds neither letters a-z nor digits."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64].strip("-")


def _card(data: Mapping[str, Any]) -> SourceCard:
    known = {each.name for each in fields(SourceCard)}
    unknown = sorted(str(key) for key in data if key not in known)
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}; allowed: {', '.join(sorted(known))}")
    readers = {
        "precedence": _whole, "files": _texts, "ignore": _texts, "quirks": _texts, "key": _texts,
        "mapping": _pairs, "constants": _pairs, "lookups": _lookups, "assertions": _assertions,
    }  # fmt: skip
    said = {key: value for key, value in data.items() if value is not None}
    given: dict[str, Any] = {key: readers.get(key, _text)(key, value) for key, value in said.items()}
    missing = [key for key in ("id", "name") if key not in given]
    if missing:
        raise ValueError(f"missing: {', '.join(missing)}")
    card = SourceCard(**given)
    _check(card)
    return card


def _check(card: SourceCard) -> None:
    if not _ID.fullmatch(card.id):
        raise ValueError(f"id {card.id!r} is not made of a-z, 0-9 and hyphens")
    _one_of("format", card.format, _FORMATS)
    _one_of("frequency", card.frequency, _FREQUENCIES)
    if card.language is not None:
        _one_of("language", card.language, LANGUAGES)
    if card.role is not None:
        _one_of("role", card.role, _ROLES)
    if card.country is not None and not _COUNTRY.fullmatch(card.country):
        raise ValueError(f"country {card.country!r} is not a code of ISO 3166-1, as in BE")
    if card.feed is not None and not card.feed.startswith(("https://", "http://")):
        raise ValueError(f"feed {card.feed!r} is not a web address, as in https://example.be/services")
    try:
        "é".encode(card.encoding or "utf-8")
    except (LookupError, UnicodeEncodeError):
        raise ValueError(f"encoding {card.encoding!r} is not known; utf-8 or windows-1252") from None
    if any(Path(name).name != name for name in card.files):
        raise ValueError("files are names of files beside source.yml, without folders")
    if card.delimiter is not None and len(card.delimiter) != 1:
        raise ValueError("delimiter is not one character")


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} {value!r} is not one of {', '.join(allowed)}")


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip("\r\n "):
        raise ValueError(f"{name} is not a text (put it between quotes)")
    return value.strip("\r\n ")


def _whole(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{name} is not a whole number from 0")
    return value


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{name} is not a list")
    return tuple(_text(name, each) for each in value)


def _pairs(name: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError(f"{name} is not a table of 'name: value' lines")
    return {_text(name, key): _text(f"{name}.{key}", each) for key, each in value.items()}


def _lookups(name: str, value: object) -> dict[str, dict[str, str]]:
    if not isinstance(value, dict):
        raise ValueError(f"{name} is not a table by column")
    return {_text(name, key): _pairs(f"{name}.{key}", table) for key, table in value.items()}


def _assertions(name: str, value: object) -> Assertions:
    if not isinstance(value, dict) or not set(value) <= {"minimum", "maximum"}:
        raise ValueError(f"{name} holds minimum and maximum, nothing else")
    return Assertions(**{key: _whole(f"{name}.{key}", each) for key, each in value.items()})
