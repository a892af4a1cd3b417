"""`python -m service.search.understand.crisis.train` learns the model of danger from example phrases."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.search.understand.crisis.forms import undisguised
from service.search.understand.crisis.grams import grams
from service.search.understand.crisis.hits import find_hits
from service.search.understand.crisis.lexicon import FOLDER
from service.search.understand.crisis.model import CARD, MODEL
from service.search.understand.crisis.reading import TOPICS
from service.search.understand.grams import BUCKETS, Grams
from service.search.words.fold import folded_words

ORDINARY = Path(__file__).parents[1] / "data" / "phrases"
NONE = "none"
LEARNT = tuple(topic for topic in TOPICS if topic != "talk")
FOLDS = 5
SOFTNESS = 3.0  # LogisticRegression's C, chosen among 1, 3 and 10 by the phrases held back
SEEN = 2  # a gram of one phrase says more about that phrase than about danger
KEPT = 0.01  # weights under this share of the largest are left out
ALARMS = 0.05  # share of look-alikes held back that may sound an alarm
_THEMES = {
    "safety.violence": "violence",
    "safety.child": "child",
    "safety.poisoning": "poisoning",
    "mental_health.crisis": "suicide",
}
_WEIGHTS = {"written": 3.0, "listed": 2.0, "theme": 0.3, "ordinary": 1.0}
"""How much a phrase counts: written for this model, for the patterns, for a need of safety, for another.

Not every phrase for a need of safety speaks of a danger now.
"""


class Example(NamedTuple):
    """A phrase, its danger (or `NONE`), its language and where it is from (a key of `_WEIGHTS`)."""

    topic: str
    language: str
    phrase: str
    origin: str


def examples() -> list[Example]:
    """All phrases to learn from, in the order of the files."""
    written = [
        Example(r["topic"], r["language"], r["phrase"], "written") for r in _rows(FOLDER / "examples.csv")
    ]
    listed = [
        Example(NONE if r["topic"] == "talk" else r["topic"], r["language"], r["phrase"], "listed")
        for r in _rows(FOLDER / "phrases.csv")
    ]
    return [*written, *listed, *_of_needs()]


def _of_needs() -> Iterator[Example]:
    """The example phrases of needs; those of mental health that are no crisis may hold one, and are left."""
    for path in sorted(ORDINARY.glob("*.csv")):
        for row in _rows(path):
            need = row["need"]
            if need in _THEMES:
                yield Example(_THEMES[need], row["language"], row["phrase"], "theme")
            elif not need.startswith("mental_health"):
                yield Example(NONE, row["language"], row["phrase"], "ordinary")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seen(phrase: str) -> tuple[Grams, ...]:
    """What the model sees of a phrase."""
    words = folded_words(undisguised(phrase))
    return grams(words, {hit.group for hit in find_hits(words)})


def fingerprint() -> str:
    """Changes with the phrases and lists of danger and the code that looks at them: learn again then."""
    known = hashlib.sha256()
    here = Path(__file__).parent
    for path in (
        FOLDER / "examples.csv",
        FOLDER / "phrases.csv",
        *sorted((FOLDER / "words").glob("*.csv")),
        here.parent / "grams.py",
        here / "grams.py",
        here / "train.py",
    ):
        known.update(path.name.encode() + b"\n" + path.read_bytes())
    return known.hexdigest()[:16]


def matrix(parts: Sequence[tuple[Grams, ...]], column: NDArray[np.int32], width: int) -> Any:  # noqa: ANN401
    """One row a phrase, over the grams that have a column."""
    from scipy.sparse import csr_matrix

    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for kinds in parts:
        for part in kinds:
            for number, value in part.items():
                if column[number] >= 0:
                    columns.append(int(column[number]))
                    values.append(value)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(parts), width))


def vocabulary(parts: Sequence[tuple[Grams, ...]]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """The grams of at least `SEEN` phrases, and the column of each number (-1 for none)."""
    count = np.zeros(BUCKETS, dtype=np.int32)
    for kinds in parts:
        count[[number for part in kinds for number in part]] += 1
    numbers = np.flatnonzero(count >= SEEN)
    column = np.full(BUCKETS, -1, dtype=np.int32)
    column[numbers] = np.arange(len(numbers))
    return numbers.astype(np.uint32), column


def learner() -> Any:  # noqa: ANN401 (scikit-learn has no types)
    """A logistic regression: its sums are honest probabilities."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=SOFTNESS, max_iter=400, solver="liblinear", random_state=0)


