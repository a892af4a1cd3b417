"""The journeys of a visitor in a real Chromium, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.looking import FAINT, NAMES_ON_NAMES, OVERLAPS
from tests.web.made import path

pytestmark = pytest.mark.browser

SEARCH = "/nl/search?q=voedselpakket&near=1080"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize(("lang", "question"), [("nl", "voedselpakket"), ("fr", "colis alimentaire")])
def test_from_a_question_to_a_listing(visit, javascript, lang, question):
    page = visit(f"/{lang}/", java_script_enabled=javascript)
    page.fill("input[name=q]", question)
    page.fill("input[name=near]", "Anderlecht")
    page.click("form[role=search] button.lamp")
    page.wait_for_url("**/search?*")
    expect(page.locator(".result")).to_have_count(20)
    name = page.locator(".result h3 a").first.inner_text()
    page.locator(".result h3 a").first.click()
    page.wait_for_url("**/l/*")
    assert page.locator("h1").inner_text() == name
    expect(page.locator("#says")).to_have_count(1)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_chip_is_taken_away(visit, javascript):
    page = visit("/nl/search?q=voedselpakket+in+Anderlecht", java_script_enabled=javascript)
    page.get_by_role("link", name="Weglaten: Voedselpakket").click()
    page.wait_for_url("**without=need*")
    assert page.locator("input[name=q]").first.input_value() == "voedselpakket in Anderlecht"
    page.get_by_role("link", name="Terugzetten: Voedselpakket").click()
    page.wait_for_url("**/search?q=voedselpakket+in+Anderlecht")
    expect(page.locator(".chip.need")).to_have_count(1)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_what_matters_for_a_person_stays_out_of_the_address(visit, javascript):
    page = visit(SEARCH, java_script_enabled=javascript)
    page.locator("summary").filter(has_text="Wat is belangrijk").click()
    page.check("#p-situation-free")
    page.get_by_role("button", name="Toon wat past").click()
    page.wait_for_url("**/nl/search")
    page.wait_for_load_state()
    assert page.url.endswith("/nl/search")
    expect(page.locator(".chip", has_text="Ik kan niet betalen")).to_have_count(1)
    page.locator(".pages button").last.click()
    page.wait_for_selector("[data-number='21']", state="attached")
    page.wait_for_load_state()
    expect(page.locator(".chip", has_text="Ik kan niet betalen")).to_have_count(1)
    assert page.url.endswith("/nl/search")


def test_the_map_shows_what_the_list_has(visit):
    page = visit(SEARCH)
    page.wait_for_selector("#map[data-ready]")
    pins = page.locator("#map .pin:not(.you)").all_inner_texts()
    shown = sum(1 + int(more or 0) for _first, _plus, more in (pin.partition("+") for pin in pins))
    assert shown == page.locator(".result[data-lat]").count() > 5
    assert page.locator("#map path.land").count() > 50


def test_no_pin_lies_on_another_at_any_zoom(visit):
    page = visit(SEARCH)
    page.wait_for_selector("#map[data-ready]")
    for key in ("", "+", "-", "-", "-"):
        page.locator("#map .pin:not(.you)").first.press(key or "Shift")
        page.wait_for_timeout(400)
        assert page.evaluate(OVERLAPS) == []


@pytest.mark.parametrize(("lang", "town"), [("nl", "Halle"), ("fr", "Hal")])
def test_names_of_towns_lie_on_nothing(visit, lang, town):
    page = visit(f"/{lang}/search?q=voedselpakket&near=1080")
    page.wait_for_selector("#map[data-ready]")
    assert town in page.locator(".town").all_inner_texts()
    assert page.evaluate(NAMES_ON_NAMES) == []


def test_list_and_map_are_in_step(visit):
    page = visit(SEARCH)
    page.wait_for_selector("#map[data-ready]")
    page.locator(".result[data-lat]").first.hover()
    expect(page.locator("#map .pin.here")).to_have_count(1)
    pin = page.locator("#map .pin:not(.you)").last
    pin.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".leaflet-popup a[href*='/nl/l/']")
    assert page.locator(".result.here").count() >= 1
    # By keyboard: a map that is still moving takes the link away from under a mouse.
    page.locator(".leaflet-popup a[href*='/nl/l/']").first.press("Enter")
    page.wait_for_url("**/nl/l/*")


def test_without_javascript_a_map_is_drawn(visit):
    page = visit(SEARCH, java_script_enabled=False)
    assert page.locator("#map svg .spot").count() > 5


QUIET = [
    "/nl/",
    SEARCH,
    path("pantry"),
    "/nl/zones",
    "/nl/zones/bxl-noord",
    "/nl/sources",
    "/nl/about",
    "/nl/nowhere",
]


@pytest.mark.parametrize("where", QUIET)
def test_a_page_breaks_no_rule_and_talks_to_nobody_else(visit, address, where):
    page = visit(where)
    if page.locator("#map").count():
        page.locator("#map").scroll_into_view_if_needed()
        page.wait_for_selector("#map[data-ready]")
    page.wait_for_load_state("networkidle")
    said = [words for words in page.said if "404 (NOT FOUND)" not in words]
    assert said == []
    assert [url for url in page.asked if not url.startswith(address + "/")] == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("where", [*QUIET, path("french"), path("hidden"), "/nl/search?q=xqzkw"])
@pytest.mark.parametrize("width", [320, 768])
def test_nothing_sticks_out_on_a_small_screen(visit, where, width):
    page = visit(where, viewport={"width": width, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_one_taps_is_large_enough(visit):
    page = visit(SEARCH, viewport={"width": 375, "height": 800})
    small = page.evaluate(
        """[...document.querySelectorAll('button, .button, .chip a, select, input, nav a')]
        .filter((each) => each.checkVisibility() && each.type !== 'hidden')
        .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
        .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
        .map(([words, box]) => `${words} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_the_first_key_leads_to_the_content(visit):
    page = visit("/nl/zones")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_question_can_be_asked_by_keyboard_alone(visit):
    page = visit("/nl/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("voedselpakket")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/nl/search"))
    assert page.locator(".result").count() > 0


def test_around_me_sends_a_rounded_place(visit):
    page = visit(
        "/nl/", geolocation={"latitude": 50.846557, "longitude": 4.351697}, permissions=["geolocation"]
    )
    page.fill("input[name=q]", "voedselpakket")
    page.get_by_role("button", name="Rond mij").click()
    page.wait_for_selector("[data-around] input[name=lat]", state="attached")
    page.click("form[role=search] button.lamp")
    page.wait_for_url("**/search?*")
    assert re.search(r"lat=50\.847&lon=4\.352", page.url)
    expect(page.locator(".chip", has_text="rond mij")).to_have_count(1)


def test_around_me_that_is_refused_says_what_works_too(visit):
    page = visit("/nl/")
    page.get_by_role("button", name="Rond mij").click()
    page.wait_for_selector("text=Een gemeente of postcode werkt ook.")


def test_right_to_left_nothing_sticks_out(visit):
    page = visit(SEARCH, viewport={"width": 375, "height": 800})
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("where", ["/nl/", SEARCH, "/nl/search?q=zelfmoord", path("french"), "/nl/sources"])
def test_words_stand_out_from_their_ground(visit, where, scheme):
    page = visit(where, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert page.evaluate(FAINT) == []
