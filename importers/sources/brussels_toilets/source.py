"""Public toilets of the City of Brussels, from its open data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from importers.entry import Cell
from importers.readers.taken import Taken


def listings(record: Taken) -> Iterator[tuple[str, Mapping[str, Cell]]]:
    """One listing for each toilet, by its point."""
    point = record.text("geo_point_2d") or record.text("fields.geo_point_2d")
    name = record.text("nom") or record.text("fields.nom")
    street = record.text("location") or record.text("fields.location")
    record.ignore("recordid", "datasetid", "record_timestamp")
    record.ignore_all("geometry", "fields.geom", "fields.geo_shape")
    yield (
        point,
        {
            "service.name@fr": f"Toilettes publiques {name}".strip(),
            "service.name@nl": f"Openbaar toilet {name}".strip(),
            "address.street": street,
            "address.country": "BE",
            "location.point": point,
        },
    )
