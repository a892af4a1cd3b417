"""What the index holds of one listing: terms to match, facts to filter and judge by, a body to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from service.catalogue.public import public
from service.geo.places import gazetteer
from service.model import terms
from service.model.dates import PartialDate
from service.model.fields import LANGUAGES
from service.model.listing import Listing, Location, Texts
from service.model.schedule import usual_times
from service.search.engine.base import Document
from service.search.index.conditions import EPOCH, condition_facts
from service.search.index.fields import COLUMNS

Analyse = Callable[[str, str | None], Sequence[str]]
"""Turns a text in a language (None: not known) into terms: `Analyser.document_terms`."""

_OTHER_NAMES = ("organization.other_names", "service.other_names")
LABEL_LANGUAGES = ("nl", "fr", "en", "de")
_NAMED_BY_CODE = ("postal_code", "former_municipality", "district")


def document(listing: Listing, analyse: Analyse, today: date) -> Document:
    """The document of a listing; of a hidden address nothing is in it that `public` takes away.

    ``today`` is the day from which its usual times of opening are read off.
    """
    listing = public(listing)
    return Document(listing.id, _texts(listing, analyse), facts_of(listing, today), body_of(listing))


def _texts(listing: Listing, analyse: Analyse) -> dict[str, str]:
    organization, service = listing.organization, listing.service
    names = [*_in_languages(service.name), *((each, None) for each in service.alternate_names)]
    names += [(each, None) for each in (organization.name, *organization.alternate_names)]
    names += [(each, None) for path in _OTHER_NAMES for each in listing.facts.get(path, ())]
    body = [*_in_languages(service.description), (service.audience_note or "", None)]
    return {
        "name": _joined(names, analyse),
        "labels": _joined(_labels(service.needs), analyse),
        "place": _joined(_place(listing.location), analyse),
        "body": _joined(body, analyse),
    }


def _joined(texts: Iterable[tuple[str, str | None]], analyse: Analyse) -> str:
    """The terms of several texts, each once: how often a text repeats a word says little of help."""
    found: dict[str, None] = {}
    for text, language in texts:
        if text:
            found.update(dict.fromkeys(analyse(text, language)))
    return " ".join(found)


def _in_languages(texts: Texts) -> list[tuple[str, str | None]]:
    return [(text, None if language == "und" else language) for language, text in texts.items()]


def _labels(needs: Sequence[str]) -> list[tuple[str, str | None]]:
    known = terms.needs()
    held = [known[code] for code in needs] + [terms.themes()[code] for code in _themes(needs)]
    return [(term.label(language), language) for term in held for language in LABEL_LANGUAGES]


def _themes(needs: Sequence[str]) -> tuple[str, ...]:
    known = terms.needs()
    return tuple(dict.fromkeys(theme for code in needs if (theme := known[code].parent)))


def _place(location: Location | None) -> list[tuple[str, str | None]]:
    if location is None:
        return []
    own = [*_in_languages(location.street), (location.city or "", None), (location.postal_code or "", None)]
    return own + [(name, language) for language, name in _place_names(location)]


def _place_names(location: Location) -> list[tuple[str, str]]:
    """The names of the municipality and of the places that share the postal code within it."""
    if location.municipality is None:
        return []
    names = _names_by_municipality().get(location.municipality, {})
    return [*names.get(None, ()), *(names.get(location.postal_code, ()) if location.postal_code else ())]


@cache
def _names_by_municipality() -> Mapping[str, Mapping[str | None, list[tuple[str, str]]]]:
    """Per NIS code, per postal code (None: the municipality itself): language and name."""
    found: dict[str, dict[str | None, list[tuple[str, str]]]] = {}
    for place in gazetteer().places.values():
        whole = place.kind == "municipality"
        code = None if whole else place.postal_code
        if place.nis and (whole or (code and place.kind in _NAMED_BY_CODE)):
            held = found.setdefault(place.nis, {}).setdefault(code, [])
            held += [("nl", place.name_nl), ("fr", place.name_fr)]
    return found


def facts_of(listing: Listing, today: date) -> dict[str, Any]:
    """The fact columns of a listing that everybody may see; ``today`` as for `document`."""
    service, location = listing.service, listing.location
    known = set(COLUMNS["languages"].vocabulary())
    return {
        "needs": service.needs,
        "theme": _themes(service.needs),
        "audience": service.audience,
        "languages": tuple(code for code in service.languages if code in known),
        "channels": service.channels,
        "zone": listing.zones,
        "serves": listing.serves,
        "municipality": location.municipality if location else None,
        "hours": listing.opening_hours,
        "coverage": service.coverage,
        "cost": service.cost,
        "appointment": service.appointment,
        "wheelchair": location.wheelchair if location else None,
        "readiness": service.readiness,
        "provision": service.provision,
        "contact": tuple(_contact(listing)),
        "times": usual_times(listing.opening_hours, today) if listing.opening_hours else (),
        "described": tuple(code for code in LANGUAGES if service.description.get(code)),
        **condition_facts(listing),
        "said_on": _day(listing.said_on),
        "checked_on": (listing.checked_on - EPOCH).days if listing.checked_on else None,
        "stale_on": (listing.stale_on - EPOCH).days if listing.stale_on else None,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "point": _point(location),
    }


def _contact(listing: Listing) -> Iterable[str]:
    if listing.phones:
        yield "phone"
    if listing.email:
        yield "email"
    if listing.website or listing.organization.website:
        yield "website"
    if listing.location and any(listing.location.street.values()):
        yield "address"


def _day(said_on: PartialDate | None) -> int | None:
    """The first day that a date can mean: nothing passes for newer than it surely is."""
    return (said_on.earliest - EPOCH).days if said_on else None


def _point(location: Location | None) -> tuple[float, float] | None:
    if location is None or location.lat is None or location.lon is None:
        return None
    return (location.lat, location.lon)


def body_of(listing: Listing) -> dict[str, Any]:
    """Everything a page of results shows; texts by language, dates as they were said."""
    service = listing.service
    return {
        "id": str(listing.id),
        "organization": listing.organization.name,
        "service": dict(service.name),
        "summary": dict(service.description),
        "needs": list(service.needs),
        "audience": list(service.audience),
        "audience_note": service.audience_note,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "phones": list(listing.phones),
        "email": listing.email,
        "website": listing.website or listing.organization.website,
        "channels": list(service.channels),
        "languages": list(service.languages),
        "hours": listing.opening_hours,
        "hours_text": listing.hours_text,
        "cost": service.cost,
        "cost_note": service.cost_note,
        "appointment": service.appointment,
        "referral": service.referral_required,
        "coverage": service.coverage,
        "provision": service.provision,
        "readiness": service.readiness,
        "zones": list(listing.zones),
        "serves": list(listing.serves),
        "said_on": str(listing.said_on) if listing.said_on else None,
        "checked_on": listing.checked_on.isoformat() if listing.checked_on else None,
        "check_on": listing.check_on.isoformat() if listing.check_on else None,
        "stale_on": listing.stale_on.isoformat() if listing.stale_on else None,
        "sources": list(listing.source_ids),
        **_body_place(listing.location or Location(id=listing.id)),
    }


def _body_place(location: Location) -> dict[str, Any]:
    place = gazetteer().municipality(location.municipality) if location.municipality else None
    names = {"nl": place.name_nl, "fr": place.name_fr} if place else {}
    return {
        "street": dict(location.street),
        "house_number": location.house_number,
        "box": location.box,
        "postal_code": location.postal_code,
        "city": location.city,
        "municipality": location.municipality,
        "municipality_names": names,
        "lat": location.lat,
        "lon": location.lon,
        "precision": location.precision,
        "hidden": location.hidden,
        "wheelchair": location.wheelchair,
    }
