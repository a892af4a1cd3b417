"""Ids as HSDS writes them, each following from the listing's or from the name of what it stands for."""

from __future__ import annotations

import zlib
from functools import cache, lru_cache
from uuid import UUID, uuid5

from service.catalogue.ids import part_id, taxonomy_id

_ATTRIBUTES = 1 << 20  # the first numbers of this kind of part belong to the rows of the database
_LAST = (1 << 48) - 1
_FIRST_CHARACTERS = 24  # of 36: those of the bits that all parts of a listing share


class PartIds:
    """The ids of the parts of one listing, the same as in the database's own tables.

    They differ in their last 48 bits alone (`service.catalogue.ids.part_id`), so that these alone are written
    anew: a service has fifty of them.
    """

    __slots__ = ("_first", "_last")

    def __init__(self, listing_id: UUID) -> None:
        self._first = str(listing_id)[:_FIRST_CHARACTERS]
        self._last = listing_id.int & _LAST

    def part(self, kind: str, number: int = 0) -> str:
        """The id of a part, or of the n-th of several."""
        return f"{self._first}{self._last ^ (_kind(kind) | number):012x}"

    def attribute(self, link_type: str, value: str) -> str:
        """The id of a coded fact: it follows from what is said, whatever else is said of the listing."""
        return self.part("attribute", _number(link_type, value))


def term_id(list_name: str, code: str) -> UUID:
    """The id of a term of a published taxonomy (see `service.catalogue.terms`)."""
    return uuid5(taxonomy_id(list_name), code)


def own_id(owner: UUID, name: str) -> str:
    """The id of something that an organization or a term has one of."""
    return str(uuid5(owner, name))


@cache
def _kind(kind: str) -> int:
    return part_id(UUID(int=0), kind).int


@lru_cache(maxsize=50_000)
def _number(link_type: str, value: str) -> int:
    return zlib.crc32(f"{link_type}\n{value}".encode()) | _ATTRIBUTES
