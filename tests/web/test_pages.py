"""Every page in every language: there, whole, in the reader's words, and without anybody else."""

import re
from functools import cache
from itertools import pairwise

import pytest

from service.i18n.locales import LOCALES, interface
from service.i18n.messages import read_catalogue
from tests.web.made import path
from tests.web.reading import elements

CODES = [locale.code for locale in interface()]
PATHS = {
    "question": "/{lang}/",
    "search": "/{lang}/search?q=voedselpakket&near=Anderlecht",
    "filtered": "/{lang}/search?theme=food&near=1080&minutes=30&mode=transit&speaks=ar&b=betaalbaar",
    "nothing": "/{lang}/search?q=xqzkw",
    "crisis": "/{lang}/search?q=zelfmoord",
    "everything": "/{lang}/search?page=3",
    "zones": "/{lang}/zones",
    "care zone": "/{lang}/zones/bxl-noord",
    "primary-care zone": "/{lang}/zones/elz-gent",
    "sources": "/{lang}/sources",
    "about": "/{lang}/about",
    "listing": path("pantry", "{lang}"),
    "foreign listing": path("french", "{lang}"),
    "hidden listing": path("hidden", "{lang}"),
}
EVERY = [pytest.param(code, where, id=f"{name}-{code}") for name, where in PATHS.items() for code in CODES]


def visible(html):
    """What a reader sees or hears: no tags, no addresses; attributes that are read out stay."""
    spoken = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', html)
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body) + " " + " ".join(spoken))


@pytest.fixture(scope="module")
def read(app):
    """A function from a path and a language to the page, which is asked for once."""

    @cache
    def read(where, lang):
        answer = app.test_client().get(where.format(lang=lang))
        assert answer.status_code == 200, (where, lang)
        return answer.get_data(as_text=True)

    return read


@pytest.mark.parametrize(("lang", "where"), EVERY)
def test_it_says_its_language(read, lang, where):
    assert f'<html lang="{lang}" dir="{LOCALES[lang].direction}">' in read(where, lang)


@pytest.mark.parametrize(("lang", "where"), [p for p in EVERY if not p.id.endswith("-en")])
def test_no_message_is_left_in_english(read, lang, where):
    text = visible(read(where, lang))
    english = [
        message.id
        for message in read_catalogue(lang)
        if isinstance(message.id, str) and len(message.id) > 12 and "%" not in message.id
        if message.string != message.id and message.id in text
    ]
    assert english == []


@pytest.mark.parametrize(("lang", "where"), EVERY)
def test_it_has_one_first_heading_and_skips_no_level(read, lang, where):
    levels = [int(level) for level in re.findall(r"<h([1-6])", read(where, lang))]
    assert levels.count(1) == 1
    assert [step for step in pairwise(levels) if step[1] - step[0] > 1] == []


@pytest.mark.parametrize(("lang", "where"), EVERY)
def test_ids_are_not_given_twice(read, lang, where):
    ids = re.findall(r'\sid="([^"]+)"', read(where, lang))
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize(("lang", "where"), EVERY)
def test_every_label_belongs_to_a_field(read, lang, where):
    html = read(where, lang)
    assert set(re.findall(r'<label for="([^"]+)"', html)) <= set(re.findall(r'\sid="([^"]+)"', html))


@pytest.mark.parametrize(("lang", "where"), EVERY)
def test_it_loads_nothing_from_elsewhere(read, lang, where):
    html = read(where, lang)
    loaded = re.findall(r'<(?:script|img|iframe|source|use|form)[^>]*?(?:src|href|action)="([^"]+)"', html)
    loaded += re.findall(r'<link[^>]*rel="(?:stylesheet|icon|preload)"[^>]*href="([^"]+)"', html)
    assert loaded
    assert [address for address in loaded if not re.match(r"/(?!/)|#", address)] == []


@pytest.mark.parametrize(("lang", "where"), EVERY)
def test_it_holds_no_script_or_style_inside(read, lang, where):
    found = elements(read(where, lang))
    inside = [given for tag, given in found if tag == "script" and "src" not in given]
    assert [given for given in inside if given != {"type": "application/ld+json"}] == []
    assert [tag for tag, given in found if tag == "style" or "style" in given] == []
    assert [name for _tag, given in found for name in given if name.startswith("on")] == []


@pytest.mark.parametrize("lang", CODES)
def test_a_page_names_itself_in_every_language(page, lang):
    html = page(f"/{lang}/zones/bxl-noord")
    assert re.findall(
        r'rel="alternate" hreflang="(\w+)" href="http://localhost(/\w+/zones/bxl-noord)"', html
    ) == [(code, f"/{code}/zones/bxl-noord") for code in CODES]


def test_a_whole_first_visit_is_light(client):
    html = client.get("/nl/", headers={"Accept-Encoding": "gzip"})
    text = client.get("/nl/").get_data(as_text=True)
    files = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', text))
    sizes = [len(client.get(each, headers={"Accept-Encoding": "gzip"}).data) for each in files]
    assert len(html.data) + sum(sizes) < 60_000


def test_a_visit_with_the_map_is_light(client):
    text = client.get(PATHS["search"].format(lang="nl")).get_data(as_text=True)
    files = set(re.findall(r'(?:src|href|data-leaflet|data-outlines)="(/(?:static|map)/[^"#]+)', text))
    addresses = [PATHS["search"].format(lang="nl"), *files]
    assert {"/static/leaflet/leaflet.js"} <= files
    sizes = [len(client.get(each, headers={"Accept-Encoding": "gzip"}).data) for each in addresses]
    assert sum(sizes) < 250_000
