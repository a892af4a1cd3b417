"""The terms of an index, and which of them a word may mean: as it is, misspelt, or only begun."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from service.search.words.terms import WEIGHTS, Alternative, QueryTerm

_MOST_TYPOS = 5
_MOST_PREFIXES = 8
_SHORTEST_PREFIX = 3
_SECOND_EDIT_COST = 0.3  # a second edit makes a guess much less sure than the first
_FIRST_LETTER_COST = 0.15  # people seldom misspell the first letter


def allowed_edits(word: str) -> int:
    """How many edits a misspelt word may be away: none under 4 letters, 1 from 4, 2 from 8; none for
    numbers.
    """
    if len(word) < 4 or any(character.isdigit() for character in word):
        return 0
    return 1 if len(word) < 8 else 2


class Vocabulary:
    """The distinct terms of an index with the number of documents of each."""

    def __init__(self, counts: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(counts)
        self._terms = [term for term, _ in ordered]
        self._documents = np.fromiter((count for _, count in ordered), dtype=np.int32, count=len(ordered))
        self._lengths = np.fromiter(map(len, self._terms), dtype=np.int16, count=len(ordered))
        self._letters = np.fromiter(map(_letter_bits, self._terms), dtype=np.uint64, count=len(ordered))
        self._typos = lru_cache(maxsize=2_000)(self._find_typos)
        self._prefixes = lru_cache(maxsize=2_000)(self._find_prefixes)

    def __len__(self) -> int:
        return len(self._terms)

    def __contains__(self, term: str) -> bool:
        return self.documents(term) > 0

    def documents(self, term: str) -> int:
        """In how many documents a term occurs; 0 when in none."""
        at = bisect_left(self._terms, term)
        return int(self._documents[at]) if at < len(self._terms) and self._terms[at] == term else 0

    def expand(self, word: QueryTerm, is_last: bool = False) -> list[Alternative]:
        """The terms of the index that may answer a word of a question, the strongest first, at most about
        twenty.

        Spelling is corrected only when neither the word nor its lemma is in the index and no dictionary has
        the word: else huis would find muis. `is_last`: the word may be only begun (somebody is still
        typing); then longer words count too, unless it is a word of the index of its own.
        """
        found = {each.term: each for each in word.alternatives if each.term in self}
        typed = word.token.folded
        if not any(each.why != "compound" for each in found.values()):
            guesses = () if word.is_known else self._typos(typed)
            for guess in (*guesses, *(self._prefixes(typed) if is_last else ())):
                found.setdefault(guess.term, guess)
        return sorted(found.values(), key=lambda each: -each.weight)

    def typos(self, word: str) -> tuple[Alternative, ...]:
        """The terms that a folded word may be a misspelling of, the closest and then the most frequent
        first.
        """
        return self._typos(word)

    def prefixes(self, word: str) -> tuple[Alternative, ...]:
        """The terms that begin with a folded word of three letters or more, the most frequent first."""
        return self._prefixes(word)

    def _find_typos(self, word: str) -> tuple[Alternative, ...]:
        edits = allowed_edits(word)
        if not edits:
            return ()
        near = [self._terms[at] for at in self._near(word, edits)]
        # optimal string alignment: a transposition of neighbours is one edit
        scored = process.extract(word, near, scorer=OSA.distance, score_cutoff=edits, limit=None)
        guesses = [
            Alternative(term, _closeness(word, term, distance), "typo") for term, distance, _ in scored
        ]
        guesses.sort(key=lambda each: (-each.weight, -self.documents(each.term), each.term))
        return tuple(guesses[:_MOST_TYPOS])

    def _near(self, word: str, edits: int) -> NDArray[np.intp]:
        """Where the terms stand that could be within so many edits: an edit changes the length by one at
        most and the set of letters by two.
        """
        differing = np.bitwise_count(self._letters ^ np.uint64(_letter_bits(word)))
        return np.nonzero((differing <= 2 * edits) & (abs(self._lengths - len(word)) <= edits))[0]

    def _find_prefixes(self, word: str) -> tuple[Alternative, ...]:
        if len(word) < _SHORTEST_PREFIX:
            return ()
        start, end = bisect_left(self._terms, word), bisect_left(self._terms, word + "\U0010ffff")
        ranked = start + np.argsort(-self._documents[start:end], kind="stable")[: _MOST_PREFIXES + 1]
        longer = (self._terms[at] for at in ranked if self._terms[at] != word)
        return tuple(Alternative(term, WEIGHTS["prefix"], "prefix") for term in longer)[:_MOST_PREFIXES]


def _letter_bits(word: str) -> int:
    """Which letters a word has, as bits: the low half for those it has, the high half for those it has
    twice.
    """
    once = twice = 0
    for character in word:
        bit = 1 << (ord(character) & 31)
        twice |= once & bit
        once |= bit
    return once | twice << 32


def _closeness(word: str, term: str, distance: float) -> float:
    weight = WEIGHTS["typo"] - _SECOND_EDIT_COST * (distance - 1)
    return weight if word[:1] == term[:1] else weight - _FIRST_LETTER_COST
