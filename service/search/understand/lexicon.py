"""What the words and phrases of the lexicon say for each need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from service.search.understand.phrases import Found
from service.search.understand.question import Reading
from service.search.understand.understood import Evidence

# How much a term says, in nats: one that names the need alone, one that points to it, a hint.
STRENGTH = {3.0: 1.6, 2.0: 0.8, 1.0: 0.25}
LONGER = 0.15  # each further word makes a phrase say so much more
SHOWN = 12  # of the phrases found, in the explanation


@dataclass(frozen=True, slots=True)
class Weighed:
    """What speaks for a need: how strongly (nats), all its ``words``, and those that say most."""

    code: str
    strength: float
    words: frozenset[int]
    because: frozenset[int]


def weigh(found: Sequence[Found]) -> list[Weighed]:
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


def _sum(code: str, phrases: list[tuple[float, Found]]) -> Weighed:
    words: frozenset[int] = frozenset()
    total, because = 0.0, frozenset[int]()
    for strength, found in sorted(phrases, key=lambda pair: -pair[0]):
        fresh = len(found.words - words) / len(found.words)
        if fresh:
            total += strength * fresh
            words |= found.words
            because = because or found.words
    return Weighed(code, total, words, because)


def lexicon_evidence(found: Sequence[Found], reading: Reading) -> tuple[Evidence, ...]:
    """The heaviest phrases, for the explanation."""
    heaviest = sorted(found, key=lambda each: -_strength(each))[:SHOWN]
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
