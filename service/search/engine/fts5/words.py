"""Matching the words of a question: which documents hold them and how well, from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.search.engine.base import Word
from service.search.engine.fts5.postings import Postings
from service.search.engine.fts5.table import Flags, Table
from service.search.engine.scoring import information, selects, strengths

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Match:
    """Per document the match of all words (0 to 1), and which hold every, or any, selecting word.

    The flags are None where no word selects.
    """

    text: Scores
    holds_all: Flags | None
    holds_any: Flags | None


def match_words(table: Table, words: Sequence[Word], postings_of: Callable[[str], Postings]) -> Match:
    """Score the words over all documents.

    A document's score is the share of the question's information that it holds: the sum over its words of
    inverse document frequency times strength, over the sum of inverse document frequencies. The strength of
    a word is that of the best term standing for it, times what that counts for.
    """
    text = np.zeros(table.size, np.float32)
    holds_all: Flags | None = None
    holds_any: Flags | None = None
    weights = 0.0
    for word in words:
        strength = _strength(table, word, postings_of)
        held = strength > 0
        documents = int(np.count_nonzero(held))
        weight = information(table.documents, documents)
        weights += weight
        strength *= np.float32(weight)
        text += strength
        if selects(table.documents, documents):
            holds_all = held if holds_all is None else holds_all & held
            holds_any = held if holds_any is None else holds_any | held
    if weights > 0:
        text /= np.float32(weights)
    return Match(text, holds_all, holds_any)


def _strength(table: Table, word: Word, postings_of: Callable[[str], Postings]) -> Scores:
    best = np.zeros(table.size, np.float32)
    lengths = table.columns["length"]
    for alternative in word.alternatives:
        postings = postings_of(alternative.term)
        found = strengths(postings.held_in, lengths[postings.keys]) * np.float32(alternative.weight)
        best[postings.keys] = np.maximum(best[postings.keys], found)
    if table.documents < table.size - 1:
        best *= table.alive
    return best
