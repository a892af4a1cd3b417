"""Elements of OpenStreetMap in a PBF extract, sifted by tags; memory grows with what is taken only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import osmium
from osmium.filter import IdFilter, KeyFilter

from importers.raw import RawFile
from importers.readers.osm.element import Element, element_of
from service.errors import SourceError

_STRETCHES = 50  # of ids in one filter: 200 MB
MAX_MEMBERS = 5_000_000
"""Nodes and ways that are looked up for their place; those of all Belgium are under a tenth of it."""


def is_pbf(start: bytes) -> bool:
    """Whether a file begins as a PBF does: with the length of a header and its name."""
    return start[4:].startswith(b"\x0a\x09OSMHeader")


def pbf_elements(file: RawFile, keys: Collection[str]) -> Iterator[Element]:
    """Each element that has one of the keys: relations, ways, nodes.

    Raises SourceError where the file is broken, or more places would have to be looked up than MAX_MEMBERS.
    """
    try:
        yield from _elements(file, tuple(keys))
    except (RuntimeError, ValueError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise SourceError(f"{file.name} is no PBF that can be read: {reason}.") from None


@dataclass(slots=True)
class _Found:
    """An element whose point is not known yet, with the nodes and ways it is made of."""

    kind: str
    number: int
    tags: Mapping[str, str]
    edited_on: str
    nodes: tuple[int, ...]
    ways: tuple[int, ...] = field(default=())


def _elements(file: RawFile, keys: tuple[str, ...]) -> Iterator[Element]:
    # A file refers from relations to ways to nodes: read in that order, only what is referred to is kept.
    relations = [_relation(each) for each in _read(file, osmium.osm.RELATION, KeyFilter(*keys))]
    ways = [_way(each) for each in _read(file, osmium.osm.WAY, KeyFilter(*keys))]
    members = {way for each in relations for way in each.ways}
    _limit(file, len(members))
    nodes_of = {
        each.id: tuple(node.ref for node in each.nodes)
        for part in in_turns(members)
        for each in _read(file, osmium.osm.WAY, IdFilter(part))
    }
    wanted = {node for each in (*relations, *ways) for node in each.nodes}
    wanted.update(node for nodes in nodes_of.values() for node in nodes)
    _limit(file, len(wanted))
    places = {
        each.id: (each.location.lat, each.location.lon)
        for part in in_turns(wanted)
        for each in _read(file, osmium.osm.NODE, IdFilter(part))
        if each.location.valid()
    }
    for each in (*relations, *ways):
        nodes = (*each.nodes, *(node for way in each.ways for node in nodes_of.get(way, ())))
        point = _middle([places[node] for node in nodes if node in places])
        yield from _made(each.kind, each.number, each.tags, point, each.edited_on)
    for each in _read(file, osmium.osm.NODE, KeyFilter(*keys)):
        point = f"{each.location.lat} {each.location.lon}" if each.location.valid() else ""
        yield from _made("node", each.id, _tags(each), point, _edited_on(each))


def in_turns(ids: Collection[int]) -> Iterator[set[int]]:
    """The ids in parts that a filter can hold: the file is read once for each.

    A filter has 4 MB for each stretch of 2^25 ids that one of its own lies in; OpenStreetMap has some 400.
    """
    stretches: dict[int, set[int]] = {}
    for each in ids:
        stretches.setdefault(each >> 25, set()).add(each)
    for at in range(0, len(stretches), _STRETCHES):
        yield set().union(*(stretches[key] for key in sorted(stretches)[at : at + _STRETCHES]))


def _read(file: RawFile, entities: Any, sieve: Any) -> Iterable[Any]:  # noqa: ANN401 (osmium has no types here)
    # The format is named: by itself osmium would take a name with a scheme for an address and call it.
    opened = osmium.io.File(str(file.path.absolute()), "pbf")
    found: Iterable[Any] = osmium.FileProcessor(opened, entities).with_filter(sieve)
    return (each for each in found if each.visible)


def _relation(each: Any) -> _Found:  # noqa: ANN401
    nodes = tuple(member.ref for member in each.members if member.type == "n")
    ways = tuple(member.ref for member in each.members if member.type == "w")
    return _Found("relation", each.id, _tags(each), _edited_on(each), nodes, ways)


def _way(each: Any) -> _Found:  # noqa: ANN401
    return _Found("way", each.id, _tags(each), _edited_on(each), tuple(node.ref for node in each.nodes))


def _tags(each: Any) -> dict[str, str]:  # noqa: ANN401
    return {tag.k: tag.v for tag in each.tags}


def _edited_on(each: Any) -> str:  # noqa: ANN401
    # An extract without dates says 1970.
    return f"{each.timestamp:%Y-%m-%d}" if each.timestamp.year > 2000 else ""


def _middle(points: list[tuple[float, float]]) -> str:
    if not points:
        return ""
    lats, lons = zip(*points, strict=True)
    return f"{(min(lats) + max(lats)) / 2:.7f} {(min(lons) + max(lons)) / 2:.7f}"


def _made(kind: str, number: int, tags: Mapping[str, str], point: str, edited_on: str) -> Iterator[Element]:
    made = element_of(kind, number, tags, point, edited_on)
    if made:
        yield made


def _limit(file: RawFile, count: int) -> None:
    if count > MAX_MEMBERS:
        raise SourceError(f"{file.name} needs {count:,} points looked up; at most {MAX_MEMBERS:,} are.")
