"""The page of one listing: when, where and how first, then every fact with who says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.catalogue.listings import Found, read_listing
from service.eight_b.facts import Facts
from service.eight_b.screen import prepare
from service.eight_b.situation import Situation
from service.errors import NotFound
from service.geo.places import gazetteer
from service.i18n.labels import language_name, term_label
from service.i18n.week import week
from service.model.listing import Listing, Location, Texts, pick_text
from service.model.schedule import is_open_at, next_open
from service.search.index.document import document
from service.web.cards import PRECISIONS, route
from service.web.facts import facts, voice
from service.web.map import map_values
from service.web.page import page
from service.web.site import Site
from service.web.sketch import Spot
from service.web.structured import structured
from service.web.trust import trust
from service.web.verdicts import grouped, signs

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a listing; ``language`` is named where it is known and another than the reader's."""

    text: str
    language: str | None

    @property
    def paragraphs(self) -> list[str]:
        """Its paragraphs, without empty ones."""
        return [part.strip() for part in self.text.split("\n") if part.strip()]


def listing_page(site: Site, lang: str, listing_id: str) -> BaseResponse:
    """Show a listing. One that was joined to another leads there; one that is withdrawn says so (410).

    Raises NotFound.
    """
    found = _find(site, listing_id)
    if found.moved_to is not None:
        return redirect(url_for("web.listing", lang=lang, listing_id=str(found.moved_to)), 301)
    status = 410 if found.listing.withdrawn else 200
    return _shown(site, lang, found, status)


def _find(site: Site, listing_id: str) -> Found:
    try:
        wanted = UUID(listing_id)
    except ValueError:
        raise NotFound("There is no such listing.") from None
    with site.database.connect() as connection:
        found = read_listing(connection, wanted)
    if found is None:
        raise NotFound("There is no such listing.")
    return found


def _shown(site: Site, lang: str, found: Found, status: int) -> Response:
    listing, today = found.listing, site.today()
    service, place = listing.service, listing.location
    shown_signs = signs(_verdicts(listing, today), lang)
    values: dict[str, Any] = {
        "listing": listing,
        "name": passage(service.name, lang),
        "text": passage(service.description, lang),
        "needs": [(code, term_label("need", code, lang)) for code in service.needs],
        "audience": [term_label("audience", code, lang) for code in service.audience],
        "languages": [language_name(code, lang) for code in service.languages],
        "channels": [term_label("channel", code, lang) for code in service.channels],
        "serves": [gazetteer().zones.zone(zone) for zone in _said_to_serve(listing)],
        "zones": [gazetteer().zones.zone(zone) for zone in listing.zones],
        "website": listing.website or listing.organization.website,
        "street": street(place, lang),
        "town": town(place, lang),
        "bs": shown_signs,
        "groups": grouped(shown_signs, lang),
        "trust": trust(service.readiness, listing.said_on, listing.checked_on, today, lang),
        "facts": facts(found, today, lang),
        "sources": _sources(listing, today, lang),
        "link": url_for("web.listing", lang=lang, listing_id=str(listing.id), _external=True),
        "now": site.clock(),
        **_hours(site, listing, lang),
        **_map(site, place),
    }
    values["route"] = _route(place, values["street"], values["town"])
    values["structured"] = structured(listing, lang, values["link"])
    return page(site, lang, "listing.html", status, **values)


def passage(texts: Texts, lang: str) -> Passage:
    """The text for a reader, with its language where that is another than theirs."""
    text, language = pick_text(texts, lang)
    return Passage(text, None if language == lang else language)


def street(place: Location | None, lang: str) -> str:
    """Street, number and box; empty where nobody said or it stays secret."""
    if place is None:
        return ""
    name, _language = pick_text(place.street, lang)
    line = " ".join(part for part in (name, place.house_number) if part)
    return f"{line} / {place.box}" if line and place.box else line


def town(place: Location | None, lang: str) -> str:
    """The municipality, else the town as the source names it."""
    if place is None:
        return ""
    known = gazetteer().municipality(place.municipality) if place.municipality else None
    return known.name(lang) if known else place.city or ""


def _route(place: Location | None, line: str, town: str) -> str:
    if place is None or not line:
        return ""
    point = None
    if place.precision == "exact" and place.lat is not None and place.lon is not None:
        point = (place.lat, place.lon)
    return route(f"{line}, {place.postal_code or ''} {town}".strip(), point)


def _hours(site: Site, listing: Listing, lang: str) -> dict[str, Any]:
    osm, now = listing.opening_hours, site.clock()
    if not osm:
        return {"week": [], "open_now": None, "next_open": None}
    return {
        "week": week(osm, site.today(), lang),
        "open_now": is_open_at(osm, now),
        "next_open": next_open(osm, now),
    }


def _map(site: Site, place: Location | None) -> dict[str, Any]:
    if place is None or place.lat is None or place.lon is None:
        return {"spots": [], "precision": "", "sketch": ""}
    spots = [Spot(place.lat, place.lon, (1,))]
    precision = PRECISIONS.get(place.precision or "", "")
    return {"spots": spots, "precision": precision, **map_values(site, spots, None)}


def _sources(listing: Listing, today: date, lang: str) -> list[Any]:
    """Each speaker once, with the date and address of what they said."""
    told = (who for who in listing.provenance.values() if who.kind != "derived")
    return list(dict.fromkeys(voice(who, today, lang) for who in told))


def _said_to_serve(listing: Listing) -> tuple[str, ...]:
    """The zones it serves where somebody said so; what follows from the area served is said by that."""
    who = listing.provenance.get("service_area.zones")
    return listing.serves if who is not None and who.kind != "derived" else ()


def _verdicts(listing: Listing, today: date) -> Any:  # noqa: ANN401
    """The eight verdicts in general: for nobody in particular."""
    held = document(listing, _no_words, today).facts
    return prepare(Situation(today=(today - _EPOCH).days)).verdicts(Facts.from_columns(held))


def _no_words(_text: str, _language: str | None) -> tuple[str, ...]:
    return ()
