"""What the model of danger sees of a question: pieces of words, words and pairs, groups of the lists."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from service.search.understand.grams import Grams, grams_of

WHOLE = frozenset(("way_out", "harm_self", "coercion", "child_harm", "poisoned", "life_danger"))
"""Groups that say a danger by themselves: to learn from them would only repeat the lists."""


def grams(words: Sequence[str], groups: Iterable[str]) -> tuple[Grams, ...]:
    """Pieces of these folded words; the words with their pairs; the ``groups`` of the lists found in them.

    Groups are known in every language, so that what was learnt in one holds in the others. Each kind is
    brought to length one.
    """
    return tuple(_of_length_one(each) for each in grams_of(words, set(groups) - WHOLE))


def _of_length_one(part: Grams) -> Grams:
    length = math.sqrt(sum(value * value for value in part.values()))
    return {number: value / length for number, value in part.items()}
