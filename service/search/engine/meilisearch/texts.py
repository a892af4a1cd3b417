"""Matching the words of a question with candidates whose terms are at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.search.engine.base import Word
from service.search.engine.meilisearch.records import term_number
from service.search.engine.meilisearch.table import Held
from service.search.engine.scoring import information, strengths


def text_scores(
    held: Held, records: NDArray[Any], words: Sequence[Word], holding: Sequence[int], documents: int
) -> NDArray[np.float64]:
    """The match of all words (0 to 1) for each of the documents held, of which ``records`` are the facts.

    ``holding`` has for each word how many of all ``documents`` hold it. The score is the share of the
    question's information that a document holds, as in every engine (`service.search.engine.scoring`).
    """
    weights = [information(documents, each) for each in holding]
    total = sum(weights)
    scores = np.zeros(len(records))
    if total <= 0:
        return scores
    terms = {alternative.term for word in words for alternative in word.alternatives}
    numbers, held_in, owners = held.held_terms(terms)
    if not len(numbers):
        return scores
    found = strengths(held_in, records["length"][owners])
    for word, weight in zip(words, weights, strict=True):
        best = np.zeros(len(records))
        for alternative in word.alternatives:
            is_it = numbers == np.uint64(term_number(alternative.term))
            np.maximum.at(best, owners[is_it], found[is_it] * alternative.weight)
        scores += best * (weight / total)
    return scores
