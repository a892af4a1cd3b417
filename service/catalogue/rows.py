"""A listing as rows of the HSDS tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import sqlalchemy as sa

from service.catalogue.ids import part_id
from service.catalogue.terms import term_id
from service.config import TIMEZONE
from service.database import hsds, hsds_terms
from service.database.bulk import Row
from service.model.listing import Listing, Location, Service, pick_text

COLUMNS: Mapping[sa.Table, tuple[str, ...]] = {
    hsds.service: (
        "id", "listing_id", "organization_id", "name", "names", "alternate_name", "description", "descriptions",
        "url", "email", "status", "eligibility_description", "minimum_age", "maximum_age", "assured_date",
        "last_modified",
    ),
    hsds.location: ("id", "listing_id", "location_type", "latitude", "longitude", "precision"),
    hsds.service_at_location: ("id", "service_id", "location_id"),
    hsds.address: (
        "id", "location_id", "address_1", "address_2", "city", "postal_code", "country", "address_type", "streets",
        "municipality",
    ),
    hsds_terms.phone: ("id", "service_id", "number"),
    hsds_terms.schedule: ("id", "service_id", "description", "timezone", "opening_hours"),
    hsds_terms.service_area: ("id", "service_id", "name", "extent", "extent_type"),
    hsds_terms.language: ("id", "service_id", "code"),
    hsds_terms.cost_option: ("id", "service_id", "option", "amount_description"),
    hsds_terms.required_document: ("id", "service_id", "document"),
    hsds_terms.accessibility: ("id", "location_id", "description"),
    hsds_terms.attribute: ("id", "link_id", "link_entity", "link_type", "taxonomy_term_id", "value"),
}  # fmt: skip
"""The tables of a listing with the columns that are filled, in an order in which they can be inserted."""

HOME = "nl"
"""HSDS has one language per record; where a text has several, the one a Dutch-speaking reader gets is it."""

Filled = Mapping[sa.Table, list[Row]]


def hsds_rows(listings: Iterable[tuple[Listing, datetime | None]]) -> Filled:
    """The rows of listings with the moment of their last change; ids follow from the listing's."""
    filled: dict[sa.Table, list[Row]] = defaultdict(list)
    for listing, changed_at in listings:
        _add_service(filled, listing, changed_at)
        if listing.location is not None:
            _add_location(filled, listing, listing.location)
        _add_terms(filled, listing)
    return filled


def _text(texts: Mapping[str, str]) -> str | None:
    return pick_text(texts, HOME)[0] or None


def _joined(names: tuple[str, ...]) -> str | None:
    return "; ".join(names) or None


def _add_service(filled: dict[sa.Table, list[Row]], listing: Listing, changed_at: datetime | None) -> None:
    s = listing.service
    filled[hsds.service].append((
        s.id, listing.id, listing.organization.id, _text(s.name) or "", dict(s.name), _joined(s.alternate_names),
        _text(s.description), dict(s.description), listing.website, listing.email,
        "inactive" if listing.withdrawn else "active", s.audience_note, s.minimum_age, s.maximum_age,
        listing.checked_on, changed_at,
    ))  # fmt: skip
    for number, phone in enumerate(listing.phones):
        filled[hsds_terms.phone].append((part_id(listing.id, "phone", number), s.id, phone))
    if listing.opening_hours or listing.hours_text:
        filled[hsds_terms.schedule].append(
            (part_id(listing.id, "schedule"), s.id, listing.hours_text, TIMEZONE.key, listing.opening_hours)
        )
    if s.cost or s.cost_note:
        filled[hsds_terms.cost_option].append((part_id(listing.id, "cost"), s.id, s.cost, s.cost_note))
    for number, code in enumerate(s.languages):
        filled[hsds_terms.language].append((part_id(listing.id, "language", number), s.id, code))
    for number, document in enumerate(s.required_documents):
        filled[hsds_terms.required_document].append((part_id(listing.id, "document", number), s.id, document))


def _add_location(filled: dict[sa.Table, list[Row]], listing: Listing, location: Location) -> None:
    point = (location.lat, location.lon, location.precision)
    filled[hsds.location].append((location.id, listing.id, "physical", *point))
    filled[hsds.service_at_location].append((listing.id, listing.service.id, location.id))
    street = " ".join(part for part in (_text(location.street), location.house_number) if part)
    filled[hsds.address].append((
        part_id(listing.id, "address"), location.id, street or None, location.box, location.city,
        location.postal_code, location.country, "physical", dict(location.street), location.municipality,
    ))  # fmt: skip
    if location.wheelchair:
        filled[hsds_terms.accessibility].append(
            (part_id(listing.id, "wheelchair"), location.id, f"wheelchair: {location.wheelchair}")
        )


def _add_terms(filled: dict[sa.Table, list[Row]], listing: Listing) -> None:
    service_id, rows = listing.service.id, filled[hsds_terms.attribute]
    for number, (field, list_name, code) in enumerate(_codes(listing.service)):
        term = term_id(list_name, code)
        rows.append((part_id(listing.id, "attribute", number), service_id, "service", field, term, code))
    area = filled[hsds_terms.service_area]
    if listing.service.coverage:
        area.append((part_id(listing.id, "area"), service_id, None, None, listing.service.coverage))
    if "service_area.zones" in listing.provenance and _is_said(listing, "service_area.zones"):
        for number, zone in enumerate(listing.serves):
            area.append((part_id(listing.id, "zone_served", number), service_id, None, zone, "zone"))
    if listing.location is not None:
        place = listing.location.id
        for number, zone in enumerate(listing.zones):
            rows.append((part_id(listing.id, "zone", number), place, "location", "location.zone", None, zone))
        if listing.location.hidden:
            rows.append((part_id(listing.id, "hidden"), place, "location", "address.hidden", None, "true"))


def _codes(service: Service) -> Iterator[tuple[str, str, str]]:
    """Each coded fact: field, closed list, code."""
    for code in service.needs:
        yield "service.needs", "need", code
    for code in service.audience:
        yield "service.audience", "audience", code
    for code in service.channels:
        yield "service.channels", "channel", code
    for code in service.prevention:
        yield "service.prevention", "prevention", code
    for code in service.life_stage:
        yield "service.life_stage", "life_stage", code
    single = ("provision", "appointment", "readiness")
    for name in single:
        if code := getattr(service, name):
            yield f"service.{name}", name, code
    if service.referral_required is not None:
        yield "service.referral_required", "", "true" if service.referral_required else "false"


def _is_said(listing: Listing, key: str) -> bool:
    return listing.provenance[key].kind != "derived"

