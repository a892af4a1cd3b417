"""Reads OpenStreetMap, from an extract (PBF) or an answer of Overpass (JSON), as entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from importers.entry import Entry, Note, Refusal
from importers.raw import RawFile
from importers.readers.osm.element import Element
from importers.readers.osm.listing import KEPT_SECRET, cells_of, left_over, why_not
from importers.readers.osm.overpass import overpass_elements
from importers.readers.osm.pbf import is_pbf, pbf_elements
from importers.readers.osm.tables import keys, kinds_of
from importers.readers.records import IGNORED
from service.errors import SourceError
from service.readers.table import shorten


class OsmFeed:
    """The places of one file that are of a kind we take; kinds and tags are tables beside this."""

    def __init__(self, file: RawFile, reach: Callable[[int], None], language: str | None = None) -> None:
        self._file = file
        self._reach = reach
        self._language = language

    def entries(self) -> Iterator[Entry | Refusal | Note]:
        """Every place as an entry, every other tagged thing as a note; raises SourceError as readers do."""
        for number, element in enumerate(self._elements(), start=1):
            if element is None:
                reason, suggestion = "is no element of OpenStreetMap", "a type, an id and tags"
                yield Refusal(self._file.name, number, "", "", reason, suggestion)
            elif element.tags:
                yield self._entry(element, number)

    def _elements(self) -> Iterator[Element | None]:
        try:
            with self._file.path.open("rb") as opened:
                start = opened.read(64)
        except OSError as error:
            raise SourceError(f"{self._file.name} cannot be read: {error.strerror}.") from None
        if is_pbf(start):
            return iter(pbf_elements(self._file, keys()))
        return overpass_elements(self._file, self._reach)

    def _entry(self, element: Element, number: int) -> Entry | Note:
        found, name = kinds_of(element.tags), self._file.name
        reason = why_not(element.tags, found)
        if reason == KEPT_SECRET:
            return Note(name, number, "", "", reason)
        if reason:
            shown = "; ".join(f"{key}={value}" for key, value in element.tags.items())
            return Note(name, number, "", shorten(f"{element.key}: {shown}"), reason)
        notes = [Note(name, number, tag, shorten(value), IGNORED) for tag, value in left_over(element.tags)]
        return Entry(name, number, element.key, cells_of(element, found), notes, self._language)
