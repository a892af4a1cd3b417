"""What is nearest is found by walking the spatial index, not by measuring every distance."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.database.session import writing
from service.geo.point import Point
from service.geo.sql import within_radius
from service.search.engine.base import EngineQuery
from service.search.standby import select
from tests.contract.conftest import empty

pytestmark = pytest.mark.postgis
LAKEN = (50.8794, 4.3452)
ROWS = 20_000
_ID = "md5('{0}' || n)::uuid"
FILL = f"""
SET LOCAL session_replication_role = replica;
INSERT INTO listing (id, state, organization_id, hidden, checksum, resolved, changed_at)
  SELECT {_ID.format("l")}, 'published', {_ID.format("o")}, false, '', '{{}}', now()
  FROM generate_series(1, {ROWS}) n;
INSERT INTO organization (id, name, listing_id)
  SELECT {_ID.format("o")}, 'o', {_ID.format("l")} FROM generate_series(1, {ROWS}) n;
INSERT INTO service (id, listing_id, organization_id, name, names, descriptions, status, last_modified)
  SELECT {_ID.format("s")}, {_ID.format("l")}, {_ID.format("o")}, 's', '{{}}', '{{}}', 'active', now()
  FROM generate_series(1, {ROWS}) n;
INSERT INTO location (id, listing_id, location_type, latitude, longitude, precision)
  SELECT {_ID.format("p")}, {_ID.format("l")}, 'physical', 50.7 + random() * 0.6, 2.6 + random() * 3, 'exact'
  FROM generate_series(1, {ROWS}) n;
"""


@pytest.fixture(scope="module")
def crowded(migrated_postgis: Engine) -> Iterator[Engine]:
    """A region of listings without anything but a place."""
    empty(migrated_postgis)
    with writing(migrated_postgis) as connection:
        connection.exec_driver_sql(FILL)
    with migrated_postgis.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    yield migrated_postgis
    empty(migrated_postgis)


def plans(connection: Connection, run: object) -> list[str]:
    """How PostgreSQL does each statement that ``run`` sends."""
    sent: list[tuple[str, object]] = []

    def listen(_connection: object, _cursor: object, statement: str, given: object, *_: object) -> None:
        sent.append((statement, given))

    sa.event.listen(connection, "before_cursor_execute", listen)
    run()  # type: ignore[operator]
    sa.event.remove(connection, "before_cursor_execute", listen)
    explained = []
    for statement, given in sent:
        rows = connection.exec_driver_sql(f"EXPLAIN {statement}", given)  # type: ignore[arg-type]
        explained.append("\n".join(row[0] for row in rows))
    return explained


def test_the_nearest_listings_are_read_in_the_order_of_the_spatial_index(crowded: Engine) -> None:
    query = EngineQuery(point=LAKEN)
    with crowded.connect() as connection:
        placed, _placeless = plans(connection, lambda: list(select.chosen(connection, query)))
    assert "Index Scan using ix_location_point" in placed
    assert "Order By: (point <->" in placed
    assert "Sort" not in placed


def test_what_lies_within_a_radius_is_found_by_the_spatial_index(crowded: Engine) -> None:
    near = within_radius(select.location, Point(*LAKEN), 2_000)
    asked = sa.select(select.location.c.number).where(near)
    with crowded.connect() as connection:
        (plan,) = plans(connection, lambda: connection.execute(asked).all())
    assert "ix_location_point" in plan
