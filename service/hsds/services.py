"""A listing as an HSDS service: with one-to-one fields alone, or whole."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from service.geo.places import gazetteer
from service.hsds.attributes import HOME, attributes
from service.hsds.entries import Entry
from service.hsds.known import Json, known, uri
from service.hsds.organizations import organization_of
from service.hsds.places import location_record
from service.hsds.schedules import weekly_rules
from service.hsds.taxonomies import term_labels
from service.i18n.labels import language_name
from service.model.listing import Listing, pick_text
from service.model.values import Value

Verdicts = Iterable[tuple[str, str]]


def service_record(entry: Entry) -> Json:
    """The service with its one-to-one fields and the organization's name."""
    listing, service = entry.listing, entry.listing.service
    organization = organization_of(entry)
    return known(
        id=str(service.id),
        organization_id=organization["id"],
        name=pick_text(service.name, HOME)[0] or organization["name"],
        alternate_name="; ".join(service.alternate_names),
        description=pick_text(service.description, HOME)[0],
        url=uri(listing.website),
        email=listing.email if listing.email and listing.email.isascii() else None,
        status="active",
        application_process=_application(listing),
        fees_description=service.cost_note
        or (term_labels("cost", service.cost)[HOME] if service.cost else ""),
        interpretation_services=_labels("interpreter", entry.values.get("service.interpreter")),
        accreditations=entry.values.get("organization.recognised_by"),
        eligibility_description=service.audience_note,
        minimum_age=service.minimum_age,
        maximum_age=service.maximum_age,
        assured_date=listing.checked_on.isoformat() if listing.checked_on else None,
        last_modified=entry.changed_at.isoformat(),
        organization=organization,
    )


def minimal_record(entry: Entry) -> Json:
    """What the standard asks of a service at least, and when it changed."""
    basic = service_record(entry)
    return {key: basic[key] for key in ("id", "name", "status", "last_modified")}


def full_service(entry: Entry, verdicts: Verdicts = (), *, with_places: bool = True) -> Json:
    """The service with all that hangs on it; ``with_places`` leaves out where it is given."""
    listing, service = entry.listing, entry.listing.service
    ids, links = entry.ids, attributes(entry, verdicts)
    organization = organization_of(entry, links["organization"])
    places = [at_location_link(entry, links["location"])] if with_places and listing.location else []
    return service_record(entry) | known(
        organization=organization,
        phones=phones(entry),
        schedules=schedules(entry),
        service_areas=service_areas(entry),
        service_at_locations=places,
        languages=[
            {"id": ids.part("language", number), "code": code, "name": _language(code)}
            for number, code in enumerate(service.languages)
        ],
        cost_options=_costs(entry),
        required_documents=[
            {"id": ids.part("document", number), "document": text}
            for number, text in enumerate(service.required_documents)
        ],
        attributes=links["service"],
    )


def at_location_link(entry: Entry, location_attributes: list[Json]) -> Json:
    """The link to the place as it stands inside a service; the listing has a place."""
    return {
        "id": str(entry.listing.id),
        "location": location_record(entry, location_attributes),
    }


def service_at_location_record(entry: Entry) -> Json:
    """The link between service and place with one-to-one fields; the listing has a place."""
    location, service = location_record(entry), service_record(entry)
    assert location is not None
    return {
        "id": str(entry.listing.id),
        "service_id": service["id"],
        "location_id": location["id"],
        "location": location,
        "service": service,
    }


def full_service_at_location(entry: Entry, verdicts: Verdicts = ()) -> Json:
    """The link with place and service whole; the listing has a place."""
    links = attributes(entry, verdicts)
    service = full_service(entry, verdicts, with_places=False)
    return {
        "id": str(entry.listing.id),
        "service_id": service["id"],
        "location_id": str(entry.listing.location.id) if entry.listing.location else "",
        "location": location_record(entry, links["location"]),
        "service": service,
    }


def phones(entry: Entry) -> list[Json]:
    """The telephone numbers, each in international form."""
    return [
        {"id": entry.ids.part("phone", number), "number": text, "type": "voice"}
        for number, text in enumerate(entry.listing.phones)
    ]


def schedules(entry: Entry) -> list[Json]:
    """A weekly rule for each pair of times; one schedule in words alone where hours say more than that."""
    listing = entry.listing
    during = known(
        valid_from=entry.values.get("schedule.valid_from"), valid_to=entry.values.get("schedule.valid_to")
    )
    osm, words = listing.opening_hours, listing.hours_text
    if not osm and not words:
        return []
    rules = weekly_rules(osm) if osm else ()
    notes = f"opening_hours: {osm}" if osm else None
    if not rules:
        return [known(id=entry.ids.part("schedule"), description=words or osm, notes=notes) | during]
    return [
        known(
            id=entry.ids.part("schedule", number),
            freq="WEEKLY",
            wkst="MO",
            byday=",".join(rule.byday),
            opens_at=rule.opens_at,
            closes_at=rule.closes_at,
            description=words,
            notes=notes,
        )
        | during
        for number, rule in enumerate(rules)
    ]


def service_areas(entry: Entry) -> list[Json]:
    """The area served, and the zones that somebody stated it to serve."""
    listing, coverage = entry.listing, entry.listing.service.coverage
    areas: list[Json] = []
    if coverage:
        name = term_labels("coverage", coverage)[HOME]
        areas.append(
            {"id": entry.ids.part("area"), "name": name, "extent": coverage, "extent_type": "coverage"}
        )
    who = listing.provenance.get("service_area.zones")
    if who is not None and who.kind != "derived":
        areas += [
            {
                "id": entry.ids.part("zone_served", number),
                "name": gazetteer().zones.zone(zone).name(HOME),
                "extent": zone,
                "extent_type": "zone",
            }
            for number, zone in enumerate(listing.serves)
        ]
    return areas


def _costs(entry: Entry) -> list[Json]:
    service = entry.listing.service
    amount = 0 if service.cost == "free" else entry.values.get("cost_option.amount")
    if not (service.cost or service.cost_note or amount is not None):
        return []
    price: Json = {} if amount is None else {"amount": amount, "currency": "EUR"}
    own = entry.ids.part("cost")
    return [known(id=own, option=service.cost, amount_description=service.cost_note) | price]


def _application(listing: Listing) -> str:
    """How one gets in, in words: by appointment, with a referral."""
    service = listing.service
    said = [term_labels("appointment", service.appointment)[HOME]] if service.appointment else []
    if service.referral_required is not None:
        said.append("Verwijzing nodig" if service.referral_required else "Geen verwijzing nodig")
    return "; ".join(said)


def _labels(list_name: str, codes: Value | None) -> str:
    held = codes if isinstance(codes, list) else []
    return ", ".join(term_labels(list_name, str(code))[HOME] for code in held)


@cache
def _language(code: str) -> str:
    return language_name(code, "en")
