"""Which facts of a listing stand behind the outcome of a criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from service.eight_b.screen import CRITERIA
from service.model.fields import fields
from service.web.facts import Fact
from service.web.verdicts import Evidence

_MADE_FROM: Mapping[str, tuple[str, ...]] = {
    "times": ("schedule.opening_hours",),
    "contact": ("phone.numbers", "contact.email", "contact.website"),
    "described": ("service.description",),
    "documents": ("service.required_documents",),
    "price_note": ("cost_option.note",),
    "minimum_age": ("service.minimum_age",),
    "maximum_age": ("service.maximum_age",),
    "municipality": ("address.municipality",),
}
"""Columns of the index that are made from fields of another name."""

_MOST = 3  # facts per reason; what it rests on, not all that is known


def evidence_in(facts: Sequence[Fact]) -> Evidence:
    """Finds the facts behind a criterion among those of one listing."""
    by_path: dict[str, list[Fact]] = {}
    for fact in facts:
        by_path.setdefault(fact.path, []).append(fact)

    def of(criterion: str) -> Sequence[Fact]:
        paths = dict.fromkeys(path for column in _reads(criterion) for path in _paths(column))
        return [fact for path in paths for fact in by_path.get(path, ())][:_MOST]

    return of


@cache
def _reads(criterion: str) -> tuple[str, ...]:
    return next((c.reads for each in CRITERIA.values() for c in each if c.name == criterion), ())


@cache
def _paths(column: str) -> tuple[str, ...]:
    named = tuple(field.path for field in fields().values() if field.index == column)
    return tuple(dict.fromkeys((*named, *_MADE_FROM.get(column, ()))))
