"""OpenStreetMap, from Overpass and from an extract."""

import json
import re

import pytest

from importers.readers.osm.pbf import in_turns
from importers.readers.osm.tables import fields_of_tags, keys, kinds
from importers.registry import sources
from service.errors import SourceError
from service.model.fields import fields
from service.model.values import parse_value
from tests.importers.osm_files import overpass, pbf


@pytest.fixture(params=[overpass, pbf], ids=["overpass", "pbf"])
def extract(request, tmp_path):
    ending = "json" if request.param is overpass else "osm.pbf"
    return request.param(tmp_path / f"extract.{ending}")


def test_both_forms_give_the_same_places(world, extract):
    world.load(extract, as_source="openstreetmap")
    assert sorted(world.records()) == ["node/1", "node/2", "relation/1", "way/1"]


def test_a_food_bank_lands_with_all_its_tags(world, extract):
    world.load(extract, as_source="openstreetmap")
    record = world.records()["node/2"]
    wanted = {
        "organization.name": "Vzw Samen Aan Tafel",
        "service.name@nl": "De Korf",
        "service.name@fr": "Le Panier",
        "service.needs": ["food.parcel", "basic.clothing"],
        "service.audience": ["low_income", "homeless"],
        "service.languages": ["ar"],
        "service.other_names": ["Het Mandje"],
        "schedule.opening_hours": "Mo,We 13:00-16:00; PH off",
        "phone.numbers": ["+3224112233", "+3224112234"],
        "contact.website": "https://dekorf.example.be/",
        "address.street": "Rue de Ribaucourt / Ribaucourtstraat",
        "address.house_number": "12",
        "address.postal_code": "1080",
        "location.point": [50.86, 4.335],
    }
    assert {key: record["values"].get(key) for key in wanted} == wanted
    assert (record["said_on"], record["url"]) == ("2026-05-02", "https://www.openstreetmap.org/node/2")


def test_a_fountain_without_a_name_is_called_what_it_is(world, extract):
    world.load(extract, as_source="openstreetmap")
    record = world.records()["node/1"]
    wanted = {
        "service.name@nl": "Drinkwater",
        "service.name@fr": "Eau potable",
        "service.needs": ["basic.water"],
        "location.wheelchair": "yes",
        "cost_option.kind": "free",
    }
    assert {key: record["values"].get(key) for key in wanted} == wanted
    assert record["said_on"] == "2026-03-04"


@pytest.mark.parametrize("key", ["way/1", "relation/1"])
def test_ways_and_relations_stand_in_the_middle_of_their_box(world, extract, key):
    world.load(extract, as_source="openstreetmap")
    assert world.records()[key]["values"]["location.point"] == [50.8505, 4.341]


def test_hours_in_words_stay_words(world, extract):
    world.load(extract, as_source="openstreetmap")
    values = world.records()["way/1"]["values"]
    assert values["schedule.description"] == "elke dag na de middag"
    assert "schedule.opening_hours" not in values


@pytest.mark.parametrize(
    "reason",
    ["whose address stays secret", "is no kind of place", r"is not for the public \(access=private\)"],
)
def test_what_is_left_out_is_named_with_its_reason(world, tmp_path, reason):
    report = world.load(overpass(tmp_path / "extract.json"))
    assert any(re.search(reason, warning) for warning in report.warnings)


def test_a_tag_that_no_table_knows_is_named(world, extract):
    report = world.load(extract)
    assert any("bottle: 'yes' ignored" in warning for warning in report.warnings)


def test_the_address_of_a_secret_shelter_is_told_nowhere(world, extract):
    report = world.load(extract)
    assert not any("Vluchthuis" in warning or "node/3" in warning for warning in report.warnings)


def test_a_place_that_was_made_private_is_withdrawn(world, tmp_path):
    world.load(overpass(tmp_path / "extract.json"))
    path = tmp_path / "extract.json"
    path.write_text(path.read_text().replace('"fee": "no"', '"access": "private"'))
    assert world.load(path, accept_drop=True).withdrawn == 1


def test_a_second_run_changes_nothing(world, extract):
    world.load(extract)
    assert world.load(extract).unchanged == 4


@pytest.mark.parametrize("source", ["openstreetmap", None])
def test_its_licence_is_said_with_and_without_its_card(world, extract, source):
    world.load(extract, as_source=source)
    assert sources()["openstreetmap"].card.licence == "ODbL-1.0"


def test_an_answer_is_fetched_from_its_address(world, site, tmp_path):
    asked = "/api/interpreter?data=%5Bout%3Ajson%5D%3Bnode%5Bamenity%3Dtoilets%5D%3Bout%20meta%20center%3B"
    site.pages[asked] = json.loads(overpass(tmp_path / "extract.json").read_text())
    folder = tmp_path / "osm"
    folder.mkdir()
    (folder / "source.yml").write_text(f"id: osm\nname: OSM\nformat: osm\nfeed: {site.url(asked)}\n")
    assert world.load(folder, client=site.client()).created == 4


def test_half_an_answer_is_refused(world, tmp_path):
    remark = 'runtime error: Query timed out in "query" at line 3 after 301 seconds.'
    with pytest.raises(SourceError, match="is not whole"):
        world.load(overpass(tmp_path / "extract.json", remark))


def test_a_broken_extract_is_refused(world, tmp_path):
    path = pbf(tmp_path / "extract.osm.pbf")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(SourceError, match="is no PBF that can be read"):
        world.load(path)


def test_json_of_something_else_is_refused(world, tmp_path):
    (tmp_path / "extract.json").write_text('{"features": []}')
    with pytest.raises(SourceError, match="no elements of OpenStreetMap"):
        world.load(tmp_path / "extract.json", as_source="openstreetmap")


def test_an_element_without_an_id_is_refused(world, tmp_path):
    elements = '{"osm3s": {}, "elements": [{"type": "node", "tags": {"amenity": "toilets"}}, 7]}'
    (tmp_path / "extract.json").write_text(elements)
    with pytest.raises(SourceError, match="is no element of OpenStreetMap"):
        world.load(tmp_path / "extract.json")


def test_the_feed_asks_for_every_kind_of_the_table():
    feed = sources()["openstreetmap"].card.feed
    assert [
        kind.tags[0] for kind in kinds() if kind.tags[0][1] not in feed and kind.tags[0][0] not in feed
    ] == []


@pytest.mark.parametrize("need", sorted({need for kind in kinds() for need in kind.needs}))
def test_every_need_of_the_table_is_ours(need):
    assert parse_value("service.needs", [need]) == [need]


@pytest.mark.parametrize("tag", [tag for tag, (field, _) in fields_of_tags().items() if field], ids="=".join)
def test_every_field_and_code_of_the_table_is_ours(tag):
    field, text = fields_of_tags()[tag]
    value = {"yes": True, "no": False}.get(text, text) if fields()[field].type == "yes_no" else text
    assert not text or parse_value(field, [value] if fields()[field].many else value) is not None


def test_an_extract_is_sifted_by_the_keys_of_the_kinds():
    assert keys() == ("amenity", "drinking_water", "shop")


def test_ids_far_apart_are_looked_up_in_turns():
    ids = {number << 25 for number in range(120)}
    parts = list(in_turns(ids))
    assert ([len(part) for part in parts], set().union(*parts)) == ([50, 50, 20], ids)
