"""The room of letters in a real browser: without fault for axe, on a small screen, from right to left."""

from __future__ import annotations

import pytest

from tests.web.looking import STICKS_OUT
from tests.web.test_every_page import ALL, violations

pytestmark = pytest.mark.browser

CHOICE = "?zone=bxl-noord&need=food&freshness=all"


@pytest.fixture
def open_room(enter_as, desk_client):
    """A function from an address below the desk to the page, signed in as administrator."""
    desk = desk_client("administrator")
    return lambda where, lang="nl", **options: enter_as(desk, f"/{lang}/desk{where}", **options)


@pytest.mark.parametrize(
    ("where", "lang"),
    [("/letters", "nl"), ("/letters", "ar"), (f"/letters/new{CHOICE}", "nl"), ("/mailbox", "nl")],
)
def test_axe_finds_nothing_and_nothing_sticks_out(open_room, where, lang):
    page = open_room(where, lang)
    assert violations(page, ALL) == []
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.evaluate(STICKS_OUT) == []
