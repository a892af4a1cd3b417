"""Learning a model of meaning: the grams that count, the weights of each need, and their small form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.search.understand.grams import BUCKETS, Grams
from service.search.understand.meaning.model import Meaning

SOFTNESS = 0.3  # LinearSVC's C, chosen among 0.1, 0.3, 1 by cross-validation over our phrases
PRECISION = 1e-2  # its stopping rule; ten times finer takes twice as long and reads no more right
SEEN = 2  # a gram of a single phrase says more about that phrase than about the need
NAMES = 3  # except in a phrase of so few words and pairs (one word or two), which calls the need by its name
SENSE = 0.8  # how loud the meaning as a whole speaks beside each kind of grams, which have length one
KEPT = 0.02  # weights under this share of a need's largest are left out: the file is a third, figures stay


class Heard(NamedTuple):
    """Texts as the model hears them: the ``grams`` of each, and one row of ``senses`` a text."""

    grams: list[tuple[Grams, ...]]
    senses: NDArray[np.float32]

    def only(self, rows: NDArray[np.intp]) -> Heard:
        """Some of the texts."""
        return Heard([self.grams[i] for i in rows.tolist()], self.senses[rows])


class Vocabulary(NamedTuple):
    """The grams that count: ``column`` of each by its number, and how rare each is."""

    numbers: NDArray[np.uint32]
    rarity: NDArray[np.float32]
    column: NDArray[np.int32]


def vocabulary(parts: Sequence[tuple[Grams, ...]]) -> Vocabulary:
    """The grams of at least `SEEN` phrases and the words of the shortest, with smoothed inverse document
    frequency."""
    seen = np.zeros(BUCKETS, dtype=np.int32)
    is_name = np.zeros(BUCKETS, dtype=np.bool_)
    for kinds in parts:
        seen[[number for part in kinds for number in part]] += 1
        if len(kinds) > 1 and len(kinds[1]) <= NAMES:
            is_name[[number for part in kinds[1:] for number in part]] = True
    numbers = np.flatnonzero((seen >= SEEN) | is_name)
    column = np.full(BUCKETS, -1, dtype=np.int32)
    column[numbers] = np.arange(len(numbers))
    rarity = np.log((1 + len(parts)) / (1 + seen[numbers])) + 1
    return Vocabulary(numbers.astype(np.uint32), rarity.astype(np.float32), column)


def matrix(heard: Heard, known: Vocabulary) -> Any:  # noqa: ANN401 (scipy has no types)
    """One row a phrase: each kind of grams is brought to length one, then they are added; then its sense."""
    from scipy.sparse import csr_matrix, hstack

    values: list[NDArray[np.float32]] = []
    columns: list[NDArray[np.int32]] = []
    ends = [0]
    for kinds in heard.grams:
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
    shape = (len(heard.grams), len(known.numbers))
    counted = csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=shape)
    return hstack([counted, csr_matrix(SENSE * heard.senses)]).tocsr()


class Learnt(NamedTuple):
    """The grams that count, and one row of weights (grams, then sense) and an offset a label."""

    known: Vocabulary
    labels: list[int]
    weights: NDArray[np.float64]
    offset: NDArray[np.float64]

    def scores(self, heard: Heard) -> NDArray[np.float64]:
        """What is said of each text, one column a label of ``labels``."""
        return np.asarray(matrix(heard, self.known) @ self.weights.T + self.offset)


def learn(heard: Heard, labels: NDArray[np.intp]) -> Learnt:
    """One linear model a need against the others (a support vector machine)."""
    from sklearn.svm import LinearSVC

    known = vocabulary(heard.grams)
    machine = LinearSVC(C=SOFTNESS, tol=PRECISION, class_weight="balanced", random_state=0)
    machine.fit(matrix(heard, known), labels)
    return Learnt(known, machine.classes_.tolist(), machine.coef_, machine.intercept_)


def small(learnt: Learnt, needs: Sequence[str], sharpness: float) -> Meaning:
    """The model in its small form: weights of grams in 127 steps a need, small ones as nothing."""
    grams = len(learnt.known.numbers)
    weights, whole = learnt.weights[:, :grams], learnt.weights[:, grams:]
    step = np.abs(weights).max(axis=1) / 127
    steps = np.where(np.abs(weights) < KEPT * 127 * step[:, None], 0, np.round(weights / step[:, None]))
    rows = steps.astype(np.int8).T
    used = np.flatnonzero(rows.any(axis=1))
    return Meaning(
        needs=tuple(needs[i] for i in learnt.labels),
        numbers=learnt.known.numbers[used],
        rarity=learnt.known.rarity[used],
        weights=np.ascontiguousarray(rows[used]),
        step=step.astype(np.float32),
        sense=np.ascontiguousarray((SENSE * whole).T.astype(np.float16)),
        offset=learnt.offset.astype(np.float32),
        sharpness=sharpness,
    )
