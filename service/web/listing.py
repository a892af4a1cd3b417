"""The page of one listing: when, where and how first, then the 8 B's and every fact with who says it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.catalogue.listings import Found
from service.catalogue.nearest_stop import nearest_stop
from service.geo.places import gazetteer
from service.i18n.labels import language_name, term_label
from service.i18n.messages import translator
from service.i18n.week import week
from service.model.listing import Listing, Location
from service.model.phone import format_phone
from service.model.schedule import is_open_at, next_open
from service.search.query.criteria import Criteria
from service.web.addresses import is_personal
from service.web.asked import read_asked
from service.web.cards import PRECISIONS
from service.web.desk.notes.shown import Tip, tips_for_visitor
from service.web.evidence import evidence_in
from service.web.facts import Fact, facts, voice
from service.web.form import person_form
from service.web.leave import is_about_violence
from service.web.map import map_values
from service.web.page import page
from service.web.screened import screened
from service.web.share import Share, qr, share
from service.web.shown import find, passage, route_to, street, town
from service.web.site import Site
from service.web.situations import ticked_in
from service.web.sketch import Spot
from service.web.structured import structured
from service.web.trust import trust
from service.web.verdicts import grouped, signs


def listing_page(site: Site, lang: str, listing_id: str) -> BaseResponse:
    """Show a listing. One that was joined to another leads there; one that is withdrawn says so (410).

    A form about the person comes in the body; the page is then for them, and no cache keeps it. Professionals
    who are signed in read tips of colleagues on it; nor does any cache keep that.
    Raises NotFound.
    """
    found = find(site, listing_id)
    if found.moved_to is not None:
        return redirect(url_for("web.listing", lang=lang, listing_id=str(found.moved_to)), 301)
    criteria = read_asked(request, lang)
    tips = tips_for_visitor(site, [found.listing.id], lang)
    response = _shown(site, lang, found, criteria, tips)
    if is_personal(criteria) or tips is not None:
        response.headers["Cache-Control"] = "no-store"
    return response


def _shown(site: Site, lang: str, found: Found, criteria: Criteria, tips: list[Tip] | None) -> Response:
    listing = found.listing
    said = facts(found, site.today(), lang)
    link = url_for("web.listing", lang=lang, listing_id=str(listing.id), _external=True)
    values: dict[str, Any] = {
        **card_values(site, found, said, lang),
        "tips": tips,
        "website": listing.website or listing.organization.website,
        "route": route_to(listing.location, lang),
        "sources": _sources(listing, site.today(), lang),
        "link": link,
        "shared": _share(listing, lang, link),
        "qr": qr(link, translator(lang).gettext("This page")),
        "structured": structured(listing, lang, link, site.today()),
        "leave": is_about_violence(listing.service.needs),
        **_map(site, listing.location),
        **_person(site, listing, criteria, said, lang),
    }
    return page(site, lang, "listing.html", 410 if listing.withdrawn else 200, **values)


def card_values(site: Site, found: Found, said: list[Fact], lang: str) -> dict[str, Any]:
    """What ``parts/listing_cards.html`` and the lines above it need, less the map; ``said`` are its facts."""
    listing = found.listing
    service, place = listing.service, listing.location
    return {
        "listing": listing,
        "name": passage(service.name, lang),
        "text": passage(service.description, lang),
        "needs": [(code, term_label("need", code, lang)) for code in service.needs],
        "audience": [term_label("audience", code, lang) for code in service.audience],
        "languages": [language_name(code, lang) for code in service.languages],
        "channels": [term_label("channel", code, lang) for code in service.channels],
        "serves": [gazetteer().zones.zone(zone) for zone in _said_to_serve(listing)],
        "zones": [gazetteer().zones.zone(zone) for zone in listing.zones],
        "street": street(place, lang),
        "town": town(place, lang),
        "near_stop": nearest_stop(site.database, place),
        "trust": trust(
            service.readiness, listing.said_on, listing.checked_on, site.today(), lang, listing.stale_on
        ),
        "facts": said,
        "now": site.clock(),
        **_hours(site, listing, lang),
    }


def _person(site: Site, listing: Listing, criteria: Criteria, said: list[Fact], lang: str) -> dict[str, Any]:
    """The 8 B's for the person of the request, and the form that asks about them."""
    shown = signs(screened(site, listing, criteria, lang), lang, evidence_in(said))
    return {
        "criteria": criteria,
        "groups": grouped(shown, lang),
        **person_form(criteria, ticked_in(criteria), lang),
    }


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


def _share(listing: Listing, lang: str, link: str) -> Share:
    """The name, who, where, how to call and the link: what one writes to somebody who has to go there."""
    name = passage(listing.service.name, lang).text
    place = listing.location
    known = place is not None and not place.hidden
    code = place.postal_code or "" if place else ""
    where = ", ".join(filter(None, (street(place, lang), f"{code} {town(place, lang)}".strip())))
    phones = ", ".join(format_phone(number) for number in listing.phones)
    return share((name, listing.organization.name, where if known else "", phones, link), name)
