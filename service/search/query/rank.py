"""The parts of the ranking, each with its ceiling, worked out for all candidates at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.eight_b.thresholds import threshold
from service.geo.travel import travel_paces
from service.model.clauses import AllOf, Has, Known, Not, OneOf
from service.search.engine.base import Candidates
from service.search.engine.masks import Flags, Masks
from service.search.index.fields import places
from service.search.query.ask import Asked
from service.search.query.hours import CLOSED, OPEN, OpenHours
from service.search.query.screening import Screened
from service.search.query.towns import Towns

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the ranking: at most ``ceiling`` points, for the ``reason`` said."""

    name: str
    ceiling: float
    reason: str


PARTS: Mapping[str, Part] = {
    part.name: part
    for part in (
        Part("need", 4.0, "helps with what is asked, as sure as it was understood, and with little else"),
        Part("text", 3.0, "holds the words of the question, in quarters: less is no difference"),
        Part("distance", 8.0, "one point for each halving of the travelling time"),
        Part("fit", 2.0, "the verdicts for this person; not knowing stands between a barrier and a fit"),
        Part(
            "fresh", 0.9, "readiness and age; less than one ring of distance, so that it never outweighs one"
        ),
    )
}
"""Every part of the score; nobody can buy one."""

REMOTE = frozenset({"phone", "chat", "video", "email", "form"})
WIDE = frozenset({"brussels", "flanders", "belgium"})
_QUARTERS = 4
AT_LIMIT = 7.0  # half the limit is worth the ceiling, 128 times the limit (across the country) nothing
_BY_TOWN = 0.5  # a place of which only the municipality is known stands half a ring behind
_READINESS = {"ready": 1.0, "undated": 0.6, "older": 0.4, "lead": 0.1}
_UNKNOWN_READINESS = 0.3
_UNKNOWN_AGE = 0.5
_READINESS_SHARE = 0.6  # of the freshness; the rest is age
_OWN_LANGUAGE = 0.3  # what the language of the question counts for beside a criterion of the screen
_NEUTRAL = 0.5  # weight of a middling opinion of everybody, so that one criterion alone does not decide
_SINGLE_MINDED = 0.75  # what a need counts for at least, however much else a listing helps with
_HALF_KNOWN = 0.4  # as for a criterion that nobody knows the answer to


@dataclass(frozen=True, slots=True)
class Ranked:
    """Per candidate the points of each part, their sum, and the facts that the order stands on."""

    parts: Mapping[str, Numbers]
    total: Numbers
    minutes: Numbers
    wide: Flags


def rank(
    candidates: Candidates,
    asked: Asked,
    judged: Screened,
    masks: Masks,
    hours: OpenHours,
    towns: Towns,
) -> Ranked:
    """The points of all candidates."""
    wide = is_wide(masks)
    travel = _travel_minutes(candidates.distance_m, asked)
    values = {
        "need": candidates.need * _share_of_need(candidates),
        "text": np.round(candidates.text * _QUARTERS) / _QUARTERS,
        "distance": _distance(candidates, asked, masks, wide, travel, towns) / PARTS["distance"].ceiling,
        "fit": _fit(candidates, asked, judged, masks, hours),
        "fresh": _fresh(candidates, asked.situation.today),
    }
    parts = {name: np.clip(values[name], 0.0, 1.0) * part.ceiling for name, part in PARTS.items()}
    return Ranked(parts, sum(parts.values(), np.zeros(len(candidates))), travel, wide)


def is_wide(masks: Masks) -> Flags:
    """Phone and online help for a whole region, and help without any place; the rest is around a place."""
    remote = Has("channels", REMOTE)
    visited = AllOf((Has("channels", frozenset({"on_site"})), Known("point")))
    placeless = AllOf((Not(Known("municipality")), Not(Known("point"))))
    return masks.passing(OneOf((AllOf((Has("coverage", WIDE), remote, Not(visited))), placeless)))


