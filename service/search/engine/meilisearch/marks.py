"""What a listing is chosen by, as one value of a column: by counting them a whole selection is told."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.search.engine.distance import exact_m
from service.search.engine.meilisearch.filters import any_of
from service.search.engine.meilisearch.selection import ID_DIGITS, counting
from service.search.engine.meilisearch.wire import Found, Query

_ID = 36  # characters of an id; what follows is written in hexadecimal
_PACKED = struct.Struct(">qfdd")
_VALUES = np.dtype([("key", ">i8"), ("newest", ">f4"), ("lat", ">f8"), ("lon", ">f8")])
_ALONE = 1_300  # marks for which another connection is not worth it
_TOLD = 2_700  # marks of a share: some hold a few more than others
_SOME_MORE = 1.1  # times as many as are wanted: another centre nearby has not the very same around it
_NOWHERE = (float("nan"), float("nan"))


def mark(key: int, listing_id: str, newest: float, point: tuple[float, float] | None) -> str:
    """The mark of a listing: its id, its row key, the day of the newest word on it (days since 1970), its
    point.
    """
    return listing_id + _PACKED.pack(key, newest, *(point or _NOWHERE)).hex()


class Marked(NamedTuple):
    """The listings of a selection in the order of their ids, which decides among equals in every engine."""

    ids: Sequence[str]
    values: NDArray[Any]

    def listed(self) -> dict[int, str]:
        """Row key to id of each."""
        return dict(zip(self.values["key"].tolist(), self.ids, strict=True))

    def nearest(
        self, centre: tuple[float, float], wanted: int, radius_m: float
    ) -> tuple[dict[int, str], float]:
        """So many of those within a radius (metres), nearest first and of equally near ones the newest; and
        within which radius there are some more than so many, or all.
        """
        far = exact_m(self.values["lat"], self.values["lon"], centre)
        inside = np.flatnonzero(far <= radius_m)
        order = np.lexsort((-self.values["newest"][inside], far[inside]))
        rows = inside[order[:wanted]].tolist()
        found = dict(zip(self.values["key"][rows].tolist(), (self.ids[row] for row in rows), strict=True))
        some_more = inside[order[: int(wanted * _SOME_MORE)]]
        return found, float(far[some_more[-1]]) if len(some_more) else radius_m

    def newest(self, wanted: int) -> dict[int, str]:
        """Row key to id of so many of the newest, newest first."""
        rows = np.argsort(-self.values["newest"], kind="stable")[:wanted].tolist()
        return dict(zip(self.values["key"][rows].tolist(), (self.ids[row] for row in rows), strict=True))


def marks_of(selection: str) -> Query:
    """What asks for every listing of a selection.

    To count the marks of a selection takes the server one microsecond for each listing; to find and tell
    them as documents in an order, twenty to forty.
    """
    return counting(selection, ("mark",))


def shares_of(selection: str, most: int) -> list[Query]:
    """What asks for every listing of a selection of at most so many, a share of all ids in each question.

    Of more than 3,000 the server counts the marks by going through those of the whole index: 25 ms of
    100,000 listings, where two shares of 2,000, asked for at once, take 5.
    """
    if most <= _ALONE:
        return [marks_of(selection)]
    size = len(ID_DIGITS) // 2
    while size > 1 and most * size > _TOLD * len(ID_DIGITS):
        size //= 2
    shares = (ID_DIGITS[at : at + size] for at in range(0, len(ID_DIGITS), size))
    return [marks_of(f"{selection} AND {any_of('share', each)}") for each in shares]


def marked(*found: Found) -> Marked:
    """What was answered to `marks_of`, or to all of `shares_of`."""
    marks = [mark for each in found for mark in each.get("facetDistribution", {}).get("mark", {})]
    packed = bytes.fromhex("".join([each[_ID:] for each in marks]))
    return Marked([each[:_ID] for each in marks], np.frombuffer(packed, _VALUES))
