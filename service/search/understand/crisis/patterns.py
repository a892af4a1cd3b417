"""The patterns of danger: word groups that must stand near each other, and those that take it away."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import cast

from service.search.understand.crisis.hits import Hit
from service.search.understand.crisis.lexicon import FOLDER
from service.search.understand.crisis.reading import Topic


@dataclass(frozen=True, slots=True)
class Pattern:
    """``groups`` of one language, in any order, with at most ``within`` other words between them.

    A question that holds a group of ``unless``, in any language, is not read so; a group with a number there
    takes the reading away only in the same sentence and within that many words of it.
    """

    topic: Topic
    certainty: float
    groups: tuple[str, ...]
    within: int
    unless: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern that a question holds, with its phrases there."""

    pattern: Pattern
    hits: tuple[Hit, ...]


@cache
def patterns() -> tuple[Pattern, ...]:
    """The list, the most certain first."""
    with (FOLDER / "patterns.csv").open(encoding="utf-8", newline="") as file:
        found = [
            Pattern(
                cast(Topic, row["topic"]),
                float(row["certainty"]),
                tuple(row["groups"].split()),
                int(row["within"] or 0),
                dict(_unless(each) for each in row["unless"].split()),
            )
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(found, key=lambda each: -each.certainty))


def _unless(text: str) -> tuple[str, int | None]:
    """A group and how near it must stand: ``study`` (anywhere), ``accident@5``."""
    group, _, near = text.partition("@")
    return group, int(near) if near else None


def matches(hits: Iterable[Hit], sentences: Sequence[int]) -> Iterator[Match]:
    """The patterns that these phrases make, each once, the most certain first.

    ``sentences`` has the number of its sentence for each word.
    """
    by_language: dict[str, dict[str, list[Hit]]] = {}
    by_group: dict[str, list[Hit]] = {}
    for hit in hits:
        by_language.setdefault(hit.language, {}).setdefault(hit.group, []).append(hit)
        by_group.setdefault(hit.group, []).append(hit)
    for pattern in patterns():
        if not all(group in by_group for group in pattern.groups):
            continue
        against = [(near, hit) for group, near in pattern.unless.items() for hit in by_group.get(group, ())]
        for together in (each for found in by_language.values() for each in _together(pattern, found, ())):
            if not any(_takes_away(hit, near, together, sentences) for near, hit in against):
                yield Match(pattern, together)
                break


def _takes_away(hit: Hit, near: int | None, hits: Sequence[Hit], sentences: Sequence[int]) -> bool:
    if near is None:
        return True
    start, end = min(each.start for each in hits), max(each.end for each in hits)
    if sentences[hit.start] not in {sentences[start], sentences[end - 1]}:
        return False
    return hit.start - end <= near and start - hit.end <= near


def _together(
    pattern: Pattern, found: Mapping[str, Sequence[Hit]], so_far: tuple[Hit, ...]
) -> Iterator[tuple[Hit, ...]]:
    """One phrase of each group, near enough and without overlap: every way to choose them."""
    if len(so_far) == len(pattern.groups):
        yield so_far
        return
    for hit in found.get(pattern.groups[len(so_far)], ()):
        chosen = (*so_far, hit)
        if _are_near(chosen, pattern.within):
            yield from _together(pattern, found, chosen)


def _are_near(hits: Sequence[Hit], within: int) -> bool:
    ordered = sorted(hits, key=lambda each: each.start)
    gaps = [after.start - before.end for before, after in pairwise(ordered)]
    return all(gap >= 0 for gap in gaps) and sum(gaps) <= within
