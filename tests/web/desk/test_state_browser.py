"""The state of a zone in a real browser: without fault for axe, on a small screen, from right to left."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.looking import FAINT, STICKS_OUT
from tests.web.test_every_page import ALL, violations
from tests.web.test_markup import judge


@pytest.fixture
def open_state(enter_as, coordinator, counted):
    """A function from a language to the page, signed in, in a browser."""
    return lambda lang, **options: enter_as(coordinator, f"/{lang}/desk/state/bxl-zuid", **options)


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["nl", pytest.param("ar", marks=pytest.mark.slow)])
def test_axe_finds_nothing(open_state, lang):
    assert violations(open_state(lang), ALL) == []


@pytest.mark.browser
def test_words_stand_out_in_the_dark(open_state):
    assert open_state("nl", color_scheme="dark").evaluate(FAINT) == []


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["nl", "ar"])
def test_nothing_sticks_out_of_a_small_screen(open_state, lang):
    assert open_state(lang, viewport={"width": 320, "height": 600}).evaluate(STICKS_OUT) == []


@pytest.mark.browser
def test_another_need_is_chosen_for_the_map_without_script(open_state):
    page = open_state("nl", java_script_enabled=False)
    page.select_option("#need", "food.meal")
    page.click("form:has(#need) button")
    assert page.locator("#need").input_value() == "food.meal"
    expect(page.locator("svg.sketch title")).to_have_count(1)


@pytest.mark.browser
def test_a_table_is_taken_along_as_a_file(open_state):
    page = open_state("nl")
    with page.expect_download() as taken:
        page.click("section[aria-labelledby=figures] a[download]")
    assert taken.value.suggested_filename == "nabij-bxl-zuid-figures-2026-11-24.csv"


@pytest.mark.markup
@pytest.mark.parametrize("lang", ["nl", "ar"])
def test_the_markup_is_as_the_standard_has_it(desk_client, counted, tmp_path, lang):
    boss = desk_client("administrator")
    for name, address in (("choose", ""), ("zone", "/bxl-zuid"), ("need", "/bxl-zuid?need=food.meal")):
        text = boss.get(f"/{lang}/desk/state{address}").get_data(as_text=True)
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    assert {name: said for name, said in judge(tmp_path).items() if said} == {}
