"""Where the phrases of the lists stand in a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.search.understand.crisis.forms import keys
from service.search.understand.crisis.lexicon import GAP, GAP_WORDS, Node, lexicon

IDIOM = "idiom"
"""The group of sayings that only sound like danger (mort de faim): their words count for nothing else."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a group over the words ``start`` up to ``end`` (not including it)."""

    language: str
    group: str
    start: int
    end: int


def find_hits(words: Sequence[str]) -> list[Hit]:
    """The phrases that stand in these folded words, in order, without those that belong to a saying."""
    forms = [keys(word) for word in words]
    found: set[Hit] = set()
    for start in range(len(words)):
        _walk(lexicon().root, forms, start, start, found)
    sayings = {place for hit in found if hit.group == IDIOM for place in range(hit.start, hit.end)}
    left = [hit for hit in found if hit.group != IDIOM and sayings.isdisjoint(range(hit.start, hit.end))]
    return sorted(left, key=lambda each: (each.start, -each.end, each.language, each.group))


def _walk(node: Node, forms: Sequence[list[str]], start: int, at: int, found: set[Hit]) -> None:
    for language, group in node.groups:
        found.add(Hit(language, group, start, at))
    if at < len(forms):
        for key in forms[at]:
            following = node.children.get(key)
            if following is not None:
                _walk(following, forms, start, at + 1, found)
    gap = node.children.get(GAP)
    if gap is not None:
        for skipped in range(GAP_WORDS + 1):
            _walk_on(gap, forms, start, at + skipped, found)


def _walk_on(gap: Node, forms: Sequence[list[str]], start: int, at: int, found: set[Hit]) -> None:
    """After a gap a word of the phrase must stand: the gap itself is no end."""
    if at < len(forms):
        for key in forms[at]:
            following = gap.children.get(key)
            if following is not None:
                _walk(following, forms, start, at + 1, found)
