"""Clauses as filters in the language of Meilisearch: they pass the same listings as over the fact columns."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from service.geo.point import EARTH_RADIUS_M
from service.model.clauses import AllOf, Between, Clause, Has, Known, Not, OneOf, Within
from service.search.engine.distance import DEGREE_M
from service.search.engine.meilisearch.codes import code_of
from service.search.index.fields import COLUMNS

EVERY_LISTING = 'kind = "listing"'
NO_LISTING = 'kind = "nothing"'
PLACED = "placed EXISTS"
_SERVER_RADIUS_M = 6_371_000.0  # of the sphere that `_geoRadius` measures on
_BOX_MARGIN = 1.01  # meridians come closer together towards the pole: a circle is wider there than its middle
_INSIDE = 0.69  # of a radius, with that margin: half the side of a box in the circle, by half the root of two
_LARGEST_BOX_M = 200_000
_FARTHEST_LAT = 65.0  # beyond, a degree to the east has not nearly one length within a box
_Box = Callable[[tuple[float, float], float], str]
_ESCAPED = str.maketrans({'"': r"\u{22}", "\\": r"\u{5c}"})


def filter_of(where: Sequence[Clause], *more: str, in_boxes: bool = False) -> str:
    """The filter that passes the listings of which every clause holds, and every filter in ``more``.

    ``in_boxes`` puts boxes in the place of circles, so that some pass too that lie near the edge of one.
    Raises ValueError for a column that cannot be asked so.
    """
    written = _written(AllOf(tuple(where)), _outer if in_boxes else None)
    parts = [EVERY_LISTING, *more]
    if isinstance(written, str):
        parts.append(written)
    elif not written:
        parts.append(NO_LISTING)
    return " AND ".join(f"({part})" for part in parts)


def in_box(centre: tuple[float, float], half_side_m: float) -> str:
    """The filter for a point in the box that holds the circle of this radius (metres) around a centre.

    The server reads no tree of points for it, as it does for a circle and for an order by distance.
    """
    north, east = _sides(centre, half_side_m)
    corners = (centre[0] + north, centre[1] + east), (centre[0] - north, centre[1] - east)
    return "_geoBoundingBox({})".format(", ".join(f"[{lat!r}, {lon!r}]" for lat, lon in corners))


def no_older(day: float) -> str:
    """The filter for a word on a listing that is of this day (days since 1970) or newer, as in its mark."""
    return f"(said_on >= {day!r} OR checked_on >= {day!r})"


def any_of(column: str, values: Iterable[str]) -> str:
    """The filter for holding at least one of the values, as they stand in the index."""
    return f"{column} IN [{', '.join(map(_quoted, values))}]"


def joined(word: str, parts: Iterable[str]) -> str:
    """Filters joined by AND or OR."""
    return f" {word} ".join(f"({part})" for part in parts)


def _quoted(value: str) -> str:
    return '"' + value.translate(_ESCAPED) + '"'


def _written(clause: Clause, box: _Box | None) -> str | bool:
    """The filter; True and False where it passes all, or none, whatever is known. ``box`` is what stands for
    a circle.
    """
    match clause:
        case AllOf(parts):
            return _together([_written(part, box) for part in parts], "AND", dull=True)
        case OneOf(parts):
            return _together([_written(part, box) for part in parts], "OR", dull=False)
        case Not(part):
            # What passes too much is turned round into what passes too little.
            written = _written(part, None if box is None else _inner if box is _outer else _outer)
            return not written if isinstance(written, bool) else f"NOT ({written})"
        case Within(lat, lon, radius_m):
            if box is not None:
                return box((lat, lon), radius_m)
            # The server measures on a sphere of another radius: the same angle is another length there.
            return f"_geoRadius({lat!r}, {lon!r}, {radius_m * _SERVER_RADIUS_M / EARTH_RADIUS_M!r})"
        case _:
            return _of_column(clause)


def _outer(centre: tuple[float, float], radius_m: float) -> str:
    """A box around the circle."""
    return in_box(centre, radius_m) if _has_box(centre, radius_m) else PLACED


def _inner(centre: tuple[float, float], radius_m: float) -> str:
    """A box in the circle."""
    side = min(radius_m, _LARGEST_BOX_M) * _INSIDE
    return in_box(centre, side) if _has_box(centre, side) else NO_LISTING


def _has_box(centre: tuple[float, float], half_side_m: float) -> bool:
    """Whether a box is near enough to what it stands for: not near a pole, nor across the edge of the map."""
    north, east = _sides(centre, half_side_m)
    fits = abs(centre[0]) + north < _FARTHEST_LAT and abs(centre[1]) + east < 180
    return fits and half_side_m <= _LARGEST_BOX_M


def _sides(centre: tuple[float, float], half_side_m: float) -> tuple[float, float]:
    """Degrees to the north and to the east."""
    north = half_side_m * _BOX_MARGIN / DEGREE_M
    return north, north / math.cos(math.radians(centre[0]))


def _together(parts: list[str | bool], word: str, *, dull: bool) -> str | bool:
    """``dull`` is what adds nothing: it is left out, and its opposite decides alone."""
    if any(part is not dull and isinstance(part, bool) for part in parts):
        return not dull
    texts = list(dict.fromkeys(part for part in parts if isinstance(part, str)))
    if not texts:
        return dull
    return texts[0] if len(texts) == 1 else joined(word, texts)


def _of_column(clause: Has | Known | Between) -> str | bool:
    column = COLUMNS.get(clause.column)
    if column is None:
        raise ValueError(f"{clause.column!r} is not a column of the index")
    name = column.name
    if isinstance(clause, Known):
        return PLACED if column.kind == "point" else f"{name} EXISTS"
    if isinstance(clause, Between):
        if column.kind != "number":
            raise ValueError(f"{column.name} holds no number")
        return f"{name} {clause.low!r} TO {clause.high!r}"
    if column.kind in ("number", "point"):
        raise ValueError(f"{column.name} holds no codes")
    values = sorted(value for value in clause.values if value)
    if column.kind == "open_code":
        values = [code_of(value) for value in values]
    return any_of(name, values) if values else False
