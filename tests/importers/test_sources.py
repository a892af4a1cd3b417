"""The sources that the project knows by name, each from a small sample in the shape of its publisher."""

import json
from pathlib import Path

import pytest

from importers.registry import sources
from service.errors import NotFound, SourceError

SAMPLES = Path(__file__).parent / "samples"


def _records(world, name, source_id):
    report = world.load(SAMPLES / name, as_source=source_id)
    return report, world.records()


def test_a_fiche_of_the_sociale_kaart_lands(world):
    _report, records = _records(world, "sociale_kaart.json", "sociale-kaart")
    values = records["f00d"]["values"]
    wanted = {
        "organization.enterprise_number": "0403170701",
        "service.needs": ["family.childcare"],
        "address.street": "Graanmarkt",
        "phone.numbers": ["+3254334455"],
        "location.point": [50.8354, 4.0231],
    }
    assert {key: values.get(key) for key in wanted} == wanted


def test_a_fiche_that_comes_twice_counts_once_and_one_out_of_use_is_refused(world):
    report, _ = _records(world, "sociale_kaart.json", "sociale-kaart")
    assert (report.created, [reject.column for reject in report.rejects]) == (1, ["id", "state"])


def test_an_organization_of_social_brussels_lands_in_both_languages(world):
    _report, records = _records(world, "social_brussels.json", "social-brussels")
    values = records["13219"]["values"]
    wanted = {
        "service.name@fr": "Épicerie sociale du Canal",
        "address.street@nl": "Graaf van Vlaanderenstraat",
        "organization.alternate_names": ["La Petite Épicerie"],
        "phone.numbers": ["+3224112233"],
    }
    assert {key: values.get(key) for key in wanted} == wanted
    assert records["13219"]["said_on"] == "2025-09-03"


def test_a_place_of_uitdatabank_lands(world):
    _report, records = _records(world, "uitdatabank.json", "uitdatabank")
    values = records["https://io.uitdatabank.be/place/1"]["values"]
    wanted = {
        "schedule.opening_hours": "Mo 09:00-12:00; Tu 09:00-12:00",
        "service.minimum_age": 16,
        "cost_option.kind": "free",
        "address.city": "Ninove",
    }
    assert {key: values.get(key) for key in wanted} == wanted


def test_a_place_that_closed_for_good_is_refused(world):
    report, _ = _records(world, "uitdatabank.json", "uitdatabank")
    assert [reject.column for reject in report.rejects] == ["status"]


def _uitdatabank(world, tmp_path, **changed):
    place = {
        "@id": "https://io.uitdatabank.be/place/7", "name": {"nl": "Praattafel"}, "mainLanguage": "nl",
        "calendarType": "permanent", "workflowStatus": "APPROVED",
    }  # fmt: skip
    beside = place | {"@id": "https://io.uitdatabank.be/place/8", "name": {"nl": "Buurthuis"}}
    path = tmp_path / "uitdatabank.json"
    path.write_text(json.dumps([place | changed, beside]))
    return world.load(path, as_source="uitdatabank")


@pytest.mark.parametrize(
    "changed", [{"workflowStatus": "DRAFT"}, {"workflowStatus": "DELETED"}, {"calendarType": "single"}]
)
def test_what_uitdatabank_does_not_publish_or_has_on_one_day_is_refused(world, tmp_path, changed):
    assert [each.column for each in _uitdatabank(world, tmp_path, **changed).rejects] == list(changed)


def test_a_place_that_its_source_withdrew_is_withdrawn_here(world, tmp_path):
    _uitdatabank(world, tmp_path)
    again = world.load(_deleted(tmp_path), as_source="uitdatabank", accept_drop=True)
    assert (again.unchanged, again.withdrawn) == (1, 1)


def _deleted(tmp_path):
    path = tmp_path / "uitdatabank.json"
    places = json.loads(path.read_text())
    path.write_text(json.dumps([places[0] | {"workflowStatus": "DELETED"}, places[1]]))
    return path


def test_an_event_of_some_weeks_says_from_when_to_when(world, tmp_path):
    dates = {"startDate": "2026-08-31T22:00:00+00:00", "endDate": "2026-09-30T23:59:59+02:00"}
    _uitdatabank(world, tmp_path, calendarType="periodic", **dates)
    values = world.records()["https://io.uitdatabank.be/place/7"]["values"]
    held = (values["schedule.valid_from"], values["schedule.valid_to"])
    assert held == ("2026-09-01", "2026-09-30")


