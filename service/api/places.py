"""GET /places: names of places that begin as typed, for whoever is filling in where they are."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from flask import Response, request

from service.api.answer import answer
from service.api.asked import refuse_unknown
from service.errors import BadParameter
from service.geo.names import fold
from service.geo.place import DETAIL, Place
from service.geo.places import Gazetteer
from service.search.query.filters.parse import text
from service.search.query.filters.table import LONGEST_PLACE

MOST = 10


class PlaceIndex:
    """The names of all places in alphabetical order, whole and from each of their words."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        entries = set()
        for place in gazetteer.places.values():
            for name in {place.name_nl, place.name_fr}:
                words = fold(name).split()
                entries |= {(" ".join(words[i:]), i > 0, place.id) for i in range(len(words))}
        self._entries = sorted(entries)

    def suggest(self, typed: str) -> list[Place]:
        """Places with a name, or a word of one, that begins so: whole names first, then the larger place."""
        start = fold(typed)
        at = bisect_left(self._entries, (start, False, ""))
        found: dict[str, tuple[bool, int, int]] = {}
        while start and at < len(self._entries) and self._entries[at][0].startswith(start):
            _name, is_part, place_id = self._entries[at]
            place = self._gazetteer.places[place_id]
            rank = (is_part, DETAIL[place.kind], -(place.population or 0))
            found[place_id] = min(rank, found.get(place_id, rank))
            at += 1
        best = sorted(found, key=lambda place_id: (found[place_id], place_id))[:MOST]
        return [self._gazetteer.places[place_id] for place_id in best]


def suggest_places(index: PlaceIndex) -> Response:
    """At most ten places for ``q``. Raises BadParameter without it, or when it is too long."""
    given = refuse_unknown(request, "q")
    if not given.get("q", "").strip():
        raise BadParameter("q", "q says how the name begins.", "the beginning of a name or postal code")
    typed = text(LONGEST_PLACE)("q", given["q"])
    response = answer({"places": [_place(place) for place in index.suggest(typed)]})
    response.headers["Cache-Control"] = "no-store"
    return response


def _place(place: Place) -> dict[str, Any]:
    return {
        "id": place.id,
        "kind": place.kind,
        "name": {"nl": place.name_nl, "fr": place.name_fr},
        "nis": place.nis,
        "postal_code": place.postal_code,
        "lat": place.point.lat,
        "lon": place.point.lon,
    }
