"""By keyboard alone: an order that follows the page, a focus that is seen, and nothing that holds it."""

import pytest
from playwright.sync_api import expect

from tests.web.made import path
from tests.web.showing import WINDOW

pytestmark = pytest.mark.browser

SEARCH = "/nl/search?q=voedselpakket+in+Anderlecht&per_page=5"
PAGES = {
    "question": "/nl/",
    "results": SEARCH,
    "listing": path("pantry"),
    "list": "/nl/shortlist",
    "zone": "/nl/zones/bxl-noord",
    "sign-in": "/nl/desk/sign-in",
}

WALK = """
() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const box = at.getBoundingClientRect();
  const label = at.matches('input[type=checkbox]') ? at.labels[0] ?? at : at;
  const ring = getComputedStyle(label);
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const on = document.elementFromPoint(x, y);
  return {
    what: `${at.tagName} ${at.className} ${(at.textContent || at.name || '').trim().slice(0, 30)}`,
    ring: ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    free: !on || at.contains(on) || on.contains(at) || label.contains(on),
    place: [...document.querySelectorAll('*')].indexOf(at),
    inMap: Boolean(at.closest('#map')),
  };
}"""


@pytest.fixture(scope="module", params=PAGES, ids=PAGES)
def walked(request, chromium, address):
    """Every stop of the Tab key on a page, from the first to the last."""
    context = chromium.new_context(locale="nl-BE", viewport=WINDOW, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + PAGES[request.param])
    page.wait_for_load_state("networkidle")
    stops = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(WALK)
        if stop is None or (stops and stop["place"] == stops[0]["place"]):
            break
        stops.append(stop)
    yield stops
    context.close()


def test_the_keys_go_through_the_whole_page(walked):
    assert walked[0]["what"].startswith("A skip")
    assert "Bronnen" in walked[-1]["what"]


def test_the_order_is_that_of_the_page(walked):
    places = [stop["place"] for stop in walked if not stop["inMap"]]
    assert places == sorted(places)


def test_where_one_is_has_a_ring(walked):
    assert [stop["what"] for stop in walked if not stop["ring"]] == []


def test_where_one_is_stands_in_the_window(walked):
    assert [stop["what"] for stop in walked if not stop["seen"]] == []


def test_nothing_lies_over_where_one_is(walked):
    assert [stop["what"] for stop in walked if not stop["free"]] == []


def test_a_chip_is_removed_with_a_key(visit):
    page = visit(SEARCH)
    page.locator(".chip.need a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**without=*")
    expect(page.locator(".chip.out")).to_have_count(1)


def test_what_folds_opens_and_shuts_with_a_key(visit):
    page = visit("/nl/")
    page.locator(".person > summary").focus()
    for wanted in (1, 0):
        page.keyboard.press("Enter")
        expect(page.locator(".person[open]")).to_have_count(wanted)


def test_a_map_is_entered_and_left_with_keys(visit):
    page = visit(SEARCH)
    page.wait_for_selector("#map[data-ready]")
    page.locator("#map .pin:not(.you)").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".leaflet-popup a")
    assert page.evaluate("Boolean(document.activeElement.closest('.leaflet-popup-content'))")
    page.keyboard.press("Escape")
    page.wait_for_selector(".leaflet-popup", state="detached")
    assert page.evaluate("document.activeElement.matches('.pin')")
    for _ in range(60):
        page.keyboard.press("Tab")
        if not page.evaluate("Boolean(document.activeElement.closest('#map'))"):
            return
    raise AssertionError("the map holds the focus")


RING = """
() => {
  const lum = (text) => {
    const [r, g, b] = text.match(/[\\d.]+/g).map(Number)
      .map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const over = (a, b) => (Math.max(lum(a), lum(b)) + 0.05) / (Math.min(lum(a), lum(b)) + 0.05);
  const behind = (at) => {
    for (at = at?.parentElement; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const wrong = [];
  const check = (each, what, colour) => {
    if (over(colour, behind(each)) < 3) wrong.push(`${what} of ${each.className || each.tagName}: ${colour}`);
  };
  for (const each of document.querySelectorAll('main :is(a, button, input, select, summary, textarea)')) {
    if (!each.checkVisibility() || each.type === 'hidden' || each.closest('.tick')) continue;
    each.focus({ focusVisible: true, preventScroll: true });
    if (each.matches(':focus-visible')) check(each, 'ring', getComputedStyle(each).outlineColor);
  }
  document.activeElement.blur();
  for (const each of document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')) {
    if (each.checkVisibility() && !each.closest('.tick, .plate')) {
      check(each, 'edge', getComputedStyle(each).borderTopColor);
    }
  }
  for (const each of document.querySelectorAll('main .tick label')) {
    const style = getComputedStyle(each);
    if (!each.checkVisibility() || over(style.backgroundColor, behind(each)) >= 3) continue;
    check(each, 'edge', style.borderTopColor);
  }
  for (const each of document.querySelectorAll('main svg.icon')) {
    if (each.checkVisibility()) check(each, 'sign', getComputedStyle(each).color);
  }
  return [...new Set(wrong)];
}"""
"""Rings, edges of fields and pictograms that stand out less than 3 to 1 from what is behind them."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("where", PAGES.values(), ids=PAGES)
def test_rings_edges_and_signs_stand_out(visit, where, scheme):
    page = visit(where, color_scheme=scheme, reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert page.evaluate(RING) == []


def test_nothing_moves_for_who_wants_no_motion(visit):
    page = visit(SEARCH, reduced_motion="reduce")
    page.wait_for_selector("#map[data-ready]")
    moving = page.evaluate(
        """[...document.querySelectorAll('main *')]
        .filter((each) => parseFloat(getComputedStyle(each).transitionDuration) > 0.001)
        .map((each) => each.className)"""
    )
    assert moving == []


@pytest.mark.parametrize("what", [".number", ".result", ".tick label", ".button", "#map .pin"])
def test_with_forced_colours_edges_are_drawn(visit, what):
    page = visit(SEARCH, forced_colors="active")
    page.wait_for_selector("#map[data-ready]")
    assert page.locator(what).first.evaluate("each => parseFloat(getComputedStyle(each).borderTopWidth)") >= 1
