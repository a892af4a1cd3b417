"""What a word of a question becomes: the terms that may answer it, with their weights and reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from service.search.words.fold import Token

Why = Literal["exact", "joined", "lemma", "compound", "typo", "prefix"]

# What a term counts for beside the word itself. Its dictionary form says nearly the same, written as one it
# is the same word, and a part says less than the whole. A slip of the pen is weighed by how close it is
# (vocabulary.py).
WEIGHTS: dict[Why, float] = {
    "exact": 1.0,
    "joined": 1.0,
    "lemma": 0.9,
    "compound": 0.45,
    "typo": 0.8,
    "prefix": 0.6,
}


@dataclass(frozen=True, slots=True)
class Alternative:
    """A term that stands for a word of the question, what it counts for (0 to 1), and how it was found."""

    term: str
    weight: float
    why: Why


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One word of a question with the terms that may answer it, the strongest first (the first is the word
    itself).

    `is_stop`: a function word, which should not select documents. `is_known`: some dictionary has it, so
    that it is no slip of the pen.
    """

    token: Token
    alternatives: tuple[Alternative, ...]
    is_stop: bool
    is_known: bool
