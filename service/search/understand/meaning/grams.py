"""What the model of meaning sees of a text: its words, pairs of words and pieces of words, as numbers."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise
from zlib import crc32

from service.search.words.fold import fold

BUCKETS = 1 << 20
"""Grams are told apart by a hash; of the some 200,000 of our phrases about one in ten shares its number."""

PIECES = (3, 4, 5)
"""Lengths of the pieces of words, with the border of the word as a letter: what survives a typo or ending."""

_WORD = re.compile(r"\w+")

Grams = dict[int, float]


def grams(text: str) -> tuple[Grams, Grams]:
    """Pieces of words, and words with pairs of words; each with 1 + ln(times it occurs)."""
    words = _WORD.findall(fold(text))
    pieces: Counter[int] = Counter()
    for word in words:
        pieces.update(_pieces(f" {word} "))
    pairs = (f"{a}_{b}" for a, b in pairwise(words))
    whole = Counter(_number(f"={each}") for each in (*words, *pairs))
    return _damped(pieces), _damped(whole)


def _pieces(padded: str) -> list[int]:
    cuts = (padded[at : at + size] for size in PIECES for at in range(max(1, len(padded) - size + 1)))
    return [_number(cut) for cut in cuts]


def _number(gram: str) -> int:
    return crc32(gram.encode()) % BUCKETS


def _damped(counts: Counter[int]) -> Grams:
    return {number: 1 + math.log(times) for number, times in counts.items()}
