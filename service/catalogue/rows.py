"""A listing as rows of the HSDS tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from service.catalogue.ageing import AGEING
from service.catalogue.ids import part_ids
from service.catalogue.terms import term_id
from service.config import TIMEZONE
from service.database import hsds, hsds_terms
from service.database.bulk import Row
from service.database.claims import ENDED, PAUSED, PUBLISHED
from service.model.fields import fields
from service.model.listing import Listing, Location, Service, pick_text

COLUMNS: Mapping[sa.Table, tuple[str, ...]] = {
    hsds.service: (
        "id", "listing_id", "organization_id", "name", "names", "alternate_name", "description",
        "descriptions", "url", "email", "status", "eligibility_description", "minimum_age", "maximum_age",
        "assured_date", "last_modified",
    ),
    hsds.location: ("id", "listing_id", "location_type", "latitude", "longitude", "precision"),
    hsds.service_at_location: ("id", "service_id", "location_id"),
    hsds.address: (
        "id", "location_id", "address_1", "address_2", "city", "postal_code", "country", "address_type",
        "streets", "municipality",
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

STATUS = {PUBLISHED: "active", PAUSED: "temporarily closed", ENDED: "defunct"}
"""How HSDS calls a state; any other one is inactive."""

HOME = "nl"
"""HSDS has one language per record; where a text has several, the one a Dutch-speaking reader gets is it."""

_Filling = defaultdict[sa.Table, list[Row]]


def hsds_rows(listings: Iterable[tuple[Listing, datetime | None]]) -> Mapping[sa.Table, list[Row]]:
    """The rows of listings with the moment of their last change; ids follow from the listing's."""
    filled: _Filling = defaultdict(list)
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


def _also_called(listing: Listing) -> str | None:
    return _joined((*listing.service.alternate_names, *listing.facts.get("service.other_names", ())))


def _add_service(filled: _Filling, listing: Listing, changed_at: datetime | None) -> None:
    s, own = listing.service, listing.service.id.hex
    filled[hsds.service].append((
        own, listing.id, listing.organization.id, _text(s.name) or "", s.name, _also_called(listing),
        _text(s.description), s.description, listing.website, listing.email,
        STATUS.get(listing.state, "inactive"), s.audience_note, s.minimum_age, s.maximum_age,
        listing.checked_on, changed_at,
    ))  # fmt: skip
    _add_each(filled[hsds_terms.phone], listing, "phone", [(own, phone) for phone in listing.phones])
    if listing.opening_hours or listing.hours_text:
        hours = (own, listing.hours_text, TIMEZONE.key, listing.opening_hours)
        _add_each(filled[hsds_terms.schedule], listing, "schedule", [hours])
    if s.cost or s.cost_note:
        _add_each(filled[hsds_terms.cost_option], listing, "cost", [(own, s.cost, s.cost_note)])
    _add_each(filled[hsds_terms.language], listing, "language", [(own, code) for code in s.languages])
    documents = [(own, document) for document in s.required_documents]
    _add_each(filled[hsds_terms.required_document], listing, "document", documents)


def _add_location(filled: _Filling, listing: Listing, location: Location) -> None:
    own = location.id.hex
    filled[hsds.location].append(
        (own, listing.id, "physical", location.lat, location.lon, location.precision)
    )
    filled[hsds.service_at_location].append((listing.id, listing.service.id, own))
    street = " ".join(part for part in (_text(location.street), location.house_number) if part)
    address = (
        own, street or None, location.box, location.city, location.postal_code, location.country, "physical",
        location.street, location.municipality,
    )  # fmt: skip
    _add_each(filled[hsds.address], listing, "address", [address])
    if location.wheelchair:
        words = f"wheelchair: {location.wheelchair}"
        _add_each(filled[hsds_terms.accessibility], listing, "wheelchair", [(own, words)])
    facts = [(own, "location", "location.zone", None, zone) for zone in listing.zones]
    _add_each(filled[hsds_terms.attribute], listing, "zone", facts)
    if location.hidden:
        secret = (own, "location", "address.hidden", None, "true")
        _add_each(filled[hsds_terms.attribute], listing, "hidden", [secret])


def _add_terms(filled: _Filling, listing: Listing) -> None:
    own = listing.service.id.hex
    facts = [
        (own, "service", field, term_id(name, code), code) for field, name, code in _codes(listing.service)
    ]
    _add_each(filled[hsds_terms.attribute], listing, "attribute", facts)
    _add_each(filled[hsds_terms.attribute], listing, "fact", list(_facts(own, listing.facts)))
    areas = filled[hsds_terms.service_area]
    if listing.service.coverage:
        _add_each(areas, listing, "area", [(own, None, None, listing.service.coverage)])
    served = listing.provenance.get("service_area.zones")
    if served is not None and served.kind != "derived":
        _add_each(areas, listing, "zone_served", [(own, None, zone, "zone") for zone in listing.serves])


def _facts(own: str, facts: Mapping[str, Any]) -> Iterator[Row]:
    """What has no place of its own in HSDS; not what ages, which a table cannot forget by the minute."""
    for path, value in facts.items():
        if path in AGEING:
            continue
        list_name = fields()[path].type.partition(":")[2]
        if isinstance(value, Mapping):
            yield from (
                (own, "service", f"{path}@{language}", None, text) for language, text in value.items()
            )
        else:
            for one in value if isinstance(value, tuple) else (value,):
                text = str(one).lower() if isinstance(one, bool) else str(one)
                yield own, "service", path, term_id(list_name, text), text


def _add_each(rows: list[Row], listing: Listing, part: str, cells: list[Row]) -> None:
    """Add rows of one part, each with its id in front."""
    if cells:
        ids = part_ids(listing.id, part, len(cells))
        rows += [(number, *row) for number, row in zip(ids, cells, strict=True)]


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
