"""The ids of everything: made from what they name, so that they are the same every time."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from uuid import UUID, uuid5

NABIJ = UUID("6f2f6f5e-3f0e-5d5b-9c59-0d5f1a4c7a11")
"""The name space that ids of ours are made in (UUID version 5)."""

_PARTS = (
    "service", "location", "address", "wheelchair", "phone", "schedule", "cost", "language", "document",
    "area", "zone_served", "zone", "hidden", "attribute", "fact",
)  # fmt: skip
"""What a listing has parts of; stored ids depend on the order, so a further one goes to the end."""
_NUMBER = {part: number for number, part in enumerate(_PARTS, start=1)}


def record_id(source_id: str, key: str) -> UUID:
    """The id of what a source says under a key, and of the listing that it speaks of."""
    return _uuid5(f"record\n{source_id}\n{key}")


def part_id(listing_id: UUID, part: str, number: int = 0) -> UUID:
    """The id of a part of a listing, or of the n-th of several.

    The listing's id with other last bits: the rows of a listing then lie together in every index, which makes
    writing them four times as fast as ids spread at random. The 80 bits before keep listings apart.
    """
    return UUID(int=listing_id.int ^ (_NUMBER[part] << 32 | number))


def part_ids(listing_id: UUID, part: str, count: int) -> list[str]:
    """The ids of the first ``count`` parts of a kind, each as 32 hexadecimal digits."""
    first = listing_id.int ^ _NUMBER[part] << 32
    return [f"{first ^ number:032x}" for number in range(count)]


def service_id(listing_id: UUID, has_place: bool) -> UUID:
    """The service's: of its own beside a place, whose service_at_location has the listing's id."""
    return part_id(listing_id, "service") if has_place else listing_id


@lru_cache(maxsize=20_000)
def organization_id(organization_key: str) -> UUID:
    """The id of one source's organization, by its key (see `service.catalogue.resolve.Resolved`)."""
    return _uuid5(f"organization\n{organization_key}")


def taxonomy_id(list_name: str) -> UUID:
    """The id of a closed list."""
    return uuid5(NABIJ, f"taxonomy\n{list_name}")


_SPACE = hashlib.sha1(NABIJ.bytes, usedforsecurity=False)


def _uuid5(name: str) -> UUID:
    """``uuid5(NABIJ, name)`` in half the time: an import makes two for every record."""
    digest = _SPACE.copy()
    digest.update(name.encode())
    return UUID(bytes=digest.digest()[:16], version=5)
