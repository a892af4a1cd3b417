"""Everything a search can be asked as one value, read from pairs of a URL or form and written back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from service.errors import BadParameter
from service.search.query.filters.parse import Now
from service.search.query.filters.table import FILTERS

Pairs = Iterable[tuple[str, str]]

DEFAULT_MODE = "bike"  # the yardstick of the policy text: ten minutes by bike (data/eight_b)


@dataclass(frozen=True, slots=True)
class Criteria:
    """One search; each field is the parameter of that name (`filters.table`), None or empty: not given."""

    q: str = ""
    lang: str | None = None
    need: tuple[str, ...] = ()
    theme: str | None = None
    near: str | None = None
    lat: float | None = None
    lon: float | None = None
    within_m: int | None = None
    minutes: int | None = None
    mode: str | None = None
    zone: str | None = None
    municipality: str | None = None
    speaks: tuple[str, ...] = ()
    situation: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    age: int | None = None
    household: str | None = None
    budget: float | None = None
    tariff: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    diet: tuple[str, ...] = ()
    b: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    open_at: datetime | Now | None = None
    channel: str | None = None
    page: int = 1
    per_page: int = 20
    understand: bool = True
    without: tuple[str, ...] = ()
    explain: bool = False

    @property
    def point(self) -> tuple[float, float] | None:
        """The centre given as coordinates."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


_DEFAULTS = {each.name: each.default for each in fields(Criteria)}


def read(pairs: Pairs, *, strict: bool) -> Criteria:
    """The criteria in ``pairs``.

    Raises BadParameter for a value that is malformed or out of range, for a repeated parameter that may not
    be, and for parameters that contradict each other. ``strict`` (the API) also refuses unknown parameters
    and empty values; otherwise (pages, whose addresses gather fbclid and empty form fields) both are dropped.
    """
    given: dict[str, list[Any]] = {}
    for name, raw in pairs:
        found = FILTERS.get(name)
        if found is None:
            if strict:
                raise BadParameter(_shown(name), "There is no such parameter.", ", ".join(FILTERS))
            continue
        if raw.strip() == "" and (not strict or name == "q"):
            continue
        given.setdefault(name, []).append(_parsed(name, raw))
    values: dict[str, Any] = {name: _joined(name, parsed) for name, parsed in given.items()}
    criteria = Criteria(**values)
    _refuse_contradictions(criteria)
    return criteria


def write(criteria: Criteria) -> list[tuple[str, str]]:
    """The pairs that `read` gives these criteria for; what has its default value is left out."""
    pairs = []
    for name, each in FILTERS.items():
        value = getattr(criteria, name)
        if value != _DEFAULTS[name]:
            pairs += [(name, each.write(one)) for one in (value if each.repeatable else (value,))]
    return pairs


def _parsed(name: str, raw: str) -> object:
    text = raw.strip()
    if not text:
        raise BadParameter(
            name, f"{name} is empty.", f"a value, as in {FILTERS[name].example}; or leave it out"
        )
    return FILTERS[name].parse(name, text)


def _joined(name: str, values: list[Any]) -> object:
    if FILTERS[name].repeatable:
        return tuple(dict.fromkeys(values))
    if len(values) > 1:
        raise BadParameter(name, f"{name} is given {len(values)} times.", "once")
    return values[0]


def _refuse_contradictions(criteria: Criteria) -> None:
    if (criteria.lat is None) != (criteria.lon is None):
        missing = "lat" if criteria.lat is None else "lon"
        raise BadParameter(missing, "lat and lon belong together.", "both or neither")
    if criteria.near is not None and criteria.point is not None:
        raise BadParameter("near", "near and lat, lon are two centres.", "near, or lat and lon")
    if criteria.within_m is not None and criteria.minutes is not None:
        raise BadParameter("minutes", "within_m and minutes are two fences.", "within_m or minutes")
    fence = "within_m" if criteria.within_m is not None else "minutes" if criteria.minutes is not None else ""
    may_name_place = criteria.q and criteria.understand
    if fence and criteria.point is None and criteria.near is None and not may_name_place:
        raise BadParameter(fence, f"{fence} needs a centre.", "near, lat and lon, or a place in q")


def _shown(name: str) -> str:
    return "".join(c for c in name[:40] if c.isprintable())
