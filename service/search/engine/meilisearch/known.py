"""What a process knows of the index at one moment: its state, and what was counted over that state."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from service.search.engine.base import EngineQuery
from service.search.engine.cache import ByteCache
from service.search.engine.meilisearch.days import Days
from service.search.engine.meilisearch.filters import EVERY_LISTING, any_of, filter_of
from service.search.engine.meilisearch.hindsight import Hindsight
from service.search.engine.meilisearch.selection import counting
from service.search.engine.meilisearch.squares import Squares
from service.search.engine.meilisearch.state import State, look
from service.search.engine.meilisearch.wire import Found, Wire

MOST_KEPT = 20_000  # counts of words and needs, of some 200 bytes
COUNTS_BYTES = 24_000_000
PLACELESS_BYTES = 8_000_000
_FEW = 3  # counts of a millisecond, which are not worth another connection
_COST, _CODE_COST = 600, 120  # bytes of an entry, and of each code or listing in it
FOLLOW_S = 0.5
"""How old the state may be that counts of words and facets are taken from, and what has no point where
somebody asks around a place; other listings are the newest.
"""

SPREAD_S = 600.0
"""How old the counts of all listings may be, in squares and by days: guesses are made by them."""

Counts = tuple[int, Mapping[str, Mapping[str, int]]]
"""How many listings a question selects, and per column and code."""

Group = tuple[str, tuple[str, ...]]
"""A column and some of its values."""


@dataclass(slots=True)
class Known:
    """A state with what was counted over it so far: listings of words and needs, and of questions.

    What was asked stands here as digests alone: words may say who somebody is.
    """

    state: State
    looked_at: float
    holding: dict[bytes, int] = field(default_factory=dict)
    counts: ByteCache[Counts] = field(default_factory=lambda: ByteCache(COUNTS_BYTES))
    placeless: ByteCache[Mapping[int, str]] = field(default_factory=lambda: ByteCache(PLACELESS_BYTES))


class Knowledge:
    """Keeps what is known of one index, for all threads of a process.

    ``hindsight`` is what looking around places has taught.
    """

    def __init__(self, wire: Wire, index: str, follow_s: float) -> None:
        self._wire, self._index, self._follow_s = wire, index, follow_s
        self._known: Known | None = None
        self.hindsight = Hindsight()
        self._squares = -math.inf, Squares({})
        self._days = -math.inf, Days({}, {})
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

    def squares(self) -> Squares:
        """How many listings lie in each square, or did a while ago: what is guessed by it is looked at."""
        counted_at, squares = self._squares
        if time.monotonic() - counted_at > SPREAD_S:
            squares = Squares(*self._of_all("square"))
            self._squares = time.monotonic(), squares
        return squares

    def days(self) -> Days:
        """How many listings have each day as that of the newest word on them, or did a while ago."""
        counted_at, days = self._days
        if time.monotonic() - counted_at > SPREAD_S:
            days = Days(*self._of_all("said_on", "checked_on"))
            self._days = time.monotonic(), days
        return days

    def _of_all(self, *columns: str) -> list[Mapping[str, int]]:
        """How many of all listings have each value of the columns."""
        (found,) = self._wire.ask(self._index, [counting(EVERY_LISTING, columns)])
        return [found.get("facetDistribution", {}).get(each, {}) for each in columns]

    def totals(self, known: Known, filters: Sequence[str], are_kept: bool) -> list[int]:
        """For each filter how many listings it selects; ``are_kept`` where the same will be asked again."""
        held = {each: kept[0] for each in filters if are_kept and (kept := kept_counts(known, each))}
        if asked := [each for each in filters if each not in held]:
            ask = self._wire.ask if len(asked) <= _FEW else self._wire.ask_at_once
            answers = ask(self._index, [counting(each, ()) for each in asked])
            for each, answer in zip(asked, answers, strict=True):
                held[each] = answer["estimatedTotalHits"]
                if are_kept:
                    keep_counts(known, each, (held[each], {}))
        return [held[each] for each in filters]

    def holding(self, known: Known, groups: Sequence[Group]) -> list[int]:
        """For each group of values how many listings hold one of them."""
        filters = list(map(_filter_of, groups))
        held, unknown = _kept_holding(known, filters)
        if unknown:
            answers = self._wire.ask(self._index, [counting(each, ()) for each in unknown])
            held |= _keep_holding(known, unknown, answers)
        return [held[each] for each in filters]

    @contextmanager
    def expecting(self, groups: Sequence[Group]) -> Iterator[None]:
        """Have the listings of groups of values counted while the block does something else.

        Raises as `Wire.ask`.
        """
        if not groups:
            yield
            return
        known = self.newest()
        _held, unknown = _kept_holding(known, list(map(_filter_of, groups)))
        if not unknown:
            yield
            return
        with self._wire.asking(self._index, [counting(each, ()) for each in unknown]) as answers:
            yield
            _keep_holding(known, unknown, answers())


def _filter_of(group: Group) -> str:
    return filter_of((), any_of(*group))


def _kept_holding(known: Known, filters: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """The counts that are known of some filters, and those of which none is."""
    kept = {each: known.holding.get(_short(each)) for each in filters}
    held = {each: count for each, count in kept.items() if count is not None}
    return held, [each for each in kept if each not in held]


def _keep_holding(known: Known, filters: Sequence[str], answers: Sequence[Found]) -> dict[str, int]:
    found = {each: answer["estimatedTotalHits"] for each, answer in zip(filters, answers, strict=True)}
    if len(known.holding) > MOST_KEPT:
        known.holding.clear()
    known.holding.update({_short(each): count for each, count in found.items()})
    return found


def kept_counts(known: Known, name: str) -> Counts | None:
    """The counts of a question that were remembered under a name."""
    return known.counts.get(_short(name))


def keep_counts(known: Known, name: str, counts: Counts) -> None:
    """Remember the counts of a question while the state lasts."""
    codes = sum(map(len, counts[1].values()))
    known.counts.put(_short(name), counts, _COST + codes * _CODE_COST)


def kept_placeless(known: Known, name: str) -> Mapping[int, str] | None:
    """The listings without a point that were remembered under a name, row key to id."""
    return known.placeless.get(_short(name))


def keep_placeless(known: Known, name: str, ids: Mapping[int, str]) -> None:
    """Remember which listings without a point a question may choose from, while the state lasts."""
    known.placeless.put(_short(name), ids, _COST + len(ids) * _CODE_COST)


def _short(name: str) -> bytes:
    return hashlib.blake2b(name.encode(), digest_size=16).digest()


def can_be_kept(query: EngineQuery, selection: str) -> bool:
    """Whether the same will be asked again: not words, nor a circle around somebody."""
    return not query.words and "_geoRadius" not in selection
