"""What the model of meaning learns from: example phrases, terms, and a fingerprint of them all."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.search.understand.tables import FOLDER, LANGUAGES, rows, split

PHRASES = FOLDER / "phrases"
FOLDS = 5
POINTING = 2.0
"""Terms of the lexicon that at least point to a need are examples of it; hints are not."""


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


def term_examples() -> list[Example]:
    """The terms of the lexicon that name a need or point to it."""
    return [
        Example(row["need"], language, text)
        for language in LANGUAGES
        for row in rows(f"terms_{language}.csv")
        if float(row["weight"]) >= POINTING
        for text in split(row["terms"])
    ]


def fingerprint() -> str:
    """Changes with the phrases and with the code that looks at them: the model must be learnt again then."""
    here = Path(__file__).parent
    known = hashlib.sha256()
    for path in [
        *sorted(PHRASES.glob("*.csv")),
        *(FOLDER / f"terms_{language}.csv" for language in LANGUAGES),
        here.parent / "grams.py",
        *(here / name for name in ("examples.py", "grams.py", "learn.py", "sentence.py", "train.py")),
    ]:
        known.update(path.name.encode() + b"\n" + path.read_bytes())
    return known.hexdigest()[:16]


def blocks(given: Sequence[Example]) -> NDArray[np.intp]:
    """The fold of each phrase: which fifth of its need and language it stands in.

    Neighbours in a file are often one thought in several languages or spellings, so that blocks of a need's
    phrases are held back together, at the same share of the way through each language.
    """
    count: dict[tuple[str, str], int] = {}
    place = []
    for each in given:
        place.append(count.setdefault((each.need, each.language), 0))
        count[each.need, each.language] += 1
    sizes = [count[each.need, each.language] for each in given]
    return np.array([FOLDS * at // size for at, size in zip(place, sizes, strict=True)])
