"""A feed of HSDS in tables lands without a card, whatever its version and country."""

import json
import zipfile

import pytest

from importers.registry import find_source
from tests.importers.feeds import AT, LOCATION, ORGANIZATION, PHONE, SERVICE, write_feed


def _values(world, folder, **changed):
    world.load(write_feed(folder, **changed))
    return next(iter(world.records().values()))["values"]


def test_a_folder_lands_without_a_card(world, tmp_path):
    assert world.load(write_feed(tmp_path / "camden")).created == 1


def test_a_second_run_changes_nothing(world, tmp_path):
    folder = write_feed(tmp_path / "camden")
    world.load(folder)
    again = world.load(folder)
    assert (again.created, again.updated, again.unchanged, again.withdrawn) == (0, 0, 1, 0)


def test_a_table_of_the_feed_stands_for_all_of_it(world, tmp_path):
    assert world.load(write_feed(tmp_path / "camden") / "services.csv").created == 1


def test_a_zip_lands_too(world, tmp_path):
    folder = write_feed(tmp_path / "camden")
    with zipfile.ZipFile(tmp_path / "camden.zip", "w") as packed:
        for path in folder.iterdir():
            packed.write(path, f"data/{path.name}")
    assert world.load(tmp_path / "camden.zip").created == 1


def test_a_publisher_who_is_not_named_stays_unknown(world, tmp_path):
    assert find_source(str(write_feed(tmp_path / "camden"))).card.publisher is None


def test_the_datapackage_says_name_and_licence(world, tmp_path):
    folder = write_feed(tmp_path / "camden")
    said = {"title": "Camden services", "license": {"type": "CC-BY-4.0"}}
    (folder / "datapackage.json").write_text(json.dumps(said))
    card = find_source(str(folder)).card
    assert (card.name, card.licence) == ("Camden services", "CC-BY-4.0")


def test_an_address_abroad_keeps_its_country(world, tmp_path):
    values = _values(world, tmp_path / "camden")
    assert (values["address.postal_code"], values["address.country"]) == ("NW1 0AE", "GB")


def test_a_number_is_dialled_in_the_country_of_the_address(world, tmp_path):
    assert _values(world, tmp_path / "camden", phones=[PHONE])["phone.numbers"] == ["+442079460000"]


def test_an_extension_is_kept_in_words(world, tmp_path):
    values = _values(world, tmp_path / "camden", phones=[{**PHONE, "extension": "12"}])
    assert "ext. 12" in values["service.description"]


def test_a_fax_is_no_telephone(world, tmp_path):
    assert "phone.numbers" not in _values(world, tmp_path / "camden", phones=[{**PHONE, "type": "fax"}])


def test_a_state_is_kept_with_the_town(world, tmp_path):
    address = {
        "id": "a",
        "location_id": "l1",
        "address_1": "1 Main St",
        "city": "Miami",
        "state_province": "FL ",
    }
    assert _values(world, tmp_path / "miami", physical_addresses=[address])["address.city"] == "Miami, FL"


def test_four_digits_without_a_country_are_not_taken_for_a_belgian_code(world, tmp_path):
    address = {
        "id": "a",
        "location_id": "l1",
        "address_1": "Trg 1",
        "city": "Ljubljana",
        "postal_code": "1000",
    }
    values = _values(world, tmp_path / "camden", physical_addresses=[address])
    assert ("address.postal_code" in values, values["address.city"]) == (False, "Ljubljana, 1000")


def test_a_belgian_town_is_known_without_its_country(world, tmp_path):
    address = {
        "id": "a",
        "location_id": "l1",
        "address_1": "Graanmarkt 2",
        "city": "Ninove",
        "postal_code": "9400",
    }
    assert _values(world, tmp_path / "ninove", physical_addresses=[address])["address.country"] == "BE"


def test_a_confidential_address_is_hidden(world, tmp_path):
    address = {"id": "a", "location_id": "l1", "address_1": "Confidential", "city": "London", "country": "GB"}
    values = _values(world, tmp_path / "camden", physical_addresses=[address])
    assert (values["address.hidden"], "location.point" in values) == (True, False)


def test_a_service_without_a_place_lands(world, tmp_path):
    world.load(write_feed(tmp_path / "camden", services_at_location=[]))
    assert list(world.records()) == ["s1"]


def test_each_place_of_a_service_is_a_listing(world, tmp_path):
    places = [LOCATION, {**LOCATION, "id": "l2"}]
    at = [AT, {"id": "x2", "service_id": "s1", "location_id": "l2"}]
    world.load(write_feed(tmp_path / "camden", locations=places, services_at_location=at))
    assert sorted(world.records()) == ["s1 l1", "s1 l2"]


