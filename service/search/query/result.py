"""The typed answer of a search, shared by the API and the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from service.eight_b.verdict import Verdict, Word
from service.search.engine.base import MAX_CANDIDATES
from service.search.query.criteria import Criteria
from service.search.query.said import Said
from service.search.understand.understood import Understood

Lane = Literal["around", "wide"]
"""``around``: help at a place one goes to; ``wide``: phone and online help for a whole region."""

Nearest = Literal["with_barrier", "without_barrier"]
"""The nearest option where something is in the way, and the nearest without; named where they differ."""

NoticeCode = Literal[
    "index_away",
    "words_dropped",
    "nothing_found",
    "nothing_in_fence",
    "widened",
    "only_leads",
    "none_in_reach",
]


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """A line that stands above the results; ``open_now`` is None where its hours are not known."""

    name: str
    phone: str
    topic: str
    languages: tuple[str, ...]
    chat: str | None
    open_now: bool | None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the reader is told about the whole answer.

    ``index_away``: the index cannot be asked, so the database answered by need, place and filters, without
    matching words. ``words_dropped``: no listing had the words, so they were left out. ``nothing_found``:
    nothing answers. ``nothing_in_fence``: nothing within the distance asked, something beyond it;
    ``criteria`` is that wider search. ``widened``: nothing in the first ring of distance, so the list begins
    in the ring that ends at
    ``ring_m``. ``only_leads``: all on this page is still to be confirmed. ``none_in_reach``: no listing in
    reach of the place in ``words`` answers ``needs``; `Results.general_desk` can help to find who does.
    ``words`` are what it is about.
    """

    code: NoticeCode
    words: tuple[str, ...] = ()
    criteria: Criteria | None = None
    ring_m: int | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Centre:
    """Where distances are from, and what it is called."""

    lat: float
    lon: float
    name: str


class Result(NamedTuple):
    """One listing in a list of results, in the language of the answer; a tuple, which is quick to make.

    ``url`` has no language prefix. ``municipality`` is a name. ``distance_m`` is a straight line, ``minutes``
    are per way of travelling. ``service_language`` and ``summary_language`` are those of the texts (None:
    nobody said). Of a hidden address ``address``, ``lat``, ``lon``, ``distance_m`` and
    ``minutes`` are empty. ``checked`` is the day somebody checked it, ``said_on`` when its source spoke (to
    the precision it had), ``stale_on`` from when on it is too old to build on (None: nothing is dated).
    ``ring_m`` is the outer edge of the ring of distance that it stands in (None: no distance). ``score`` has
    the named parts of the ranking. ``why`` is the first reason for it, ``watch_out`` what to look out for,
    ``nearest`` says that it is the nearest option where something is in the way, or the nearest without that.
    """

    id: str
    url: str
    service: str
    service_language: str | None
    organization: str
    needs: tuple[str, ...]
    summary: str | None
    summary_language: str | None
    address: str | None
    municipality: str | None
    nis: str | None
    postal_code: str | None
    lat: float | None
    lon: float | None
    location_precision: str | None
    hidden: bool
    distance_m: int | None
    minutes: Mapping[str, int]
    phone: str | None
    email: str | None
    website: str | None
    channels: tuple[str, ...]
    open_now: bool | None
    next_open: datetime | None
    languages: tuple[str, ...]
    audience: tuple[str, ...]
    cost: str | None
    appointment: str | None
    coverage: str | None
    provision: str | None
    checked: str | None
    said_on: str | None
    stale_on: str | None
    readiness: str | None
    lane: Lane
    ring_m: int | None
    eight_b: Mapping[str, Verdict]
    score: Mapping[str, float]
    why: Said | None = None
    watch_out: Said | None = None
    nearest: Nearest | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The whole answer to a search; `took_ms` is measured by who answers the request.

    ``criteria`` are those asked, ``understood`` what was read from ``q`` (or ``near``), ``centre`` where
    distances are from. ``facets`` count all that was selected, per column and code; ``verdict_counts`` the
    ranked ones (`MAX_CANDIDATES` at most), per B and verdict. ``explain`` is None unless asked for.
    ``general_desk`` are desks (OCMW or CPAS, social house) that can help to find help where nothing in reach
    answers the need; they are no answers and count in nothing. ``answered_by`` is the database only where the
    index is away. ``needs`` are those in force, ``nis`` the municipality of the centre, ``asked_of`` the
    names of the criteria that this person asks for.
    """

    criteria: Criteria
    understood: Understood
    crisis: tuple[CrisisLine, ...]
    total: int
    total_is_exact: bool
    results: tuple[Result, ...]
    facets: Mapping[str, Mapping[str, int]]
    notices: tuple[Notice, ...] = ()
    verdict_counts: Mapping[str, Mapping[Word, int]] = field(default_factory=dict)
    centre: Centre | None = None
    explain: Mapping[str, Any] | None = field(default=None)
    general_desk: tuple[Result, ...] = ()
    answered_by: Literal["index", "database"] = "index"
    needs: tuple[str, ...] = ()
    nis: str | None = None
    asked_of: frozenset[str] = frozenset()

    @property
    def page(self) -> int:
        """Which page this is, from 1."""
        return self.criteria.page

    @property
    def per_page(self) -> int:
        """How many results a page holds at most."""
        return self.criteria.per_page

    @property
    def pages(self) -> int:
        """How many pages can be turned: only ranked candidates can be reached."""
        return self.reachable // self.per_page + bool(self.reachable % self.per_page)

    @property
    def reachable(self) -> int:
        """How many results can be paged to."""
        return min(self.total, MAX_CANDIDATES)
