"""The person of a page that shows listings: the situation that a form or a search brings along."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from service.config import TIMEZONE
from service.eight_b.situation import Situation
from service.errors import BadParameter
from service.geo.places import gazetteer
from service.search.query.ask import situation_of
from service.search.query.centre import Where, where_of
from service.search.query.criteria import Criteria
from service.search.query.result import Results
from service.search.understand.understood import Understood
from service.web.addresses import PERSONAL

_SEVERAL = ("speaks", "situation", "audience", "tariff", "diet")
"""What there may be several of."""


def carried(results: Results) -> Criteria:
    """What a search says about the person and the place, chosen and understood, without its words."""
    criteria, read = results.criteria, results.understood
    needs = criteria.need or tuple(need.code for need in read.needs)
    centre = results.centre
    said: dict[str, Any] = {name: getattr(criteria, name) for name in PERSONAL}
    said |= {kind: _both(getattr(criteria, kind), getattr(read, kind)) for kind in _SEVERAL}
    said["mode"] = criteria.mode or next(iter(read.mode), None)
    said["household"] = criteria.household or next(iter(read.household), None)
    return replace(
        Criteria(**said),
        need=needs,
        lat=centre.lat if centre else None,
        lon=centre.lon if centre else None,
        minutes=criteria.minutes if centre else None,
    )


def where_in(criteria: Criteria, language: str) -> Where:
    """The place that was brought along; nowhere when we do not know it."""
    try:
        return where_of(criteria, None, gazetteer(), language)
    except BadParameter:
        return Where()


def situation_in(criteria: Criteria, where: Where, now: datetime, language: str) -> Situation:
    """The person as the screen of the 8 B's sees them."""
    asked = replace(criteria, minutes=criteria.minutes if where.point else None)
    return situation_of(asked, Understood(language), criteria.need, where, now.astimezone(TIMEZONE))


def _both(chosen: tuple[str, ...], read: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*chosen, *read)))
