"""Which table a file or a key of HSDS 1.0 to 3.x is, and what each of its columns is taken as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from service.geo.tables import rows_of

_HERE = Path(__file__).resolve().parent
_OTHER = re.compile(r"[^a-z0-9]+")
TABLES_OF_A_FEED = ("service", "organization")
"""A folder with both of these is a feed, whatever else lies in it."""


def plain_name(text: str) -> str:
    """A name as the lists write it: small letters, words joined by ``_``."""
    return _OTHER.sub("_", text.strip().lower()).strip("_")


def table_of(name: str) -> str | None:
    """The table that a file name (without ending) or a key means.

    The empty text is a table that is left out on purpose, None one that is not known.
    """
    return _tables().get(plain_name(name))


def column_of(table: str, name: str) -> str | None:
    """What the column is taken as; empty where it is left out on purpose, None where it is not known."""
    return _columns().get((table, plain_name(name)))


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
