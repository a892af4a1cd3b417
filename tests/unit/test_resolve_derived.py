"""Facts that follow by a rule, and the rule that is named."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from service.catalogue.build import build_listing
from service.catalogue.claims import Edit, SourceRecord
from service.catalogue.derive import derive
from service.catalogue.ground import data_ground
from service.catalogue.ids import record_id
from service.catalogue.resolve import Resolved, resolve
from service.catalogue.stored import pack, unpack
from service.database.json_text import dump_json, load_json
from service.model.listing import Listing
from service.model.values import Value

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LAKEN = {"address.postal_code": "1020", "address.municipality": "21004"}


def derived(values: dict[str, Value], *edits: Edit) -> Resolved:
    own = record_id("zone-list", "pantry")
    record = SourceRecord(own, "zone-list", "pantry", 1, "Zorgzone", NOW, values=values)
    return derive(resolve([record], edits, NOW), data_ground())


def listing(values: dict[str, Value]) -> Listing:
    return build_listing(record_id("zone-list", "pantry"), derived(values))


def unknown(key: str) -> Edit:
    return Edit(uuid4(), record_id("zone-list", "pantry"), key, None, "Amina", NOW, "nobody knows")


def test_postal_code_gives_the_municipality() -> None:
    assert derived({"address.postal_code": "1080"}).values["address.municipality"] == "21012"


def test_postal_code_of_several_municipalities_gives_none() -> None:
    assert "address.municipality" not in derived({"address.postal_code": "1040"}).values


def test_a_point_alone_gives_no_municipality_by_indicative_outlines() -> None:
    assert "address.municipality" not in derived({"location.point": [50.8554, 4.3301]}).values


def test_municipality_that_was_stated_stays() -> None:
    stated = {"address.postal_code": "1080", "address.municipality": "21001"}
    assert derived(stated).values["address.municipality"] == "21001"


def test_postal_code_gives_a_point() -> None:
    lat, lon = derived(LAKEN).values["location.point"]
    assert (lat, lon) == pytest.approx((50.88, 4.35), abs=0.03)


def test_point_of_a_postal_code_is_as_precise_as_that() -> None:
    location = listing(LAKEN).location
    assert location is not None
    assert location.precision == "postal_code"


def test_municipality_gives_a_point_where_no_postal_code_is_known() -> None:
    location = listing({"address.municipality": "11002"}).location
    assert location is not None
    assert location.precision == "municipality"


def test_point_that_was_stated_is_exact() -> None:
    location = listing({**LAKEN, "location.point": [50.88, 4.34]}).location
    assert location is not None
    assert (location.lat, location.lon, location.precision) == (50.88, 4.34, "exact")


def test_point_stated_to_be_unknown_stays_unknown() -> None:
    assert "location.point" not in derived(LAKEN, unknown("location.point")).values


def test_nothing_follows_from_a_postal_code_abroad() -> None:
    assert "location.point" not in derived({"address.postal_code": "1080", "address.country": "FR"}).values


def test_zone_follows_from_the_postal_code() -> None:
    assert derived(LAKEN).values["location.zone"] == ["bxl-noord", "elz-bruzel"]


def test_zone_that_was_stated_stays() -> None:
    assert derived({**LAKEN, "location.zone": ["bxl-zuid"]}).values["location.zone"] == ["bxl-zuid"]


def test_a_derived_fact_names_its_rule() -> None:
    who = derived(LAKEN).provenance["location.zone"]
    assert (who.kind, who.how) == ("derived", "postal_code")


def test_municipality_wide_help_serves_the_zones_that_it_lies_in() -> None:
    served = derived({**LAKEN, "service_area.coverage": "municipality"}).values["service_area.zones"]
    assert "bxl-noord" in served


def test_brussels_wide_help_serves_every_zone_of_brussels() -> None:
    served = derived({"service_area.coverage": "brussels"}).values["service_area.zones"]
    assert {"bxl-noord", "bxl-zuid", "elz-bruzel"} <= set(served)


def test_brussels_wide_help_serves_no_zone_of_flanders() -> None:
    served = derived({"service_area.coverage": "brussels"}).values["service_area.zones"]
    assert "elz-gent" not in served


def test_flemish_help_serves_no_care_zone_of_brussels() -> None:
    served = derived({"service_area.coverage": "flanders"}).values["service_area.zones"]
    assert not any(zone.startswith("bxl-") for zone in served)


def test_belgian_help_serves_every_zone() -> None:
    served = derived({"service_area.coverage": "belgium"}).values["service_area.zones"]
    assert len(served) == len(data_ground().zones_in("brussels")) + len(data_ground().zones_in("flanders"))


def test_zones_served_that_were_stated_stay() -> None:
    stated = {"service_area.coverage": "belgium", "service_area.zones": ["elz-gent"]}
    assert derived(stated).values["service_area.zones"] == ["elz-gent"]


def test_help_for_the_neighbourhood_serves_no_zone_that_anybody_named() -> None:
    assert "service_area.zones" not in derived({**LAKEN, "service_area.coverage": "local"}).values


def test_a_service_without_a_place_has_the_id_of_the_listing() -> None:
    helpline = listing({"service.name@nl": "Tele-Onthaal"})
    assert (helpline.location, helpline.service.id) == (None, helpline.id)


def test_a_service_at_a_place_has_an_id_of_its_own() -> None:
    pantry = listing(LAKEN)
    assert pantry.service.id != pantry.id


def test_a_text_without_a_stated_language_says_so() -> None:
    assert listing({"service.name": "Tele-Onthaal"}).service.name == {"und": "Tele-Onthaal"}


def test_what_is_stored_is_read_back() -> None:
    stated = {**LAKEN, "service.name@nl": "Voedselpakketten", "service.needs": ["food.parcel"]}
    resolved = derived(stated, unknown("contact.email"))
    assert unpack(load_json(dump_json(pack(resolved)))) == resolved
