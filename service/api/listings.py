"""GET /listings/{id}: one listing with who says so behind every value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from sqlalchemy import Engine

from service.api.answer import answer
from service.api.asked import refuse_unknown
from service.api.errors import error_json
from service.catalogue.listings import Found, read_listing
from service.catalogue.nearest_stop import nearest_stop
from service.config import TIMEZONE
from service.database.session import reading
from service.errors import BadParameter, NotFound
from service.geo.stop_table import NearStop
from service.i18n.negotiate import choose_language
from service.model.fields import LANGUAGES
from service.model.freshness import state_on
from service.model.listing import pick_text
from service.model.provenance import Provenance

_GONE = {
    "withdrawn": "Its sources do not mention this offer any more.",
    "paused": "This offer is closed for a while.",
    "ended": "This offer has ended.",
}


def read_listing_json(database: Engine, clock: Callable[[], datetime], listing_id: str) -> Response:
    """A listing, 301 where it was joined to another, 410 where it is withdrawn, has ended or is paused.

    Raises NotFound where there is none, BadParameter for another parameter than ``lang``.
    """
    language = _language(refuse_unknown(request, "lang").get("lang"))
    try:
        wanted = UUID(listing_id)
    except ValueError:
        raise NotFound("There is no listing with this id.") from None
    with reading(database) as connection:
        found = read_listing(connection, wanted, now=clock())
    if found is None:
        raise NotFound("There is no listing with this id.")
    if found.moved_to:
        return _moved(found.moved_to)
    if found.listing.withdrawn:
        return error_json(410, "gone", _GONE.get(found.listing.state, _GONE["withdrawn"]))
    stop = _stop(nearest_stop(database, found.listing.location))
    response = answer(listing_json(found, language, clock()) | {"nearest_stop": stop})
    response.headers["Content-Language"] = language
    return response


def listing_json(found: Found, language: str, now: datetime) -> dict[str, Any]:
    """All that is known, texts in every language they have; ``name`` and ``summary`` for the reader.

    ``values`` says it once more by field key, as ``provenance`` does; a key without a value is stated to be
    not known.
    """
    listing = found.listing
    name, _ = pick_text(listing.service.name, language)
    summary, summary_language = pick_text(listing.service.description, language)
    return {
        "id": str(listing.id),
        "url": f"/l/{listing.id}",
        "name": name,
        "summary": summary or None,
        "summary_language": summary_language,
        "organization": asdict(listing.organization),
        "service": asdict(listing.service),
        "location": asdict(listing.location) if listing.location else None,
        "phones": listing.phones,
        "email": listing.email,
        "website": listing.website,
        "opening_hours": listing.opening_hours,
        "hours_text": listing.hours_text,
        "zones": listing.zones,
        "serves": listing.serves,
        "said_on": str(listing.said_on) if listing.said_on else None,
        "checked_on": listing.checked_on,
        "sources": listing.source_ids,
        "freshness": {
            "state": state_on(now.astimezone(TIMEZONE).date(), listing.check_on, listing.stale_on),
            "check_on": listing.check_on,
            "stale_on": listing.stale_on,
        },
        "values": dict(found.values),
        "provenance": {key: _provenance(value) for key, value in listing.provenance.items()},
    }


def _stop(near: NearStop | None) -> dict[str, Any] | None:
    """The nearest stop of public transport, as the crow flies; ``step_free`` as its operator says it."""
    if near is None:
        return None
    step_free = {True: "yes", False: "no", None: "unknown"}[near.stop.step_free]
    about = {"name": near.stop.name, "operator": near.stop.operator, "step_free": step_free}
    return about | {"lat": near.stop.point.lat, "lon": near.stop.point.lon, "distance_m": near.distance_m}


def _provenance(provenance: Provenance) -> dict[str, Any]:
    return {
        "kind": provenance.kind,
        "speaker": provenance.speaker,
        "said_on": str(provenance.said_on) if provenance.said_on else None,
        "url": provenance.url,
        "licence": provenance.licence,
        "checked_on": provenance.checked_on,
        "how": provenance.how,
        "source": provenance.source_id,
        "trust": provenance.trust,
        "role": provenance.role,
        "confirmed_on": provenance.confirmed_on,
    }


def _moved(listing_id: UUID) -> Response:
    response = answer({"moved_to": str(listing_id)}, 301)
    response.headers["Location"] = url_for("api.listing", listing_id=str(listing_id))
    return response


def _language(asked: str | None) -> str:
    if asked is not None and asked not in LANGUAGES:
        raise BadParameter("lang", "There is no such language.", ", ".join(LANGUAGES))
    return choose_language(asked, request.headers.get("Accept-Language"), LANGUAGES)
