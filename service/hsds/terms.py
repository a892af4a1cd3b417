"""The taxonomies and their terms as collections: read from the data files, the same for every request."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from service.hsds.known import Json
from service.hsds.parameters import TAXONOMIES, Asked
from service.hsds.taxonomies import taxonomies, taxonomy_terms


def term_records(collection: str, asked: Asked) -> list[Json]:
    """The taxonomies or terms that pass every filter, ascending by id."""
    return [each for each in _ordered(collection) if _passes(each, asked)]


@cache
def by_id(collection: str) -> Mapping[str, Json]:
    """Every taxonomy, or every term with the taxonomy it is of, by id."""
    if collection == TAXONOMIES:
        return {each["id"]: each for each in taxonomies().values()}
    return {
        each["id"]: each | {"taxonomy_detail": taxonomies()[each["taxonomy"]]}
        for each in taxonomy_terms().values()
    }


@cache
def _ordered(collection: str) -> list[Json]:
    held = by_id(collection)
    return [held[own] for own in sorted(held)]


def _passes(record: Json, asked: Asked) -> bool:
    words = str(asked.get("search", "")).casefold().split()
    text = " ".join(str(record.get(key, "")) for key in ("name", "code", "description")).casefold()
    if not all(word in text for word in words):
        return False
    if asked.get("top_only") and "parent_id" in record:
        return False
    wanted = {"taxonomy_id": asked.get("taxonomy_id"), "parent_id": asked.get("parent_id")}
    return all(value is None or record.get(key) == str(value) for key, value in wanted.items())
