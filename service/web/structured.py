"""A listing in the words of schema.org, for machines that read pages."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from markupsafe import Markup

from service.model.listing import Listing, pick_text
from service.web.opening import specifications


def structured(listing: Listing, lang: str, link: str, today: date) -> Markup:
    """The listing as JSON-LD that can stand inside a page: no character in it can end the element.

    Hours are those of the place, or of the service where it has no place that may be told.

    A hidden address is in no listing that reaches a page, so it is not here either.
    """
    name, name_language = pick_text(listing.service.name, lang)
    text, _language = pick_text(listing.service.description, lang)
    hours = list(specifications(listing.opening_hours, today)) if listing.opening_hours else []
    channel = _channel(listing, lang)
    place = channel["serviceLocation"]
    if place:
        place["openingHoursSpecification"] = hours
    held: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Service",
        "@id": link,
        "name": name,
        "inLanguage": name_language,
        "description": text,
        "provider": {
            "@type": "Organization",
            "name": listing.organization.name,
            "url": listing.organization.website,
        },
        "availableChannel": channel,
        "hoursAvailable": None if place else hours,
        "isAccessibleForFree": True if listing.service.cost == "free" else None,
    }
    body = json.dumps(_known(held), ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        body = body.replace(character, f"\\u{ord(character):04x}")
    return Markup(body)  # noqa: S704 (every character that HTML could read is written as an escape above)


def _channel(listing: Listing, lang: str) -> dict[str, Any]:
    place = listing.location
    address: dict[str, Any] = {}
    if place is not None and not place.hidden:
        street, _language = pick_text(place.street, lang)
        address = {
            "@type": "PostalAddress",
            "streetAddress": " ".join(part for part in (street, place.house_number) if part),
            "postalCode": place.postal_code,
            "addressLocality": place.city,
            "addressCountry": place.country or "BE",
        }
    return {
        "@type": "ServiceChannel",
        "serviceUrl": listing.website,
        "servicePhone": {"@type": "ContactPoint", "telephone": next(iter(listing.phones), None)},
        "availableLanguage": list(listing.service.languages),
        "serviceLocation": {"@type": "Place", "address": address} if address else None,
    }


def _known(held: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known, and without objects that then say nothing."""
    left: dict[str, Any] = {}
    for key, value in held.items():
        kept = _known(value) if isinstance(value, dict) else value
        if kept in (None, "", [], {}) or (isinstance(kept, dict) and not set(kept) - {"@type"}):
            continue
        left[key] = kept
    return left
