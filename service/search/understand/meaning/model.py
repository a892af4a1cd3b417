"""The model of meaning: how much each gram speaks for each need, learnt from our example phrases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.search.understand.grams import Grams, rows_of
from service.search.understand.meaning.grams import grams

MODEL = Path(__file__).parent.parent / "data" / "meaning.npz"
CARD = MODEL.with_suffix(".json")


@dataclass(frozen=True, slots=True)
class Meaning:
    """Learnt weights.

    ``numbers`` are the grams known, ascending, ``rarity`` how rare each is (inverse document frequency),
    ``weights`` one row a gram and one column a need, in steps of ``step``. ``sense`` has one row a number of
    the sentence model's vector and one column a need. ``offset`` is what speaks for a need before anything
    was read; ``sharpness`` turns sums into probabilities.
    """

    needs: tuple[str, ...]
    numbers: NDArray[np.uint32]
    rarity: NDArray[np.float32]
    weights: NDArray[np.int8]
    step: NDArray[np.float32]
    sense: NDArray[np.float16]
    offset: NDArray[np.float32]
    sharpness: float

    def probabilities(
        self, text: str, forms: Iterable[str] = (), whole: NDArray[np.float32] | None = None
    ) -> NDArray[np.float64]:
        """How likely each need is what the text asks for, in the order of ``needs``; they sum to one.

        ``forms`` are the lemmas and parts of its words (`grams.forms_of`), ``whole`` is its meaning as a
        whole (`sentence.sense`); without it the pieces and words alone decide.
        """
        total = self.offset + self._sum(text, forms)
        if whole is not None:
            total += self.means(whole)
        scaled = np.exp(self.sharpness * (total - total.max()))
        return np.asarray(scaled / scaled.sum())

    def means(self, whole: NDArray[np.float32]) -> NDArray[np.float64]:
        """How much the meaning of a text as a whole says for each need."""
        return np.asarray(whole @ self.sense.astype(np.float32), dtype=np.float64)

    def speaks_for(self, text: str, forms: Iterable[str] = ()) -> NDArray[np.float64]:
        """How much more a text says for each need than for the average need."""
        total = self._sum(text, forms)
        return np.asarray(total - total.mean())

    def knows(self, text: str, forms: Iterable[str] = ()) -> bool:
        """Whether a whole word of the text, or a form of it, was in the phrases."""
        return any(len(rows_of(self.numbers, part)[0]) for part in grams(text, forms)[1:])

    def _sum(self, text: str, forms: Iterable[str]) -> NDArray[np.float64]:
        total = np.zeros(len(self.needs))
        for part in grams(text, forms):
            total += self._part(part)
        return total

    def _part(self, part: Grams) -> NDArray[np.float64]:
        rows, values = rows_of(self.numbers, part)
        if not len(rows):
            return np.zeros(len(self.needs))
        values = values * self.rarity[rows]
        length = float(np.sqrt((values**2).sum()))
        summed = (values / length) @ self.weights[rows].astype(np.float32)
        return np.asarray(summed * self.step, dtype=np.float64)


@cache
def meaning() -> Meaning:
    """The model that comes with the project, read once."""
    with np.load(MODEL) as held:
        arrays: Mapping[str, NDArray[np.generic]] = {name: held[name] for name in held.files}
    about = json.loads(CARD.read_text(encoding="utf-8"))
    return Meaning(
        needs=tuple(about["needs"]),
        numbers=arrays["numbers"],  # type: ignore[arg-type]
        rarity=arrays["rarity"],  # type: ignore[arg-type]
        weights=arrays["weights"],  # type: ignore[arg-type]
        step=arrays["step"],  # type: ignore[arg-type]
        sense=arrays["sense"],  # type: ignore[arg-type]
        offset=arrays["offset"],  # type: ignore[arg-type]
        sharpness=float(about["sharpness"]),
    )
