"""What is given away: every open listing with its licences, and the part of an export it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.engine import Connection

from service.catalogue.freshness import freshness
from service.hsds.directory import Directory
from service.hsds.entries import Entry, read_entries
from service.hsds.licences import NOT_STATED, OPEN, PARTS, SHARE_ALIKE, part_of

ABOUT_PART: Mapping[str, str] = {
    OPEN: "Free to use and mix; name the sources.",
    SHARE_ALIKE: "Binds what it is mixed with (ODbL, CC BY-SA): pass on under the same licence.",
    NOT_STATED: "Facts whose source states no licence: check with the source before passing them on.",
}


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose facts a listing holds, under which licence (None: not stated), and where they stand."""

    speaker: str
    licence: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """An export as asked for: which ``part`` (None: all), and only what changed at or after a moment."""

    today: date
    part: str | None = None
    modified_after: datetime | None = None

    def entries(self, connection: Connection, directory: Directory) -> Iterator[Entry]:
        """The listings, ascending by id, a batch in memory at a time."""
        for entry in read_entries(connection, directory.listings, self.today):
            if self.modified_after and entry.changed_at < self.modified_after:
                continue
            if self.part is None or part_of_entry(entry) == self.part:
                yield entry


def credits_of(entry: Entry) -> list[Credit]:
    """Who speaks in a listing, each once; of a hidden address nobody is named, nor a licence."""
    found: dict[tuple[str, str | None], Credit] = {}
    for who in entry.listing.provenance.values():
        if who.kind == "source":
            found.setdefault((who.speaker, who.licence), Credit(who.speaker, who.licence, who.url))
    return list(found.values())


def part_of_entry(entry: Entry) -> str:
    """The part that a listing belongs to: the strictest of its licences."""
    return part_of([each.licence for each in credits_of(entry)] or [None])


def sources_of(connection: Connection) -> list[dict[str, str]]:
    """The sources with their licence and the words that they ask to be named with."""
    return [
        {
            "id": each.id,
            "name": each.name,
            "publisher": each.publisher or "",
            "licence": each.licence or "not stated",
            "attribution": each.attribution or each.publisher or each.name,
            "url": each.url or "",
        }
        for each in freshness(connection).sources
    ]


assert set(ABOUT_PART) == set(PARTS)