def test_the_organization_of_hsds_1_0_is_that_of_the_place(world, tmp_path):
    service = {key: text for key, text in SERVICE.items() if key != "organization_id"} | {"location_id": "l1"}
    place = {**LOCATION, "organization_id": "o1"}
    folder = write_feed(tmp_path / "old", services=[service], locations=[place], services_at_location=[])
    assert world.load(folder).created == 1


def test_an_unknown_organization_refuses_the_service_with_its_reason(world, tmp_path):
    services = [SERVICE, {**SERVICE, "id": "s2", "organization_id": "o9"}]
    report = world.load(write_feed(tmp_path / "camden", services=services))
    assert [(r.row, r.column, r.value) for r in report.rejects] == [(3, "organization_id", "o9")]


def test_an_unknown_place_refuses_the_row_and_the_service_lands(world, tmp_path):
    report = world.load(write_feed(tmp_path / "camden", services_at_location=[{**AT, "location_id": "l9"}]))
    assert (report.created, report.rejects[0].file) == (1, "services_at_location.csv")


def test_a_service_that_turned_bad_is_not_withdrawn(world, tmp_path):
    world.load(write_feed(tmp_path / "camden"))
    service = {**SERVICE, "organization_id": "o9"}
    good = {**SERVICE, "id": "s2"}
    report = world.load(write_feed(tmp_path / "camden", services=[service, good]))
    assert (report.withdrawn, report.rejected) == (0, 1)


def test_a_defunct_service_is_withdrawn(world, tmp_path):
    services = [SERVICE, {**SERVICE, "id": "s2"}]
    world.load(write_feed(tmp_path / "camden", services=services, services_at_location=[]))
    services[1]["status"] = "defunct"
    folder = write_feed(tmp_path / "camden", services=services, services_at_location=[])
    assert world.load(folder, accept_drop=True).withdrawn == 1


def test_the_second_of_two_services_with_one_id_is_refused(world, tmp_path):
    services = [SERVICE, {**SERVICE, "name": "Another"}]
    report = world.load(write_feed(tmp_path / "camden", services=services))
    assert (report.created, [r.column for r in report.rejects]) == (1, ["id"])


def test_two_languages_with_one_id_are_both_kept(world, tmp_path):
    rows = [{"id": "1", "service_id": "s1", "language": word} for word in ("English", "Urdu")]
    assert _values(world, tmp_path / "camden", languages=rows)["service.languages"] == ["en", "ur"]


def test_a_language_spoken_a_little_is_kept_in_words(world, tmp_path):
    values = _values(world, tmp_path / "c", languages=[{"service_id": "s1", "language": "Spanish (limited)"}])
    assert ("service.languages" in values, "Spanish (limited)" in values["service.description"]) == (
        False,
        True,
    )


def test_a_column_of_its_own_is_named_and_ignored(world, tmp_path):
    report = world.load(write_feed(tmp_path / "camden", services=[{**SERVICE, "mood": "good"}]))
    assert any("services.csv, mood: ignored" in warning for warning in report.warnings)


def test_a_fact_that_belongs_to_nothing_is_named(world, tmp_path):
    report = world.load(write_feed(tmp_path / "camden", eligibility=[{"id": "1", "eligibility": "Adults"}]))
    assert any("eligibility.csv: belongs to no" in warning for warning in report.warnings)


def test_known_terms_become_needs_and_all_stay_searchable(world, tmp_path):
    terms = [{"id": "t1", "name": "Food Pantries"}, {"id": "t2", "name": "Zumba"}]
    links = [{"id": n, "service_id": "s1", "taxonomy_id": f"t{n}"} for n in "12"]
    values = _values(world, tmp_path / "camden", taxonomy=terms, services_taxonomy=links)
    told = "Keywords: Food Pantries; Zumba" in values["service.description"]
    assert (values["service.needs"], told) == (["food.parcel"], True)


def test_unknown_terms_leave_the_need_unknown(world, tmp_path):
    terms = [{"id": "t2", "name": "Zumba"}]
    links = [{"id": "1", "service_id": "s1", "taxonomy_id": "t2"}]
    assert "service.needs" not in _values(world, tmp_path / "c", taxonomy=terms, services_taxonomy=links)


def test_the_language_that_the_feed_states_is_that_of_its_texts(world, tmp_path):
    about = [{"id": "1", "name": "services", "language": "English"}]
    assert "service.name@en" in _values(world, tmp_path / "camden", meta_table_descriptions=about)


