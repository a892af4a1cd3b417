"""The list of today in a real browser: by keyboard, without script, on a small screen, clean for axe."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from service.catalogue.tasks.corrections import report
from service.catalogue.tasks.questions import Question, ask
from service.catalogue.tasks.refresh import refresh_tasks
from service.database.claims import PUBLISHED, listing
from service.database.session import connect_engine, writing
from service.database.tasks import task
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import CITY, listing_id
from tests.web.looking import FAINT, STICKS_OUT
from tests.web.test_every_page import ALL, violations
from tests.web.test_markup import judge

pytestmark = pytest.mark.browser

TODAY = "/{lang}/desk/"
NOW_AT = "document.activeElement.closest('[data-item]') && document.activeElement.id"


@pytest.fixture
def tasks(settings):
    """One task of every kind and some listings to be checked; gives a function to how many wait."""
    engine = connect_engine(settings)
    refresh_tasks(engine, FROZEN)
    proposals = {"service.name@nl": "Voedselpakketten en soep"}
    pantry, many, french = (listing_id(key) for key in ("pantry", "many", "french"))
    refused = {"source": "zone-list", "run": str(pantry), "column": "phone", "reason": "x", "rows": 0}
    sought = {"need": "food.parcel", "municipality": "21004", "searches": 31, "b": "betaalbaar"}
    questions = [
        Question(
            "correction", "t:1", many, about={"what": "other", "role": "provider", "proposals": proposals}
        ),
        Question("bounce", "t:2", many, key="contact.email", about={"told": "550 no such user"}),
        Question("phone_round", "t:3", pantry, about={"asked": "mail"}),
        Question(
            "dead_link", "t:4", french, key="contact.website", about={"address": "https://weg.example.be"}
        ),
        Question("need_gap", "t:5", about=sought, codes=(["bxl-noord"], ["food.parcel"])),
        Question("duplicate", "t:6", pantry, listing_id("elsewhere", CITY), about={"rule": "x"}),
        Question("contradiction", "t:7", pantry, key="schedule.opening_hours", about={"between": "sources"}),
        Question("rejected_row", "t:8", about=refused),
        Question("gap", "t:9", french),
    ]
    with writing(engine) as connection:
        report(connection, pantry, "hours", "Op vrijdag tot 11 uur", "an@x.example.be", FROZEN)
        ask(connection, questions, FROZEN)
        reasons = {"base": 4, "searches": 23, "age": "stale", "unknown": ["price", "step_free"]}
        connection.execute(task.update().values(worth=task.c.worth + 50).where(task.c.kind != "due_check"))
        connection.execute(task.update().values(reasons=reasons).where(task.c.topic == "t:3"))
        before = list(connection.scalars(sa.select(listing.c.id).where(listing.c.state == PUBLISHED)))
    assert before

    def waiting():
        with engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.count()).where(task.c.state == "open"))

    yield waiting
    with writing(engine) as connection:
        connection.execute(task.delete())
    engine.dispose()


@pytest.fixture
def enter(enter_as, desk_client, tasks):
    """A function from a language to the page of an administrator in a browser."""
    desk = desk_client("administrator")
    return lambda lang="nl", **options: enter_as(desk, TODAY.format(lang=lang), **options)


def open_all(page):
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    return page


def press(page, letter):
    """A key, and the wait until the answer stands in the list."""
    with page.expect_response(lambda answer: "/task/" in answer.url):
        page.keyboard.press(letter)
    page.wait_for_selector("[aria-busy=true]", state="detached")


@pytest.mark.parametrize("lang", ["nl", pytest.param("ar", marks=pytest.mark.slow)])
def test_axe_finds_nothing(enter, lang):
    assert violations(open_all(enter(lang)), ALL) == []


def test_axe_finds_nothing_after_an_answer(enter):
    page = enter()
    page.keyboard.press("j")
    press(page, "z")
    assert violations(page, ALL) == []


def test_words_stand_out_in_the_dark(enter):
    assert open_all(enter(color_scheme="dark")).evaluate(FAINT) == []


@pytest.mark.parametrize("lang", ["nl", "ar"])
def test_nothing_sticks_out_of_a_small_screen(enter, lang):
    assert open_all(enter(lang, viewport={"width": 320, "height": 600})).evaluate(STICKS_OUT) == []


@pytest.mark.markup
def test_markup_is_as_the_standard_has_it(enter, tmp_path, desk_client):
    desk = desk_client("administrator")
    text = desk.get("/nl/desk/").get_data(as_text=True)
    (tmp_path / "today.html").write_text(text, encoding="utf-8")
    assert judge(tmp_path).get("today", []) == []


def test_j_and_k_go_from_task_to_task(enter):
    page = enter()
    places = []
    for letter in "jjk":
        page.keyboard.press(letter)
        places.append(page.evaluate(NOW_AT))
    assert places[0] == places[2]
    assert places[0] != places[1]


def test_twenty_tasks_are_put_off_by_twenty_keys_and_the_focus_goes_along(enter, tasks):
    page, before = enter(), tasks()
    page.keyboard.press("j")
    for _ in range(20):
        press(page, "z")
    assert (tasks(), page.said) == (before - 20, [])


def test_what_was_done_is_said_politely_and_taken_back_by_a_key(enter, tasks):
    page, before = enter(), tasks()
    page.keyboard.press("j")
    press(page, "z")
    assert page.locator("[data-say]").text_content().startswith("Uitgesteld tot")
    press(page, "u")
    assert page.locator("[data-say]").text_content() == "Het wacht weer, zoals eerst."
    assert tasks() == before


def test_a_fact_is_changed_by_keyboard_with_a_fault_told_first(enter):
    page = enter()
    place = page.locator("[data-item]:has([data-key=p])").first
    place.locator(".task").focus()
    page.keyboard.press("c")
    page.keyboard.press("Control+a")
    page.keyboard.type("altijd")
    press(page, "Enter")
    expect(page.locator("[role=alert]")).to_have_count(1)
    page.keyboard.press("Control+a")
    page.keyboard.type("Mo-Fr 09:00-10:00")
    press(page, "Enter")
    assert "Gewijzigd" in page.locator("[data-say]").text_content()


def test_a_letter_typed_in_a_field_is_a_letter(enter, tasks):
    page, before = enter(), tasks()
    place = page.locator("[data-item]:has([data-key=p])").first
    place.locator(".task").focus()
    page.keyboard.press("c")
    page.keyboard.type("zzz")
    assert tasks() == before


def test_single_keys_can_be_turned_off_and_stay_so(enter, tasks):
    page, before = enter(), tasks()
    page.locator("#keys").uncheck()
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("z")
    assert (tasks(), page.evaluate(NOW_AT)) == (before, None)
    expect(page.locator("kbd:visible")).to_have_count(0)


def test_without_script_the_list_comes_back_with_what_was_done(enter, tasks):
    page, before = enter(java_script_enabled=False), tasks()
    page.locator("button[value='snooze:week']").first.click()
    assert page.url.endswith("#done")
    assert page.locator("#done").inner_text().startswith("Uitgesteld tot")
    page.locator("#done button").click()
    assert tasks() == before
