"""A stored document as one result in the language of the answer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime

from service.eight_b.verdict import Verdict
from service.geo.travel import minutes_by_mode
from service.model.listing import pick_text
from service.search.engine.base import Body
from service.search.query.hours import is_open, next_open
from service.search.query.result import Lane, Result


def present(
    body: Body, *, language: str, minute: datetime, distance_m: float, ring_m: int | None, lane: Lane,
    verdicts: Mapping[str, Verdict], score: Mapping[str, float],
) -> Result:  # fmt: skip
    """One result, open or not at the ``minute``; ``distance_m`` is NaN where there is none."""
    name, name_language = pick_text(body["service"], language)
    summary, summary_language = pick_text(body["summary"], language)
    hidden = bool(body["hidden"])
    has_distance = not hidden and not math.isnan(distance_m)
    hours = body["hours"]
    open_now = is_open(hours, minute) if hours else None
    phones = body["phones"]
    return Result(
        id=body["id"],
        url=f"/l/{body['id']}",
        service=name,
        service_language=name_language,
        organization=body["organization"],
        needs=tuple(body["needs"]),
        summary=summary or None,
        summary_language=summary_language,
        address=None if hidden else address(body, language),
        municipality=_town(body, language),
        nis=body["municipality"],
        postal_code=body["postal_code"],
        lat=None if hidden else body["lat"],
        lon=None if hidden else body["lon"],
        location_precision="hidden" if hidden else body["precision"],
        hidden=hidden,
        distance_m=round(distance_m) if has_distance else None,
        minutes=minutes_by_mode(distance_m) if has_distance else {},
        phone=phones[0] if phones else None,
        email=body["email"],
        website=body["website"],
        channels=tuple(body["channels"]),
        open_now=open_now,
        next_open=next_open(hours, minute) if open_now is False else None,
        languages=tuple(body["languages"]),
        audience=tuple(body["audience"]),
        cost=body["cost"],
        appointment=body["appointment"],
        coverage=body["coverage"],
        provision=body["provision"],
        checked=body["checked_on"],
        said_on=body["said_on"],
        stale_on=body["stale_on"],
        readiness=body["readiness"],
        lane=lane,
        ring_m=ring_m if has_distance else None,
        eight_b=verdicts,
        score=score,
    )


def address(body: Body, language: str) -> str | None:
    """Street, number and box, postal code and town on one line; None where no street is known."""
    street, _ = pick_text(body["street"], language)
    if not street:
        return None
    box = f"/ {body['box']}" if body["box"] else ""
    at = " ".join(filter(None, (street, body["house_number"], box)))
    town = " ".join(filter(None, (body["postal_code"], _town(body, language))))
    return f"{at}, {town}" if town else at


def _town(body: Body, language: str) -> str | None:
    names: Mapping[str, str] = body["municipality_names"]
    city: str | None = body["city"]
    return names.get(language) or names.get("nl") or city
