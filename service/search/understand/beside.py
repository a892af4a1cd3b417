"""What a question tells beside what it asks: needs of single clauses, and those that stand in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from service.search.understand.meaning.grams import forms_of
from service.search.understand.meaning.model import Meaning
from service.search.understand.meaning.sentence import Vector
from service.search.understand.question import Question

BLOCKING = (
    "mental_health.crisis",
    "safety.violence",
    "safety.child",
    "housing.shelter",
    "housing.eviction",
    "money.income_support",
)
"""Safety, a roof, an income: without them help with anything else does not hold; in the order of haste."""

CLEAR = 0.8  # a clause that is this sure of a need tells it
IN_THE_WAY = 0.6  # and of one that stands in the way, this sure
CAUTION = 0.25  # not surer than this: what is told beside must not outrank what is asked
UNSURE = 0.3  # unless nobody can say what is asked: then the clause that is sure leads


class Beside(NamedTuple):
    """A further need: how sure it is, the words that tell it, and by which rule."""

    code: str
    confidence: float
    words: frozenset[int]
    rule: str


def beside(
    meaning: Meaning,
    question: Question,
    parts: Sequence[tuple[tuple[int, ...], Vector]],
    taken: Mapping[str, float],
    who: frozenset[int] = frozenset(),
) -> list[Beside]:
    """The needs that clauses tell and the whole did not, those that stand in the way first, then the surest.

    ``parts`` are the clauses with their meaning as a whole, ``taken`` the needs of the whole with how sure
    they are. A clause only adds: what the question means is not changed by its parts. One of which every word
    is of ``who``, or a function word, says who somebody is: it tells no need but one that stands in the way.
    """
    found: dict[str, Beside] = {}
    most = CAUTION if max(taken.values(), default=0.0) >= UNSURE else 1.0
    for each in _told(meaning, question, parts, most):
        is_who = each.code not in BLOCKING and each.words <= who
        if not is_who and each.code not in taken and each.confidence > _sureness(found.get(each.code)):
            found[each.code] = each
    return sorted(found.values(), key=lambda each: (each.code not in BLOCKING, -each.confidence))


def _sureness(known: Beside | None) -> float:
    return known.confidence if known else 0.0


def _told(
    meaning: Meaning, question: Question, parts: Sequence[tuple[tuple[int, ...], Vector]], most: float
) -> Iterator[Beside]:
    heard = meaning.hear_each([_said(question, clause) for clause, _whole in parts])
    for (clause, whole), each in zip(parts, heard, strict=True):
        likely = meaning.probabilities(each, meaning.means(whole))
        at = int(likely.argmax())
        code, sure = meaning.needs[at], float(likely[at])
        is_blocking = code in BLOCKING
        if sure >= (IN_THE_WAY if is_blocking else CLEAR):
            rule = "a clause tells what stands in the way" if is_blocking else "a clause tells it"
            telling = frozenset(i for i in clause if not question.words[i].is_stop)
            yield Beside(code, min(sure, most), telling, rule)


def _said(question: Question, clause: Sequence[int]) -> tuple[str, list[str]]:
    words = [question.words[i] for i in clause]
    return " ".join(word.token.text for word in words), forms_of(words)
