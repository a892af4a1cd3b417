"""What nobody knows of a listing, or nobody knows any more, by how many kinds of searches it would help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from service.catalogue.ageing import AGEING
from service.config import TIMEZONE
from service.eight_b.criterion import Criterion, Faces
from service.eight_b.evaluate import passes
from service.eight_b.facts import Facts
from service.eight_b.screen import ORDER, answer_of, prepare, verdict_of_pairs
from service.eight_b.situation import Situation
from service.model import terms
from service.model.fields import fields
from service.model.listing import Listing, pick_text
from service.model.moments import minute_of

State = Literal["unknown", "expired", "undated"]
Demand = Mapping[str, float]
Columns = Callable[[Listing, date], Mapping[str, Any]]
"""The fact columns of a listing: `service.search.index.document.facts_of`."""

GENERAL, LANGUAGE = "general", "language"
"""Names of two kinds of searches beside the codes of the list of situations: without a word about the person,
and in a language of their own."""

_EPOCH = date(1970, 1, 1)
_FED_BY = {"times": "schedule.opening_hours", "described": "service.description", "contact": "phone.numbers"}
_SOME_LANGUAGE = frozenset({"ar"})  # which one does not matter to whether anything is known
_Pairs = tuple[tuple[Criterion, Faces], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """One field of one listing: never stated (unknown), too old (expired), or of unknown age (undated).

    ``worth`` is how many kinds of searches cannot tell whether the listing fits for want of it, each counted
    as often as it is asked.
    """

    listing: UUID
    name: str
    path: str
    state: State
    worth: float
    zones: tuple[str, ...]


def gaps(
    listings: Iterable[Listing], columns: Columns, now: datetime, *, zone: str | None = None,
    demand: Demand | None = None,
) -> list[Gap]:  # fmt: skip
    """The gaps of these listings at an aware moment, of most worth first.

    With ``zone`` only those of listings that lie in it. ``demand`` says how often each kind of search is
    asked, by code of the list of situations, `GENERAL` and `LANGUAGE`; once for each that it does not name.
    """
    local = now.astimezone(TIMEZONE)
    book = _Searches((local.date() - _EPOCH).days, minute_of(now), demand or {})
    found = [
        gap
        for listing in listings
        if zone is None or zone in listing.zones
        for gap in _of_listing(listing, book, Facts.from_columns(columns(listing, local.date())), now)
    ]
    return sorted(found, key=lambda gap: (-gap.worth, gap.name, gap.listing.hex, gap.path))


class _Searches:
    """Every kind of search of one minute, with the criteria that it asks."""

    def __init__(self, today: int, minute: int, demand: Demand) -> None:
        usual = Situation(today, minute)
        ticked = {tick: replace(usual, ticks=frozenset((tick,))) for tick in terms.values("situation")}
        self._asking = list(_asking(ticked | {LANGUAGE: replace(usual, speaks=_SOME_LANGUAGE)}))
        self._general = {b: tuple(pairs) for b, pairs in prepare(usual).faces.items()}
        self._demand = demand
        self.worths = lru_cache(maxsize=20_000)(self._worths)

    def _worths(self, facts: Facts) -> dict[str, float]:
        """Per field that is not known the searches that miss it."""
        found: dict[str, float] = {}
        for pairs in self._general.values():
            if verdict_of_pairs(pairs, facts).verdict == "unknown":
                for path in {path for criterion, _faces in pairs for path in _missing(criterion, facts)}:
                    found[path] = found.get(path, 0.0) + self._demand.get(GENERAL, 1.0)
        for name, pairs, asked in self._asking:
            if verdict_of_pairs(pairs, facts).verdict == "unknown":
                for path in {
                    path for c, faces in asked if _open(faces, facts) for path in _missing(c, facts)
                }:
                    found[path] = found.get(path, 0.0) + self._demand.get(name, 1.0)
        return found


def _asking(people: Mapping[str, Situation]) -> Iterator[tuple[str, _Pairs, _Pairs]]:
    """Per kind of search and B that it asks something of: all its criteria, and those that are asked."""
    for name, situation in people.items():
        for pairs in prepare(situation).faces.values():
            asked = tuple((criterion, faces) for criterion, faces in pairs if faces.asked)
            if asked:
                yield name, tuple(pairs), asked


def _open(faces: Faces, facts: Facts) -> bool:
    return passes(faces.applies, facts) and answer_of(faces, facts) == "unknown"


def _missing(criterion: Criterion, facts: Facts) -> Iterator[str]:
    """The fields that a criterion reads and nobody stated, or not lately enough."""
    for name in criterion.reads:
        path = _path(name)
        if path is not None and (path in AGEING or not _is_stated(name, facts)):
            yield path


def _is_stated(name: str, facts: Facts) -> bool:
    if hasattr(facts, name):
        return getattr(facts, name) not in (None, ())
    return name in (*facts.yes, *facts.no, *facts.stated)


@lru_cache(maxsize=500)
def fields_behind(criterion: str) -> frozenset[str]:
    """The fields that the criterion of this name reads; none for a name that there is not."""
    names = (name for each in ORDER if each.name == criterion for name in each.reads)
    return frozenset(path for name in names if (path := _path(name)))


@lru_cache(maxsize=500)
def _path(name: str) -> str | None:
    return _FED_BY.get(name) or next((path for path, field in fields().items() if field.index == name), None)


def _of_listing(listing: Listing, book: _Searches, facts: Facts, now: datetime) -> Iterator[Gap]:
    # Where it lies matters to nobody here, and leaves few patterns of facts.
    alike = replace(facts, point=None, hours=None, municipality=None, zone=(), serves=())
    name, _language = pick_text(listing.service.name, "nl")
    for path, worth in book.worths(alike).items():
        state = _state(listing, path, now)
        if state is not None:
            yield Gap(listing.id, name, path, state, worth, listing.zones)


def _state(listing: Listing, path: str, now: datetime) -> State | None:
    """How it stands with a field that the screen misses; None where it is known after all."""
    if path not in AGEING or path not in listing.facts:
        return "unknown"
    moment = listing.expires.get(path)
    if moment is None:
        return "undated"
    return "expired" if moment <= now else None