def _travel_minutes(distance_m: Numbers, asked: Asked) -> Numbers:
    pace = travel_paces()[asked.mode]
    minutes: Numbers = pace.start_min + distance_m * pace.detour_factor / pace.speed_m_per_min
    return minutes


def _distance(
    candidates: Candidates, asked: Asked, masks: Masks, wide: Flags, travel: Numbers, towns: Towns
) -> Numbers:
    """Points by travelling time, none without a centre. Wide help counts as at the limit where it serves."""
    if asked.where.centre is None:
        return np.where(_serves(asked, masks), 0.0, -AT_LIMIT)
    points = _points(travel, asked)
    unplaced = np.isnan(travel)
    if unplaced.any():
        to_town = towns.metres(candidates.facts["municipality"][unplaced], asked.where.centre)
        by_town = _points(_travel_minutes(to_town, asked), asked) - _BY_TOWN
        points[unplaced] = np.nan_to_num(by_town, nan=0.0)
    return np.where(wide, np.where(_serves(asked, masks), AT_LIMIT, 0.0), points)


def _points(minutes: Numbers, asked: Asked) -> Numbers:
    limit = asked.criteria.minutes or threshold("near_minutes")
    halvings: Numbers = np.log2(np.maximum(minutes, 0.5) / limit)
    return np.clip(AT_LIMIT - halvings, 0.0, PARTS["distance"].ceiling)


def _serves(asked: Asked, masks: Masks) -> Flags:
    """Whether the area served holds the place asked for, as far as anybody said."""
    other = {"brussels": "flanders", "flanders": "brussels"}.get(asked.where.region or "")
    if other is None:
        return masks.passing(AllOf(()))
    return masks.passing(Not(Has("coverage", frozenset((other,)))))


def _share_of_need(candidates: Candidates) -> Numbers:
    """1 for a listing with one need, less for one with many: a guide to everything is found by everything."""
    needs = np.bitwise_count(candidates.facts["needs"]).sum(axis=1)
    share: Numbers = _SINGLE_MINDED + (1 - _SINGLE_MINDED) / np.maximum(needs, 1)
    return share


def _fit(candidates: Candidates, asked: Asked, judged: Screened, masks: Masks, hours: OpenHours) -> Numbers:
    """The mean worth of what this person asks for, drawn to a half the less is asked."""
    total, count = judged.fit()
    language = frozenset((asked.understood.language,))
    if asked.criteria.q and not asked.situation.speaks:
        known = masks.passing(Known("languages"))
        shared = np.where(known, masks.passing(Has("languages", language)).astype(float), _HALF_KNOWN)
        total, count = total + _OWN_LANGUAGE * shared, count + _OWN_LANGUAGE
    if asked.understood.open_at and asked.criteria.open_at is None:
        states = hours.states(candidates.facts["hours"], asked.understood.open_at)
        total, count = (
            total + np.select([states == OPEN, states == CLOSED], [1.0, 0.0], _HALF_KNOWN),
            count + 1,
        )
    fit: Numbers = (total + _NEUTRAL / 2) / (count + _NEUTRAL)
    return fit


def _fresh(candidates: Candidates, today: int) -> Numbers:
    worth = np.full(len(places("readiness")) + 1, _UNKNOWN_READINESS)
    for code, value in _READINESS.items():
        worth[places("readiness")[code] + 1] = value
    age_days = today - np.fmax(candidates.facts["said_on"], candidates.facts["checked_on"]).astype(np.float64)
    age = np.nan_to_num(np.clip(1 - age_days / threshold("source_days"), 0.0, 1.0), nan=_UNKNOWN_AGE)
    age[candidates.facts["stale_on"] <= today] = 0.0
    ready = worth[candidates.facts["readiness"]]
    fresh: Numbers = _READINESS_SHARE * ready + (1 - _READINESS_SHARE) * age
    return fresh
