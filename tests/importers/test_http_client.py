"""A fetch says who asks, asks only for what changed, tries again, stays within limits, and in public."""

import gzip
import ipaddress

import pytest

from importers.http.client import ATTEMPTS, Client, Known
from importers.http.guard import is_public
from service.errors import SourceError


def _fetch(site, tmp_path, path="/", **how):
    return site.client(**how).fetch(site.url(path), tmp_path / "answer")


def test_it_says_who_asks(site, tmp_path):
    site.pages["/"] = b"x"
    _fetch(site, tmp_path)
    assert site.headers[0]["User-Agent"].startswith("Nabij/")


def test_it_asks_only_for_what_changed(site, tmp_path):
    site.pages["/"] = lambda headers: (304, {}, b"") if headers["If-None-Match"] == '"1"' else b"x"
    found = site.client().fetch(site.url("/"), tmp_path / "answer", Known('"1"'))
    assert found.is_unchanged


def test_it_tries_again_after_as_long_as_it_is_asked(site, tmp_path):
    answers = [(503, {"Retry-After": "7"}, b""), (429, {}, b""), b"here"]
    site.pages["/"] = lambda _headers: answers.pop(0)
    _fetch(site, tmp_path)
    assert ((tmp_path / "answer").read_bytes(), site.waits) == (b"here", [7.0, 2.0])


def test_it_gives_up(site, tmp_path):
    site.pages["/"] = (503, {}, b"")
    with pytest.raises(SourceError, match="does not answer after"):
        _fetch(site, tmp_path)
    assert len(site.asked) == ATTEMPTS


def test_a_page_that_is_not_there_is_not_asked_for_again(site, tmp_path):
    with pytest.raises(SourceError, match="status 404"):
        _fetch(site, tmp_path, "/gone")
    assert site.asked == ["/gone"]


def test_a_redirect_is_followed(site, tmp_path):
    site.pages |= {"/": (302, {"Location": "/there"}, b""), "/there": b"x"}
    assert _fetch(site, tmp_path).url == site.url("/there")


def test_redirects_come_to_an_end(site, tmp_path):
    site.pages["/"] = (301, {"Location": "/"}, b"")
    with pytest.raises(SourceError, match="redirects more than"):
        _fetch(site, tmp_path)


@pytest.mark.parametrize(
    "there",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://localhost/",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_into_a_private_network_is_refused(site, tmp_path, there):
    site.pages["/"] = (302, {"Location": there}, b"")
    with pytest.raises(SourceError, match=r"public address|not a web address"):
        _fetch(site, tmp_path)


def test_this_machine_is_refused(site, tmp_path):
    with pytest.raises(SourceError, match="public"):
        Client().fetch(site.url("/"), tmp_path / "answer")
    assert site.asked == []


@pytest.mark.parametrize(
    "url", ["ftp://example.be/", "http://", "http://a:b@example.be/", "http://example.be:0/", "x"]
)
def test_what_is_no_web_address_is_refused(tmp_path, url):
    with pytest.raises(SourceError):
        Client().fetch(url, tmp_path / "answer")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2a02:a03f::1", True),
        ("10.1.2.3", False),
        ("127.0.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("::a00:1", False),
    ],
)
def test_which_addresses_anybody_can_reach(address, expected):
    assert is_public(ipaddress.ip_address(address)) is expected


def test_too_much_is_refused(site, tmp_path):
    site.pages["/"] = b"x" * 2_000
    with pytest.raises(SourceError, match="more than 1,000 bytes"):
        _fetch(site, tmp_path, max_bytes=1_000)


def test_a_bomb_of_gzip_is_refused(site, tmp_path):
    site.pages["/"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"0" * 50_000_000))
    with pytest.raises(SourceError, match="more than 1,000,000 bytes"):
        _fetch(site, tmp_path, max_bytes=1_000_000)


def test_gzip_is_unpacked(site, tmp_path):
    site.pages["/"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"here" * 100_000))
    _fetch(site, tmp_path)
    assert (tmp_path / "answer").read_bytes() == b"here" * 100_000


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_an_answer_that_cannot_be_unpacked_is_refused(site, tmp_path, encoding):
    site.pages["/"] = (200, {"Content-Encoding": encoding}, b"no gzip")
    with pytest.raises(SourceError, match=r"gzip|encoding"):
        _fetch(site, tmp_path)


def test_a_slow_answer_is_refused(site, tmp_path):
    site.pages["/"] = b"x"
    with pytest.raises(SourceError, match="takes longer"):
        _fetch(site, tmp_path, max_seconds=-1)
