"""The bundled catalogue through the same door as any other source."""

import csv

import pytest

from importers.clean.hidden import SECRET_PATHS
from service.config import DATA

with (DATA / "catalogue" / "offerings.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.fixture
def loaded(world):
    return world.load("catalogue")


def test_every_row_lands(world, loaded):
    assert (loaded.created, loaded.rejected, loaded.warnings) == (709, 0, [])
    assert set(world.records()) == {row["key"] for row in ROWS}


def test_no_cell_needs_cleaning(loaded):
    assert not +loaded.changes


def test_a_second_run_changes_nothing(world, loaded):
    again = world.load("catalogue")
    assert (again.created, again.updated, again.unchanged, again.withdrawn) == (0, 0, 709, 0)


def test_the_nine_hidden_addresses_have_no_street_and_no_point():
    hidden = [row for row in ROWS if row["address.hidden"] == "yes"]
    assert len(hidden) == 9
    assert not [row["key"] for row in hidden if any(row.get(path) for path in SECRET_PATHS)]


def test_every_offering_has_a_description_in_three_languages():
    columns = [f"service.description@{language}" for language in ("nl", "fr", "en")]
    assert not [row["key"] for row in ROWS if not all(row[column] for column in columns)]


def test_said_on_keeps_the_precision_it_had(world, loaded):
    assert world.records()["aalst-sociale-kruidenier"]["said_on"] == "2015-10"


def test_the_name_of_an_offering_has_no_language(world, loaded):
    assert "service.name" in world.records()["aalst-sociale-kruidenier"]["values"]