def test_names_of_people_are_not_taken(world, tmp_path):
    contact = {"id": "c1", "service_id": "s1", "name": "Ann Persona", "email": "desk@camdencare.org"}
    values = _values(world, tmp_path / "camden", contacts=[contact])
    assert (values["contact.email"], "Persona" in str(values)) == ("desk@camdencare.org", False)


@pytest.mark.parametrize(("text", "kind"), [("Free of charge.", "free"), ("Sliding scale", "by_income")])
def test_a_cost_that_says_just_that_is_a_code(world, tmp_path, text, kind):
    assert (
        _values(world, tmp_path / "camden", services=[{**SERVICE, "fees": text}])["cost_option.kind"] == kind
    )


def test_a_cost_in_other_words_is_a_note(world, tmp_path):
    values = _values(world, tmp_path / "camden", services=[{**SERVICE, "fees": "Free for members"}])
    assert ("cost_option.kind" in values, values["cost_option.note"]) == (False, "Free for members")


@pytest.mark.parametrize("how", [{"encoding": "utf-8-sig"}, {"newline": "\r\n"}, {"columns": str.upper}])
def test_marks_line_ends_and_capitals_do_not_matter(world, tmp_path, how):
    assert world.load(write_feed(tmp_path / "camden", **how)).created == 1


def test_latin_1_is_read_and_said(world, tmp_path):
    folder = write_feed(tmp_path / "c", encoding="latin-1", services=[{**SERVICE, "name": "Café social"}])
    report = world.load(folder)
    told = any("read as windows-1252" in warning for warning in report.warnings)
    assert (next(iter(world.records().values()))["values"]["service.name"], told) == ("Café social", True)


def test_a_line_break_in_a_cell_is_part_of_it(world, tmp_path):
    values = _values(world, tmp_path / "camden", services=[{**SERVICE, "description": "One.\nTwo."}])
    assert values["service.description"].startswith("One.\nTwo.")


def test_a_point_in_the_sea_is_left_out(world, tmp_path):
    values = _values(world, tmp_path / "c", locations=[{**LOCATION, "latitude": "0", "longitude": "0"}])
    assert "location.point" not in values


def test_a_dry_run_says_what_would_change(world, tmp_path):
    world.load(write_feed(tmp_path / "camden"))
    changed = write_feed(tmp_path / "camden", organizations=[{**ORGANIZATION, "name": "Camden Aid"}])
    report = world.load(changed, dry_run=True)
    assert [d.field for d in report.differences] == ["organization.name"]


def test_how_one_gets_in_by_the_words_of_open_referral_uk(world, tmp_path):
    service = {**SERVICE, "attending_type": "venue,phone", "attending_access": "drop-in"}
    values = _values(world, tmp_path / "camden", services=[service])
    assert (values["service.channels"], values["service.appointment"]) == (["on_site", "phone"], "no")


def test_hours_that_stand_in_words_alone_are_read(world, tmp_path):
    about = [{"id": "1", "name": "services", "language": "English"}]
    schedule = [{"id": "h", "service_id": "s1", "description": "Monday to Friday 9am - 5pm"}]
    values = _values(world, tmp_path / "camden", meta_table_descriptions=about, schedules=schedule)
    assert values["schedule.opening_hours"] == "Mo-Fr 09:00-17:00"


def test_an_owner_without_a_service_is_told(world, tmp_path):
    more = [ORGANIZATION, {"id": "o2", "name": "Nothing Yet"}]
    report = world.load(write_feed(tmp_path / "camden", organizations=more))
    told = "organizations.csv: 'Nothing Yet' no service of the feed belongs to this organization"
    assert [line for line in report.warnings if line.startswith(told)]


def test_an_owner_is_served_through_its_programme(world, tmp_path):
    service = {key: text for key, text in SERVICE.items() if key != "organization_id"} | {"program_id": "g"}
    program = {"id": "g", "organization_id": "o1", "name": "Food for all"}
    report = world.load(write_feed(tmp_path / "camden", services=[service], programs=[program]))
    assert not [line for line in report.warnings if "no service" in line]


def test_one_foreign_byte_does_not_misread_the_accents_of_a_feed(world, tmp_path):
    named = {**SERVICE, "name": "Crèche", "description": "Garderie à l'école, fermée l'été"}
    folder = write_feed(tmp_path / "camden", services=[named, {**SERVICE, "id": "s2", "name": "Damaged"}])
    table = folder / "services.csv"
    table.write_bytes(table.read_bytes().replace(b"Damaged", b"Damag\xe9d"))
    report = world.load(folder)
    assert (report.created, report.rejected) == (1, 1)
    [record] = world.records().values()
    assert "Crèche" in record["values"].values()
