"""The page of the state of a zone: what stands there, who may see it, and the same tables as CSV."""

from __future__ import annotations

import csv
import io
import re
from uuid import uuid4

import pytest

ZONE = "bxl-zuid"
TABLES = (
    "figures", "unknown", "questions", "history", "themes", "needs", "municipalities", "reach",
    "searches-needs", "searches-places",
)  # fmt: skip


@pytest.fixture
def zone_text(coordinator, counted):
    def read(lang="nl", **query):
        answer = coordinator.get(f"/{lang}/desk/state/{ZONE}", query_string=query)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    return read


def test_before_the_first_count_the_page_says_so(coordinator):
    text = coordinator.get(f"/en/desk/state/{ZONE}").get_data(as_text=True)
    assert "Nothing has been counted yet" in text or "Counted on" in text


def test_who_has_one_zone_is_led_to_it(coordinator, counted):
    answer = coordinator.get("/nl/desk/state")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/nl/desk/state/{ZONE}")


def test_an_administrator_chooses_any_zone(desk_client, counted):
    desk = desk_client("administrator")
    assert "/nl/desk/state/elz-" in desk.get("/nl/desk/state").get_data(as_text=True)
    assert desk.get("/nl/desk/state?zone=bxl-noord").headers["Location"] == "/nl/desk/state/bxl-noord"
    assert desk.get("/nl/desk/state/bxl-noord").status_code == 200


@pytest.mark.parametrize("address", ["", "/figures.csv"])
def test_another_zone_is_not_shown(coordinator, counted, address):
    assert coordinator.get(f"/nl/desk/state/bxl-noord{address}").status_code == 403


def test_an_editor_has_no_such_room(desk_client, counted):
    assert desk_client("editor", organization=uuid4()).get(f"/nl/desk/state/{ZONE}").status_code == 403


@pytest.mark.parametrize("address", ["/nl/desk/state/nowhere", f"/nl/desk/state/{ZONE}/nothing.csv"])
def test_what_is_not_there_is_not_found(desk_client, counted, address):
    assert desk_client("administrator").get(address).status_code == 404


def test_no_other_zone_is_named_beside_its_figures(zone_text):
    text = zone_text()
    assert "Zorgzone Zuid" in text
    assert "Zorgzone Noord" not in text


def test_every_drawing_has_a_title_and_a_description(zone_text):
    text = zone_text()
    ids = set(re.findall(r'id="([^"]+)"', text))
    named = re.findall(r'role="img" aria-labelledby="(\S+) (\S+)"', text)
    assert len(named) > 20
    assert {each for pair in named for each in pair} <= ids


def test_ids_of_drawings_are_used_once(zone_text):
    ids = re.findall(r' id="([^"]+)"', zone_text())
    assert len(ids) == len(set(ids))


def test_a_need_is_chosen_for_the_map(zone_text):
    assert 'value="food.meal" selected' in zone_text(need="food.meal")


def test_without_population_points_it_says_what_was_counted(zone_text):
    assert "each postal code counts as one" in zone_text("en")


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_a_file_that_says_what_it_is(coordinator, counted, table):
    answer = coordinator.get(f"/en/desk/state/{ZONE}/{table}.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    (about,), heads, *rest = rows
    assert about.startswith("Zorgzone Zuid · 24 November 2026 · ")
    assert all(len(row) == len(heads) == len(set(heads)) for row in (heads, *rest))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rest for cell in row)


def test_figures_of_the_page_and_of_the_file_are_the_same(coordinator, zone_text):
    answer = coordinator.get(f"/en/desk/state/{ZONE}/figures.csv").get_data(as_text=True)
    line = next(row for row in csv.reader(io.StringIO(answer)) if row[0] == "Known of what a reader asks")
    assert f"{line[2]} of {line[3]}".replace(",", "") in zone_text("en").replace(",", "")
