"""Matching the words of a question: which documents hold them and how well, from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.search.engine.base import SELECTING_FLOOR, SELECTING_SHARE, Word
from service.search.engine.fts5.postings import Postings
from service.search.engine.fts5.table import Flags, Table
from service.search.index.fields import TEXT_COLUMNS

Scores = NDArray[np.float32]

# BM25F (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework") with a term counted once per
# column. Its usual saturation; half its usual penalty for length, since a listing is long because it says
# more languages; and a fixed typical length in place of the average, so that scores of two indexes compare.
SATURATION = 1.2
LENGTH_PENALTY = 0.35
TYPICAL_LENGTH = 150  # terms

_STRENGTH = np.array(
    [
        sum(weight for place, weight in enumerate(TEXT_COLUMNS.values()) if bits >> place & 1)
        for bits in range(1 << len(TEXT_COLUMNS))
    ],
    np.float32,
)


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
    a word is that of the best term standing for it, f / (f + k), with f the weights of the columns that hold
    the term and k growing with the length of the document; always below 1.
    """
    text = np.zeros(table.size, np.float32)
    holds_all: Flags | None = None
    holds_any: Flags | None = None
    weights = 0.0
    for word in words:
        strength = _strength(table, word, postings_of)
        held = strength > 0
        documents = int(np.count_nonzero(held))
        weight = math.log(1 + (table.documents - documents + 0.5) / (max(documents, 1) + 0.5))
        weights += weight
        strength *= np.float32(weight)
        text += strength
        if documents <= max(SELECTING_FLOOR, SELECTING_SHARE * table.documents):
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
        found = _STRENGTH[postings.held_in]
        length = lengths[postings.keys] * np.float32(LENGTH_PENALTY / TYPICAL_LENGTH)
        found /= found + np.float32(SATURATION) * (length + np.float32(1 - LENGTH_PENALTY))
        found *= np.float32(alternative.weight)
        best[postings.keys] = np.maximum(best[postings.keys], found)
    if table.documents < table.size - 1:
        best *= table.alive
    return best
