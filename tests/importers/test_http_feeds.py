"""A feed behind an address lands whole: a file, the pages of an API, records given in short."""

import io
import zipfile
from pathlib import Path

import pytest

from importers.http.paging import next_page
from service.errors import NotFound, SourceError
from tests.importers.feeds import ORGANIZATION, SERVICE, nested, write_feed


def _load(world, site, path, **how):
    return world.load(site.url(path), client=site.client(), **how)


def _page(number, of, *records):
    return {"page_number": number, "total_pages": of, "last_page": number == of, "contents": list(records)}


def test_a_file_lands(world, site):
    site.pages["/feed.json"] = [nested()]
    assert _load(world, site, "/feed.json").created == 1


def test_a_zip_of_tables_lands(world, site, tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in write_feed(tmp_path / "camden").iterdir():
            archive.write(path, path.name)
    site.pages["/export"] = packed.getvalue()
    assert _load(world, site, "/export").created == 1


def test_all_pages_of_an_api_land(world, site):
    site.pages["/services"] = _page(1, 3, nested())
    site.pages["/services?page=2"] = _page(2, 3, nested(id="s2"))
    site.pages["/services?page=3"] = _page(3, 3, nested(id="s3"))
    assert _load(world, site, "/services").created == 3


def test_services_given_in_short_are_asked_for_in_full(world, site):
    short = {**SERVICE, "organization": ORGANIZATION}
    site.pages["/services"] = _page(1, 1, short)
    site.pages["/services/s1"] = nested()
    _load(world, site, "/services")
    assert next(iter(world.records().values()))["values"]["address.city"] == "London"


def test_the_front_page_of_an_api_leads_to_its_services(world, site):
    site.pages["/v3"] = {"version": "3.0", "openapi_url": "https://example.org/openapi.json"}
    site.pages["/v3/services"] = _page(1, 1, nested())
    assert _load(world, site, "/v3").created == 1


def test_a_second_run_changes_nothing_and_asks_only_for_what_changed(world, site):
    def answer(headers):
        is_known = headers.get("If-None-Match") == '"1"'
        return (304, {}, b"") if is_known else (200, {"ETag": '"1"'}, [nested()])

    site.pages["/feed.json"] = answer
    _load(world, site, "/feed.json")
    assert _load(world, site, "/feed.json").unchanged == 1


def test_what_was_fetched_is_kept_and_can_be_read_again_without_the_publisher(world, site):
    site.pages["/feed.json"] = [nested()]
    _load(world, site, "/feed.json")
    site.pages.clear()
    assert _load(world, site, "/feed.json", kept=True).unchanged == 1


def test_nothing_kept_is_said(world, site):
    with pytest.raises(NotFound, match="nothing was fetched before"):
        _load(world, site, "/feed.json", kept=True)


def test_a_dry_run_keeps_nothing(world, site):
    site.pages["/feed.json"] = (200, {"ETag": '"1"'}, [nested()])
    _load(world, site, "/feed.json", dry_run=True)
    assert not (world.home / "raw").exists()


def test_the_same_pages_are_kept_once(world, site):
    site.pages["/services"] = _page(1, 2, nested())
    site.pages["/services?page=2"] = _page(2, 2, nested(id="s2"))
    _load(world, site, "/services")
    _load(world, site, "/services")
    assert len(list(Path(world.home / "raw").rglob("*.zip"))) == 1


def test_a_page_that_comes_again_and_again_is_an_error(world, site):
    page = {"total_pages": 9, "contents": [nested()]}
    site.pages |= {"/services": page} | {f"/services?page={n}": page for n in range(2, 10)}
    with pytest.raises(SourceError, match="gave before"):
        _load(world, site, "/services")


def test_a_next_page_on_another_server_is_refused(world, site):
    site.pages["/services"] = {"contents": [nested()], "next": "https://elsewhere.example/services?page=2"}
    with pytest.raises(SourceError, match="another server"):
        _load(world, site, "/services")


def test_a_page_that_fails_half_way_leaves_the_last_good_data(world, site):
    site.pages["/services"] = _page(1, 2, nested())
    site.pages["/services?page=2"] = (500, {}, b"")
    with pytest.raises(SourceError, match="status 500"):
        _load(world, site, "/services")
    assert world.records() == {}


@pytest.mark.parametrize(
    ("url", "answer", "linked", "following"),
    [
        ("http://a/s", {"contents": [1], "page_number": 1, "total_pages": 2}, None, "http://a/s?page=2"),
        ("http://a/s?page=2&x=y", {"contents": [1], "total_pages": 3}, None, "http://a/s?x=y&page=3"),
        ("http://a/s?page=2", {"contents": [1], "total_pages": 2}, None, None),
        ("http://a/s", {"content": [1], "number": 1, "totalPages": 4}, None, "http://a/s?page=2"),
        ("http://a/s", {"contents": [1], "total_pages": 4, "last_page": True}, None, None),
        ("http://a/s", {"results": [1, 2], "total_count": 3}, None, "http://a/s?offset=2"),
        ("http://a/s?offset=2", {"results": [1], "total_count": 3}, None, None),
        ("http://a/s", {"data": [1], "links": {"next": "/s?cursor=b"}}, None, "http://a/s?cursor=b"),
        ("http://a/s", {"data": [1], "_links": {"next": {"href": "?p=2"}}}, None, "http://a/s?p=2"),
        ("http://a/s", [1], "http://a/s?page=2", "http://a/s?page=2"),
        ("http://a/s", [1], None, None),
    ],
)
def test_where_the_next_page_is(url, answer, linked, following):
    assert next_page(url, answer, linked) == following
