"""Listings as GeoJSON: a feature each, without a geometry where no point is known or may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from service.hsds.attributes import HOME
from service.hsds.entries import Entry
from service.hsds.known import Json, known
from service.hsds.places import address_record
from service.model.listing import pick_text
from service.opendata.shelf import credits_of, part_of_entry


def write_geojson(entries: Iterable[Entry]) -> Iterator[bytes]:
    """A feature collection (RFC 7946), one feature on a line."""
    yield b'{"type":"FeatureCollection","features":['
    for number, entry in enumerate(entries):
        yield (b",\n" if number else b"\n") + orjson.dumps(_feature(entry))
    yield b"\n]}\n"


def _feature(entry: Entry) -> Json:
    listing, place = entry.listing, entry.listing.location
    point = None
    if place is not None and place.lat is not None and place.lon is not None:
        point = {"type": "Point", "coordinates": [place.lon, place.lat]}
    address = address_record(entry.ids, place) or {} if place else {}
    properties = known(
        name=pick_text(listing.service.name, HOME)[0],
        organization=listing.organization.name,
        description=pick_text(listing.service.description, HOME)[0],
        needs=listing.service.needs,
        street=address.get("address_1"),
        postal_code=address.get("postal_code"),
        city=address.get("city"),
        precision=place.precision if place else None,
        phones=listing.phones,
        email=listing.email,
        website=listing.website,
        opening_hours=listing.opening_hours,
        languages=listing.service.languages,
        last_modified=entry.changed_at.isoformat(),
        part=part_of_entry(entry),
        sources=[known(name=c.speaker, licence=c.licence, url=c.url) for c in credits_of(entry)],
    )
    return {"type": "Feature", "id": str(listing.id), "geometry": point, "properties": properties}
