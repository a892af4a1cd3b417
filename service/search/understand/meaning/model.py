"""The model of meaning: how much each gram speaks for each need, learnt from our example phrases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.search.understand.grams import rows_among
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
        parts = [
            (number, place > 0, part)
            for number, (text, forms) in enumerate(texts)
            for place, part in enumerate(grams(text, forms))
        ]
        totals = np.zeros((len(texts), len(self.needs)))
        is_known = np.zeros(len(texts), np.bool_)
        asked = [number for _text, _is_word, part in parts for number in part]
        counts = np.array([count for _text, _is_word, part in parts for count in part.values()], np.float32)
        sizes = [len(part) for _text, _is_word, part in parts]
        rows, known = rows_among(self.numbers, np.array(asked, np.uint32))
        if known.any():
            part_of = np.repeat(np.arange(len(parts)), sizes)[known]
            weighed = counts[known] * self.rarity[rows]
            lengths = np.sqrt(np.bincount(part_of, weighed**2, len(parts)))
            text_of = np.array([text for text, _is_word, _part in parts])[part_of]
            is_word = np.array([is_word for _text, is_word, _part in parts])[part_of]
            says = self.weights[rows].astype(np.float32)
            says *= (weighed / lengths[part_of])[:, None].astype(np.float32)
            speaking, begins = np.unique(text_of, return_index=True)  # they come in their order
            totals[speaking] = np.add.reduceat(says, begins, axis=0) * self.step
            is_known[text_of[is_word]] = True
        return [Heard(total, bool(each)) for total, each in zip(totals, is_known, strict=True)]

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
