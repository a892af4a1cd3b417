"""`python -m service.search.understand.meaning.train` learns the model of meaning from our phrases."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.config import read_settings
from service.model import terms
from service.search.understand.meaning.grams import BUCKETS, Grams, forms_of, grams
from service.search.understand.meaning.model import CARD, MODEL
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon, prepare

PHRASES = Path(__file__).parent.parent / "data" / "phrases"

SOFTNESS = 0.3  # LinearSVC's C, chosen among 0.1, 0.3, 1 by cross-validation over our phrases
SEEN = 2  # a gram of a single phrase says more about that phrase than about the need
FOLDS = 5
KEPT = 0.02  # weights under this share of a need's largest are left out: the file is a third, figures stay


class Example(NamedTuple):
    """One phrase, the need it means and its language."""

    need: str
    language: str
    phrase: str


def examples() -> list[Example]:
    """Every example phrase, in the order of the files."""
    found = []
    for path in sorted(PHRASES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [Example(r["need"], r["language"], r["phrase"]) for r in csv.DictReader(file)]
    return found


def fingerprint() -> str:
    """Changes with the phrases and with the code that looks at them: the model must be learnt again then."""
    known = hashlib.sha256()
    for path in [
        *sorted(PHRASES.glob("*.csv")),
        *(Path(__file__).parent / n for n in ("grams.py", "train.py")),
    ]:
        known.update(path.name.encode() + b"\n" + path.read_bytes())
    return known.hexdigest()[:16]


class Vocabulary(NamedTuple):
    """The grams that count: ``column`` of each by its number, and how rare each is."""

    numbers: NDArray[np.uint32]
    rarity: NDArray[np.float32]
    column: NDArray[np.int32]


def vocabulary(parts: Sequence[tuple[Grams, ...]]) -> Vocabulary:
    """The grams of at least `SEEN` phrases, with smoothed inverse document frequency."""
    seen = np.zeros(BUCKETS, dtype=np.int32)
    for kinds in parts:
        seen[[number for part in kinds for number in part]] += 1
    numbers = np.flatnonzero(seen >= SEEN)
    column = np.full(BUCKETS, -1, dtype=np.int32)
    column[numbers] = np.arange(len(numbers))
    rarity = np.log((1 + len(parts)) / (1 + seen[numbers])) + 1
    return Vocabulary(numbers.astype(np.uint32), rarity.astype(np.float32), column)


def matrix(parts: Sequence[tuple[Grams, ...]], known: Vocabulary) -> Any:  # noqa: ANN401 (scipy has no types)
    """One row a phrase; each kind of grams is brought to length one, then they are added."""
    from scipy.sparse import csr_matrix

    values: list[NDArray[np.float32]] = []
    columns: list[NDArray[np.int32]] = []
    ends = [0]
    for kinds in parts:
        end = ends[-1]
        for part in kinds:
            at = known.column[np.fromiter(part.keys(), dtype=np.int64, count=len(part))]
            weight = np.fromiter(part.values(), dtype=np.float32, count=len(part))[at >= 0]
            at = at[at >= 0]
            weight = weight * known.rarity[at]
            values.append(weight / (float(np.sqrt((weight**2).sum())) or 1.0))
            columns.append(at)
            end += len(at)
        ends.append(end)
    shape = (len(parts), len(known.numbers))
    return csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=shape)


def fitted(rows: Any, labels: NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # noqa: ANN401
    """Weights (needs by grams) and offsets of one linear model a need against the others."""
    from sklearn.svm import LinearSVC

    learnt = LinearSVC(C=SOFTNESS, class_weight="balanced", random_state=0).fit(rows, labels)
    return learnt.coef_, learnt.intercept_


def main() -> None:
    """Learn, cross-validate, and write the model with its card."""
    given = examples()
    needs = tuple(terms.needs())
    labels = np.array([needs.index(each.need) for each in given])
    analyser = Analyser(Lexicon(prepared_home()))
    parts = [grams(each.phrase, forms_of(analyser.query_terms(each.phrase, None))) for each in given]
    known = vocabulary(parts)
    rows = matrix(parts, known)
    print(f"{len(given)} phrases, {len(known.numbers)} grams, {len(set(labels))} needs")
    held_back = cross_validated(given, parts, labels)
    weights, offset = fitted(rows, labels)
    sharpness = sharpest(held_back, labels)
    right = held_back.argmax(axis=1) == labels
    write(known, weights, offset, needs_of(labels, needs))
    card = {
        "fingerprint": fingerprint(),
        "needs": needs_of(labels, needs),
        "sharpness": sharpness,
        "phrases": len(given),
        "grams": len(known.numbers),
        "held_back_need_at_1": round(float(right.mean()), 3),
        "held_back_by_language": by_language(given, right),
    }
    CARD.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(
        json.dumps(
            {name: card[name] for name in ("held_back_need_at_1", "held_back_by_language", "sharpness")}
        )
    )


def prepared_home() -> Path:
    """The data folder of the settings, with the word lists of every language."""
    home = read_settings().home
    prepare(home)
    return home


def needs_of(labels: NDArray[np.intp], needs: Sequence[str]) -> list[str]:
    """The needs that have phrases, in the order of the taxonomy, which is that of the columns."""
    return [needs[i] for i in sorted(set(labels.tolist()))]


def cross_validated(
    given: Sequence[Example], parts: Sequence[tuple[Grams, ...]], labels: NDArray[np.intp]
) -> NDArray[np.float64]:
    """What a model that has not seen a phrase says of it.

    Neighbours in a file are often one thought in several languages or spellings, so that blocks of a need's
    phrases are held back together, at the same share of the way through each language.
    """
    block = blocks(given)
    columns = sorted(set(labels.tolist()))
    said = np.full((len(given), max(columns) + 1), -np.inf)
    for fold in range(FOLDS):
        inside = np.flatnonzero(block != fold)
        outside = np.flatnonzero(block == fold)
        learning = [parts[i] for i in inside.tolist()]
        known = vocabulary(learning)
        weights, offset = fitted(matrix(learning, known), labels[inside])
        scores = matrix([parts[i] for i in outside.tolist()], known) @ weights.T + offset
        said[np.ix_(outside, sorted(set(labels[inside].tolist())))] = scores
    return said


def blocks(given: Sequence[Example]) -> NDArray[np.intp]:
    """The fold of each phrase: which fifth of its need and language it stands in."""
    count: dict[tuple[str, str], int] = {}
    place = []
    for each in given:
        place.append(count.setdefault((each.need, each.language), 0))
        count[each.need, each.language] += 1
    sizes = [count[each.need, each.language] for each in given]
    return np.array([FOLDS * at // size for at, size in zip(place, sizes, strict=True)])


def sharpest(said: NDArray[np.float64], labels: NDArray[np.intp]) -> float:
    """The factor with which the sums become the most honest probabilities (least surprise, held back)."""
    options = np.arange(1.0, 20.1, 0.25)
    return float(min(options, key=lambda factor: surprise(said * factor, labels)))


def surprise(scores: NDArray[np.float64], labels: NDArray[np.intp]) -> float:
    """Mean negative log probability of the right need."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    right = shifted[np.arange(len(labels)), labels]
    return float((np.log(np.exp(shifted).sum(axis=1)) - right).mean())


def by_language(given: Sequence[Example], right: NDArray[np.bool_]) -> dict[str, float]:
    """The share of phrases read right, per language."""
    languages = np.array([each.language for each in given])
    return {str(each): round(float(right[languages == each].mean()), 3) for each in np.unique(languages)}


def write(
    known: Vocabulary, weights: NDArray[np.float64], offset: NDArray[np.float64], needs: Sequence[str]
) -> None:
    """Write the weights in 127 steps a need, small ones as nothing."""
    step = np.abs(weights).max(axis=1) / 127
    steps = np.where(np.abs(weights) < KEPT * 127 * step[:, None], 0, np.round(weights / step[:, None]))
    whole = steps.astype(np.int8).T
    used = np.flatnonzero(whole.any(axis=1))
    np.savez_compressed(
        MODEL,
        numbers=known.numbers[used],
        rarity=known.rarity[used],
        weights=np.ascontiguousarray(whole[used]),
        step=step.astype(np.float32),
        offset=offset.astype(np.float32),
    )
    print(f"{MODEL.name}: {MODEL.stat().st_size / 1e6:.1f} MB, {len(used)} grams, {len(needs)} needs")


if __name__ == "__main__":
    main()
