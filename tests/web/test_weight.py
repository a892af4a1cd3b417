"""What a page weighs for who comes for the first time: bytes over the line, as the browser counts them."""

import pytest

from tests.web.made import path
from tests.web.showing import WINDOW
from tests.web.states import IDS

pytestmark = pytest.mark.browser

WITHOUT_MAP = 60_000
WITH_MAP = 250_000
OF_THE_MAP = ("leaflet", "/map/")
PAGES = {
    "question": "/nl/",
    "results": "/nl/search?q=voedselpakket+in+Anderlecht",
    "listing": path("many"),
    "side by side": "/nl/compare?ids=" + IDS,
    "my list": "/nl/shortlist?ids=" + IDS,
    "zones": "/nl/zones",
    "care zone": "/nl/zones/bxl-noord",
    "sources": "/nl/sources",
}


@pytest.fixture(scope="module", params=PAGES, ids=PAGES)
def loaded(request, chromium, address):
    """Bytes by address of all that a page asks for, in a browser that has nothing yet, with its map on."""
    context = chromium.new_context(locale="nl-BE", viewport=WINDOW)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    asked, bytes_of = {}, {}
    line.on(
        "Network.requestWillBeSent", lambda told: asked.update({told["requestId"]: told["request"]["url"]})
    )
    line.on(
        "Network.loadingFinished",
        lambda told: bytes_of.update({asked[told["requestId"]]: told["encodedDataLength"]}),
    )
    page.goto(address + PAGES[request.param])
    if page.locator("#map").count():
        page.locator("#map").scroll_into_view_if_needed()
        page.wait_for_selector("#map[data-ready]")
    page.wait_for_load_state("networkidle")
    yield bytes_of
    context.close()


def is_map(url):
    return any(part in url for part in OF_THE_MAP)


def test_it_is_light_without_the_map(loaded):
    assert sum(size for url, size in loaded.items() if not is_map(url)) <= WITHOUT_MAP


def test_it_is_light_with_the_map(loaded):
    assert sum(loaded.values()) <= WITH_MAP


def test_it_asks_nobody_else(loaded, address):
    assert [url for url in loaded if not url.startswith(address + "/")] == []
