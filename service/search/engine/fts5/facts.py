"""How the facts of one document are written as a record of fixed size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np

from service.search.engine.base import Document
from service.search.index.fields import COLUMNS, TEXT_COLUMNS, Column, places

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


class Packer:
    """Writes the facts of documents as records and interns sets and open codes: a number per text.

    ``interned`` is what was interned before, as (column, number, text); ``added`` what came to it.
    """

    def __init__(self, interned: Iterable[tuple[str, int, str]] = ()) -> None:
        self._numbers: dict[str, dict[str, int]] = {}
        self._sets: dict[str, dict[tuple[str, ...], int]] = {}
        for column in COLUMNS.values():
            self._numbers[column.name] = {"": 0}
            self._sets[column.name] = {(): 0}
        for name, number, text in interned:
            self._numbers[name][text] = number
        self.added: list[tuple[str, int, str]] = []

    def pack(self, document: Document) -> bytes:
        """The facts of a document as the bytes of one record.

        Raises ValueError for a code that is not in its column's vocabulary.
        """
        length = sum(text.count(" ") + 1 for name in TEXT_COLUMNS if (text := document.texts.get(name)))
        values = [self._value(column, document.facts.get(column.name)) for column in COLUMNS.values()]
        return np.array((*values, min(length, MAX_LENGTH)), record_type()).tobytes()

    def _value(self, column: Column, value: Any) -> Any:  # noqa: ANN401 - each kind its own
        if column.kind == "set":
            return self._set_number(column.name, tuple(value or ()))
        if value is None:
            return _UNKNOWN[column.kind]
        if column.kind == "code":
            return _place(column.name, value) + 1
        return self._number(column.name, value) if column.kind == "open_code" else value

    def _set_number(self, column: str, codes: tuple[str, ...]) -> int:
        found = self._sets[column].get(codes)
        if found is None:
            ordered = sorted(set(codes), key=lambda code: _place(column, code))
            found = self._sets[column][codes] = self._number(column, " ".join(ordered))
        return found

    def _number(self, column: str, text: str) -> int:
        known = self._numbers[column]
        found = known.get(text)
        if found is None:
            found = known[text] = len(known)
            self.added.append((column, found, text))
        return found


_UNKNOWN: Mapping[str, Any] = {
    "code": 0,
    "open_code": 0,
    "number": np.nan,
    "point": (np.nan, np.nan),
}


def _place(column: str, code: str) -> int:
    place = places(column).get(code)
    if place is None:
        raise ValueError(f"{column}: {code!r} is not in its vocabulary")
    return place
