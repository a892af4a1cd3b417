"""Ids as HSDS writes them, each following from the listing's or from the name of what it stands for."""

from __future__ import annotations

import zlib
from functools import lru_cache
from uuid import UUID, uuid5

from service.catalogue.ids import part_id, taxonomy_id

_ATTRIBUTES = 1 << 20  # the first numbers of this kind of part belong to the rows of the database


def part(listing_id: UUID, kind: str, number: int = 0) -> str:
    """The id of a part of a listing, or of the n-th of several; the same as in the database's own tables."""
    return str(part_id(listing_id, kind, number))


def attribute_id(listing_id: UUID, link_type: str, value: str) -> str:
    """The id of a coded fact: it follows from what is said, whatever else is said about the listing."""
    return str(part_id(listing_id, "attribute", _number(link_type, value)))


def term_id(list_name: str, code: str) -> UUID:
    """The id of a term of a published taxonomy (see `service.catalogue.terms`)."""
    return uuid5(taxonomy_id(list_name), code)


def own_id(owner: UUID, name: str) -> str:
    """The id of something that an organization or a term has one of."""
    return str(uuid5(owner, name))


@lru_cache(maxsize=50_000)
def _number(link_type: str, value: str) -> int:
    return zlib.crc32(f"{link_type}\n{value}".encode()) | _ATTRIBUTES
