"""The drawn map and what the moving map stands on."""

import re

import pytest
from playwright.sync_api import expect

from service.web.sketch import HEIGHT, MARGIN, WIDTH, Spot, sketch


@pytest.fixture
def draw(app):
    def draw(*spots, centre=None, chosen=None):
        with app.test_request_context("/nl/"):
            return str(sketch([Spot(lat, lon, numbers) for lat, lon, numbers in spots], centre, chosen))

    return draw


def circles(drawing, kind):
    return [(int(x), int(y)) for x, y in re.findall(rf'class="{kind}" cx="(-?\d+)" cy="(-?\d+)"', drawing)]


def test_north_is_up_and_east_is_right(draw):
    brussels, ghent, antwerp = circles(
        draw((50.85, 4.35, (1,)), (51.05, 3.72, (2,)), (51.22, 4.40, (3,))), "spot"
    )
    assert antwerp[1] < ghent[1] < brussels[1]
    assert ghent[0] < brussels[0] < antwerp[0]


def test_every_spot_lies_inside_the_frame(draw):
    spots = circles(draw((50.70, 2.60, (1,)), (51.50, 5.90, (2,)), centre=(50.9, 4.0)), "spot")
    assert all(MARGIN <= x <= WIDTH - MARGIN and MARGIN <= y <= HEIGHT - MARGIN for x, y in spots)


def test_a_kilometre_is_as_long_upward_as_across(draw):
    drawing = draw((51.0, 4.0, (1,)), (51.09, 4.0, (2,)), (51.0, 4.143, (3,)))
    corner, north, east = circles(drawing, "spot")
    assert corner[1] - north[1] == pytest.approx(east[0] - corner[0], abs=2)


def test_one_place_stands_in_the_middle(draw):
    assert circles(draw((50.85, 4.35, (1,))), "spot") == [(WIDTH // 2, HEIGHT // 2)]


def test_several_at_one_place_are_one_spot(draw):
    assert ">4+</text>" in draw((50.85, 4.35, (4, 7)))


def test_a_chosen_zone_stands_out(draw):
    assert re.search(r'class="land chosen" href="/map/land\.svg\?v=\w+#bxl-noord"', draw(chosen="bxl-noord"))


def test_a_zone_without_an_outline_is_no_failure(draw):
    assert "chosen" not in draw((50.85, 4.35, (1,)), chosen="elz-nowhere")


def test_the_outlines_of_every_zone_can_be_pointed_at(client):
    drawing = client.get("/map/land.svg").get_data(as_text=True)
    assert len(re.findall(r'<path id="(?:bxl|elz)-[a-z0-9-]+"', drawing)) >= 64


def test_the_outlines_are_geojson_for_the_moving_map(client):
    answer = client.get("/map/outlines.json")
    held = answer.get_json(force=True)
    assert {each["geometry"]["type"] for each in held["features"]} == {"MultiPolygon"}
    lon, lat = held["features"][0]["geometry"]["coordinates"][0][0][0]
    assert 2.5 < lon < 6.0
    assert 50.6 < lat < 51.6


def test_the_names_of_towns_come_along_the_largest_first(client):
    towns = client.get("/map/outlines.json").get_json(force=True)["towns"]
    assert [each[2:] for each in towns[:2]] == [["Brussel", "Bruxelles"], ["Antwerpen", "Anvers"]]
    assert len(towns) > 290


def test_the_outlines_are_sent_once(client):
    first = client.get("/map/outlines.json")
    again = client.get("/map/outlines.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_what_is_at_one_place_shares_a_spot_on_the_page(page):
    html = page("/nl/search?q=voedselpakket&per_page=50")
    places = re.findall(r'data-lat="([\d.]+)" data-lon="([\d.]+)"', html)
    assert len(circles(html, "spot")) == len(set(places)) < len(places)


@pytest.mark.browser
def test_the_middle_of_the_map_is_a_place_to_search_around(visit):
    page = visit("/nl/search?q=voedselpakket&near=1080")
    page.wait_for_selector("#map[data-ready]")
    page.locator("#map").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Zoek rond het midden van de kaart").press("Enter")
    page.wait_for_url("**/nl/search?*lat=50.*&lon=4.*")
    assert "near=" not in page.url
    assert page.locator(".result").count() > 5


@pytest.mark.browser
def test_the_middle_is_marked_only_once_somebody_moves_the_map(visit):
    page = visit("/nl/search?q=voedselpakket")
    page.wait_for_selector("#map[data-ready]")
    marked = "() => getComputedStyle(document.getElementById('map'), '::after').content !== 'none'"
    assert page.evaluate(marked) is False
    page.locator("#map").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(marked)


@pytest.mark.browser
def test_what_opens_on_an_arabic_map_runs_from_the_right_and_lies_clear_of_the_buttons(visit):
    page = visit("/ar/search?q=voedselpakket", viewport={"width": 412, "height": 850})
    page.locator("#map").scroll_into_view_if_needed()
    page.wait_for_selector("#map[data-ready]")
    page.locator("#map .pin:not(.you)").first.press("Enter")
    opened = page.locator(".leaflet-popup-content > div")
    opened.wait_for()
    assert opened.evaluate("(each) => getComputedStyle(each).direction") == "rtl"
    assert opened.locator("a bdi[lang]").count() > 0
    page.wait_for_function(
        """() => {
          const box = document.querySelector('.leaflet-popup').getBoundingClientRect();
          const buttons = document.querySelector('.leaflet-control-zoom').getBoundingClientRect();
          return box.right <= buttons.left + 1;
        }"""
    )


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 412])
def test_the_table_of_sources_fits_a_phone(visit, width):
    page = visit("/nl/sources", viewport={"width": width, "height": 850})
    table = page.locator("table").first
    assert table.evaluate("(each) => each.getBoundingClientRect().right") <= width
    expect(page.locator(".scroll")).to_have_count(0)


def test_a_page_with_a_map_waits_for_one_style_sheet(page):
    """That of the map comes with the map: on a slow line it would cost a connection of its own."""
    assert page("/nl/search?q=voedselpakket").count('rel="stylesheet"') == 1
