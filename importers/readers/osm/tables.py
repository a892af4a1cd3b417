"""What tags of OpenStreetMap mean to us: kinds of places, and fields of a listing, both from tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from service.geo.tables import rows_of, split

_HERE = Path(__file__).parent
Tag = tuple[str, str]
ANY = "*"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of place: the ``tags`` that make it, what it helps with, what it is called where it has no name.

    ``is_organization`` tells whether such a place's own name is that of who runs it; ``is_secret`` that the
    address is one that stays secret, so that it is not taken at all.
    """

    tags: tuple[Tag, ...]
    needs: tuple[str, ...]
    names: Mapping[str, str]
    is_organization: bool
    is_secret: bool


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind that is taken, those with most tags first."""
    found = [_kind(row) for row in rows_of(_HERE / "kinds.csv")]
    return tuple(sorted(found, key=lambda kind: -len(kind.tags)))


@cache
def keys() -> tuple[str, ...]:
    """Keys of which every place that is taken has one: what a file is sifted by."""
    return tuple(sorted({kind.tags[0][0] for kind in kinds()}))


def kinds_of(tags: Mapping[str, str]) -> tuple[Kind, ...]:
    """What a place is by its tags, most specific first; a value may hold several, divided by ``;``."""
    likely = [kind for kind in kinds() if kind.tags[0][0] in tags]
    return tuple(kind for kind in likely if all(value in _items(tags, key) for key, value in kind.tags))


@cache
def kind_keys() -> frozenset[str]:
    """Every key that a kind looks at."""
    return frozenset(key for kind in kinds() for key, _value in kind.tags)


@cache
def fields_of_tags() -> Mapping[Tag, tuple[str, str]]:
    """Tag (key, and value or ANY) to field (empty: left out on purpose) and text (ANY: its own value)."""
    rows = rows_of(_HERE / "tags.csv")
    return {(row["tag"], row["value"]): (row["field"], row["text"]) for row in rows}


@cache
def places_in_table() -> Mapping[str, int]:
    """The keys of the table with their place in it: where two feed one field the first is believed."""
    return {key: place for place, key in enumerate(dict.fromkeys(key for key, _value in fields_of_tags()))}


def _items(tags: Mapping[str, str], key: str) -> list[str]:
    value = tags.get(key, "")
    return split(value) if ";" in value else [value]


def _kind(row: Mapping[str, str]) -> Kind:
    parts = (each.partition("=") for each in row["tags"].split(" + "))
    pairs = tuple((key, value) for key, _, value in parts)
    names = {"nl": row["name_nl"], "fr": row["name_fr"]}
    is_organization, is_secret = row["organization"] == "yes", row["secrecy"] == "yes"
    return Kind(pairs, tuple(split(row["needs"])), names, is_organization, is_secret)
