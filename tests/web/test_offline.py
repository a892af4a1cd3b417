"""Reading without a network, in a real Chromium whose network is cut; and what is never kept."""

import json
import re

import pytest

from tests.web.made import SECRET_STREET, path

IDS = ",".join(path(key).rpartition("/")[2] for key in ("pantry", "french"))
ZONE = "/nl/zones/bxl-noord"
SETTLES_MS = 1_000  # a browser that has just begun to keep something does not find it yet


def kept(page):
    """Every address that the browser keeps."""
    return page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
           (await (await caches.open(name)).keys()).map((each) => each.url)))).flat()"""
    )


def wait_until_kept(page, end):
    """Until an address that ends so is kept whole: it is listed already while its text still comes in."""
    page.wait_for_function(
        """async (end) => {
             for (const name of await caches.keys()) {
               const cache = await caches.open(name);
               for (const each of await cache.keys())
                 if (each.url.endsWith(end) && (await (await cache.match(each))?.text())) return true;
             }
             return false;
           }""",
        arg=end,
    )


@pytest.fixture
def settled(visit):
    """A function to a page that the worker has kept, with the page for when there is no network."""

    def open_page(where, lang="nl"):
        page = visit(where)
        wait_until_kept(page, f"/{lang}/offline")
        wait_until_kept(page, where)
        page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")
        page.wait_for_load_state("networkidle")
        (worker,) = page.context.service_workers
        held = "async (address) => Boolean(await (await caches.match(address))?.text())"
        for address in (page.url, f"{page.url.split(f'/{lang}/')[0]}/{lang}/offline"):
            assert worker.evaluate(held, address), address
        page.wait_for_timeout(SETTLES_MS)
        return page

    return open_page


@pytest.mark.browser
@pytest.mark.parametrize(
    ("where", "words"),
    [(path("pantry"), "Voedselpakketten"), (ZONE, "Noord"), (f"/nl/shortlist?ids={IDS}", "Mijn lijst")],
)
def test_what_was_looked_at_is_there_without_a_network(settled, where, words):
    page = settled(where)
    page.context.set_offline(True)
    page.goto(page.url)
    assert words in page.locator("h1").inner_text() + page.locator("main").inner_text()
    styled = page.evaluate("getComputedStyle(document.querySelector('.top')).borderBottomStyle")
    assert styled == "solid"


@pytest.mark.browser
@pytest.mark.parametrize(("lang", "words"), [("nl", "Zonder internet"), ("fr", "Sans internet")])
def test_a_search_without_a_network_is_told_kindly_in_the_language_of_the_visitor(settled, lang, words):
    page = settled(path("pantry", lang), lang)
    page.context.set_offline(True)
    page.goto(page.url.split(f"/{lang}/")[0] + f"/{lang}/search?q=huur")
    assert page.locator("h1").inner_text() == words


@pytest.mark.browser
def test_a_form_without_a_network_is_told_kindly(settled):
    page = settled(path("pantry"))
    page.goto(page.url.split("/nl/")[0] + "/nl/")
    page.context.set_offline(True)
    page.locator(".person > summary").click()
    page.check("#p-situation-free")
    page.fill("#q", "huur")
    page.locator("#q").press("Enter")
    page.wait_for_selector("[data-kept-pages] a")
    assert page.locator("[data-kept-pages] a").all_inner_texts() == ["Voedselpakketten"]


@pytest.mark.browser
def test_a_search_is_never_kept(settled):
    page = settled(path("pantry"))
    start = page.url.split("/nl/")[0]
    for where in ("/nl/search?q=huur", "/nl/", "/nl/search?zone=bxl-noord", path("french")):
        page.goto(start + where)
    wait_until_kept(page, path("french"))
    assert [each for each in kept(page) if "search" in each or "huur" in each] == []


@pytest.mark.browser
def test_a_page_about_violence_is_never_kept(settled):
    page = settled(path("pantry"))
    page.goto(page.url.split("/nl/")[0] + path("hidden"))
    page.goto(page.url.split("/nl/")[0] + path("french"))
    wait_until_kept(page, path("french"))
    assert [each for each in kept(page) if path("hidden") in each] == []


@pytest.mark.browser
def test_a_page_about_violence_brings_no_worker(visit):
    page = visit(path("hidden"))
    page.wait_for_timeout(300)
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


@pytest.mark.browser
def test_leaving_quickly_empties_what_is_kept(settled):
    page = settled(path("pantry"))
    start = page.url.split("/nl/")[0]
    page.route("https://www.meteo.be/**", lambda route: route.fulfill(body="weather"))
    page.goto(start + path("hidden"))
    page.locator("[data-leave]").click()
    page.wait_for_url("https://www.meteo.be/**")
    other = page.context.new_page()
    other.goto(start + "/sw.js")
    other.wait_for_function("() => caches.keys().then((names) => names.length === 0)")
    assert kept(other) == []


@pytest.mark.browser
def test_what_is_kept_is_forgotten_at_the_press_of_a_button(settled):
    page = settled(path("pantry"))
    page.evaluate("localStorage.setItem('nabij-list', JSON.stringify({ids: ['x'], remarks: {}}))")
    page.goto(page.url.split("/nl/")[0] + "/nl/about")
    page.get_by_role("button", name="Vergeet wat hier bewaard is").click()
    page.wait_for_selector("[data-forgotten]:not([hidden])")
    assert kept(page) == []
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.browser
def test_one_zone_is_kept_whole(visit):
    page = visit("/nl/zones/elz-demerland")
    page.get_by_role("button", name="Bewaar deze zone").click()
    page.locator(".keep-zone [role=status]", has_text="Deze zone is bewaard").wait_for()
    wait_until_kept(page, "/nl/offline")
    page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")
    page.context.set_offline(True)
    page.goto(page.url + "/all")
    offers = page.locator("[data-offer]")
    name = offers.last.inner_text()
    offers.last.click()
    page.wait_for_url("**/l/*")
    assert page.locator("h1").inner_text() == name


@pytest.mark.browser
def test_an_older_zone_makes_room_for_the_next(visit):
    page = visit("/nl/zones/elz-demerland")
    start = page.url.split("/nl/")[0]
    page.route("**/nl/l/*", lambda route: route.fulfill(content_type="text/html", body="<h1>Hulp</h1>"))
    for zone in ("elz-demerland", "elz-haspengouw"):
        page.goto(f"{start}/nl/zones/{zone}")
        page.get_by_role("button", name="Bewaar deze zone").click()
        page.locator(".keep-zone [role=status]", has_text="Deze zone is bewaard").wait_for()
    held = page.evaluate(
        "caches.open('nabij-zone').then((c) => c.keys()).then((all) => all.map((e) => e.url))"
    )
    assert [each for each in held if "/zones/" in each] == [
        f"{start}/nl/zones/elz-haspengouw/all",
        f"{start}/nl/zones/elz-haspengouw",
    ]


@pytest.mark.browser
def test_the_browser_has_nothing_to_say_about_it(settled):
    assert settled(path("pantry")).said == []


def test_all_help_of_a_zone_stands_on_one_page(page):
    told = page(f"{ZONE}/all")
    assert f'href="{path("pantry")}"' in told
    assert len(re.findall("data-offer", told)) > 50


def test_help_with_violence_does_not_stand_there(page):
    told = page(f"{ZONE}/all")
    assert path("hidden") not in told
    assert SECRET_STREET not in told
    assert "Hulp bij geweld staat hier niet" in told


def test_an_unknown_zone_has_no_such_page(client):
    assert client.get("/nl/zones/nowhere/all").status_code == 404


@pytest.mark.parametrize("where", [path("hidden"), "/nl/search?q=mijn+man+slaat+mij"])
def test_nothing_about_violence_stays_on_the_device(client, where):
    assert client.get(where).headers["Cache-Control"] == "no-store"


def test_the_worker_is_asked_anew_each_time(client):
    answer = client.get("/sw.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype in ("text/javascript", "application/javascript")


@pytest.mark.parametrize(("lang", "direction"), [("nl", "ltr"), ("ar", "rtl")])
def test_the_pages_can_be_installed_in_a_language(client, lang, direction):
    held = json.loads(client.get(f"/{lang}/app.webmanifest").get_data())
    assert (held["lang"], held["dir"], held["start_url"]) == (lang, direction, f"/{lang}/")
    for sign in held["icons"]:
        assert client.get(sign["src"]).mimetype == sign["type"]


def test_worker_and_manifest_come_from_us_alone(client):
    policy = client.get("/nl/").headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy
