"""Which table a file or a key of HSDS 1.0 to 3.x is, and what each of its columns is taken as."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from service.geo.tables import rows_of

_HERE = Path(__file__).resolve().parent
_OTHER = re.compile(r"[^a-z0-9]+")
_RECORD_ID = re.compile(r"_?record_?id$")
TABLES_OF_A_FEED = ("service", "organization")
"""A folder with both of these is a feed, whatever else lies in it."""
_OWNERS_OF_ROWS = frozenset({"service", "location", "organization", "contact"})


def plain_name(text: str) -> str:
    """A name as the lists write it: small letters, words joined by ``_``."""
    return _OTHER.sub("_", text.strip().lower()).strip("_")


def table_of(name: str) -> str | None:
    """The table that a file name (without ending) or a key means.

    The empty text is a table that is left out on purpose, None one that is not known.
    """
    return _tables().get(plain_name(name))


def column_of(table: str, name: str) -> str | None:
    """What the column is taken as; empty where it is left out on purpose, None where it is not known.

    A column may carry the name of its own table (``service_name``), and ``recordid`` for ``id``.
    """
    plain = _RECORD_ID.sub("_id", plain_name(name)).lstrip("_")
    known = _columns()
    found = known.get((table, plain))
    return found if found is not None else known.get((table, plain.removeprefix(f"{table}_")))


def closeness(table: str, name: str) -> int:
    """How near a column's own name is to what it is taken as, 0 nearest: where two mean one, it wins."""
    plain = plain_name(name)
    if plain == column_of(table, name):
        return 0
    return 1 if (table, plain) in _columns() else 2


def tables_tied_by(name: str) -> tuple[str, str] | None:
    """The owner's table and the other one where a file's name is made of both (``service_phones``)."""
    words = plain_name(name).split("_")
    for at in range(1, len(words)):
        owner, other = table_of("_".join(words[:at])), table_of("_".join(words[at:]))
        if owner in _OWNERS_OF_ROWS and other:
            return owner, other
    return None


def place_of_id(table: str, header: Sequence[str]) -> int | None:
    """Where in the header the id of a row of ``table`` stands; None where it does not."""
    ids = [_RECORD_ID.sub("_id", plain_name(column)) for column in header]
    return ids.index(f"{table}_id") if f"{table}_id" in ids else None


@cache
def label_of(code: str, language: str | None) -> str:
    """The word before a paragraph that has no field of its own; in English where nobody said a language."""
    row = next(row for row in rows_of(_HERE / "labels.csv") if row["code"] == code)
    return row.get(language or "en") or row["en"]


@cache
def _tables() -> Mapping[str, str]:
    return {row["alias"]: row["table"] for row in rows_of(_HERE / "tables.csv")}


@cache
def _columns() -> Mapping[tuple[str, str], str]:
    rows = rows_of(_HERE / "columns.csv")
    return {(row["table"], row["column"]): row["taken_as"] for row in rows}
