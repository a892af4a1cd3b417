"""Which records speak of the same listing, and which of their ids the listing carries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID


def components(records: Collection[UUID], links: Iterable[tuple[UUID, UUID]]) -> list[frozenset[UUID]]:
    """The groups of records that links join, directly or through others; links to other records count not."""
    group = {record: {record} for record in records}
    for one, other in links:
        if one in group and other in group and group[one] is not group[other]:
            small, large = sorted((group[one], group[other]), key=len)
            large |= small
            for record in small:
                group[record] = large
    return [frozenset(members) for members in {id(members): members for members in group.values()}.values()]


def listing_of(members: Iterable[UUID], precedence: Mapping[UUID, int]) -> UUID:
    """The id that a group goes by: of the record with the highest precedence, then the smallest id.

    Withdrawn records count too, so that an address does not change when a source falls silent.
    """
    return min(members, key=lambda record: (-precedence[record], record.int))
