"""Spatial operations give the same answers on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid5

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.catalogue.ids import NABIJ
from service.database.hsds import location
from service.database.schema import metadata
from service.database.session import writing
from service.geo import point
from service.geo.point import Point
from service.geo.sql import distance_m, nearest_order, within_radius

TOWNS = {
    "Brussel": Point(50.8467, 4.3525),
    "Laken": Point(50.8794, 4.3452),
    "Mechelen": Point(51.0259, 4.4776),
    "Antwerpen": Point(51.2205, 4.4003),
    "Oostende": Point(51.2300, 2.9200),
    "Maaseik": Point(51.0980, 5.7840),
}
NOWHERE = "Nergens"
_NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def towns(engine: Engine) -> Engine:
    """Every town as a location, and one without a point."""
    with writing(engine) as connection:
        for name, town in {**TOWNS, NOWHERE: None}.items():
            _put(connection, name, town)
    return engine


def _put(connection: Connection, name: str, town: Point | None) -> None:
    own = uuid5(NABIJ, name)
    for table, values in (
        ("source", {"id": name, "name": name, "precedence": 1}),
        ("source_record", {
            "id": own, "source_id": name, "key": name, "listing_id": own, "checksum": "", "values": {},
            "fetched_at": _NOON,
        }),
        ("listing", {
            "id": own, "state": "published", "organization_id": own, "hidden": False, "checksum": "",
            "resolved": {}, "changed_at": _NOON,
        }),
    ):  # fmt: skip
        connection.execute(sa.insert(metadata.tables[table]).values(values))
    lat, lon = (town.lat, town.lon) if town else (None, None)
    place = {"id": own, "listing_id": own, "location_type": "physical", "latitude": lat, "longitude": lon}
    connection.execute(sa.insert(location).values(place))


def names(engine: Engine, wanted: sa.Select[tuple[object]]) -> list[str]:
    """The towns that a selection of location ids finds, in its order."""
    by_id = {uuid5(NABIJ, name): name for name in (*TOWNS, NOWHERE)}
    with writing(engine) as connection:
        return [by_id[each] for each in connection.scalars(wanted)]


@pytest.mark.parametrize(
    ("radius_m", "expected"),
    [
        (100, {"Brussel"}),
        (4_000, {"Brussel", "Laken"}),
        (22_000, {"Brussel", "Laken", "Mechelen"}),
        (45_000, {"Brussel", "Laken", "Mechelen", "Antwerpen"}),
        (500_000, set(TOWNS)),
    ],
)
def test_within_radius_of_brussels(towns: Engine, radius_m: float, expected: set[str]) -> None:
    near = sa.select(location.c.id).where(within_radius(location, TOWNS["Brussel"], radius_m))
    assert set(names(towns, near)) == expected


@pytest.mark.parametrize("town", TOWNS)
def test_distance_is_that_of_the_model_within_half_a_percent(towns: Engine, town: str) -> None:
    wanted = sa.select(distance_m(location, TOWNS["Brussel"])).where(location.c.id == uuid5(NABIJ, town))
    with writing(towns) as connection:
        metres = connection.scalar(wanted)
    assert metres == pytest.approx(point.distance_m(TOWNS["Brussel"], TOWNS[town]), rel=0.005, abs=0.01)


def test_distance_to_no_point_is_not_known(towns: Engine) -> None:
    wanted = sa.select(distance_m(location, TOWNS["Brussel"])).where(location.c.id == uuid5(NABIJ, NOWHERE))
    with writing(towns) as connection:
        assert connection.scalar(wanted) is None


def test_nearest_first_and_without_a_point_last(towns: Engine) -> None:
    ordered = sa.select(location.c.id).order_by(nearest_order(location, TOWNS["Antwerpen"]))
    assert names(towns, ordered) == [
        "Antwerpen", "Mechelen", "Laken", "Brussel", "Maaseik", "Oostende", NOWHERE,
    ]  # fmt: skip


def test_an_alias_of_the_table_will_do(towns: Engine) -> None:
    place = location.alias("place")
    near = sa.select(place.c.id).where(within_radius(place, TOWNS["Laken"], 500))
    assert names(towns, near) == ["Laken"]


def test_a_place_that_moves_is_found_where_it_is(towns: Engine) -> None:
    moved = sa.update(location).where(location.c.id == uuid5(NABIJ, "Oostende"))
    with writing(towns) as connection:
        connection.execute(moved.values(latitude=50.8794, longitude=4.3452))
    near = sa.select(location.c.id).where(within_radius(location, TOWNS["Laken"], 500))
    assert sorted(names(towns, near)) == ["Laken", "Oostende"]


def test_a_place_that_is_gone_is_not_found(towns: Engine) -> None:
    with writing(towns) as connection:
        connection.execute(sa.delete(location).where(location.c.id == uuid5(NABIJ, "Laken")))
    near = sa.select(location.c.id).where(within_radius(location, TOWNS["Laken"], 500))
    assert names(towns, near) == []


def test_a_circle_over_the_180th_meridian_finds_both_sides(towns: Engine) -> None:
    moved = sa.update(location).where(location.c.id == uuid5(NABIJ, "Oostende"))
    with writing(towns) as connection:
        connection.execute(moved.values(latitude=0.0, longitude=179.99))
    near = sa.select(location.c.id).where(within_radius(location, Point(0.0, -179.99), 5_000))
    assert names(towns, near) == ["Oostende"]