def main() -> None:
    """Learn, hold back in blocks to choose the threshold, and write the model with its card."""
    given = examples()
    parts = [seen(each.phrase) for each in given]
    danger = np.array([each.topic != NONE for each in given])
    weight = np.array([_WEIGHTS[each.origin] for each in given])
    fair = np.array([each.origin == "written" for each in given])
    said = held_back(given, parts, danger, weight)
    threshold = float(np.quantile(said[fair & ~danger], 1 - ALARMS))
    numbers, column = vocabulary(parts)
    rows = matrix(parts, column, len(numbers))
    columns = [learner().fit(rows, danger, sample_weight=weight)]
    inside = np.flatnonzero(danger)
    for topic in LEARNT:
        labels = np.array([given[i].topic == topic for i in inside.tolist()])
        columns.append(learner().fit(rows[inside], labels, sample_weight=weight[inside]))
    card = {
        "fingerprint": fingerprint(),
        "topics": list(LEARNT),
        "threshold": round(threshold, 4),
        "phrases": len(given),
        "dangers": int(danger.sum()),
        "held_back_recall": round(float((said >= threshold)[fair & danger].mean()), 3),
        "held_back_alarms": round(float((said >= threshold)[fair & ~danger].mean()), 3),
        "held_back_alarms_ordinary": round(float((said >= threshold)[~fair & ~danger].mean()), 4),
    }
    write(numbers, np.vstack([each.coef_ for each in columns]), [each.intercept_[0] for each in columns])
    CARD.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(card))


def held_back(
    given: Sequence[Example],
    parts: Sequence[tuple[Grams, ...]],
    danger: NDArray[np.bool_],
    weight: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The probability that a model says which has not seen a phrase, nor its neighbours.

    Neighbours are often one thought in several spellings: a fifth of each topic, language and origin, as it
    stands in the file, is held back at once.
    """
    block = blocks(given)
    said = np.zeros(len(given))
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(block != fold), np.flatnonzero(block == fold)
        numbers, column = vocabulary([parts[i] for i in inside.tolist()])
        rows = matrix([parts[i] for i in inside.tolist()], column, len(numbers))
        learnt = learner().fit(rows, danger[inside], sample_weight=weight[inside])
        left = matrix([parts[i] for i in outside.tolist()], column, len(numbers))
        said[outside] = learnt.predict_proba(left)[:, 1]
    return said


def blocks(given: Sequence[Example]) -> NDArray[np.intp]:
    """The fold of each phrase: which fifth of its topic, language and origin it stands in."""
    count: dict[tuple[str, str, str], int] = {}
    place = []
    for each in given:
        key = (each.topic, each.language, each.origin)
        place.append(count.setdefault(key, 0))
        count[key] += 1
    sizes = [count[each.topic, each.language, each.origin] for each in given]
    return np.array([FOLDS * at // size for at, size in zip(place, sizes, strict=True)])


def write(numbers: NDArray[np.uint32], weights: NDArray[np.float64], offset: Sequence[float]) -> None:
    """Write the weights in 127 steps a column, small ones as nothing."""
    step = np.abs(weights).max(axis=1) / 127
    steps = np.where(np.abs(weights) < KEPT * 127 * step[:, None], 0, np.round(weights / step[:, None]))
    whole = steps.astype(np.int8).T
    used = np.flatnonzero(whole.any(axis=1))
    np.savez_compressed(
        MODEL,
        numbers=numbers[used],
        weights=np.ascontiguousarray(whole[used]),
        step=step.astype(np.float32),
        offset=np.array(offset, dtype=np.float32),
    )
    print(f"{MODEL.name}: {MODEL.stat().st_size / 1e6:.1f} MB, {len(used)} grams")


if __name__ == "__main__":
    main()
