"""Which needs a question is about: phrases of the lexicon, added up into a confidence."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.model import terms
from service.search.understand.phrases import Found, Phrasebook
from service.search.understand.question import Reading
from service.search.understand.understood import Evidence, NeedReading

MOST = 3
SURE = 0.5  # from here a need is taken as understood
LIKELY = 0.2  # the best reading is acted on from here when none is sure; words then count as much
POSSIBLE = 0.15  # from here it is offered
BESIDE = 0.6  # a further need must be this sure relative to the first
# How much a term says, in nats: confidence is 1 - exp(-sum). A term that names the need alone gives 0.80, one
# that points to it 0.55, a hint 0.22; two hints and a pointer 0.73.
STRENGTH = {3.0: 1.6, 2.0: 0.8, 1.0: 0.25}
LONGER = 0.15  # each further word makes a phrase say so much more


@dataclass(frozen=True, slots=True)
class _Weighed:
    code: str
    strength: float
    words: frozenset[int]
    because: frozenset[int]


def need_stage(book: Phrasebook, reading: Reading) -> Reading:
    """Up to three needs, most certain first; what is too uncertain becomes a suggestion."""
    found = book.find(reading.question, reading.likely, without=reading.named)
    weighed = sorted(_weigh(found), key=lambda each: -each.strength)
    readings = [_reading(each, reading) for each in weighed]
    taken, left = _taken(readings)
    chosen = {each.code for each in taken}
    used = frozenset().union(*(each.words for each in weighed if each.code in chosen))
    return replace(
        reading,
        needs=tuple(taken),
        suggestions=tuple(each for each in left if each.confidence >= POSSIBLE)[:MOST],
        used=reading.used | used,
        asked=used,
        evidence=reading.evidence + _evidence(found, reading),
    )


def _taken(readings: list[NeedReading]) -> tuple[list[NeedReading], list[NeedReading]]:
    if not readings or readings[0].confidence < LIKELY:
        return [], readings
    first = readings[0].confidence
    sure = [each for each in readings[1:] if each.confidence >= max(SURE, BESIDE * first)]
    taken = [readings[0], *sure][:MOST]
    return taken, [each for each in readings if each not in taken]


def _reading(weighed: _Weighed, reading: Reading) -> NeedReading:
    label = terms.needs()[weighed.code].label(reading.question.ui_language)
    confidence = 1 - math.exp(-weighed.strength)
    return NeedReading(weighed.code, label, confidence, reading.question.quote(weighed.because))


def _weigh(found: Sequence[Found]) -> list[_Weighed]:
    """Each need with the sum of its phrases; a word speaks once for a need, through its strongest phrase."""
    sharing: dict[str, set[str]] = defaultdict(set)
    for each in found:
        sharing[each.phrase.text.lower()].add(each.phrase.code)
    by_code: dict[str, list[tuple[float, Found]]] = defaultdict(list)
    for each in found:
        strength = _strength(each) / len(sharing[each.phrase.text.lower()])
        by_code[each.phrase.code].append((strength, each))
    return [_sum(code, phrases) for code, phrases in by_code.items()]


def _strength(found: Found) -> float:
    return STRENGTH[found.phrase.weight] * found.quality * (1 + LONGER * (found.size - 1))


def _sum(code: str, phrases: list[tuple[float, Found]]) -> _Weighed:
    words: frozenset[int] = frozenset()
    total, because = 0.0, frozenset[int]()
    for strength, found in sorted(phrases, key=lambda pair: -pair[0]):
        fresh = len(found.words - words) / len(found.words)
        if fresh:
            total += strength * fresh
            words |= found.words
            because = because or found.words
    return _Weighed(code, total, words, because)


def _evidence(found: Sequence[Found], reading: Reading) -> tuple[Evidence, ...]:
    heaviest = sorted(found, key=lambda each: -_strength(each))[:12]
    return tuple(
        Evidence(
            "need",
            reading.question.quote(each.words),
            each.phrase.code,
            f"{each.phrase.language}: {each.phrase.text}",
            round(_strength(each), 2),
        )
        for each in heaviest
    )
