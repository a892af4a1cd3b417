"""What a process knows of the index at one moment: its state, and what was counted over that state."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from service.search.engine.base import EngineQuery
from service.search.engine.meilisearch.filters import any_of, filter_of
from service.search.engine.meilisearch.state import State, look
from service.search.engine.meilisearch.wire import Wire

MOST_KEPT = 20_000  # entries of some 200 bytes
FOLLOW_S = 0.5
"""How old the state may be that counts of words and facets are taken from; listings are always the newest."""

Counts = tuple[int, Mapping[str, Mapping[str, int]]]
"""How many listings a question selects, and per column and code."""

Group = tuple[str, tuple[str, ...]]
"""A column and some of its values."""


@dataclass(slots=True)
class Known:
    """A state with what was counted over it so far: listings of words and needs, and of questions."""

    state: State
    looked_at: float
    holding: dict[Group, int] = field(default_factory=dict)
    counts: dict[str, Counts] = field(default_factory=dict)


class Knowledge:
    """Keeps what is known of one index, for all threads of a process."""

    def __init__(self, wire: Wire, index: str, follow_s: float) -> None:
        self._wire, self._index, self._follow_s = wire, index, follow_s
        self._known: Known | None = None
        self._lock = Lock()

    def newest(self, follow_s: float | None = None) -> Known:
        """What is known of a state that is at most ``follow_s`` seconds old. Raises as `look`."""
        limit = self._follow_s if follow_s is None else follow_s
        known = self._known
        if known is not None and time.monotonic() - known.looked_at < limit:
            return known
        looked_at = time.monotonic()
        state = look(self._wire, self._index)
        with self._lock:
            known = self._known
            if known is None or known.state != state:
                known = self._known = Known(state, looked_at)
            known.looked_at = looked_at
        return known

    def holding(self, known: Known, groups: Sequence[Group]) -> list[int]:
        """For each group of values how many listings hold one of them."""
        unknown = [each for each in dict.fromkeys(groups) if each not in known.holding]
        if unknown:
            queries = [{"filter": filter_of((), any_of(*each)), "limit": 0} for each in unknown]
            found = self._wire.ask(self._index, queries)
            if len(known.holding) > MOST_KEPT:
                known.holding.clear()
            for each, answer in zip(unknown, found, strict=True):
                known.holding[each] = answer["estimatedTotalHits"]
        # A copy: another thread may make room meanwhile.
        held = dict(known.holding)
        return [held.get(each, 0) for each in groups]


def keep_counts(known: Known, name: str, counts: Counts) -> None:
    """Remember the counts of a question while the state lasts."""
    if len(known.counts) > MOST_KEPT // 10:
        known.counts.clear()
    known.counts[name] = counts


def can_be_kept(query: EngineQuery, selection: str) -> bool:
    """Whether the same will be asked again: not words, nor a circle around somebody."""
    return not query.words and "_geoRadius" not in selection
