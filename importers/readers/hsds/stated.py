"""Fields of ours that a feed states as attributes, as our own interface gives them to others."""

from __future__ import annotations

from collections.abc import Iterator

from importers.entry import Cell, Note
from importers.readers.hsds.around import Around
from importers.readers.hsds.home import Home
from importers.readers.hsds.staging import Item
from service.catalogue.ageing import AGEING
from service.model.fields import fields

_PRECISION = "location.precision"
_ABOUT_THE_RECORD = frozenset({"b", "situation", "source", "licence", _PRECISION})
"""Attributes of our own interface that are derived or say who spoke."""
_NOT_TAKEN = frozenset({"service.remark", "service.readiness", "location.zone", *AGEING})
"""What is internal, follows from the place, or expires: an attribute does not say of which day it is."""


def is_ours(attribute: Item) -> bool:
    """Whether it states a field of ours, or something about the record, and no term."""
    named = attribute.get("link_type")
    return named in fields() or named in _ABOUT_THE_RECORD


def is_looked_up(around: Around) -> bool:
    """Whether the point is said to be that of a street, postal code or municipality: we look those up too."""
    said = {row.get("value") for row in _attributes_of(around) if row.get("link_type") == _PRECISION}
    return bool(said) and said != {"exact"}


def _attributes_of(around: Around) -> list[Item]:
    """The attributes of the service, its place and its organization."""
    owners = [around.service, around.organization, *filter(None, (around.at, around.place))]
    rows = [row for owner in owners for row in around.staging.children("attribute", "link_id", owner.id)]
    return list(
        {(row.file, row.id or row.row): row for row in [*rows, *around.of_service("attribute")]}.values()
    )


def stated(around: Around, home: Home, notes: list[Note]) -> Iterator[tuple[str, Cell]]:
    """Each field that is stated; one that can have one value and is given two is left out."""
    said: dict[str, dict[str, Item]] = {}
    for row in _attributes_of(around):
        path = row.get("link_type")
        if path in fields() and path not in _NOT_TAKEN and row.get("value"):
            field = fields()[path]
            language = row.get("label") if field.per_language else ""
            key = f"{path}@{language}" if language else home.key(path) if field.per_language else path
            said.setdefault(key, {})[row.get("value")] = row
    for key, values in said.items():
        if fields()[key.partition("@")[0]].many:
            yield key, tuple(values)
        elif len(values) == 1:
            yield key, next(iter(values))
        else:
            row = list(values.values())[1]
            notes.append(Note(row.file, row.row, key, row.get("value"), "is a second value where one can be"))
