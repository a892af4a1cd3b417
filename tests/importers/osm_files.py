"""Extracts of OpenStreetMap for tests: the same few places as an answer of Overpass and as a PBF."""

import json
from datetime import UTC, datetime

import osmium

FOUNTAIN = {"amenity": "drinking_water", "fee": "no", "wheelchair": "designated", "bottle": "yes"}
PANTRY = {
    "amenity": "social_facility",
    "social_facility": "food_bank;clothing_bank",
    "social_facility:for": "underprivileged;homeless",
    "name": "De Korf - Le Panier",
    "name:nl": "De Korf",
    "name:fr": "Le Panier",
    "operator": "Vzw Samen Aan Tafel",
    "opening_hours": "Mo,We 13:00-16:00; PH off",
    "phone": "+32 2 411 22 33;02 411 22 34",
    "contact:website": "https://dekorf.example.be/",
    "addr:street": "Rue de Ribaucourt - Ribaucourtstraat",
    "addr:housenumber": "12",
    "addr:postcode": "1080",
    "addr:city": "Molenbeek-Saint-Jean",
    "old_name": "Het Mandje",
    "check_date": "2026-05-02",
    "language:ar": "yes",
}
CENTRE = {
    "amenity": "community_centre",
    "name": "Buurthuis Bonnevie",
    "opening_hours": "elke dag na de middag",
}
REFUGE = {
    "amenity": "social_facility",
    "social_facility": "shelter",
    "social_facility:for": "abused",
    "name": "Vluchthuis",
}
ROOF = {"amenity": "shelter", "shelter_type": "public_transport"}
PRIVATE = {"amenity": "toilets", "access": "private"}

EDITED = datetime(2026, 3, 4, 12, tzinfo=UTC)
CORNERS = {11: (50.8500, 4.3400), 12: (50.8500, 4.3420), 13: (50.8510, 4.3420), 14: (50.8510, 4.3400)}
NODES = {1: (50.8554, 4.3301, FOUNTAIN), 2: (50.8600, 4.3350, PANTRY), 3: (50.8, 4.3, REFUGE)}
NODES |= {4: (50.81, 4.31, ROOF), 5: (50.82, 4.32, PRIVATE)}
GARDEN = {"type": "multipolygon", "amenity": "give_box", "name": "Geefkast Bonnevie"}


def overpass(path, remark=None):
    """An answer to ``out meta center``, as the server writes it."""
    elements = [
        {"type": "node", "id": key, "lat": lat, "lon": lon, "timestamp": "2026-03-04T12:00:00Z", "tags": tags}
        for key, (lat, lon, tags) in NODES.items()
    ]
    elements += [{"type": "node", "id": key, "lat": lat, "lon": lon} for key, (lat, lon) in CORNERS.items()]
    centre = {"lat": 50.8505, "lon": 4.341}
    elements.append({"type": "way", "id": 1, "center": centre, "nodes": [*CORNERS], "tags": CENTRE})
    elements.append({"type": "relation", "id": 1, "center": centre, "members": [], "tags": GARDEN})
    answer = {"version": 0.6, "generator": "Overpass API 0.7.62", "osm3s": {"copyright": "ODbL"}}
    answer |= {"elements": elements, **({"remark": remark} if remark else {})}
    path.write_text(json.dumps(answer, indent=1), encoding="utf-8")
    return path


def pbf(path):
    """The same as an extract; the fence of the give box is a way without tags, its only member."""
    writer = osmium.SimpleWriter(str(path))
    made = osmium.osm.mutable
    for key, (lat, lon) in CORNERS.items():
        writer.add_node(made.Node(id=key, location=(lon, lat), version=1, visible=True))
    for key, (lat, lon, tags) in NODES.items():
        node = made.Node(id=key, location=(lon, lat), tags=tags, version=1, visible=True, timestamp=EDITED)
        writer.add_node(node)
    ring = [*CORNERS, 11]
    writer.add_way(made.Way(id=1, nodes=ring, tags=CENTRE, version=1, visible=True))
    writer.add_way(made.Way(id=2, nodes=ring, tags={}, version=1, visible=True))
    writer.add_relation(
        made.Relation(id=1, members=[("w", 2, "outer")], tags=GARDEN, version=1, visible=True)
    )
    writer.close()
    return path
