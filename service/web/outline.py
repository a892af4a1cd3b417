"""A listing in short: the same few things of each, for lists and comparisons of listings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from service.catalogue.listings import Found
from service.geo.point import Point, distance_m
from service.geo.travel import minutes_by_mode
from service.i18n import formats
from service.i18n.direction import isolated
from service.i18n.formats import listed
from service.i18n.labels import language_name, term_label
from service.i18n.messages import translator
from service.i18n.week import week, when
from service.model.schedule import is_open_at, next_open
from service.search.query.criteria import DEFAULT_MODE, Criteria
from service.web.person import where_in
from service.web.screened import screened
from service.web.shown import Passage, passage, route_to, street, town
from service.web.site import Site
from service.web.trust import Trust, trust
from service.web.verdicts import Sign, signs

SUMMARY_LENGTH = 300  # characters: a column of a comparison stays on one page


@dataclass(frozen=True, slots=True)
class Outline:
    """One listing in short; empty text is not known. ``open_now`` is None where nobody can tell."""

    id: str
    address: str
    name: Passage
    organization: str
    summary: Passage
    where: str
    travel: str
    open_now: bool | None
    opens: str
    hours: tuple[tuple[str, str], ...]
    hours_text: str
    price: str
    appointment: str
    languages: str
    audience: str
    documents: str
    channels: str
    phones: tuple[str, ...]
    email: str | None
    website: str | None
    route: str
    needs: tuple[str, ...]
    trust: Trust
    signs: tuple[Sign, ...]
    withdrawn: bool


def outline(site: Site, found: Found, criteria: Criteria, lang: str) -> Outline:
    """The listing for a reader and the person whom ``criteria`` describe."""
    listing, now = found.listing, site.clock()
    service, place = listing.service, listing.location
    text = passage(service.description, lang)
    return Outline(
        id=str(listing.id),
        address=url_for("web.listing", lang=lang, listing_id=str(listing.id)),
        name=passage(service.name, lang),
        organization=listing.organization.name,
        summary=Passage(_shortened(text.text), text.language),
        where=_where(found, lang),
        travel=_travel(found, criteria, lang),
        phones=listing.phones,
        email=listing.email,
        website=listing.website or listing.organization.website,
        route=route_to(place, lang),
        needs=service.needs,
        trust=trust(
            service.readiness,
            listing.said_on,
            listing.checked_on,
            site.today(),
            lang,
            listing.stale_on,
        ),
        signs=tuple(signs(screened(site, listing, criteria, lang), lang)),
        withdrawn=listing.withdrawn,
        **_terms(found, lang),
        **_hours(site, found, now, lang),
    )


def _terms(found: Found, lang: str) -> dict[str, Any]:
    service = found.listing.service
    price = term_label("cost", service.cost, lang) if service.cost else ""
    who = [term_label("audience", code, lang) for code in service.audience]
    return {
        "price": " – ".join(filter(None, (price, isolated(service.cost_note or "", lang)))),
        "appointment": term_label("appointment", service.appointment, lang) if service.appointment else "",
        "languages": listed((language_name(code, lang) for code in service.languages), lang),
        "audience": listed((*who, service.audience_note or ""), lang),
        "documents": listed(service.required_documents, lang),
        "channels": listed((term_label("channel", code, lang) for code in service.channels), lang),
    }


def _hours(site: Site, found: Found, now: datetime, lang: str) -> dict[str, Any]:
    osm = found.listing.opening_hours
    if not osm:
        return {"open_now": None, "opens": "", "hours": (), "hours_text": found.listing.hours_text or ""}
    opens = next_open(osm, now)
    days = tuple((day.name, day.text) for day in week(osm, site.today(), lang) if day.is_open)
    return {
        "open_now": is_open_at(osm, now),
        "opens": when(opens, now, lang) if opens else "",
        "hours": days,
        "hours_text": "",
    }


def _where(found: Found, lang: str) -> str:
    t = translator(lang)
    place, coverage = found.listing.location, found.listing.service.coverage
    if place is not None and place.hidden:
        hidden = t.gettext("The address stays secret, so that people are safe there. Call or write first.")
        return " ".join(filter(None, (town(place, lang), hidden)))
    code = place.postal_code or "" if place else ""
    line = ", ".join(filter(None, (street(place, lang), f"{code} {town(place, lang)}".strip())))
    if line:
        return line
    return term_label("coverage", coverage, lang) if coverage else t.gettext("Place not known")


def _travel(found: Found, criteria: Criteria, lang: str) -> str:
    """The distance from the place that was brought along; empty where it would say nothing."""
    place, start = found.listing.location, where_in(criteria, lang).point
    if start is None or place is None or place.hidden or place.lat is None or place.lon is None:
        return ""
    if place.precision not in ("exact", "street", "postal_code"):
        return ""
    metres = distance_m(Point(*start), Point(place.lat, place.lon))
    far = formats.distance(metres, lang)
    if place.precision == "postal_code":
        return translator(lang).gettext("about %(distance)s", distance=far)
    took = formats.minutes(minutes_by_mode(metres)[criteria.mode or DEFAULT_MODE], lang)
    return f"{far} · {took}"


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    if len(plain) <= SUMMARY_LENGTH:
        return plain
    return plain[:SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
