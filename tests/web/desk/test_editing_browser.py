"""Changing a listing in a real browser: by keyboard, without script, on a small screen, clean for axe."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import expect

from service.catalogue.edits import state_edit
from service.database.session import connect_engine, writing
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import listing_id
from tests.web.desk.test_editing import fields_of
from tests.web.looking import FAINT, STICKS_OUT
from tests.web.test_every_page import ALL, violations
from tests.web.test_markup import judge

pytestmark = pytest.mark.browser

MANY = listing_id("many")
FORM = f"/{{lang}}/desk/l/{MANY}"
PAGES = {
    "form": FORM,
    "form with hours that no row shows": f"/{{lang}}/desk/l/{listing_id('pantry')}",
    "form of a hidden address": f"/{{lang}}/desk/l/{listing_id('hidden')}",
    "history": FORM + "/history",
    "new": "/{lang}/desk/new",
    "side by side": f"/{{lang}}/desk/merge?one={MANY}&other={listing_id('pantry')}",
    "the same as another": f"/{{lang}}/desk/merge?one={MANY}",
}


@pytest.fixture(scope="module", autouse=True)
def odd_hours(settings):
    """The pantry has hours that the editor cannot show."""
    engine = connect_engine(settings)
    with writing(engine) as connection:
        state_edit(
            connection, listing_id("pantry"), "schedule.opening_hours", "Mo[1] 14:00-16:00", by="Amina",
            why="asked", now=FROZEN,
        )  # fmt: skip
    engine.dispose()


@pytest.fixture
def enter(enter_as, desk_client):
    """A function from an address to the page, signed in as an administrator, in a browser."""
    return partial(enter_as, desk_client("administrator"))


def open_all(page):
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    return page


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(enter, name):
    assert violations(open_all(enter(PAGES[name].format(lang="nl"))), ALL) == []


@pytest.mark.slow
def test_axe_finds_nothing_from_right_to_left(enter):
    assert violations(open_all(enter(FORM.format(lang="ar"))), ALL) == []


def to_faults(page):
    page.fill("#f-contact-email", "geen adres")
    page.click("button[name=act][value=save] >> visible=true")
    page.wait_for_selector("#faults")
    return page


def to_preview(page):
    page.select_option("#f-cost_option-kind", "free")
    page.click(".edit-save button[value=look]")
    page.wait_for_selector(".edit-preview")
    return page


def test_axe_finds_nothing_where_something_is_wrong(enter):
    assert violations(to_faults(enter(FORM.format(lang="nl"))), ALL) == []


def test_axe_finds_nothing_in_the_preview(enter):
    assert violations(to_preview(enter(FORM.format(lang="nl"))), ALL) == []


def test_the_summary_of_faults_has_the_focus_without_script(enter):
    page = to_faults(enter(FORM.format(lang="nl")))
    assert page.evaluate("document.activeElement.id") == "faults"


@pytest.mark.parametrize("lang", ["nl", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out_of_a_small_screen(enter, name, lang):
    page = open_all(enter(PAGES[name].format(lang=lang), viewport={"width": 320, "height": 700}))
    assert page.evaluate(STICKS_OUT) == []


def test_words_stand_out_in_the_dark(enter):
    assert open_all(enter(FORM.format(lang="nl"), color_scheme="dark")).evaluate(FAINT) == []


@pytest.mark.markup
def test_the_markup_is_as_the_standard_has_it(desk_client, tmp_path):
    desk = desk_client("administrator")
    for name, where in PAGES.items():
        text = desk.get(where.format(lang="nl")).get_data(as_text=True)
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    address = FORM.format(lang="nl")
    sent = fields_of((tmp_path / "form.html").read_text(encoding="utf-8"))
    for name, more in (("look", {"f.cost_option.kind": "free"}), ("save", {"f.contact.email": "geen"})):
        text = desk.post(address, sent | more | {"act": name}).get_data(as_text=True)
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    assert {name: said for name, said in judge(tmp_path).items() if said} == {}


@pytest.mark.parametrize("script", [True, False])
def test_hours_are_changed_previewed_and_saved(enter, script):
    page = enter(f"/nl/desk/l/{listing_id('old')}", java_script_enabled=script)
    page.fill("[name='h.We.0.from']", "13u")
    page.fill("[name='h.We.0.to']", "16.30")
    page.check("#how-phone")
    page.click(".edit-save button[value=look]")
    expect(page.locator("#nl-when")).to_be_visible()
    assert "13:00" in page.locator(".edit-preview").first.inner_text()
    page.click("button[value=save]")
    expect(page.locator(".note.good")).to_be_visible()
    assert page.locator("[name='h.We.0.from']").input_value() == "13:00"
    assert "woensdag: 13:00" in page.locator(".read-back").inner_text()


def test_by_keyboard_alone(enter):
    page = enter(FORM.format(lang="nl"))
    page.locator("#f-cost_option-note").focus()
    page.keyboard.type("een euro voor wie kan")
    page.locator("#how-none").focus()
    page.keyboard.press("ArrowRight")  # round to the first way: called
    page.keyboard.press("Tab")
    page.keyboard.type("gebeld met het onthaal")
    page.keyboard.press("Enter")  # what Enter does is the careful thing: look first
    page.wait_for_selector(".edit-preview")
    page.locator("button[value=save]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".note.good")
    assert page.locator("#f-cost_option-note").input_value() == "een euro voor wie kan"


def test_the_pin_moves_by_keyboard(enter):
    page = enter(FORM.format(lang="nl"))
    before = page.locator("#f-location-point").input_value()
    page.locator("#edit-map").scroll_into_view_if_needed()
    page.wait_for_selector("#edit-map[data-ready]")
    page.locator("#edit-map .pin").focus()
    page.keyboard.press("ArrowUp")
    after = page.locator("#f-location-point").input_value()
    assert after != before
    assert page.said == []
