"""Names found by how they begin, whole or from one of their words, also with a slip of the pen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from service.geo.names import fold

ENOUGH = 40  # entries looked at; a list of suggestions has under ten
_LONGEST = 24  # letters compared for slips; who typed more has named it
_WHOLE, _PART, SLIP = 0, 1, 2
_MORE_LETTERS = 2  # in another script than Latin: many words share a prefix there (про, при, ال)
_LAST_LATIN = "\u024f"


class Beginnings:
    """Names with a key each (a need, a place); the same key may have many names."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        entries = set()
        for name, key in names:
            words = fold(name).split()
            entries |= {(" ".join(words[i:]), min(i, 1), key) for i in range(len(words))}
        self._entries = sorted(entries)
        self._starts = [entry[0] for entry in self._entries]
        self._cut = lru_cache(maxsize=_LONGEST)(self._cut_at)

    def find(self, typed: str, slips_from: int = 4) -> dict[str, tuple[int, int]]:
        """Keys whose names begin as typed, each with how well: the less the better.

        First 0 for whole names, 1 for a later word of one, 2 for nearly so; then minus the number of its
        names that do. Slips are looked for only where fewer than three keys begin exactly so, and in texts
        of ``slips_from`` letters or more; of two more in another script than Latin.
        """
        start = fold(typed)
        found: dict[str, int] = {}
        names: dict[str, int] = {}
        at = bisect_left(self._starts, start)
        while start and at < len(self._starts) and self._starts[at].startswith(start):
            _name, part, key = self._entries[at]
            found[key] = min(part, found.get(key, _PART))
            names[key] = names.get(key, 0) + 1
            at += 1
        if len(found) < 3 and len(start) >= slips_from + _MORE_LETTERS * (start[:1] > _LAST_LATIN):
            for key in self._nearly(start):
                found.setdefault(key, SLIP)
                names[key] = names.get(key, 0) + 1
        return {key: (rank, -names[key]) for key, rank in found.items()}

    def _nearly(self, start: str) -> list[str]:
        edits = 0 if len(start) < 4 else 1 if len(start) < 8 else 2
        if not edits or len(start) > _LONGEST:
            return []
        cut = self._cut(len(start))
        near = process.extract(start, cut.keys(), scorer=OSA.distance, score_cutoff=edits, limit=ENOUGH)
        return [key for name, _distance, _at in near for key in cut[name] if name[0] == start[0]]

    def _cut_at(self, length: int) -> dict[str, tuple[str, ...]]:
        """The first letters of each name, with the keys that have a name beginning so."""
        cut: dict[str, dict[str, None]] = {}
        for name, _part, key in self._entries:
            if len(name) >= length - 1:
                cut.setdefault(name[:length], {})[key] = None
        return {name: tuple(keys) for name, keys in cut.items()}
