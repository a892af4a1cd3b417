"""Counting how many of the selected documents hold each code of a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.search.engine.fts5.selection import Selection
from service.search.engine.fts5.table import Table
from service.search.index.fields import COLUMNS


def count_codes(
    table: Table, columns: Sequence[str], selection: Selection
) -> Mapping[str, Mapping[str, int]]:
    """Per column the codes that occur and their number of documents.

    Raises ValueError for a column that holds no codes.
    """
    answer: dict[str, Mapping[str, int]] = {}
    for name in columns:
        if name not in COLUMNS or COLUMNS[name].kind in ("number", "point"):
            raise ValueError(f"{name!r} is not a column of codes")
        counted = selection.counts.get(name)
        if counted is None:
            counted = selection.counts[name] = _count(table, name, selection.rows)
        answer[name] = counted
    return answer


def _count(table: Table, name: str, selected: NDArray[np.int64]) -> Mapping[str, int]:
    column = COLUMNS[name]
    codes: Sequence[str]
    if column.kind == "code":
        codes = ("", *column.vocabulary())
    elif column.kind == "open_code":
        codes = table.texts[name]
    else:
        codes = column.vocabulary()
    held: NDArray[Any] = table.columns[name].take(selected)
    numbers: NDArray[Any]
    if column.kind == "set":
        # Counted per set first, then per code: there are thousands of sets and dozens of codes. Only numbers
        # with a fraction are multiplied quickly; these are exact up to 16 million documents.
        by_set = np.bincount(held)
        occurring = np.flatnonzero(by_set)
        members = table.members[name][occurring].astype(np.float32)
        numbers = by_set[occurring].astype(np.float32) @ members
    else:
        numbers = np.bincount(held, minlength=len(codes))
        numbers[0] = 0
    return {codes[place]: int(numbers[place]) for place in np.flatnonzero(numbers).tolist()}
