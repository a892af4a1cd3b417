"""The figures of one group of listings, gathered one listing after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

Figures = Mapping[str, Any]
"""Figures by name: a whole number, a number or None, a pair [so many, of so many], or pairs by code."""

OLDEST_DAYS = 3_660
"""Ten years and more is ten years: what is that old needs no finer count."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What one published listing adds.

    ``answered`` says per question of a reader that makes sense whether it is known, ``ages`` are days since
    each dated answer was last known to be right, ``unknown`` is per B how many of its criteria cannot be
    judged and how many apply.
    """

    is_ready: bool
    is_verified: bool
    answered: Mapping[str, bool]
    ages: tuple[int, ...]
    unknown: Mapping[str, tuple[int, int]]


@dataclass(slots=True)
class Waiting:
    """What waits, or waited, for a person about one listing; ``days`` is how long each correction took that
    was closed in the last 12 months."""

    duplicates: int = 0
    corrections: int = 0
    days: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """One group: a zone, or a theme, a need or a municipality in it."""

    listings: int = 0
    ready: int = 0
    verified: int = 0
    known: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    ages: Counter[int] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    criteria: Counter[str] = field(default_factory=Counter)
    duplicates: int = 0
    corrections: int = 0
    days: list[float] = field(default_factory=list)
    withdrawn: int = 0
    paused: int = 0

    def add(self, measure: Measure) -> None:
        """Count a published listing."""
        self.listings += 1
        self.ready += measure.is_ready
        self.verified += measure.is_verified
        for question, is_known in measure.answered.items():
            self.asked[question] += 1
            self.known[question] += is_known
        self.ages.update(min(age, OLDEST_DAYS) for age in measure.ages)
        for b, (unknown, of) in measure.unknown.items():
            self.unknown[b] += unknown
            self.criteria[b] += of

    def wait(self, waiting: Waiting) -> None:
        """Count what waits about a listing, published or not."""
        self.duplicates += waiting.duplicates
        self.corrections += waiting.corrections
        self.days += waiting.days

    def figures(self, *, per_question: bool) -> Figures:
        """The figures; with ``per_question`` also how often each question is answered."""
        known, asked = self.known.total(), self.asked.total()
        found: dict[str, Any] = {
            "listings": self.listings,
            "ready": [self.ready, self.listings],
            "verified": [self.verified, self.listings],
            "known": [known, asked],
            "age": median_of(self.ages),
            "dated": [self.ages.total(), known],
            "unknown": {b: [self.unknown[b], of] for b, of in self.criteria.items()},
            "duplicates": self.duplicates,
            "corrections": self.corrections,
            "closed": len(self.days),
            "days": round(median(self.days), 1) if self.days else None,
            "withdrawn": self.withdrawn,
            "paused": self.paused,
        }
        if per_question:
            found["questions"] = {code: [self.known[code], of] for code, of in self.asked.items()}
        return found


def median_of(counted: Mapping[int, int]) -> float | None:
    """The median of whole numbers that are given as how often each comes; None of none."""
    total = sum(counted.values())
    if not total:
        return None
    low, high = _nth(counted.items(), (total - 1) // 2), _nth(counted.items(), total // 2)
    return (low + high) / 2


def _nth(counted: Iterable[tuple[int, int]], place: int) -> int:
    for number, times in sorted(counted):
        if place < times:
            return number
        place -= times
    raise IndexError(place)
