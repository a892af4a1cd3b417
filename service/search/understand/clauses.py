"""The clauses of a question: a long one often tells what stands in the way before it asks for something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from service.model.fields import LANGUAGES
from service.search.understand.question import Question
from service.search.words.stopwords import stop_words

SHORTEST = 3
"""Words of a clause; fewer belong to the one before."""

MOST = 5
"""Clauses that are read of one question."""

_BREAK = re.compile(r"[.,;:!?()\n…–،؛؟]|\s-\s")


def clauses(question: Question, words: Sequence[int]) -> list[tuple[int, ...]]:
    """The numbers of the words of each clause, of those in ``words``; none where there is a single clause.

    A clause ends at a mark and before a conjunction.
    """
    found: list[tuple[int, ...]] = []
    for clause in _cut(question, words):
        if found and (len(clause) < SHORTEST or len(found[-1]) < SHORTEST):
            found[-1] += clause
        else:
            found.append(clause)
    return found[:MOST] if len(found) > 1 else []


def _cut(question: Question, words: Sequence[int]) -> Iterator[tuple[int, ...]]:
    clause: list[int] = []
    for i in words:
        token = question.words[i].token
        before = question.text[question.words[clause[-1]].token.end : token.start] if clause else ""
        if clause and (_BREAK.search(before) or token.folded in _conjunctions()):
            yield tuple(clause)
            clause = []
        clause.append(i)
    if clause:
        yield tuple(clause)


@cache
def _conjunctions() -> frozenset[str]:
    """Single letters are left out: y is Spanish, and a letter of shorthand elsewhere."""
    kinds = frozenset({"conjunction"})
    every = frozenset[str]().union(*(stop_words(language, kinds) for language in LANGUAGES))
    return frozenset(word for word in every if len(word) > 1)