def test_an_event_stands_where_its_place_is(world, tmp_path):
    address = {"nl": {"streetAddress": "Graanmarkt 1", "postalCode": "9400", "addressLocality": "Ninove"}}
    _uitdatabank(world, tmp_path, location={"name": {"nl": "Het Huis"}, "address": address})
    values = world.records()["https://io.uitdatabank.be/place/7"]["values"]
    assert values["address.city"] == "Ninove"


def test_an_export_of_opendatasoft_lands_and_what_nobody_takes_is_named(world):
    report, records = _records(world, "brussels_toilets.json", "brussels-toilets")
    assert len(records) == 2
    assert any("entretien: 'quotidien' ignored" in warning for warning in report.warnings)


def test_the_pages_of_opendatasoft_are_fetched(world, site, tmp_path):
    folder = tmp_path / "toilets"
    folder.mkdir()
    card = f"id: toilets\nname: Toilets\nformat: json\nfeed: {site.url('/records?limit=1')}\n"
    mapping = (
        "mapping: {id: key, nom: service.name, plek: location.point}\nconstants: {organization.name: Stad}\n"
    )
    (folder / "source.yml").write_text(card + mapping)
    for number, path in enumerate(("/records?limit=1", "/records?limit=1&offset=1")):
        record = {"id": number, "nom": "Toilet", "plek": {"lon": 4.35, "lat": 50.85}}
        site.pages[path] = {"total_count": 2, "results": [record]}
    assert world.load(folder, client=site.client()).created == 2


def test_geojson_lands_by_a_mapping(world, tmp_path):
    (tmp_path / "source.yml").write_text(
        "id: fountains\nname: Fountains\nformat: json\nfiles: [fountains.geojson]\n"
        "mapping: {properties.id: key, properties.name: service.name, geometry: location.point}\n"
        "constants: {organization.name: Stad Gent, service.needs: basic.water}\nignore: [type]\n"
    )
    (tmp_path / "fountains.geojson").write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": 1,'
        ' "name": "Korenmarkt"}, "geometry": {"type": "Point", "coordinates": [3.7218, 51.0543]}}]}'
    )
    report = world.load(tmp_path)
    assert (report.warnings, world.records()["1"]["values"]["location.point"]) == ([], [51.0543, 3.7218])


def test_a_page_with_schema_org_lands(world):
    world.load(SAMPLES / "page.html")
    values = world.records()["https://example.be/gesprek"]["values"]
    wanted = {
        "organization.name": "Onthaal Mechelen",
        "service.name@fr": "Un entretien",
        "service.languages": ["nl", "fr"],
        "schedule.opening_hours": "Mo 09:00-17:00; Tu 09:00-17:00",
        "cost_option.kind": "free",
        "address.postal_code": "2800",
        "phone.numbers": ["+3215202332"],
    }
    assert {key: values.get(key) for key in wanted} == wanted


def test_what_schema_org_says_besides_is_named(world):
    assert any("slogan: 'Samen' ignored" in warning for warning in world.load(SAMPLES / "page.html").warnings)


def test_a_page_without_data_says_so(world, tmp_path):
    (tmp_path / "page.html").write_text("<p>Welkom</p>")
    with pytest.raises(SourceError, match="0 rows are good"):
        world.load(tmp_path / "page.html")


def test_a_source_without_files_asks_for_one(world):
    with pytest.raises(NotFound, match="--as sociale-kaart"):
        world.load("sociale-kaart")


def test_code_from_elsewhere_is_not_run(world, tmp_path):
    (tmp_path / "source.yml").write_text("id: evil\nname: Evil\nformat: json\n")
    (tmp_path / "source.py").write_text("raise SystemExit")
    (tmp_path / "a.json").write_text("[]")
    with pytest.raises(SourceError, match="is not run"):
        world.load(tmp_path)


@pytest.mark.parametrize("source_id", ["sociale-kaart", "social-brussels", "uitdatabank", "brussels-toilets"])
def test_a_source_whose_licence_was_not_read_says_none(source_id):
    assert sources()[source_id].card.licence is None


def test_a_sentence_about_hours_is_read(world):
    _report, records = _records(world, "social_brussels.json", "social-brussels")
    values = records["13219"]["values"]
    assert values["schedule.opening_hours"] == "Tu-Fr 09:00-12:30"
    assert "lu-ve 9h à 12h30" in values["schedule.description"]
