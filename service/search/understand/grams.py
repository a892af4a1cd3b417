"""What the learnt models see of words: the words, their pairs and their pieces, as numbers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 20
"""Grams are told apart by a hash of twenty bits; of 200,000 about one in ten shares its number."""

PIECES = (3, 4, 5)
"""Lengths of the pieces, with the border of the word as a letter: what survives a slip or an ending."""

Grams = dict[int, float]
"""Each number with 1 + ln(times it occurs)."""


def grams_of(words: Sequence[str], signs: Iterable[str]) -> tuple[Grams, ...]:
    """Pieces of these folded words; the words with their pairs; and ``signs``, what else is known of them.

    Kinds without a gram are left out.
    """
    pieces: Counter[int] = Counter()
    for word in words:
        pieces.update(_pieces(word))
    pairs = (f"{a}_{b}" for a, b in pairwise(words))
    whole = Counter(word_number(each) for each in (*words, *pairs))
    known = Counter(_number(f"~{each}") for each in signs)
    return tuple(_damped(counts) for counts in (pieces, whole, known) if counts)


def word_number(word: str) -> int:
    """The number of a whole word (or of a pair, written ``one_two``)."""
    return _number(f"={word}")


def rows_of(numbers: NDArray[np.uint32], part: Grams) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Of the grams that a model knows by its ascending ``numbers`` the rows, with their values."""
    asked = np.fromiter(part.keys(), dtype=np.uint32, count=len(part))
    values = np.fromiter(part.values(), dtype=np.float32, count=len(part))
    rows, known = rows_among(numbers, asked)
    return rows, values[known]


def rows_among(
    numbers: NDArray[np.uint32], asked: NDArray[np.uint32]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """The rows, among ascending ``numbers``, of those that are there, and which of ``asked`` they are."""
    rows = np.searchsorted(numbers, asked)
    rows[rows == len(numbers)] = 0
    known: NDArray[np.bool_] = numbers[rows] == asked
    return rows[known], known


@lru_cache(maxsize=4_000)  # some 3 MB; a word is looked at alone, in its clause and in the whole
def _pieces(word: str) -> tuple[int, ...]:
    padded = f" {word} "
    cuts = (padded[at : at + size] for size in PIECES for at in range(max(1, len(padded) - size + 1)))
    return tuple(_number(cut) for cut in cuts)


def _number(gram: str) -> int:
    return crc32(gram.encode()) % BUCKETS


def _damped(counts: Counter[int]) -> Grams:
    return {number: 1 + math.log(times) for number, times in counts.items()}
