"""Which records of one municipality are worth comparing: those whose names have words in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

import numpy as np
from rapidfuzz import fuzz, process

from service.catalogue.matching.compare import ALIKE, Side

_ROWS = 256
"""Records compared with all others of the municipality at once: a few megabytes of scores."""

_SPELT_ALIKE = 80
"""Per cent of letters in common of all words together; misspelt words are found so."""

_KEY_WORDS = 2
"""Whoever has all words of another has its longest ones; long words are rare, so few are looked at."""


def candidates(sides: Mapping[UUID, Side], fresh: Collection[UUID]) -> Iterator[tuple[UUID, UUID]]:
    """Pairs of records of which at least one is ``fresh``, each once, the smaller id first.

    Between sources those whose words are alike, within a source those with the same names.
    """
    yield from _within(sides, set(fresh))
    sources = sorted({side.source_id for side in sides.values()})
    if len(sources) < 2:
        return
    by_source: dict[str, list[UUID]] = defaultdict(list)
    for record, side in sides.items():
        by_source[side.source_id].append(record)
    words = {record: side.face.whole for record, side in sides.items()}
    services = {record: frozenset(side.face.services) for record, side in sides.items()}
    for source in sources:
        asking = [record for record in by_source[source] if record in fresh]
        others = [record for name in sources if name != source for record in by_source[name]]
        for a, b in _alike(asking, others, words, services):
            if b not in fresh or a.int < b.int:
                yield (a, b) if a.int < b.int else (b, a)


def _within(sides: Mapping[UUID, Side], fresh: set[UUID]) -> Iterator[tuple[UUID, UUID]]:
    twins: dict[object, list[UUID]] = defaultdict(list)
    for record, side in sides.items():
        twins[side.source_id, side.face.signature].append(record)
    for records in twins.values():
        ordered = sorted(records, key=lambda each: each.int)
        for n, one in enumerate(ordered):
            for other in ordered[n + 1 :]:
                if one in fresh or other in fresh:
                    yield one, other


def _alike(
    asking: list[UUID],
    others: list[UUID],
    words: Mapping[UUID, str],
    services: Mapping[UUID, frozenset[str]],
) -> Iterator[tuple[UUID, UUID]]:
    theirs = [words[each] for each in others]
    of_words = _SharedWords(theirs)
    for start in range(0, len(asking), _ROWS):
        some = asking[start : start + _ROWS]
        mine = [words[each] for each in some]
        spelt = process.cdist(mine, theirs, scorer=fuzz.ratio, score_cutoff=_SPELT_ALIKE, dtype=np.uint8)
        for record, text, row in zip(some, mine, spelt, strict=True):
            for column in {*np.flatnonzero(row).tolist(), *of_words.sharing(text)}:
                other = others[column]
                same_service = not services[record].isdisjoint(services[other])
                if same_service or fuzz.token_set_ratio(text, theirs[column], score_cutoff=ALIKE):
                    yield record, other


class _SharedWords:
    """Finds the texts that share a long word with another."""

    def __init__(self, texts: list[str]) -> None:
        self._having: dict[str, list[int]] = defaultdict(list)
        self._keyed: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for word in text.split():
                self._having[word].append(number)
            for word in _longest(text):
                self._keyed[word].append(number)

    def sharing(self, text: str) -> Iterator[int]:
        """The numbers of the texts that have a long word of this one, or whose long word it has."""
        for word in _longest(text):
            yield from self._having.get(word, ())
        for word in text.split():
            yield from self._keyed.get(word, ())


def _longest(text: str) -> list[str]:
    return sorted(text.split(), key=lambda word: (-len(word), word))[:_KEY_WORDS]
