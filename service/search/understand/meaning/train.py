"""`python -m service.search.understand.meaning.train` learns the model of meaning from our phrases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.config import read_settings
from service.model import terms
from service.search.understand.meaning.examples import (
    FOLDS,
    Example,
    blocks,
    examples,
    fingerprint,
    term_examples,
)
from service.search.understand.meaning.grams import forms_of, grams
from service.search.understand.meaning.learn import Heard, learn, small
from service.search.understand.meaning.model import CARD, MODEL, Meaning
from service.search.understand.meaning.sentence import Senses
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon, prepare

BINS = 10
_AT_ONCE = 64  # texts a batch of the sentence model


def main() -> None:
    """Learn, cross-validate, and write the model with its card."""
    given, named = examples(), term_examples()
    needs = tuple(terms.needs())
    labels = np.array([needs.index(each.need) for each in (*given, *named)])
    heard = hear([each.phrase for each in (*given, *named)], Analyser(Lexicon(prepared_home())))
    print(f"{len(given)} phrases, {len(named)} terms, {len(set(labels))} needs")
    held_back = cross_validated(heard, labels, blocks(given))
    right_labels = labels[: len(given)]
    sharpness = sharpest(held_back, right_labels)
    learnt = small(learn(heard, labels), needs, sharpness)
    write(learnt)
    right = held_back.argmax(axis=1) == right_labels
    CARD.write_text(
        json.dumps(
            {
                "fingerprint": fingerprint(),
                "needs": learnt.needs,
                "sharpness": sharpness,
                "phrases": len(given),
                "terms": len(named),
                "grams": len(learnt.numbers),
                "held_back_need_at_1": round(float(right.mean()), 3),
                "held_back_by_language": by_language(given, right),
                "held_back_reliability": reliability(held_back * sharpness, right_labels),
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    print(f"{MODEL.name}: {MODEL.stat().st_size / 1e6:.1f} MB, {len(learnt.numbers)} grams")
    print(f"held back: {right.mean():.3f}, sharpness {sharpness}")


def prepared_home() -> Path:
    """The data folder of the settings, with the word lists of every language."""
    home = read_settings().home
    prepare(home)
    return home


def hear(texts: Sequence[str], analyser: Analyser) -> Heard:
    """Texts as the model hears them."""
    senses = Senses(analyser.directory)
    parts = [grams(text, forms_of(analyser.query_terms(text, None))) for text in texts]
    rows = [senses(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
    return Heard(parts, np.vstack(rows))


def cross_validated(
    heard: Heard, labels: NDArray[np.intp], block: NDArray[np.intp], folds: Sequence[int] = range(FOLDS)
) -> NDArray[np.float64]:
    """What a model that has not seen the phrases of a block says of them; terms are never held back."""
    everything = np.arange(len(labels))
    said = np.full((len(block), int(labels.max()) + 1), -np.inf)
    for fold in folds:
        outside = np.flatnonzero(block == fold)
        inside = np.setdiff1d(everything, outside)
        learnt = learn(heard.only(inside), labels[inside])
        said[np.ix_(outside, np.array(learnt.labels))] = learnt.scores(heard.only(outside))
    return said


def sharpest(said: NDArray[np.float64], labels: NDArray[np.intp]) -> float:
    """The factor with which the sums become the most honest probabilities (least surprise, held back)."""
    options = np.arange(1.0, 20.1, 0.25)
    return float(min(options, key=lambda factor: surprise(said * factor, labels)))


def surprise(scores: NDArray[np.float64], labels: NDArray[np.intp]) -> float:
    """Mean negative log probability of the right need."""
    shares = probabilities(scores)
    return float(-np.log(shares[np.arange(len(labels)), labels] + 1e-12).mean())


def probabilities(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows that sum to one."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def reliability(scores: NDArray[np.float64], labels: NDArray[np.intp]) -> list[dict[str, float]]:
    """Per tenth of confidence: how sure the first reading was in the mean, how often right, how many."""
    shares = probabilities(scores)
    sure = shares.max(axis=1)
    right = shares.argmax(axis=1) == labels
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    return [
        {
            "from": each / BINS,
            "said": round(float(sure[bins == each].mean()), 3),
            "right": round(float(right[bins == each].mean()), 3),
            "phrases": int((bins == each).sum()),
        }
        for each in np.unique(bins).tolist()
    ]


def by_language(given: Sequence[Example], right: NDArray[np.bool_]) -> dict[str, float]:
    """The share of phrases read right, per language."""
    languages = np.array([each.language for each in given])
    return {str(each): round(float(right[languages == each].mean()), 3) for each in np.unique(languages)}


def write(learnt: Meaning) -> None:
    """Write the weights."""
    np.savez_compressed(
        MODEL,
        numbers=learnt.numbers,
        rarity=learnt.rarity,
        weights=learnt.weights,
        step=learnt.step,
        sense=learnt.sense,
        offset=learnt.offset,
    )


if __name__ == "__main__":
    main()
