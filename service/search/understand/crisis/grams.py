"""What the model of danger sees of a question: pieces of words, words and pairs, groups of the lists."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from zlib import crc32

BUCKETS = 1 << 20
"""Grams are told apart by a hash of twenty bits."""

PIECES = (3, 4, 5)
"""Lengths of the pieces, with the border of the word as a letter: what survives a slip or an ending."""

WHOLE = frozenset(("way_out", "harm_self", "coercion", "child_harm", "poisoned", "life_danger"))
"""Groups that say a danger by themselves: to learn from them would only repeat the lists."""

Grams = dict[int, float]


def grams(words: Sequence[str], groups: Iterable[str]) -> tuple[Grams, ...]:
    """Pieces of these folded words; the words with their pairs; the ``groups`` of the lists found in them.

    Groups are known in every language, so that what was learnt in one holds in the others. Each kind is
    brought to length one; a gram counts as 1 + ln(times it occurs).
    """
    pieces: Counter[int] = Counter()
    for word in words:
        padded = f" {word} "
        pieces.update(
            _number(padded[at : at + size]) for size in PIECES for at in range(max(1, len(padded) - size + 1))
        )
    pairs = (f"{a}_{b}" for a, b in pairwise(words))
    whole = Counter(word_number(each) for each in (*words, *pairs))
    found = Counter(_number(f"~{each}") for each in set(groups) - WHOLE)
    return tuple(_of_length_one(counts) for counts in (pieces, whole, found) if counts)


def word_number(word: str) -> int:
    """The number of a whole word (or of a pair, written ``one_two``)."""
    return _number(f"={word}")


def _number(gram: str) -> int:
    return crc32(gram.encode()) % BUCKETS


def _of_length_one(counts: Counter[int]) -> Grams:
    damped = {number: 1 + math.log(times) for number, times in counts.items()}
    length = math.sqrt(sum(value * value for value in damped.values()))
    return {number: value / length for number, value in damped.items()}
