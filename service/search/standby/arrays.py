"""Facts of listings as the arrays that ranking looks at, in the form of `Candidates`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.search.index.fields import COLUMNS, Column


class OpenCodes:
    """A number for each text of a column with an open list; a text keeps its number for ever."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._texts: dict[str, list[str]] = {c.name: [""] for c in COLUMNS.values() if c.kind == "open_code"}
        self._numbers: dict[str, dict[str, int]] = {name: {"": 0} for name in self._texts}

    def texts(self, column: str) -> Sequence[str]:
        """The texts by number; the first is the empty text of unknown."""
        return self._texts[column]

    def number(self, column: str, text: str | None) -> int:
        """The number of a text, given at its first coming."""
        known = self._numbers[column]
        found = known.get(text or "")
        if found is not None:
            return found
        with self._lock:
            if text not in known:
                self._texts[column].append(text or "")
                known[text or ""] = len(self._texts[column]) - 1
        return known[text or ""]

    def add(self, column: str, texts: Iterable[str]) -> None:
        """Give every text its number."""
        for text in texts:
            self.number(column, text)


def fact_arrays(listings: Sequence[Mapping[str, Any]], codes: OpenCodes) -> dict[str, NDArray[Any]]:
    """The fact columns of listings, one row each, as `Candidates` describes them."""
    return {
        column.name: _array(column, [facts.get(column.name) for facts in listings], codes)
        for column in COLUMNS.values()
    }


def _array(column: Column, values: list[Any], codes: OpenCodes) -> NDArray[Any]:
    if column.kind == "open_code":
        return np.array([codes.number(column.name, value) for value in values], np.int64)
    if column.kind == "point":
        pairs = [(np.nan, np.nan) if value is None else value for value in values]
        return np.array(pairs, np.float64).reshape(len(values), 2)
    if column.kind == "number":
        return np.array([np.nan if value is None else value for value in values], np.float64)
    places = {code: place for place, code in enumerate(column.vocabulary())}
    if column.kind == "code":
        return np.array([0 if value is None else places[value] + 1 for value in values], np.int64)
    bits = np.zeros((len(values), -(-len(places) // 64)), np.uint64)
    for row, held in enumerate(values):
        for code in held or ():
            bits[row, places[code] // 64] |= np.uint64(1 << (places[code] % 64))
    return bits
