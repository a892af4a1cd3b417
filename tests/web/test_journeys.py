"""Longer journeys in a real Chromium: a person's situation, a list of one's own, side by side, in a hurry."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.made import path

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
SEARCH = "/nl/search?q=voedselpakket&near=1080"


@BOTH
def test_a_situation_is_ticked_under_the_question_and_stays_out_of_the_address(visit, javascript):
    page = visit("/nl/", java_script_enabled=javascript, viewport={"width": 412, "height": 900})
    expect(page.locator("label[for=p-situation-free]")).to_be_hidden()
    page.fill("#q", "voedselpakket in Anderlecht")
    page.locator(".person > summary").click()
    page.check("#p-situation-free")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Toon wat past").click()
    page.wait_for_selector(".result")
    assert page.url.endswith("/nl/search")
    expect(page.locator(".chip", has_text="Ik kan niet betalen")).to_have_count(1)


@BOTH
def test_a_question_without_a_situation_has_an_address(visit, javascript):
    page = visit("/nl/", java_script_enabled=javascript)
    page.fill("#q", "voedselpakket in Anderlecht")
    page.click(".go button")
    page.wait_for_url("**/nl/search?q=voedselpakket*")
    assert page.locator(".result").count() > 5


@BOTH
def test_a_tick_that_was_read_can_be_taken_away(visit, javascript):
    page = visit("/nl/search?q=gratis+voedselpakket", java_script_enabled=javascript)
    page.locator(".person > summary").click()
    assert page.locator("#p-situation-free").is_checked()
    page.uncheck("#p-situation-free")
    page.get_by_role("button", name="Toon wat past").click()
    page.wait_for_selector(".chip.out")
    assert "Ik kan niet betalen" in page.locator(".chip.out").inner_text()


@BOTH
def test_a_sign_opens_its_reasons(visit, javascript):
    page = visit(SEARCH, java_script_enabled=javascript)
    sign = page.locator(".result").first.locator(".sign", has_text="Bruikbaar")
    sign.locator("summary").click()
    assert "Helpt bij wat je zoekt" in sign.inner_text()


@BOTH
def test_offers_are_ticked_and_stand_side_by_side(visit, javascript):
    page = visit(SEARCH, java_script_enabled=javascript)
    for place in range(3):
        page.locator(".keep input").nth(place).check()
    names = [page.locator(".result h3").nth(place).inner_text() for place in range(3)]
    page.get_by_role("button", name="Vergelijk er twee tot vier").click()
    page.wait_for_url("**/nl/compare?*")
    assert page.locator(".compare thead a").all_inner_texts() == names
    expect(page.locator(".eight-table tr")).to_have_count(8)


@pytest.mark.parametrize("width", [320, 412, 1280])
def test_a_comparison_fits_every_screen(visit, width):
    page = visit(SEARCH)
    ids = [page.locator(".keep input").nth(i).get_attribute("value") for i in range(4)]
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(page.url.split("/nl/")[0] + "/nl/compare?ids=" + ",".join(ids))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("what", ["compare", "listing", "shortlist"])
def test_it_fits_on_one_page_of_paper(visit, what):
    page = visit(SEARCH)
    ids = [page.locator(".keep input").nth(i).get_attribute("value") for i in range(3)]
    where = path("french") if what == "listing" else f"/nl/{what}?ids={','.join(ids)}"
    page.goto(page.url.split("/nl/")[0] + where)
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1


def test_a_list_is_kept_in_this_browser_until_it_is_emptied(visit):
    page = visit(SEARCH)
    expect(page.locator("[data-my-list]")).to_be_hidden()
    page.locator(".keep input").first.check()
    page.goto(page.url.split("/nl/")[0] + path("french"))
    page.get_by_role("button", name="Zet op mijn lijst").click()
    page.locator("[data-my-list]").click()
    page.wait_for_url("**/nl/shortlist?ids=*")
    expect(page.locator(".shortlist > li")).to_have_count(2)
    page.locator("textarea").first.fill("Vraag naar Fatima")
    page.reload()
    assert page.locator("textarea").first.input_value() == "Vraag naar Fatima"
    page.get_by_role("button", name="Mijn lijst leegmaken").click()
    page.wait_for_selector("[data-list-empty]")
    assert page.evaluate("localStorage.length") == 0


@BOTH
def test_a_list_is_put_in_another_order_and_made_shorter(visit, javascript):
    page = visit(SEARCH, java_script_enabled=javascript)
    for place in range(3):
        page.locator(".keep input").nth(place).check()
    page.get_by_role("button", name="Naar mijn lijst").click()
    page.wait_for_selector(".shortlist")
    first, second, _third = page.locator(".shortlist h2").all_inner_texts()
    page.get_by_role("link", name=re.compile("Omlaag")).first.click()
    page.wait_for_function("name => document.querySelector('.shortlist h2').innerText === name", arg=second)
    assert page.locator(".shortlist h2").all_inner_texts()[:2] == [second, first]
    page.get_by_role("link", name=re.compile("Van de lijst halen")).first.click()
    page.wait_for_function("document.querySelectorAll('.shortlist > li').length === 2")
    assert page.locator(".shortlist h2").first.inner_text() == first


def test_a_list_stays_the_same_in_another_language(visit):
    page = visit(SEARCH)
    ids = [page.locator(".keep input").nth(i).get_attribute("value") for i in range(2)]
    page.goto(page.url.split("/nl/")[0] + "/nl/shortlist?ids=" + ",".join(ids))
    page.locator(".tongues summary").click()
    page.locator(".tongues a[hreflang=fr]").click()
    page.wait_for_url("**/fr/shortlist?ids=*")
    expect(page.locator(".shortlist > li")).to_have_count(2)


def test_suggestions_are_chosen_by_keyboard(visit):
    page = visit("/nl/")
    page.locator("#q").press_sequentially("eten in anderl", delay=20)
    page.wait_for_selector("[role=option]")
    assert page.locator("#q").get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert page.locator("[role=option][aria-selected=true]").inner_text().startswith("eten in Anderlecht")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nl/search?q=eten+in+Anderlecht")


def test_what_is_typed_for_suggestions_stands_in_no_address(visit):
    page = visit("/nl/")
    page.locator("#q").press_sequentially("geheim", delay=20)
    page.wait_for_timeout(600)
    assert any(url.endswith("/api/v1/suggest") for url in page.asked)
    assert not [url for url in page.asked if "geheim" in url]


def test_escape_closes_suggestions_and_keeps_the_words(visit):
    page = visit("/nl/")
    page.locator("#near").press_sequentially("ande", delay=20)
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Escape")
    expect(page.locator("[role=option]:visible")).to_have_count(0)
    assert page.locator("#near").input_value() == "ande"


def test_a_page_about_violence_is_left_by_escape_pressed_twice(visit):
    page = visit("/nl/")
    page.context.route("https://www.meteo.be/**", lambda route: route.fulfill(body="<h1>Weer</h1>"))
    page.goto(page.url.split("/nl/")[0] + "/nl/search?q=mijn+man+slaat+mij")
    expect(page.get_by_role("link", name="Nu weg van deze pagina")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("https://www.meteo.be/nl")
    page.go_back()
    assert "slaat" not in page.url


def test_the_whole_way_by_keyboard(visit):
    page = visit("/nl/")

    def tab_to(script, most=200):
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate(f"(at => {script})(document.activeElement)"):
                return
        raise AssertionError(script)

    tab_to("at.name === 'q'")
    page.keyboard.type("voedselpakket in anderlecht")
    tab_to("at.matches('.person > summary')")
    page.keyboard.press("Enter")
    tab_to("at.id === 'p-situation-free'")
    page.keyboard.press("Space")
    tab_to("at.matches('.apply button')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".result")
    expect(page.locator(".chip", has_text="Ik kan niet betalen")).to_have_count(1)
    tab_to("at.matches('.result h3 a')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nl/l/*")
    tab_to("at.matches('.sign summary')")
    page.keyboard.press("Enter")
    expect(page.locator(".sign[open]")).to_have_count(1)
