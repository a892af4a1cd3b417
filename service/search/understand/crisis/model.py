"""The model of danger: how much each gram speaks for a danger, learnt from example phrases."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from service.search.understand.crisis.grams import grams
from service.search.understand.crisis.reading import Topic
from service.search.understand.grams import rows_of, word_number

MODEL = Path(__file__).parents[1] / "data" / "crisis" / "model.npz"
CARD = MODEL.with_suffix(".json")
_QUOTED = 3  # words that are shown as the reason
_SHORTEST = 3  # letters of such a word


@dataclass(frozen=True, slots=True)
class Danger:
    """What the model makes of a question: ``probability`` (0 to 1) of a danger, its likeliest topic, and the
    places of the words that say so most.
    """

    probability: float
    topic: Topic
    because: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """Learnt weights: a row a gram of ``numbers`` (ascending); the first column speaks for any danger, the
    others for each of ``topics``. Weights are in ``step`` each, ``threshold`` is the probability to act on.
    """

    topics: tuple[Topic, ...]
    numbers: NDArray[np.uint32]
    weights: NDArray[np.int8]
    step: NDArray[np.float32]
    offset: NDArray[np.float32]
    threshold: float

    def read(self, words: Sequence[str], groups: Iterable[str]) -> Danger | None:
        """The danger in these folded words, or None where it is less likely than the threshold.

        ``groups`` are those of the lists that stand in them.
        """
        total = self.offset.copy()
        for part in grams(words, groups):
            rows, values = rows_of(self.numbers, part)
            total += (values @ self.weights[rows].astype(np.float32)) * self.step
        probability = 1 / (1 + math.exp(-float(total[0])))
        if probability < self.threshold:
            return None
        topic = self.topics[int(total[1:].argmax())]
        return Danger(probability, topic, self._because(words))

    def _because(self, words: Sequence[str]) -> tuple[int, ...]:
        said = [(self._weight(word), at) for at, word in enumerate(words) if len(word) >= _SHORTEST]
        best = sorted(said, reverse=True)[:_QUOTED]
        return tuple(sorted(at for weight, at in best if weight > 0)) or (0,)

    def _weight(self, word: str) -> float:
        rows, values = rows_of(self.numbers, {word_number(word): 1.0})
        return float(values @ self.weights[rows, 0].astype(np.float32)) if len(rows) else 0.0


@cache
def model() -> Model:
    """The model that comes with the project, read once."""
    about = json.loads(CARD.read_text(encoding="utf-8"))
    with np.load(MODEL) as held:
        return Model(
            topics=tuple(cast(Topic, each) for each in about["topics"]),
            numbers=held["numbers"],
            weights=held["weights"],
            step=held["step"],
            offset=held["offset"],
            threshold=float(about["threshold"]),
        )
