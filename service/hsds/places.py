"""A listing's place as an HSDS location, and the link between it and the service."""

from __future__ import annotations

from functools import cache

from service.geo.places import gazetteer
from service.hsds.attributes import HOME
from service.hsds.entries import Entry
from service.hsds.ids import PartIds
from service.hsds.known import Json, known
from service.hsds.taxonomies import term_labels
from service.model.listing import Location, pick_text

BRUSSELS = "Brussel"


def location_record(entry: Entry, attributes: list[Json] | None = None) -> Json | None:
    """The place, None for a listing without one; with ``attributes`` also its address and access."""
    place = entry.listing.location
    if place is None:
        return None
    record = known(
        id=str(place.id),
        location_type="physical",
        latitude=place.lat,
        longitude=place.lon,
    )
    if attributes is None:
        return record
    wheelchair = place.wheelchair
    access = wheelchair and {
        "id": entry.ids.part("wheelchair"),
        "description": f"{term_labels('wheelchair', wheelchair)[HOME]} ({wheelchair})",
    }
    address = address_record(entry.ids, place)
    precision = place.precision and {
        "id": entry.ids.part("hidden", 1),
        "link_type": "location.precision",
        "link_entity": "location",
        "value": place.precision,
    }
    return record | known(
        addresses=[address] if address else [],
        accessibility=[access] if access else [],
        attributes=[*attributes, *([precision] if precision else [])],
    )


def address_record(ids: PartIds, place: Location) -> Json | None:
    """The address, None where nothing of it is known.

    The standard wants six texts in every address: what is not known of it is an empty text.
    """
    town = gazetteer().municipality(place.municipality) if place.municipality else None
    street = " ".join(each for each in (pick_text(place.street, HOME)[0], place.house_number) if each)
    city = place.city or (town.name(HOME) if town else "")
    if not (street or city or place.postal_code):
        return None
    return {
        "id": ids.part("address"),
        "address_1": street,
        **known(address_2=place.box),
        "city": city,
        "state_province": (_province(place.municipality) if place.municipality else "") or "",
        "postal_code": place.postal_code or "",
        "country": place.country or "BE",
        "address_type": "physical",
    }


@cache
def _province(nis: str) -> str | None:
    town = gazetteer().municipality(nis)
    if town is None:
        return None
    return town.province or (BRUSSELS if town.region == "brussels" else None)
