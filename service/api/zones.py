"""GET /zones and /zones/{id}: the care zones and what they are made of."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from sqlalchemy import Engine

from service.api.answer import answer
from service.api.asked import refuse_unknown
from service.catalogue.composition import zone_book_of
from service.geo.places import Gazetteer
from service.geo.zone_parts import ZonePart
from service.geo.zones import Zone


def list_zones(gazetteer: Gazetteer) -> Response:
    """Every zone, in their stable order."""
    refuse_unknown(request)
    return answer({"zones": [_zone(zone) for zone in gazetteer.zones.zones]})


def show_zone(gazetteer: Gazetteer, database: Engine, zone_id: str) -> Response:
    """One zone with its municipalities as it is made up now and its indicative outline. Raises NotFound."""
    refuse_unknown(request)
    book = zone_book_of(database)
    outline = next((f for f in book.outlines["features"] if f["properties"]["zone"] == zone_id), None)
    content = _zone(book.zone(zone_id))
    content["municipalities"] = [_part(gazetteer, part.nis, part) for part in book.parts_of(zone_id)]
    content["outline"] = outline
    return answer(content)


def _zone(zone: Zone) -> dict[str, Any]:
    return {
        "id": zone.id,
        "kind": zone.kind,
        "name": {"nl": zone.name_nl, "fr": zone.name_fr},
        "website": zone.website or None,
        "source": zone.source,
        "as_of": zone.as_of,
        "confidence": zone.confidence,
    }


def _part(gazetteer: Gazetteer, nis: str, part: ZonePart) -> dict[str, Any]:
    town = gazetteer.municipality(nis)
    return {
        "nis": nis,
        "name": {"nl": town.name_nl, "fr": town.name_fr} if town else {},
        "postal_codes": part.postal_codes,
        "part": part.part,
        "source": part.source,
        "confidence": part.confidence,
    }
