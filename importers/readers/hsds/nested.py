"""Sets aside a feed that comes as JSON: each object becomes a row of its table, linked to what holds it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson

from importers.entry import Note, Refusal
from importers.raw import RawFile
from importers.readers.encoding import encoding_of
from importers.readers.hsds.names import column_of, plain_name, table_of
from importers.readers.hsds.staging import Item, Staging
from importers.readers.json_stream import stream_records

_PAGES = frozenset({"contents", "content", "items", "results", "data", "records"})
"""Keys under which the APIs of HSDS give a page of records."""
_OWNERS = frozenset({"organization", "service", "location", "program", "taxonomy_term"})
"""Objects that what holds them points to; all others point to what holds them."""


def stage_json(staging: Staging, file: RawFile, reach: Callable[[int], None]) -> Iterator[Note | Refusal]:
    """Keep the records of one file, with all that stands in them; gives what was left out."""
    walk = _Walk(staging, file.name)
    if (encoding := encoding_of(file.path)) != "utf-8":
        yield Note(file.name, 0, "", "", f"is not UTF-8 and is read as {encoding}")
    for number, (key, record) in enumerate(stream_records(file, _is_list, reach), start=1):
        kind = _kind(key, record)
        if kind is None:
            reason = "is no service, organization or location of HSDS"
            yield Refusal(file.name, number, key, "", reason, "an object with an id and a name")
            continue
        yield from walk.keep(kind, record, number)
    yield from walk.unknown.values()


def _is_list(key: str, before: Mapping[str, Any]) -> bool:
    return "id" not in before and (key in _PAGES or bool(table_of(key.removesuffix(".csv"))))


def _kind(key: str, record: object) -> str | None:
    """The table of a record: by the key it stands under, else by what it has."""
    if not isinstance(record, dict):
        return None
    named = table_of(key.removesuffix(".csv")) if key and key not in _PAGES else None
    if named:
        return named
    if "service_id" in record or ("service" in record and "location" in record):
        return "service_at_location"
    if record.keys() & {"organization", "organization_id", "service_at_locations", "service_taxonomys"}:
        return "service"
    if record.keys() & {"services", "tax_status", "organization_identifiers", "legal_status"}:
        return "organization"
    if record.keys() & {"latitude", "physical_addresses", "location_type", "addresses"}:
        return "location"
    return (
        "service"
        if "name" in record and ("eligibility_description" in record or "status" in record)
        else None
    )


class _Walk:
    """Goes through one record at a time; ``unknown`` are keys that HSDS does not have, each once."""

    def __init__(self, staging: Staging, file: str) -> None:
        self._staging = staging
        self._file = file
        self.unknown: dict[tuple[str, str], Note] = {}

    def keep(self, kind: str, record: Mapping[str, Any], number: int) -> Iterator[Note | Refusal]:
        """Keep a record and what stands in it; a second one with its id and other content is refused."""
        earlier = self._keep(kind, record, number, {})[1]
        if earlier is not None and kind == "service" and earlier.row != number and _has_text(earlier, record):
            reason = f"is the id of record {earlier.row} too; that one is kept"
            yield Refusal(self._file, number, "id", earlier.id, reason, "an id of its own", (earlier.id,))

    def _keep(
        self, kind: str, record: Mapping[str, Any], number: int, links: dict[str, str]
    ) -> tuple[str, Item | None]:
        """The id of the row that the record became, and the row that had it before."""
        data: dict[str, str] = {}
        inner: list[tuple[str, Any]] = []
        for key, value in record.items():
            if isinstance(value, dict) or (
                isinstance(value, list) and any(isinstance(v, dict) for v in value)
            ):
                inner.append((self._table(kind, key, number), value))
            elif (text := _text(value)) and (column := self._column(kind, key, number)):
                data[column] = text if column == plain_name(key) else data.get(column, text)
        own = data.get("id", "").strip() or _made_id(kind, record, links)
        for table, value in inner:
            if table in _OWNERS and isinstance(value, dict):
                data[f"{table}_id"] = self._keep(table, value, number, {})[0]
        # What an owner belongs to is its own fact; a phone may stand in several places.
        facts = {**(links if kind in _OWNERS else {}), **data, "id": own}
        earlier = self._staging.add(Item(kind, own, self._file, number, facts), links)
        for table, value in inner:
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, dict) and table and not (table in _OWNERS and isinstance(value, dict)):
                    self._keep_inner(kind, own, table, each, number)
        return own, earlier

    def _keep_inner(self, kind: str, own: str, table: str, record: Mapping[str, Any], number: int) -> None:
        links = {f"{kind}_id": own}
        if table in ("attribute", "link_taxonomy"):
            links = {"link_id": own, "link_entity": kind}
        elif table == "metadata":
            links = {"resource_id": own}
        elif table == "location" and kind == "service":
            place = self._keep(table, record, number, {})[0]
            pair = {"service_id": own, "location_id": place}
            self._staging.add(Item("service_at_location", f"{own} {place}", self._file, number, pair), {})
            return
        self._keep(table, record, number, links)

    def _table(self, kind: str, key: str, number: int) -> str:
        # ORUK 1 has the term of a service under "taxonomy"; HSDS 3 has the name of its vocabulary there.
        found = table_of(key)
        if found is None:
            self._note(kind, key, number)
        return found or ""

    def _column(self, kind: str, key: str, number: int) -> str:
        column = column_of(kind, key)
        if column is None:
            self._note(kind, key, number)
        return column or ""

    def _note(self, kind: str, key: str, number: int) -> None:
        reason = "ignored: a key that HSDS does not have"
        self.unknown.setdefault(
            (kind, key), Note(self._file, number, f"{kind}.{plain_name(key)}", "", reason)
        )


def _text(value: object) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(_text(each) for each in value)
    return str(value)


def _made_id(kind: str, record: Mapping[str, Any], links: Mapping[str, str]) -> str:
    """An id for an object that has none, the same each time that it comes."""
    if kind in ("service", "organization"):
        return ""
    told = orjson.dumps([kind, record, links], option=orjson.OPT_SORT_KEYS, default=str)
    return hashlib.sha256(told).hexdigest()[:32]


def _has_text(earlier: Item, record: Mapping[str, Any]) -> bool:
    """Whether the second record says something else in its own columns."""
    return any(
        isinstance(value, str) and earlier.get(key) and earlier.get(key) != value.strip()
        for key, value in record.items()
    )
