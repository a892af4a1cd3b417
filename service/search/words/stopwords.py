"""Function words of ten languages, which say how a question is put and not what it is about."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from service.config import DATA
from service.search.words.fold import folded_words

_FILE = DATA / "lexicon" / "stopwords.csv"


@cache
def stop_words(language: str, kinds: frozenset[str] = frozenset(), path: Path = _FILE) -> frozenset[str]:
    """The folded function words of a language, of these kinds only when any are named; empty for an unknown
    language.

    Kinds are those of the file: article, pronoun, preposition, conjunction, auxiliary, adverb, negation,
    question, politeness, wish, quantity. They are for the matching of text alone: a negation changes what a
    question means.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] == language]
    chosen = [row["words"] for row in rows if not kinds or row["kind"] in kinds]
    return frozenset(word for words in chosen for word in folded_words(words))


def likely_languages(words: Iterable[str], among: tuple[str, ...]) -> tuple[str, ...]:
    """Which languages the function words in a text speak for: those with half as many as the first; empty
    when none.

    A cheap reading for the choice of dictionaries, the strongest first; it is no recognition of language.
    """
    distinct = set(words)
    counts = {each: len(distinct & stop_words(each)) for each in among}
    best = max(counts.values(), default=0)
    spoken = (each for each in among if counts[each] and 2 * counts[each] >= best)
    return tuple(sorted(spoken, key=lambda each: -counts[each]))
