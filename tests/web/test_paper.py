"""On paper: one page, large letters, a drawing of the map, a code, and what one needs written out."""

import csv
import re
import shutil
import subprocess
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import expect

from service.config import DATA
from service.web.paper import LETTERS, split
from tests.web.made import path
from tests.web.states import IDS

pytestmark = pytest.mark.browser
OFFERINGS = DATA / "catalogue" / "offerings.csv"
SAYING = "Iedereen is welkom, elke dag van de week, ook zonder papieren. "

SEARCH = "/{lang}/search?q=voedselpakket&near=1070"
PRINTED = {
    "results": SEARCH,
    "results around Ghent": "/{lang}/search?q=psycholoog+Gent",
    "listing": path("pantry", "{lang}"),
    "listing with hours": path("french", "{lang}"),
    "listing with a hidden address": path("hidden", "{lang}"),
    "results beside lines of danger": "/{lang}/search?q=mijn+man+slaat+mij",
    "results of a broad question": "/{lang}/search?q=hulp+voor+een+gezin&per_page=50",
    "my list": "/{lang}/shortlist?ids=" + IDS.rsplit(",", 1)[0],
}


def pages_of(paper):
    return len(re.findall(rb"/Type\s*/Page[^s]", paper))


def printed(visit, where, lang="nl", **options):
    page = visit(where.format(lang=lang), **options)
    if page.locator("#map").count() and options.get("java_script_enabled", True):
        page.locator("#map").scroll_into_view_if_needed()
        page.wait_for_selector("#map[data-ready]")
    return page


@pytest.mark.parametrize("lang", ["nl", "ar"])
@pytest.mark.parametrize("where", PRINTED.values(), ids=PRINTED)
def test_it_is_one_page(visit, where, lang):
    page = printed(visit, where, lang)
    assert pages_of(page.pdf(format="A4", prefer_css_page_size=True)) == 1


def longest_of_the_catalogue():
    """The name of the bundled listing with most to say."""
    with OFFERINGS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return max(rows, key=lambda row: sum(len(text or "") for text in row.values()))["service.name"]


@pytest.mark.parametrize("lang", ["nl", "uk"])
def test_the_longest_listing_of_the_catalogue_is_one_page(visit, lang):
    page = visit(f"/{lang}/search?q={quote_plus(longest_of_the_catalogue())}")
    page.locator(".result h3 a").first.click()
    page.wait_for_selector("article .listing")
    assert pages_of(page.pdf(format="A4", prefer_css_page_size=True)) == 1


def test_a_listing_that_says_ten_times_as_much_is_one_page(visit):
    page = visit(path("french"))
    page.evaluate(
        """(text) => document.querySelectorAll('.listing .card').forEach((each) => {
          for (let i = 0; i < 6; i += 1) {
            each.append(Object.assign(document.createElement('p'), { textContent: text }));
          }
        })""",
        SAYING * 5,
    )
    assert pages_of(page.pdf(format="A4", prefer_css_page_size=True)) == 1


def test_a_long_text_is_printed_as_far_as_it_goes():
    ((printed, rest),) = split([SAYING * 20])
    assert LETTERS - 20 < len(printed) <= LETTERS
    assert f"{printed} {rest}" == SAYING * 20


def test_of_many_paragraphs_the_later_ones_are_not_printed():
    printed = [kept for kept, _rest in split([SAYING.strip()] * 20)]
    assert printed[0] == SAYING.strip()
    assert printed[-1] == ""


def test_paper_says_how_much_more_there_is(visit):
    page = visit(SEARCH.format(lang="nl"))
    page.emulate_media(media="print")
    total = int(re.search(r"\d+", page.locator(".only-paper strong").first.inner_text())[0])
    shown = page.locator(".result:visible").count()
    assert f"Meer op de site: {total - shown}." in page.locator(".lead-in.only-paper").inner_text()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_list_has_the_drawing_and_the_code(visit, script):
    page = printed(visit, SEARCH, java_script_enabled=script)
    page.emulate_media(media="print")
    expect(page.locator("svg.sketch")).to_be_visible()
    expect(page.locator("svg.qr")).to_be_visible()
    expect(page.locator(".leaflet-container")).to_be_hidden()


def test_what_one_person_needs_is_printed_without_a_code(visit):
    page = visit("/nl/")
    page.fill("#q", "voedselpakket in Anderlecht")
    page.keyboard.press("Escape")
    page.locator(".person > summary").click()
    page.check("#p-situation-free")
    page.locator(".apply button").click()
    page.wait_for_selector(".result")
    expect(page.locator("svg.qr")).to_have_count(0)


def test_letters_are_large(visit):
    """12 points at least: 16 pixels of CSS."""
    page = printed(visit, SEARCH)
    page.emulate_media(media="print")
    small = page.evaluate(
        """[...document.querySelectorAll('main :is(h2, h3, p, li, a, span, bdi)')]
        .filter((each) => each.checkVisibility() && !each.closest('svg, .unseen, .number, .map'))
        .filter((each) => parseFloat(getComputedStyle(each).fontSize) < 15.9)
        .map((each) => each.textContent.trim().slice(0, 40))"""
    )
    assert small == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is away")
def test_addresses_of_mail_are_written_out(visit, tmp_path):
    paper = tmp_path / "listing.pdf"
    printed(visit, path("many")).pdf(path=paper, format="A4", prefer_css_page_size=True)
    words = subprocess.run(["pdftotext", paper, "-"], capture_output=True, text=True, check=True).stdout
    assert "een.heel.lang.adres" in words


def test_the_name_of_the_site_is_not_covered_where_backgrounds_are_printed(visit):
    page = visit(SEARCH.format(lang="nl"))
    page.emulate_media(media="print")
    on_top = """() => {
      const box = document.querySelector('.brand').getBoundingClientRect();
      const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return found.closest('.brand') !== null;
    }"""
    assert page.evaluate(on_top)
