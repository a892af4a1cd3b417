"""Work on many offers, tips and zones in a real browser: clean for axe, on a small screen, a whole round."""

from __future__ import annotations

from uuid import UUID

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from service.catalogue.edits import edits_of, withdraw_edit
from service.database.composition import zone_change
from service.database.notes import worker_note
from service.database.session import connect_engine, writing
from service.desk.bulk.compare import Change, Compared, Rejected
from service.desk.bulk.plans import plan_import
from service.desk.composition.decide import propose
from service.desk.notes import write_note
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import listing_id
from tests.web.looking import FAINT, STICKS_OUT
from tests.web.test_every_page import ALL, violations
from tests.web.test_markup import judge

pytestmark = pytest.mark.browser

PANTRY = listing_id("pantry")


@pytest.fixture
def boss(desk_client):
    return desk_client("administrator")


@pytest.fixture
def places(boss, settings):
    """Addresses of every page in its states, by name; what was made for them goes afterwards."""
    engine = connect_engine(settings)
    changes = [
        Change(PANTRY, "service.languages", None, ["nl", "ar"]),
        Change(PANTRY, "phone.numbers", ["+3222123456"], None, ["+3222123499"], is_conflict=True),
    ]
    rejected = [Rejected(3, "service.minimum_age", "volwassen", "This is a formula.", "a whole number")]
    compared = Compared(changes, rejected, 2, ["Mijn nota's"])
    with writing(engine) as connection:
        preview = plan_import(connection, boss.person, "zone.xlsx", compared, FROZEN)
        write_note(connection, boss.person, PANTRY, "Bel eerst.", language="nl", months=3, now=FROZEN)
        change = propose(
            connection, boss.person, zone="bxl-zuid", kind="brussels_care_zone", nis="21004",
            postal_codes=["1020"], part="Laken", from_day=FROZEN.date(), source="Iriscare", now=FROZEN,
        )  # fmt: skip
    yield {
        "list": "/{lang}/desk/listings?zone=bxl-noord",
        "list, nothing": "/{lang}/desk/listings?words=xqzkw",
        "list, a fault": "/{lang}/desk/listings?zone=bxl-noord&fault=selection",
        "preview": f"/{{lang}}/desk/bulk/preview/{preview}",
        "spreadsheet": "/{lang}/desk/spreadsheet?zone=bxl-noord",
        "calls": "/{lang}/desk/bulk/round?zone=bxl-noord&words=v",
        "tips": f"/{{lang}}/desk/tips/{PANTRY}",
        "offer with tips": f"/{{lang}}/l/{PANTRY}",
        "zones": "/{lang}/desk/zones",
        "a change": f"/{{lang}}/desk/zones/change/{change}",
        "a zone": "/{lang}/desk/zones/bxl-noord",
        "zone of an offer": f"/{{lang}}/desk/zone-of/{PANTRY}",
    }
    with writing(engine) as connection:
        connection.execute(sa.delete(worker_note))
        connection.execute(sa.delete(zone_change))
        for edit in edits_of(connection, UUID(str(PANTRY))):
            if edit.withdrawn_at is None:
                withdraw_edit(connection, edit.id, by="test", why="test", now=FROZEN)
    engine.dispose()


@pytest.fixture
def enter(enter_as, boss):
    """A function from an address to its page, in a browser that is signed in."""
    return lambda where, lang="nl", **options: enter_as(boss, where.format(lang=lang), **options)


def test_axe_finds_nothing_on_any_page(enter, places):
    found = {}
    for name, where in places.items():
        page = enter(where)
        page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
        found[name] = violations(page, ALL)
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.slow
def test_nothing_sticks_out_on_a_small_screen_from_either_side(enter, places):
    found = {}
    for name, where in places.items():
        for lang in ("nl", "ar"):
            page = enter(where, lang, viewport={"width": 320, "height": 600})
            found[name, lang] = page.evaluate(STICKS_OUT)
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.slow
def test_words_stand_out_in_the_dark(enter, places):
    found = {name: enter(where, color_scheme="dark").evaluate(FAINT) for name, where in places.items()}
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.markup
def test_the_markup_is_clean(boss, places, tmp_path):
    for name, where in places.items():
        answer = boss.get(where.format(lang="nl"))
        (tmp_path / f"{name}.html").write_text(answer.get_data(as_text=True), encoding="utf-8")
    assert {name: told for name, told in judge(tmp_path).items() if told} == {}


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_ten_offers_get_a_language_and_lose_it_again(enter, places, script):
    page = enter("/{lang}/desk/listings?words=voedselpakketten", java_script_enabled=script)
    if script:
        page.locator("#page").check()
    else:
        page.locator(".bulk-box").first.check()
    page.locator("#language").select_option("so")
    page.get_by_role("button", name="Taal toevoegen").click()
    assert "Er is nog niets gebeurd" in page.locator("main").inner_text()
    assert "Somalisch" in page.locator("main").inner_text()
    page.get_by_role("button", name="Doe dit").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.get_by_role("button", name="Alles ongedaan maken").click()
    assert "Dit is allemaal ongedaan gemaakt" in page.locator("main").inner_text()


def test_an_organization_stays_on_one_page_of_paper(enter, places):
    page = enter(places["calls"])
    page.emulate_media(media="print")
    breaks = page.locator(".call").evaluate_all(
        "all => all.map((each) => getComputedStyle(each).breakInside)"
    )
    assert set(breaks) == {"avoid"}
    assert page.get_by_role("button", name="Afdrukken").is_hidden()
