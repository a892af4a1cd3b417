"""Text that attacks is shown as text, wherever it comes from."""

import json
import re
from urllib.parse import quote

import pytest

from tests.web.made import ATTACK, path
from tests.web.reading import elements

PAYLOADS = [
    ATTACK,
    '"><script>alert(1)</script>',
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)",
    "</title><script>alert(1)</script>",
    "{{ 7 * 7 }} %(name)s %s 100%",
    "\u202e\u2066 gniksa",
]


def is_harmless(html):
    found = elements(html)
    scripts = [
        given for tag, given in found if tag == "script" and given.get("type") != "application/ld+json"
    ]
    return (
        all(given["src"].startswith("/static/") for given in scripts)
        and not any(name.startswith("on") for _tag, given in found for name in given)
        and not any(tag == "img" for tag, _given in found)
        and not any((given.get("href") or "").startswith("javascript:") for _tag, given in found)
    )


@pytest.mark.parametrize("text", PAYLOADS)
@pytest.mark.parametrize("name", ["q", "near"])
def test_a_question_that_attacks(page, name, text):
    html = page(f"/nl/search?{name}={quote(text)}&situation=free")
    assert is_harmless(html)


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_private_question_that_attacks(page, text):
    assert is_harmless(page("/nl/search", method="POST", data={"q": text, "situation": "free"}))


@pytest.mark.parametrize("text", PAYLOADS)
@pytest.mark.parametrize("name", ["theme", "lat", "open_at", "zone", "municipality"])
def test_a_value_that_attacks_is_refused_without_harm(client, name, text):
    answer = client.get(f"/nl/search?{name}={quote(text)}")
    assert answer.status_code == 422
    assert is_harmless(answer.get_data(as_text=True))


@pytest.mark.parametrize(
    "where", ["/nl/%3Cscript%3Ealert(1)%3C/script%3E", "/nl/zones/%22onload=", "/%00", "/nl/l/%0d%0aX:1"]
)
def test_an_address_that_attacks(client, where):
    answer = client.get(where)
    assert answer.status_code == 404
    assert is_harmless(answer.get_data(as_text=True))


def test_a_listing_that_attacks(page):
    html = page(path("hostile"))
    assert is_harmless(html)
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;" in html


def test_a_listing_that_attacks_among_results(page):
    html = page("/nl/search?q=boze+buurtwinkel&understand=false")
    assert "Boze buurtwinkel &lt;script&gt;" in html
    assert is_harmless(html)


def test_data_for_machines_cannot_end_its_element(page):
    html = page(path("hostile"))
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, flags=re.S)
    assert ATTACK in json.loads(block)["name"]
    assert not re.search("[<>&]", block)


def test_a_button_of_a_private_search_reads_as_an_address_does(client):
    answer = client.post("/nl/search", data={"to": "q=voedselpakket&page=2&fbclid=x&situation=free"})
    assert answer.status_code == 200


def test_a_button_that_was_forged_is_refused(client):
    assert client.post("/nl/search", data={"to": "lat=1000&lon=2"}).status_code == 422


@pytest.mark.parametrize("host", ["evil.example.be", 'x"><script>'])
def test_a_redirect_stays_on_the_site(client, host):
    answer = client.get("//" + quote(host) + "/%2e%2e", headers={"Host": "localhost"})
    assert not (answer.headers.get("Location") or "/").startswith(("//", "http"))
