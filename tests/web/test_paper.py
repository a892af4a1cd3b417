"""On paper: one page, large letters, a drawing of the map, a code, and what one needs written out."""

import re
import shutil
import subprocess

import pytest

from tests.web.made import path
from tests.web.states import IDS

pytestmark = pytest.mark.browser

SEARCH = "/{lang}/search?q=voedselpakket&near=1070"
PRINTED = {
    "results": SEARCH,
    "results around Ghent": "/{lang}/search?q=psycholoog+Gent",
    "listing": path("pantry", "{lang}"),
    "listing with hours": path("french", "{lang}"),
    "listing with a hidden address": path("hidden", "{lang}"),
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


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_list_has_the_drawing_and_the_code(visit, script):
    page = printed(visit, SEARCH, java_script_enabled=script)
    page.emulate_media(media="print")
    assert page.locator("svg.sketch").is_visible()
    assert page.locator("svg.qr").is_visible()
    assert page.locator(".leaflet-container").is_visible() is False


def test_what_one_person_needs_is_printed_without_a_code(visit):
    page = visit("/nl/")
    page.fill("#q", "voedselpakket in Anderlecht")
    page.keyboard.press("Escape")
    page.locator(".person > summary").click()
    page.check("#p-situation-free")
    page.locator(".apply button").click()
    page.wait_for_selector(".result")
    assert page.locator("svg.qr").count() == 0


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
