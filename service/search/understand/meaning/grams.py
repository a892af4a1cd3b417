"""What the model of meaning sees of a text: its words, pairs of words and pieces of words, as numbers."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

from service.search.words.fold import fold
from service.search.words.terms import QueryTerm

BUCKETS = 1 << 20
"""Grams are told apart by a hash; of the some 200,000 of our phrases about one in ten shares its number."""

PIECES = (3, 4, 5)
"""Lengths of the pieces of words, with the border of the word as a letter: what survives a typo or ending."""

_WORD = re.compile(r"\w+")

Grams = dict[int, float]


def grams(text: str, forms: Iterable[str] = ()) -> tuple[Grams, ...]:
    """Pieces of words; words with pairs of words; and ``forms``: lemmas and parts of compounds.

    Each number comes with 1 + ln(times it occurs). Kinds without a gram are left out.
    """
    words = _WORD.findall(fold(text))
    pieces: Counter[int] = Counter()
    for word in words:
        pieces.update(_pieces(f" {word} "))
    pairs = (f"{a}_{b}" for a, b in pairwise(words))
    whole = Counter(_number(f"={each}") for each in (*words, *pairs))
    known = Counter(_number(f"~{each}") for each in forms)
    return tuple(_damped(counts) for counts in (pieces, whole, known) if counts)


def forms_of(words: Iterable[QueryTerm]) -> list[str]:
    """The lemmas and the parts of compounds of words that are no function words, once a word."""
    return [form for word in words if not word.is_stop for form in {each.term for each in word.alternatives}]


def _pieces(padded: str) -> list[int]:
    cuts = (padded[at : at + size] for size in PIECES for at in range(max(1, len(padded) - size + 1)))
    return [_number(cut) for cut in cuts]


def _number(gram: str) -> int:
    return crc32(gram.encode()) % BUCKETS


def _damped(counts: Counter[int]) -> Grams:
    return {number: 1 + math.log(times) for number, times in counts.items()}
