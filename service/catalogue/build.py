"""From resolved values to the listing that a reader sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast
from uuid import UUID

from service.catalogue.derive import LIES_IN, POINT, SERVES
from service.catalogue.ids import organization_id, part_id, service_id
from service.catalogue.resolve import Resolved
from service.model.fields import fields
from service.model.listing import Listing, Location, Organization, Precision, Service
from service.model.provenance import Provenance
from service.model.values import Value

_PLACE = ("address.", POINT, "location.wheelchair")


def build_listing(listing_id: UUID, resolved: Resolved) -> Listing:
    """The listing with all that we believe; `service.catalogue.public` takes a hidden address out."""
    values = _by_path(resolved.values)
    many = _many(values)
    location = _location(listing_id, values, resolved.provenance)
    return Listing(
        id=listing_id,
        organization=_organization(values, many, resolved.source_ids),
        service=_service(service_id(listing_id, location is not None), values, many),
        location=location,
        phones=many("phone.numbers"),
        email=values.get("contact.email"),
        website=values.get("contact.website"),
        opening_hours=values.get("schedule.opening_hours"),
        hours_text=values.get("schedule.description"),
        zones=many(LIES_IN),
        serves=many(SERVES),
        said_on=resolved.said_on,
        checked_on=resolved.checked_on,
        withdrawn=resolved.withdrawn,
        source_ids=resolved.source_ids,
        provenance=resolved.provenance,
    )


_TEXTS = frozenset(path for path, field in fields().items() if field.per_language)
_LISTS = frozenset(path for path, field in fields().items() if field.many)


def _by_path(values: Mapping[str, Value]) -> dict[str, Any]:
    """Values by path; texts that differ by language as one table, with und for no stated language."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        path, _, language = key.partition("@")
        if path in _TEXTS:
            found.setdefault(path, {})[language or "und"] = value
        else:
            found[path] = value
    return found


_Many = Callable[[str], tuple[str, ...]]


def _many(values: Mapping[str, Any]) -> _Many:
    return lambda path: tuple(values.get(path, ()))


def _organization(values: Mapping[str, Any], many: _Many, source_ids: tuple[str, ...]) -> Organization:
    name = values.get("organization.name", "")
    number = values.get("organization.enterprise_number")
    return Organization(
        organization_id(source_ids[0] if source_ids else "", number, name),
        name,
        many("organization.alternate_names"),
        number,
        values.get("organization.website"),
    )


def _service(own_id: UUID, values: Mapping[str, Any], many: _Many) -> Service:
    get = values.get
    return Service(
        id=own_id,
        name=get("service.name", {}),
        description=get("service.description", {}),
        alternate_names=many("service.alternate_names"),
        needs=many("service.needs"),
        audience=many("service.audience"),
        audience_note=get("service.audience_note"),
        minimum_age=get("service.minimum_age"),
        maximum_age=get("service.maximum_age"),
        provision=get("service.provision"),
        prevention=many("service.prevention"),
        life_stage=many("service.life_stage"),
        channels=many("service.channels"),
        languages=many("service.languages"),
        referral_required=get("service.referral_required"),
        appointment=get("service.appointment"),
        required_documents=many("service.required_documents"),
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
    if not any(path.startswith(_PLACE) for path in values):
        return None
    get = values.get
    lat, lon = get(POINT, (None, None))
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
