"""Exports of HSDS that bend the standard land too: other names, lists of ids, tables that only tie."""

from importers.registry import find_source
from tests.importers.feeds import AT, LOCATION, ORGANIZATION, PHONE, SERVICE, write_feed

OTHER = {**SERVICE, "id": "s2", "name": "Soup kitchen"}
SECOND = {**LOCATION, "id": "l2", "name": "Kentish Town Hall", "latitude": "51.550"}


def _by_name(world):
    return {each["values"]["service.name"]: each["values"] for each in world.records().values()}


def test_columns_may_carry_the_name_of_their_table(world, tmp_path):
    own = {"service_recordid": "s1", "service_name": "Food pantry", "service_organization": "o1"}
    world.load(write_feed(tmp_path / "camden", services=[own]))
    assert list(_by_name(world)) == ["Food pantry"]


def test_of_two_columns_with_one_meaning_the_one_named_by_the_standard_counts(world, tmp_path):
    both = {"service_name": "internal 7", **SERVICE}
    world.load(write_feed(tmp_path / "camden", services=[both]))
    assert list(_by_name(world)) == ["Food pantry"]


def test_where_the_column_of_the_standard_is_empty_the_other_one_counts(world, tmp_path):
    days = {"id": "h1", "service_id": "s1", "weekday": "Monday", "opens": "9:00", "closes": "17:00"}
    world.load(write_feed(tmp_path / "camden", schedules=[{**days, "opens_at": "", "closes_at": ""}]))
    assert _by_name(world)["Food pantry"]["schedule.opening_hours"] == "Mo 09:00-17:00"


def test_places_in_a_list_make_a_listing_each(world, tmp_path):
    own = {**SERVICE, "service_locations": "l1,l2"}
    report = world.load(
        write_feed(tmp_path / "camden", services=[own], locations=[LOCATION, SECOND], services_at_location=[])
    )
    assert (report.created, report.rejected) == (2, 0)


def test_a_row_that_names_several_services_belongs_to_each(world, tmp_path):
    world.load(
        write_feed(
            tmp_path / "camden",
            services=[SERVICE, OTHER],
            services_at_location=[AT, {**AT, "id": "x2", "service_id": "s2"}],
            phones=[{**PHONE, "service_id": "s1, s2"}],
        )
    )
    assert [each["phone.numbers"] for each in _by_name(world).values()] == [["+442079460000"]] * 2


def test_a_name_in_a_list_of_ids_is_told(world, tmp_path):
    feed = write_feed(tmp_path / "camden", phones=[{**PHONE, "service_id": "s1,Unnamed"}])
    told = " ".join(world.load(feed).warnings)
    assert "'Unnamed' is the id of no service" in told


def test_a_table_that_only_ties_gives_rows_their_owner(world, tmp_path):
    loose = {key: text for key, text in PHONE.items() if key != "service_id"}
    tie = {"id": "1", "service_recordid": "s1", "phone_recordid": "p1"}
    world.load(write_feed(tmp_path / "camden", phones=[loose], service_phones=[tie]))
    assert _by_name(world)["Food pantry"]["phone.numbers"] == ["+442079460000"]


def test_a_row_with_nothing_in_a_known_column_has_its_reason(world, tmp_path):
    feed = write_feed(tmp_path / "camden", services=[SERVICE, {"titel": "Voedselpakket"}])
    report = world.load(feed)
    assert (report.created, report.rejected) == (1, 1)


def test_a_table_of_empty_rows_is_told(world, tmp_path):
    feed = write_feed(tmp_path / "camden", phones=[{**PHONE, "id": "", "service_id": "", "number": ""}] * 3)
    assert "has 3 rows without anything in them" in " ".join(world.load(feed).warnings)


def _with_card(folder, lines):
    card = f"id: camden\nname: Camden\nformat: hsds\n{lines}"
    (folder / "source.yml").write_text(card)
    return folder


def test_a_card_maps_columns_of_its_own(world, tmp_path):
    own = {"ref": "s1", "titel": "Food pantry", "organization_id": "o1"}
    folder = write_feed(tmp_path / "camden", services=[own])
    world.load(_with_card(folder, "mapping: {services.ref: id, services.titel: name}\n"))
    assert list(_by_name(world)) == ["Food pantry"]


def test_a_column_that_the_card_ignores_is_no_warning(world, tmp_path):
    folder = write_feed(tmp_path / "camden", services=[{**SERVICE, "flag": "x"}])
    report = world.load(_with_card(folder, "ignore: [services.flag]\n"))
    assert not [each for each in report.warnings if "flag" in each]


def test_american_numbers_without_an_address_are_not_german(world, tmp_path):
    numbers = [{"id": str(n), "service_id": "s1", "number": f"(202) 540-98{n}"} for n in range(60, 69)]
    world.load(write_feed(tmp_path / "camden", physical_addresses=[], phones=numbers))
    assert _by_name(world)["Food pantry"]["phone.numbers"][0] == "+12025409860"


def test_the_card_of_a_feed_is_found(tmp_path):
    folder = _with_card(write_feed(tmp_path / "camden", organizations=[ORGANIZATION]), "")
    assert find_source(str(folder)).card.format == "hsds"
