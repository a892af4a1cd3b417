"""Every page in every state in a real browser: the rules of WCAG, both schemes, small screens, large text."""

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe

from service.database.accounts import attempt
from service.database.session import writing
from service.i18n.locales import interface
from tests.web.looking import CUT, FAINT, SPACED, STICKS_OUT, WITH_STYLE
from tests.web.showing import WINDOW, Showing
from tests.web.states import STATES

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def forgiven(app):
    """The same letter is asked for in many languages; what was tried too often is forgiven after each."""
    yield
    with writing(app.extensions["database"]) as connection:
        connection.execute(sa.delete(attempt))


AXE = Axe()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
ALL = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
TWICE = {"question", "results", "listing with all open"}


def violations(page, options):
    """What axe-core holds against a page: the rule, and the first places where it is broken."""
    found = AXE.run(page, options=options).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:160]} {node['failureSummary']}"
        for each in found
        for node in each["nodes"][:3]
    ]


@pytest.fixture(scope="module", params=STATES, ids=lambda state: state.name)
def shown(request, chromium, address):
    """The page in one state, in Dutch; the tests of a state share it."""
    with Showing(chromium, address) as showing:
        yield showing.open(request.param, "nl")


def test_axe_finds_nothing(shown):
    assert violations(shown, ALL) == []


def test_words_stand_out_in_the_dark(shown):
    shown.emulate_media(color_scheme="dark")
    found = shown.evaluate(FAINT)
    shown.emulate_media(color_scheme="light")
    assert found == []


def test_nothing_sticks_out_at_four_hundred_percent(shown):
    """A window of 1280 pixels at 400 % is 320 pixels wide."""
    shown.set_viewport_size({"width": 320, "height": 256})
    found = shown.evaluate(STICKS_OUT)
    shown.set_viewport_size(WINDOW)
    assert found == []


@pytest.mark.slow
def test_letters_of_twice_the_size_are_cut_nowhere(shown):
    shown.evaluate("document.documentElement.style.fontSize = '200%'")
    found = shown.evaluate(STICKS_OUT) + shown.evaluate(CUT)
    shown.evaluate("document.documentElement.style.fontSize = ''")
    assert found == []


@pytest.mark.slow
def test_more_room_between_letters_cuts_nothing(shown):
    """Text spacing as WCAG 1.4.12 has it."""
    shown.evaluate(WITH_STYLE, SPACED)
    found = shown.evaluate(CUT)
    shown.evaluate(WITH_STYLE, "")
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", [each.code for each in interface()])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_axe_finds_nothing_in_any_language(chromium, address, state, lang, scheme):
    with Showing(chromium, address, color_scheme=scheme) as showing:
        assert violations(showing.open(state, lang), ALL) == []


@pytest.mark.parametrize("lang", ["fr", "ar"])
@pytest.mark.parametrize("state", [s for s in STATES if s.name in TWICE], ids=lambda state: state.name)
def test_axe_finds_nothing_in_another_language(chromium, address, state, lang):
    with Showing(chromium, address, color_scheme="dark") as showing:
        assert violations(showing.open(state, lang), ALL) == []
