"""Listings as one table: a row each, a column per field and language, as `nabij import` reads them back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from service.hsds.attributes import INTERNAL
from service.hsds.entries import Entry
from service.model.fields import LANGUAGES, fields
from service.model.values import Value
from service.opendata.shelf import credits_of

RECORD = ("key", "said_on", "url", "publisher", "licence")
_ROWS_AT_ONCE = 200


@cache
def columns() -> tuple[str, ...]:
    """What is said of the record, then every field, a text once per language."""
    found = list(RECORD)
    for path, field in fields().items():
        if path not in INTERNAL:
            found += [path, *(f"{path}@{each}" for each in LANGUAGES)] if field.per_language else [path]
    return tuple(found)


def write_table(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The table as CSV in UTF-8, some rows at a time."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns())
    for number, entry in enumerate(entries, 1):
        writer.writerow(_row(entry))
        if number % _ROWS_AT_ONCE == 0:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    written = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return written


def _row(entry: Entry) -> Sequence[str]:
    """What somebody stated: what follows by a rule of ours follows again where it is read.

    Of a hidden address it would not, for what it follows from stays here.
    """
    listing = entry.listing
    hidden = listing.location is not None and listing.location.hidden
    said = {
        key: _cell(value)
        for key, value in entry.values.items()
        if key in listing.provenance and (hidden or listing.provenance[key].kind != "derived")
    }
    credits = credits_of(entry)
    said["key"] = str(listing.id)
    said["said_on"] = str(listing.said_on) if listing.said_on else ""
    if credits:
        said |= {"url": credits[0].url or "", "publisher": credits[0].speaker}
        said["licence"] = "; ".join(dict.fromkeys(each.licence for each in credits if each.licence))
    return [said.get(name, "") for name in columns()]


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, list):
        return str(value)
    if value and isinstance(value[0], float):
        return " ".join(map(str, value))
    items = [str(each) for each in value]
    # a bar parts items wherever one is there, so that items may hold semicolons
    return (
        "|".join(items) if len(items) > 1 else f"{items[0]}|" if items and ";" in items[0] else "".join(items)
    )
