"""A website is looked at politely, and only what is surely not there is said not to answer."""

import pytest

from importers.http.probe import AGENT, Probe
from service.errors import SourceError
from tests.importers.server import serving


@pytest.fixture
def site():
    with serving() as running:
        yield running


def look(site, path="/"):
    with Probe({site.host}) as probe:
        return probe.look(site.url(path))


def test_a_page_that_is_there_answers(site):
    site.pages["/"] = b"welcome"
    assert look(site) is None


@pytest.mark.parametrize("status", [401, 403, 429])
def test_who_lets_no_machine_in_is_there(site, status):
    site.pages["/"] = (status, {}, b"")
    assert look(site) is None


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_a_page_that_is_not_there_is_said_with_its_status(site, status):
    site.pages["/"] = (status, {}, b"")
    assert look(site) == f"status {status}"


def test_a_page_that_moved_is_followed(site):
    site.pages |= {"/": (301, {"Location": "/new"}, b""), "/new": b"welcome"}
    assert look(site) is None


def test_a_page_that_moves_in_a_circle_does_not_answer(site):
    site.pages["/"] = (302, {"Location": "/"}, b"")
    assert look(site) == "redirects without end"


def test_who_looks_says_so(site):
    site.pages["/"] = b"welcome"
    look(site)
    assert site.headers[0]["User-Agent"] == AGENT


def test_nobody_listening_does_not_answer(site):
    with Probe({"127.0.0.1:1"}) as probe:
        assert probe.look("http://127.0.0.1:1/")


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://10.0.0.8/", "ftp://example.be", "http://a:b@c.be/"]
)
def test_what_is_no_public_website_is_never_looked_at(address):
    with Probe() as probe, pytest.raises(SourceError):
        probe.look(address)


def test_a_public_website_that_leads_inside_is_not_followed(site):
    site.pages["/"] = (302, {"Location": "http://192.168.0.1/admin"}, b"")
    with pytest.raises(SourceError):
        look(site)
