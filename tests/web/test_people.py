"""The ten journeys of a person in Dutch, French and Arabic, with and without JavaScript."""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.web.made import path

pytestmark = pytest.mark.browser

QUESTIONS = {
    "nl": "voedselpakket in Anderlecht",
    "fr": "colis alimentaire à Anderlecht",
    "ar": "طرد غذائي في أندرلخت",
}
DANGER = {"nl": "mijn man slaat mij", "fr": "mon mari me frappe", "ar": "زوجي يضربني"}
PEOPLE = [(lang, script) for lang in QUESTIONS for script in (True, False)]


@pytest.fixture(
    scope="module", params=PEOPLE, ids=lambda given: f"{given[0]}{'' if given[1] else ' without script'}"
)
def person(request, chromium, address):
    """Somebody with a phone, a language, and a browser with or without JavaScript."""
    lang, script = request.param
    context = chromium.new_context(
        locale=lang, viewport={"width": 412, "height": 850}, java_script_enabled=script
    )
    page = context.new_page()
    yield SimpleNamespace(lang=lang, script=script, page=page, at=f"{address}/{lang}")
    context.close()


def ask(person, words):
    person.page.goto(f"{person.at}/")
    person.page.fill("#q", words)
    person.page.locator(".go button").click()
    person.page.wait_for_selector("#q[value]")
    person.page.wait_for_load_state()
    return person.page


def test_a_question_in_ones_own_words_leads_to_a_door(person):
    page = ask(person, QUESTIONS[person.lang])
    name = page.locator(".result h3 a").first.inner_text()
    page.locator(".result h3 a").first.click()
    page.wait_for_url("**/l/*")
    assert page.locator("h1").inner_text() == name
    assert page.locator("html").get_attribute("dir") == ("rtl" if person.lang == "ar" else "ltr")


def test_a_pictogram_leads_to_help(person):
    person.page.goto(f"{person.at}/")
    person.page.locator(".themes a[href*='theme=food']").click()
    person.page.wait_for_url("**/search?theme=food")
    assert person.page.locator(".result").count() == 20


def test_what_was_understood_is_taken_away_and_put_back(person):
    page = ask(person, QUESTIONS[person.lang])
    page.locator(".chip.need a").first.click()
    page.wait_for_url("**without=*")
    page.locator(".chip.out a").first.click()
    page.wait_for_load_state()
    expect(page.locator(".chip.need")).to_have_count(1)


def test_what_matters_changes_the_signs_and_stands_in_no_address(person):
    page = ask(person, QUESTIONS[person.lang])
    page.locator(".person > summary").click()
    page.check("#p-situation-wheelchair")
    page.locator(".asked .apply button").click()
    page.wait_for_selector(".chips button[form=go]")
    assert page.url == f"{person.at}/search"


def test_a_language_and_a_zone_make_the_list_shorter(person):
    page = ask(person, QUESTIONS[person.lang])
    page.locator(".folds > details.more:not(.person) > summary").click()
    page.select_option("#f-zone", "bxl-noord")
    page.locator(".asked .apply button").click()
    page.wait_for_url("**zone=bxl-noord*")
    assert page.locator(".chip").count() >= 2


def test_where_nothing_is_found_there_is_a_way_onward(person):
    page = ask(person, "xqzkw")
    expect(page.locator(".result")).to_have_count(0)
    page.locator(".helpful a[href*='theme=housing']").click()
    page.wait_for_url("**theme=housing*")
    assert page.locator(".result").count() > 0


def test_in_danger_there_is_a_number_above_all_and_a_way_out(person):
    page = ask(person, DANGER[person.lang])
    first = page.locator("main a[href^='tel:']").first
    assert re.fullmatch(r"tel:\d{3,10}", first.get_attribute("href"))
    assert first.locator("xpath=ancestor::section").get_attribute("class") == "crisis"
    expect(page.locator("[data-leave]")).to_be_visible()


def test_the_map_says_where(person):
    page = ask(person, QUESTIONS[person.lang])
    page.locator("a[href='#map-title']").click()
    page.wait_for_selector("#map[data-ready] .pin" if person.script else "#map svg .spot")
    expect(page.locator("#map")).to_be_visible()


def test_a_listing_says_how_to_get_there_and_who_says_so(person):
    page = person.page
    page.goto(person.at.removesuffix(f"/{person.lang}") + path("pantry", person.lang))
    expect(page.locator(".acts.large a[href^='tel:']").first).to_be_visible()
    expect(page.locator(".acts.large .route")).to_be_visible()
    page.locator("#says ~ details summary").click()
    assert page.locator(".says tbody tr").count() > 5


def test_a_list_of_ones_own_is_made_moved_and_read_in_another_language(person):
    page = ask(person, QUESTIONS[person.lang])
    for place in range(2):
        page.locator(".keep input").nth(place).check()
    page.locator("#chosen button.main").click()
    page.wait_for_url("**/shortlist?*")
    names = page.locator(".shortlist h2").all_inner_texts()
    page.locator(".acts a[href*='ids=']", has=page.locator("use[href$='#down']")).first.click()
    page.wait_for_function(
        "name => document.querySelector('.shortlist h2')?.innerText === name", arg=names[1]
    )
    page.locator(".tongues summary").click()
    page.locator(".tongues a[hreflang=en]").click()
    page.wait_for_url("**/en/shortlist?*")
    assert page.locator(".shortlist h2").all_inner_texts() == names[::-1]
