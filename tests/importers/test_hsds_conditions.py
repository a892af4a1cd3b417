"""The conditions that HSDS 3 has a place for land in our own fields; what has two readings stays words."""

import pytest

from tests.importers.feeds import LOCATION, ORGANIZATION, SERVICE, nested, write_feed, write_json

DAY = "2026-07-01"


def _values(world, tmp_path, **changed):
    world.load(write_json(tmp_path / "feed.json", nested(**changed)))
    return next(iter(world.records().values()))["values"]


@pytest.mark.parametrize(
    ("changed", "field", "value"),
    [
        ({"wait_time": "2 weeks"}, "service.wait_start", 14),
        ({"wait_time": "No waiting list"}, "service.wait_start", 0),
        ({"wait_time": "2 to 3 weeks"}, "service.wait_start", None),
        ({"required_documents": [{"document": "Photo ID"}]}, "service.documents", ["identity"]),
        ({"required_documents": [{"document": "none required"}]}, "service.documents", ["none"]),
        (
            {"required_documents": [{"document": "Photo ID"}, {"document": "A letter from your school"}]},
            "service.documents",
            None,
        ),
        ({"interpretation_services": "Sign language"}, "service.interpreter", ["sign"]),
        ({"interpretation_services": "Ask at the desk"}, "service.interpreter", None),
        ({"application_process": "Referral required"}, "service.referral_required", True),
        ({"accreditations": "Charity Commission"}, "organization.recognised_by", "Charity Commission"),
        (
            {"organization": {**ORGANIZATION, "legal_status": "Nonprofit"}},
            "organization.legal_form",
            "non_profit",
        ),
        ({"status": "temporarily closed"}, "service.intake", "stopped"),
    ],
)
def test_a_condition_is_taken_where_it_has_one_reading(world, tmp_path, changed, field, value):
    assert _values(world, tmp_path, **changed).get(field) == value


@pytest.mark.parametrize(
    ("option", "field", "value"),
    [
        ({"amount": "5", "currency": "EUR", "amount_description": "per visit"}, "cost_option.per", "visit"),
        ({"amount": "5", "currency": "EUR"}, "cost_option.amount", "5"),
        ({"amount": "5", "currency": "EUR"}, "cost_option.kind", "fixed"),
        ({"amount": "5", "currency": "GBP"}, "cost_option.amount", None),
        ({"amount": "5", "currency": "EUR", "option": "up to"}, "cost_option.kind", None),
        ({"amount": "5", "currency": "EUR", "valid_to": "2020-01-01"}, "cost_option.note", None),
    ],
)
def test_one_price_in_euro_is_an_amount(world, tmp_path, option, field, value):
    assert _values(world, tmp_path, cost_options=[{"id": "c", **option}]).get(field) == value


@pytest.mark.parametrize(("updated", "free"), [(DAY, 3), ("2026-05-01", None), ("", None)])
def test_free_places_count_where_they_are_as_recent_as_the_record(world, tmp_path, updated, free):
    room = [{"id": "r", "available": 3, "maximum": 12, "updated": updated}]
    values = _values(world, tmp_path, service_capacity=room, last_modified=DAY)
    assert (values.get("service.places"), values.get("service.places_free")) == (12, free)


def test_parts_of_a_place_that_are_accessible(world, tmp_path):
    said = [{"id": "1", "description": "Accessible toilet"}, {"id": "2", "description": "Elevator"}]
    place = {**LOCATION, "accessibility": said}
    values = _values(world, tmp_path, service_at_locations=[{"id": "x1", "location": place}])
    assert (values["location.toilet"], values["location.lift"]) == (True, True)


def test_nobody_is_sent_to_what_is_closed_for_now_by_its_hours(world, tmp_path):
    hours = [{"id": "h", "byday": "MO", "opens_at": "09:00", "closes_at": "12:00"}]
    values = _values(world, tmp_path, status="temporarily closed", schedules=hours)
    assert "schedule.opening_hours" not in values
    assert values["schedule.description"] == "Mo 09:00-12:00"


def _attribute(path, value, **more):
    return {"id": f"{path} {value}", "link_type": path, "link_entity": "service", "value": value, **more}


def test_fields_of_ours_that_a_feed_states_as_attributes_are_taken(world, tmp_path):
    facts = [
        _attribute("service.needs", "food.parcel", taxonomy_term={"id": "t", "name": "Food parcel"}),
        _attribute("service.pets", "true"),
        _attribute("service.description", "Colis alimentaires", label="fr"),
        _attribute("b", "betaalbaar"),
    ]
    values = _values(world, tmp_path, attributes=facts)
    assert values["service.needs"] == ["food.parcel"]
    assert values["service.pets"] is True
    assert values["service.description@fr"] == "Colis alimentaires"
    assert "betaalbaar" not in str(values)


def test_a_fact_that_expires_is_not_taken_from_an_attribute_without_its_day(world, tmp_path):
    values = _values(world, tmp_path, attributes=[_attribute("service.intake", "open")], last_modified=DAY)
    assert "service.intake" not in values


def test_an_address_that_is_said_to_be_hidden_is_not_taken(world, tmp_path):
    place = nested()["service_at_locations"][0]["location"]
    place["attributes"] = [
        {"id": "q", "link_type": "address.hidden", "link_entity": "location", "value": "true"}
    ]
    values = _values(world, tmp_path, service_at_locations=[{"id": "x1", "location": place}])
    assert (values["address.hidden"], "Pratt Street" in str(values)) == (True, False)


def test_attributes_in_a_table_say_the_same(world, tmp_path):
    facts = [
        {"id": "1", "link_id": "s1", "link_entity": "service", "link_type": "service.pets", "value": "false"}
    ]
    world.load(write_feed(tmp_path / "camden", attributes=facts, services=[SERVICE]))
    assert next(iter(world.records().values()))["values"]["service.pets"] is False


@pytest.mark.parametrize(("precision", "is_taken"), [("exact", True), ("postal_code", False)])
def test_a_point_that_was_looked_up_is_not_the_place_itself(world, tmp_path, precision, is_taken):
    place = nested()["service_at_locations"][0]["location"]
    place["attributes"] = [{**_attribute("location.precision", precision), "link_entity": "location"}]
    values = _values(world, tmp_path, service_at_locations=[{"id": "x1", "location": place}])
    assert ("location.point" in values) is is_taken
