"""HSDS in JSON lands from one service, a list, a page of an API, an organization, or tables in one file."""

import json

import pytest

from service.errors import SourceError
from tests.importers.feeds import LOCATION, ORGANIZATION, SERVICE, nested, tables, write_json

_PAGE = {"total_items": 1, "page_number": 1}
_WITH_SERVICES = {
    **ORGANIZATION,
    "services": [{**SERVICE, "phones": [{"id": "p", "number": "+44 20 7946 0000"}]}],
}


@pytest.mark.parametrize(
    "data",
    [
        nested(),
        [nested()],
        {**_PAGE, "contents": [nested()]},
        {"content": [nested()], "totalPages": 1},
        {"services": [nested()]},
        _WITH_SERVICES,
        [_WITH_SERVICES],
        {f"{name}.csv": rows for name, rows in tables().items()},
        {"id": "x1", "service": {**SERVICE, "organization": ORGANIZATION}, "location": LOCATION},
    ],
    ids=[
        "one",
        "list",
        "page",
        "page of version 1",
        "key",
        "organization",
        "organizations",
        "tables",
        "at place",
    ],
)
def test_every_shape_lands(world, tmp_path, data):
    assert world.load(write_json(tmp_path / "feed.json", data)).created == 1


def test_json_lines_land(world, tmp_path):
    path = tmp_path / "feed.jsonl"
    for each in (nested(), nested(id="s2")):
        with path.open("a") as file:
            file.write(write_json(tmp_path / "one.json", each).read_text() + "\n")
    assert world.load(path).created == 2


def test_tables_and_nested_json_say_the_same(world, tmp_path):
    world.load(write_json(tmp_path / "feed.json", nested()))
    [one] = [record["values"] for record in world.records().values()]
    world.load(write_json(tmp_path / "other.json", {f"{name}.csv": rows for name, rows in tables().items()}))
    assert [record["values"] for record in world.records().values()] == [one]


def test_an_organization_of_many_services_stands_once(world, tmp_path):
    feed = [nested(), nested(id="s2", organization={"id": "o1", "name": "Camden Care"})]
    world.load(write_json(tmp_path / "feed.json", feed))
    assert {record["values"]["organization.website"] for record in world.records().values()} == {
        "https://camdencare.org"
    }


def test_what_is_nested_is_taken(world, tmp_path):
    inner = {
        "schedules": [
            {"id": "h", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "12:00"}
        ],
        "languages": [{"id": "l", "name": "Urdu", "code": "ur"}],
        "required_documents": [{"id": "d", "document": "Proof of address"}],
        "cost_options": [{"id": "c", "amount": 0}],
        "attributes": [{"id": "t", "taxonomy_term": {"id": "tt", "name": "Food Pantries"}}],
        "minimum_age": 16,
    }
    world.load(write_json(tmp_path / "feed.json", nested(**inner)))
    values = next(iter(world.records().values()))["values"]
    wanted = {
        "schedule.opening_hours": "Mo,Tu 09:00-12:00",
        "service.languages": ["ur"],
        "service.required_documents": ["Proof of address"],
        "cost_option.kind": "free",
        "service.needs": ["food.parcel"],
        "service.minimum_age": 16,
    }
    assert {key: values.get(key) for key in wanted} == wanted


def test_a_key_that_hsds_does_not_have_is_named(world, tmp_path):
    report = world.load(write_json(tmp_path / "feed.json", nested(mood="good")))
    assert any("service.mood: ignored" in warning for warning in report.warnings)


def test_something_else_is_refused_with_its_place(world, tmp_path):
    report = world.load(write_json(tmp_path / "feed.json", [nested(), {"colour": "red"}]))
    assert [(reject.row, reject.file) for reject in report.rejects] == [(2, "feed.json")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'[{"id": "s1", "name": "half', "not JSON"),
        (b"[" * 100_000, "deeper"),
        (b'[{"a":' * 50_000, "deeper"),
        (b'"just a text"', "no records"),
        ('[{"id": "été'.encode() + b'\xff"}]', "not JSON"),
        (b"", "not JSON"),
    ],
    ids=["half", "deep lists", "deep objects", "a text", "damaged UTF-8", "empty"],
)
def test_a_bad_file_is_one_clear_error_and_nothing_is_written(world, tmp_path, content, reason):
    (tmp_path / "feed.json").write_bytes(content)
    with pytest.raises(SourceError, match=reason):
        world.load(tmp_path / "feed.json")
    assert world.records() == {}


def test_a_text_without_end_is_refused(world, tmp_path):
    (tmp_path / "feed.json").write_bytes(b'[{"id": "' + b"x" * (20 << 20) + b'"}]')
    with pytest.raises(SourceError, match="a text of over"):
        world.load(tmp_path / "feed.json")


def test_json_in_another_encoding_is_read_and_said(world, tmp_path):
    path = tmp_path / "feed.json"
    path.write_bytes(json.dumps(nested(name="Été à Liège"), ensure_ascii=False).encode("windows-1252"))
    report = world.load(path)
    [record] = world.records().values()
    assert "Été à Liège" in record["values"].values()
    assert "feed.json: is not UTF-8 and is read as windows-1252" in report.warnings


def test_owners_without_a_service_are_told_as_the_reason_that_nothing_lands(world, tmp_path):
    lists = {"name": "A list without ids", "locations": [LOCATION, {**LOCATION, "id": "l2"}]}
    with pytest.raises(SourceError, match=r"no service of the feed belongs to this location.*\(2 times"):
        world.load(write_json(tmp_path / "feed.json", lists))
