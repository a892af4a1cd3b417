"""The meaning of a text as a whole, as a vector of a multilingual sentence model that comes in a package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.search.understand.meaning.weights import encoder_in

LONGEST = 600
"""Characters that are read of a text: the time grows with them, and a question says its need before that."""

Vector = NDArray[np.float32]


class Senses:
    """Gives meanings as vectors; ``folder`` keeps the weights in the shape that they are read in.

    Cer et al. 2018, Universal Sentence Encoder; the multilingual one of Yang et al. 2019. Raises StorageError
    where the folder cannot be written and the weights are not there yet.
    """

    def __init__(self, folder: Path) -> None:
        self._encoder = encoder_in(folder)
        self(("",))  # so that no question waits for what is made at the first

    def __call__(self, texts: Sequence[str]) -> Vector:
        """One row a text; texts that mean the same are near each other, in sixteen languages and more."""
        return np.asarray(self._encoder.encode([_read(text) for text in texts]), dtype=np.float32)


def _read(text: str) -> str:
    return text[:LONGEST].lower()  # the model tells capitals apart, and people do not
