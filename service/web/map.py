"""The map beside a list: its points, its outlines and, where an operator has them, its tiles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from flask import Response, url_for

from service.geo.places import gazetteer
from service.web.cards import Card
from service.web.outlines import drawn
from service.web.site import Site
from service.web.sketch import Spot, land, sketch

KEPT = "public, max-age=31536000, immutable"  # a year: the address holds a mark of the content
SAME_PLACE_DIGITS = 5  # of a degree: about a metre


def spots_of(cards: Sequence[Card]) -> list[Spot]:
    """The points of the results; several at one place (a postal code, a shared house) are one spot."""
    numbers: dict[tuple[float, float], list[int]] = {}
    for each in cards:
        if each.point is not None:
            place = round(each.point[0], SAME_PLACE_DIGITS), round(each.point[1], SAME_PLACE_DIGITS)
            numbers.setdefault(place, []).append(each.number)
    return [Spot(lat, lon, tuple(found)) for (lat, lon), found in numbers.items()]


def map_values(
    site: Site, spots: Sequence[Spot], centre: tuple[float, float] | None, zone: str | None = None
) -> dict[str, Any]:
    """What ``parts/map.html`` needs."""
    return {
        "centre": centre,
        "sketch": sketch(spots, centre, zone),
        "outlines_address": outlines_address(),
        "tile_url": site.settings.tile_url,
        "tile_attribution": site.settings.tile_attribution,
    }


def outlines_address() -> str:
    """Where the outlines of the zones are, with a mark of what they are."""
    return url_for("web.outlines", v=_outlines()[1])


def outlines_file() -> Response:
    """The outlines of the zones as GeoJSON, to be kept for as long as they stay the same."""
    body, mark = _outlines()
    response = Response(body, mimetype="application/geo+json")
    response.headers["Cache-Control"] = KEPT
    response.set_etag(mark)
    return response


def land_file() -> Response:
    """The outlines as the drawing that small maps point into, to be kept as long."""
    body, mark = land()
    response = Response(body, mimetype="image/svg+xml")
    response.headers["Cache-Control"] = KEPT
    response.set_etag(mark)
    return response


def _towns() -> list[tuple[float, float, str, str]]:
    """Where each municipality lies with its name in Dutch and in French, the one with most people first."""
    towns = [place for place in gazetteer().places.values() if place.kind == "municipality"]
    towns.sort(key=lambda town: -(town.population or 0))
    return [
        (round(town.point.lat, 3), round(town.point.lon, 3), town.name_nl, town.name_fr) for town in towns
    ]


@cache
def _outlines() -> tuple[bytes, str]:
    """Outlines and towns, as small as the eye allows: four decimals of a degree are eleven metres."""
    features = [
        {
            "type": "Feature",
            "properties": {"zone": zone},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[[[round(lon, 4), round(lat, 4)] for lon, lat in ring]] for ring in rings],
            },
        }
        for zone, rings in drawn().zones
    ]
    held = {"type": "FeatureCollection", "features": features, "towns": _towns()}
    body = json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()
    return body, hashlib.sha256(body).hexdigest()[:10]
