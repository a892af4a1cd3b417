"""Exports of an Opendatasoft portal, in every form that it has, by a card with nothing but a mapping."""

import json

import pytest

from service.errors import SourceError

CARD = """\
id: fountains
name: Fountains of Gent
publisher: Stad Gent
licence: CC BY 4.0
language: nl
format: opendatasoft
files: [{file}]
mapping:
  naam: service.name@nl
  straat: address.street
  toegang: location.wheelchair
constants:
  organization.name: Stad Gent
  service.needs: basic.water
  service.description@nl: Drinkfontein {{naam}}
lookups:
  location.wheelchair: {{ja: "yes", nee: "no"}}
ignore: [nummer]
"""
COLUMNS = {"nummer": 7, "naam": "Korenmarkt", "straat": "Korenmarkt", "toegang": "ja", "kleur": "groen"}
PLACE = {"lon": 3.7218, "lat": 51.0543}
GEOMETRY = {"type": "Point", "coordinates": [3.7218, 51.0543]}
SHAPE = {"type": "Feature", "geometry": GEOMETRY, "properties": {}}

FORMS = {
    "records 2.1": {"total_count": 1, "results": [{**COLUMNS, "geo_point_2d": PLACE, "geo_shape": SHAPE}]},
    "export json": [{**COLUMNS, "geo_point_2d": PLACE, "geo_shape": None}],
    "records 2.0": {
        "total_count": 1,
        "links": [],
        "records": [
            {"links": [], "record": {"id": "a1", "size": 9, "fields": {**COLUMNS, "geo_point_2d": PLACE}}}
        ],
    },
    "records 1.0": {
        "nhits": 1,
        "parameters": {"dataset": ["fountains"]},
        "records": [
            {
                "datasetid": "fountains",
                "recordid": "a1",
                "fields": {**COLUMNS, "geo_point_2d": [51.0543, 3.7218]},
                "geometry": GEOMETRY,
                "record_timestamp": "2026-01-01T00:00:00Z",
            }
        ],
    },
    "export geojson": {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": GEOMETRY, "properties": {**COLUMNS, "geo_point_2d": None}}
        ],
    },
}
CSV = (
    "\ufeffnummer;naam;straat;toegang;kleur;geo_point_2d\n7;Korenmarkt;Korenmarkt;ja;groen;51.0543, 3.7218\n"
)


def _source(folder, text, name="fountains.json", card=CARD):
    (folder / "source.yml").write_text(card.format(file=name))
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(params=[*FORMS, "export csv"])
def export(request, tmp_path):
    if request.param == "export csv":
        return _source(tmp_path, CSV, "fountains.csv")
    return _source(tmp_path, json.dumps(FORMS[request.param]))


def test_every_form_gives_the_same_listing(world, export):
    world.load(export)
    (values,) = (record["values"] for record in world.records().values())
    assert values == {
        "organization.name": "Stad Gent",
        "service.name@nl": "Korenmarkt",
        "service.description@nl": "Drinkfontein Korenmarkt",
        "service.needs": ["basic.water"],
        "address.street": "Korenmarkt",
        "location.wheelchair": "yes",
        "location.point": [51.0543, 3.7218],
    }


def test_every_form_names_the_column_that_nobody_takes(world, export):
    warnings = world.load(export).warnings
    assert [line.partition(", ")[2] for line in warnings] == [
        "kleur: 'groen' ignored: the card and the source take it nowhere (row 1)"
    ]


def test_the_point_is_the_key_where_the_card_names_none(world, export):
    world.load(export)
    assert list(world.records()) == ["51.0543 3.7218"]


def test_columns_together_can_be_the_key(world, tmp_path):
    card = CARD + "key: [straat, nummer]\n"
    world.load(_source(tmp_path, json.dumps(FORMS["export json"]), card=card))
    assert list(world.records()) == ["Korenmarkt 7"]


def test_a_row_that_is_cut_off_is_refused_and_the_others_land(world, tmp_path):
    report = world.load(_source(tmp_path, CSV + "8;Veldstraat\n", "fountains.csv"))
    assert (report.created, [reject.row for reject in report.rejects]) == (1, [3])


def test_a_file_that_is_neither_json_nor_csv_is_refused(world, tmp_path):
    (_source(tmp_path, "", "fountains.csv") / "fountains.csv").write_bytes(b"\x00\x01\x02")
    with pytest.raises(SourceError, match="is not text in"):
        world.load(tmp_path)
