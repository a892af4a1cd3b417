"""A record of which every value is taken or ignored on purpose; what is left over is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from importers.entry import Cell, without_repeats
from service.errors import BadValue

MAX_LEAVES = 5_000  # of one record


class NoLonger(BadValue):
    """The source itself says that this is no listing (any more): what it said before is withdrawn."""


class Taken:
    """Gives the values of a JSON record by their path (``address.city``, ``phones[].value``)."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self._leaves: dict[str, list[Any]] = {}
        for number, (path, value) in enumerate(_leaves("", record)):
            if number < MAX_LEAVES:
                self._leaves.setdefault(path, []).append(value)
        self._untouched = dict.fromkeys(self._leaves)
        self.record = record

    def text(self, path: str) -> str:
        """The first text at the path; empty where there is none."""
        return next(iter(self.texts(path)), "")

    def texts(self, path: str) -> tuple[str, ...]:
        """All texts at the path, each once."""
        self.ignore(path)
        return without_repeats(plain(value) for value in self._leaves.get(path, ()))

    def point(self, lat: str, lon: str) -> str:
        """The point that two paths give; empty where one of them gives nothing."""
        both = (self.text(lat), self.text(lon))
        return " ".join(both) if all(both) else ""

    def objects(self, key: str) -> list[Mapping[str, Any]]:
        """The objects in the list at an outermost key; all that is in them counts as taken."""
        self.ignore_all(key)
        found = self.record.get(key)
        if isinstance(found, Mapping):
            return [found]
        return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []

    def ignore(self, *paths: str) -> None:
        """These are left out on purpose."""
        for path in paths:
            self._untouched.pop(path, None)

    def ignore_all(self, *prefixes: str) -> None:
        """So is everything at and under these paths."""
        for path in list(self._untouched):
            if any(path == each or path.startswith((f"{each}.", f"{each}[")) for each in prefixes):
                del self._untouched[path]

    def cells(self, paths: Mapping[str, str]) -> dict[str, Cell]:
        """The fields that a table of path and field key says."""
        found: dict[str, Cell] = {}
        for path, target in paths.items():
            texts = self.texts(path)
            if texts and not found.get(target):
                found[target] = texts
        return {target: cell if len(cell) > 1 else cell[0] for target, cell in found.items()}

    def left_over(self) -> list[tuple[str, str]]:
        """The paths that nobody took or ignored and that say something, with the first value there."""
        found = ((path, plain(self._leaves[path][0])) for path in self._untouched)
        return [(path, value) for path, value in found if value]


def plain(value: object) -> str:
    """A value of JSON as text; a point as latitude and longitude."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).strip()


def _leaves(path: str, value: object) -> Iterator[tuple[str, object]]:
    """Every value with its path; not by calling itself without end: the reader limits depth."""
    if isinstance(value, Mapping):
        point = _point(value)
        if point:
            yield path, point
            return
        for key, each in value.items():
            yield from _leaves(f"{path}.{key}" if path else str(key), each)
    elif isinstance(value, list):
        for each in value:
            is_nested = isinstance(each, Mapping | list)
            yield from _leaves(f"{path}[]" if is_nested else path, each)
    else:
        yield path, value


def _point(value: Mapping[str, Any]) -> str:
    """A point of GeoJSON (longitude first) or of Opendatasoft, as latitude and longitude."""
    if value.get("type") == "Point" and isinstance(value.get("coordinates"), list):
        numbers = value["coordinates"]
        return f"{numbers[1]} {numbers[0]}" if len(numbers) >= 2 else ""
    if set(value) == {"lat", "lon"} and None not in value.values():
        return f"{value['lat']} {value['lon']}"
    return ""
