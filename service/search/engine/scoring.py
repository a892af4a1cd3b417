"""How well a document holds the words of a question, from 0 to 1: the same formula for every engine."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.search.engine.base import SELECTING_FLOOR, SELECTING_SHARE
from service.search.index.fields import TEXT_COLUMNS

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


def strengths(held_in: NDArray[Any], lengths: NDArray[Any]) -> NDArray[np.float32]:
    """The strength of a term in documents, f / (f + k), always below 1.

    ``held_in`` has a bit for each text column that holds it, f is the sum of their weights; k grows with the
    length of the document in terms.
    """
    found: NDArray[np.float32] = _STRENGTH[held_in]
    length = lengths * np.float32(LENGTH_PENALTY / TYPICAL_LENGTH)
    found /= found + np.float32(SATURATION) * (length + np.float32(1 - LENGTH_PENALTY))
    return found


def information(documents: int, holding: int) -> float:
    """What a word says: its inverse document frequency, where ``holding`` of all ``documents`` hold it."""
    return math.log(1 + (documents - holding + 0.5) / (max(holding, 1) + 0.5))


def selects(documents: int, holding: int) -> bool:
    """Whether a word that so many documents hold chooses among them, or only ranks."""
    return holding <= max(SELECTING_FLOOR, SELECTING_SHARE * documents)
