"""The model of meaning: how much each gram speaks for each need, learnt from our example phrases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.search.understand.grams import rows_of
from service.search.understand.meaning.grams import grams

MODEL = Path(__file__).parent.parent / "data" / "meaning.npz"
CARD = MODEL.with_suffix(".json")


@dataclass(frozen=True, slots=True)
class Heard:
    """What the grams of a text say: ``total`` for each need, and whether a whole word of it, or a form of
    one, was in the phrases."""

    total: NDArray[np.float64]
    is_known: bool

    @property
    def more(self) -> NDArray[np.float64]:
        """How much more it says for each need than for the average need."""
        return np.asarray(self.total - self.total.mean())


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
    sense: NDArray[np.float32]
    offset: NDArray[np.float32]
    sharpness: float

    def hear(self, text: str, forms: Iterable[str] = ()) -> Heard:
        """What a text says by its grams; ``forms`` are lemmas and parts of its words (`grams.forms_of`)."""
        return self.hear_each([(text, forms)])[0]

    def hear_each(self, texts: Sequence[tuple[str, Iterable[str]]]) -> list[Heard]:
        """What each of some texts says by its grams; all are looked up at once."""
        rows, values, begins, text_of, known = [], [], [0], [], []
        for number, (text, forms) in enumerate(texts):
            is_known = False
            for place, part in enumerate(grams(text, forms)):
                found, counts = rows_of(self.numbers, part)
                if len(found):
                    is_known = is_known or place > 0
                    weighed = counts * self.rarity[found]
                    rows.append(found)
                    values.append(weighed / np.sqrt(weighed @ weighed))
                    begins.append(begins[-1] + len(found))
                    text_of.append(number)
            known.append(is_known)
        totals = np.zeros((len(texts), len(self.needs)))
        if rows:
            weights = self.weights[np.concatenate(rows)].astype(np.float32)
            said = np.add.reduceat(weights * np.concatenate(values)[:, None], begins[:-1], axis=0)
            np.add.at(totals, text_of, said * self.step)
        return [Heard(total, is_known) for total, is_known in zip(totals, known, strict=True)]

    def probabilities(self, heard: Heard, sense: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """How likely each need is what the text asks for, in the order of ``needs``; they sum to one.

        ``sense`` is what its meaning as a whole says (`means`); without it the pieces and words alone decide.
        """
        total = self.offset + heard.total
        if sense is not None:
            total = total + sense
        scaled = np.exp(self.sharpness * (total - total.max()))
        return np.asarray(scaled / scaled.sum())

    def means(self, whole: NDArray[np.float32]) -> NDArray[np.float64]:
        """How much the meaning of a text as a whole (`sentence.senses`) says for each need."""
        return np.asarray(whole @ self.sense, dtype=np.float64)


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
        sense=arrays["sense"].astype(np.float32),
        offset=arrays["offset"],  # type: ignore[arg-type]
        sharpness=float(about["sharpness"]),
    )
