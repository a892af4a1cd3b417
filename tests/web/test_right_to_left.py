"""Arabic pages run from right to left, and what is not Arabic in them keeps its own direction."""

import re
from pathlib import Path

import pytest

from service.web.render import STATIC
from tests.web.made import path
from tests.web.reading import elements

STYLE = re.sub(r"/\*.*?\*/", "", (STATIC / "style.css").read_text(encoding="utf-8"), flags=re.S)
TEMPLATES = Path(STATIC).parent / "templates"
PHYSICAL = r"(?:margin|padding|border|inset)-(?:left|right)\b|(?<![-\w])(?:left|right)\s*:|float\s*:"
POINTING = ("back", "next", "leave", "list")


@pytest.fixture
def listing(page):
    return page(path("french", "ar"))


def icons(html):
    return re.findall(r'<svg class="([^"]+)"[^>]*><use href="[^"#]+#(\w+)"', html)


def test_the_style_sheet_names_no_left_or_right_but_where_a_rule_is_for_one_direction():
    for_either = re.sub(r'[^{}]*\[dir="(?:ltr|rtl)"\][^{}]*\{[^{}]*\}', "", STYLE)
    assert re.findall(PHYSICAL, for_either) == []
    assert len(re.findall(PHYSICAL, STYLE)) % 2 == 0  # each side has its other side


def test_text_begins_where_the_language_begins():
    assert re.findall(r"text-align:\s*(?:left|right)", STYLE) == []


def test_no_four_sided_space_differs_between_left_and_right():
    space = r"((?:[^\s;()]|\([^)]*\))+)"
    sides = re.findall(rf"(?:padding|margin): *{space} {space} {space} {space};", STYLE)
    assert [each for each in sides if each[1] != each[3]] == []


def test_icons_that_point_are_mirrored():
    used = re.findall(r'icon\("(\w+)"(, true)?\)', "".join(f.read_text() for f in TEMPLATES.rglob("*.html")))
    assert {name for name, turns in used if name in POINTING and not turns} == set()


def test_an_icon_that_points_says_so_on_the_page(page):
    assert ("icon turns", "back") in icons(page("/ar/zones/bxl-noord"))


def test_a_phone_number_runs_to_the_right(page):
    assert re.search(r'<bdi dir="ltr">[\d ]+</bdi>', page(path("pantry", "ar")))


def test_an_address_on_the_web_runs_to_the_right(listing):
    link = next(given for tag, given in elements(listing) if given.get("id") == "link")
    assert link["dir"] == "ltr"


def test_a_name_in_another_language_says_so_in_a_list(page):
    found = page("/ar/search?q=Atelier+v%C3%A9lo+solidaire")
    heading = re.search(r"<h3([^>]*)><a [^>]*>Atelier vélo solidaire", found)
    assert heading[1] == ' lang="fr" dir="auto"'


def test_a_text_in_another_language_says_so_on_its_page(listing):
    assert re.search(r'<div lang="fr" dir="auto"><p>On répare', listing)


def test_the_name_of_a_zone_is_dutch_in_arabic(page):
    assert '<bdi lang="nl">Zorgzone Noord' in page("/ar/zones")


def test_hours_have_arabic_words_around_their_numbers(listing):
    assert "من \u20689:00\u2069 إلى \u206812:00\u2069" in listing


def test_every_field_to_type_in_takes_either_direction(page):
    for address in ("/ar/", "/ar/search?q=huur", "/ar/zones/bxl-noord"):
        typed = [given for _tag, given in elements(page(address)) if given.get("type") in ("search", "text")]
        assert {given.get("dir") for given in typed} <= {"auto", "ltr"}
