"""How the facts of one document are written as a record of fixed size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from service.search.engine.base import Document
from service.search.index.fields import COLUMNS, TEXT_COLUMNS, Column

# float32 holds whole days and years exactly up to 16 million.
_TYPES: Mapping[str, Any] = {
    "set": "<u4",
    "code": "u1",
    "open_code": "<u4",
    "number": "<f4",
    "point": ("<f8", 2),
}
MAX_LENGTH = 65_535  # terms; what the length field holds


@cache
def record_type() -> np.dtype[Any]:
    """The record: one field per fact column, and ``length``, the number of terms of the document.

    A set and an open code are numbers into the table of interned texts, 0 for nothing known; a code is its
    place in the vocabulary plus one, 0 for unknown.
    """
    return np.dtype([(c.name, _TYPES[c.kind]) for c in COLUMNS.values()] + [("length", "<u2")])


@cache
def positions(column: str) -> Mapping[str, int]:
    """The place of each code in a column's vocabulary."""
    return {code: place for place, code in enumerate(COLUMNS[column].vocabulary())}


class Interned:
    """The texts that sets and open codes stand for: a number per column and text, 0 for the empty text."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, int]] = {}
        self.added: list[tuple[str, int, str]] = []

    def load(self, rows: Sequence[tuple[str, int, str]]) -> None:
        """Take over what was interned before, as (column, number, text)."""
        for column, number, text in rows:
            self._numbers.setdefault(column, {"": 0})[text] = number

    def number(self, column: str, text: str) -> int:
        """The number of a text; a new text gets the next one and is listed in ``added``."""
        known = self._numbers.setdefault(column, {"": 0})
        found = known.get(text)
        if found is None:
            found = known[text] = len(known)
            self.added.append((column, found, text))
        return found


def pack(document: Document, interned: Interned) -> bytes:
    """The facts of a document as the bytes of one record.

    Raises ValueError for a code that is not in its column's vocabulary.
    """
    length = sum(text.count(" ") + 1 for name in TEXT_COLUMNS if (text := document.texts.get(name)))
    values = [_packed(column, document.facts.get(column.name), interned) for column in COLUMNS.values()]
    return np.array([(*values, min(length, MAX_LENGTH))], record_type()).tobytes()


def _packed(column: Column, value: Any, interned: Interned) -> Any:  # noqa: ANN401 - each kind its own
    if column.kind == "number":
        return np.nan if value is None else value
    if column.kind == "point":
        return (np.nan, np.nan) if value is None else tuple(value)
    if column.kind == "open_code":
        return interned.number(column.name, value or "")
    places = positions(column.name)
    codes = () if value is None else (value,) if column.kind == "code" else tuple(value)
    strange = [code for code in codes if code not in places]
    if strange:
        raise ValueError(f"{column.name}: {strange[0]!r} is not in its vocabulary")
    if column.kind == "code":
        return places[codes[0]] + 1 if codes else 0
    return interned.number(column.name, " ".join(sorted(set(codes), key=places.__getitem__)))
