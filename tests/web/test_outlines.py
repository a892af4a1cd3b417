"""Official outlines take the place of the indicative ones, and are no longer called indicative."""

from datetime import datetime

import pytest

from service.catalogue.boundaries import Outline, activate, store_generation
from service.config import TIMEZONE, Settings
from service.database.migrate import upgrade
from service.database.session import connect_engine, writing
from service.web import outlines

GENT = {"type": "Polygon", "coordinates": [[[3.6, 51.0], [3.8, 51.0], [3.8, 51.1], [3.6, 51.1], [3.6, 51.0]]]}
AALST = {
    "type": "Polygon",
    "coordinates": [[[3.8, 51.0], [4.0, 51.0], [4.0, 51.1], [3.8, 51.1], [3.8, 51.0]]],
}


@pytest.fixture
def database(tmp_path):
    engine = connect_engine(Settings(home=tmp_path))
    upgrade(engine)
    yield engine
    outlines.draw_in_force(connect_engine(Settings(home=tmp_path / "nothing here")))


def load(database, *, in_force):
    now = datetime(2026, 11, 24, 10, tzinfo=TIMEZONE)
    drawn = [Outline("zone", "elz-gent", "Gent", GENT), Outline("zone", "elz-regio-aalst", "Aalst", AALST)]
    with writing(database) as connection:
        generation = store_generation(connection, drawn, name="drawn", source="drawn by hand", now=now)
        if in_force:
            activate(connection, generation, now)


def test_without_a_generation_the_outlines_are_indicative(database):
    outlines.draw_in_force(database)
    assert outlines.drawn().is_indicative


def test_an_inactive_generation_changes_nothing(database):
    load(database, in_force=False)
    outlines.draw_in_force(database)
    assert outlines.drawn().is_indicative


def test_the_generation_in_force_is_drawn(database):
    load(database, in_force=True)
    outlines.draw_in_force(database)
    found = dict(outlines.drawn().zones)
    assert not outlines.drawn().is_indicative
    assert {tuple(corner) for corner in found["elz-gent"][0]} == {tuple(c) for c in GENT["coordinates"][0]}


def test_a_database_that_is_not_made_yet_is_no_reason_not_to_draw(tmp_path):
    outlines.draw_in_force(connect_engine(Settings(home=tmp_path)))
    assert outlines.drawn().is_indicative
