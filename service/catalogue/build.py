"""From resolved values to the listing that a reader sees."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast
from uuid import UUID

from service.catalogue.derive import LIES_IN, POINT, SERVES
from service.catalogue.ids import organization_id, part_id, service_id
from service.catalogue.next_check import Days, next_check
from service.catalogue.resolve import Resolved
from service.database.claims import PUBLISHED
from service.model.fields import fields
from service.model.listing import Listing, Location, Organization, Precision, Service
from service.model.provenance import Provenance
from service.model.values import Value

_PLACE = frozenset(path for path in fields() if path.startswith(("address.", POINT, "location.wheelchair")))


def build_listing(listing_id: UUID, resolved: Resolved, days: Days | None = None) -> Listing:
    """The listing with all that we believe; `service.catalogue.public` takes a hidden address out.

    ``days`` are those of its next check, where they are at hand.
    """
    values = _by_path(resolved.values)
    check_on, stale_on = days or next_check(resolved)
    location = _location(listing_id, values, resolved.provenance)
    return Listing(
        id=listing_id,
        organization=_organization(values, resolved.organization_key),
        service=_service(service_id(listing_id, location is not None), values),
        location=location,
        phones=values.get("phone.numbers", ()),
        email=values.get("contact.email"),
        website=values.get("contact.website"),
        opening_hours=values.get("schedule.opening_hours"),
        hours_text=values.get("schedule.description"),
        zones=values.get(LIES_IN, ()),
        serves=values.get(SERVES, ()),
        said_on=resolved.said_on,
        checked_on=resolved.checked_on,
        check_on=check_on,
        stale_on=stale_on,
        withdrawn=resolved.standing.state != PUBLISHED,
        source_ids=resolved.source_ids,
        provenance=resolved.provenance,
        facts={path: value for path, value in values.items() if path in FACT_PATHS},
        expires=resolved.expires,
        disputed=resolved.disputed,
        state=resolved.standing.state,
        state_since=resolved.standing.since,
        state_until=resolved.standing.until,
    )


_ATTRIBUTES = frozenset((
    "organization.name", "organization.alternate_names", "organization.enterprise_number",
    "organization.website", "service.name", "service.alternate_names", "service.description",
    "service.needs", "service.audience", "service.audience_note", "service.minimum_age",
    "service.maximum_age", "service.provision", "service.prevention", "service.life_stage",
    "service.channels", "service.languages", "service.referral_required", "service.appointment",
    "service.required_documents", "cost_option.kind", "cost_option.note", "schedule.opening_hours",
    "schedule.description", "phone.numbers", "contact.email", "contact.website", "address.street",
    "address.house_number", "address.box", "address.postal_code", "address.municipality", "address.city",
    "address.country", "address.hidden", POINT, "location.wheelchair", LIES_IN, "service_area.coverage",
    SERVES, "service.readiness", "service.remark",
))  # fmt: skip
FACT_PATHS = frozenset(fields()) - _ATTRIBUTES
"""Paths without an attribute of their own in the model: adding a field is adding a row of fields.csv."""

_TEXTS = frozenset(path for path, field in fields().items() if field.per_language)


def _by_path(values: Mapping[str, Value]) -> dict[str, Any]:
    """Values by path: lists as tuples, texts per language as one table with und for no stated language."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        path, language = _split(key)
        if language:
            found.setdefault(path, {})[language] = value
        else:
            found[path] = tuple(value) if isinstance(value, list) else value
    return found


@cache
def _split(key: str) -> tuple[str, str | None]:
    """The path, and for a text its language."""
    path, _, language = key.partition("@")
    return path, (language or "und") if path in _TEXTS else None


def _organization(values: Mapping[str, Any], organization_key: str) -> Organization:
    return Organization(
        organization_id(organization_key),
        values.get("organization.name", ""),
        values.get("organization.alternate_names", ()),
        values.get("organization.enterprise_number"),
        values.get("organization.website"),
    )


def _service(own_id: UUID, values: Mapping[str, Any]) -> Service:
    get = values.get
    return Service(
        id=own_id,
        name=get("service.name", {}),
        description=get("service.description", {}),
        alternate_names=get("service.alternate_names", ()),
        needs=get("service.needs", ()),
        audience=get("service.audience", ()),
        audience_note=get("service.audience_note"),
        minimum_age=get("service.minimum_age"),
        maximum_age=get("service.maximum_age"),
        provision=get("service.provision"),
        prevention=get("service.prevention", ()),
        life_stage=get("service.life_stage", ()),
        channels=get("service.channels", ()),
        languages=get("service.languages", ()),
        referral_required=get("service.referral_required"),
        appointment=get("service.appointment"),
        required_documents=get("service.required_documents", ()),
        cost=get("cost_option.kind"),
        cost_note=get("cost_option.note"),
        coverage=get("service_area.coverage"),
        readiness=get("service.readiness"),
        remark=get("service.remark"),
    )


def _location(
    listing_id: UUID, values: Mapping[str, Any], provenance: Mapping[str, Provenance]
) -> Location | None:
    """The place, None when no source names any."""
    if _PLACE.isdisjoint(values):
        return None
    get = values.get
    lat, lon = get(POINT) or (None, None)
    return Location(
        id=part_id(listing_id, "location"),
        street=get("address.street", {}),
        house_number=get("address.house_number"),
        box=get("address.box"),
        postal_code=get("address.postal_code"),
        municipality=get("address.municipality"),
        city=get("address.city"),
        country=get("address.country"),
        lat=lat,
        lon=lon,
        precision=None if lat is None else _precision(provenance[POINT]),
        hidden=get("address.hidden", False),
        wheelchair=get("location.wheelchair"),
    )


def _precision(provenance: Provenance) -> Precision:
    """A point that somebody stated is exact; one that was derived is as close as its rule."""
    return cast(Precision, provenance.how) if provenance.kind == "derived" else "exact"
