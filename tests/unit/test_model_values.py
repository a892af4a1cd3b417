"""Values are typed and valid, or say why not."""

import pytest

from service.errors import BadValue
from service.model.dates import PartialDate
from service.model.fields import fields, parse_key
from service.model.listing import pick_text
from service.model.phone import format_phone, parse_phone
from service.model.values import parse_value


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("02/512.34.56", "+3225123456"),
        ("+32 (0)2 512 34 56", "+3225123456"),
        ("0470/12 34 56", "+32470123456"),
        ("1712", "1712"),
        ("106", "106"),
        ("116 000", "116000"),
        ("0800 13 500", "+3280013500"),
    ],
)
def test_phone(raw, stored):
    assert parse_phone(raw) == stored


@pytest.mark.parametrize("raw", ["12", "hello", "02 512", "99999", "+32 106"])
def test_what_is_no_phone(raw):
    with pytest.raises(BadValue, match="not a telephone number"):
        parse_phone(raw)


def test_a_short_number_is_read_as_it_is_dialled():
    assert format_phone("1712") == "1712"


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("service.needs", ["food.parcels"]),
        ("service.needs", "food.parcel"),
        ("cost_option.kind", "gratis"),
        ("service.referral_required", "yes"),
        ("location.point", [91, 4]),
        ("location.point", "50,4"),
        ("contact.email", "info at example.be"),
        ("contact.website", "www.example.be"),
        ("contact.website", "javascript:alert(1)"),
        ("schedule.opening_hours", "ma-vr 9u-12u"),
        ("address.municipality", "Gent"),
        ("organization.enterprise_number", "0403.170.700"),
        ("service.minimum_age", -1),
        ("organization.name", "a\x00b"),
        ("organization.name", " "),
        ("organization.colour", "blue"),
        ("cost_option.amount", "12.505"),
        ("cost_option.amount", "-5"),
        ("service.wait_first_talk", 4_000),
        ("service.wait_first_talk", True),
        ("schedule.valid_to", "24/12/2026"),
        ("schedule.valid_to", "2026-02-30"),
        ("service.intake", "full"),
    ],
)
def test_refused(path, raw):
    with pytest.raises(BadValue) as refused:
        parse_value(path, raw)
    assert refused.value.reason


@pytest.mark.parametrize(
    ("path", "raw", "value"),
    [
        ("service.needs", ["food.parcel", "food.meal", "food.parcel"], ["food.parcel", "food.meal"]),
        ("location.point", [51, "3.7"], [51.0, 3.7]),
        ("schedule.opening_hours", " Mo-Fr 09:00-12:00 ", "Mo-Fr 09:00-12:00"),
        ("organization.enterprise_number", "BE 0403.170.701", "0403170701"),
        ("cost_option.amount", "€ 12,5", "12.50"),
        ("cost_option.amount", "12.00", "12"),
        ("service.wait_first_talk", 21, 21),
        ("schedule.valid_to", "2026-12-24", "2026-12-24"),
        ("service.documents", ["identity", "identity"], ["identity"]),
    ],
)
def test_read(path, raw, value):
    assert parse_value(path, raw) == value


def test_a_key_with_a_language():
    assert parse_key("service.description@nl") == ("service.description", "nl")


@pytest.mark.parametrize("text", ["service.colour", "service.description@xx", "contact.email@nl"])
def test_a_key_that_is_none(text):
    with pytest.raises(BadValue):
        parse_key(text)


def test_every_field_has_labels_in_four_languages():
    assert all(
        set(f.labels) >= {"nl", "fr", "en", "de"} and all(f.labels.values()) for f in fields().values()
    )


@pytest.mark.parametrize(
    ("text", "precision", "latest"),
    [("2026", "year", "2026-12-31"), ("2024-02", "month", "2024-02-29"), ("2026-08-13", "day", "2026-08-13")],
)
def test_a_partial_date(text, precision, latest):
    found = PartialDate.parse(text)
    assert (str(found), found.precision, found.latest.isoformat()) == (text, precision, latest)


@pytest.mark.parametrize("text", ["", "13/08/2026", "2026-13", "2026-02-30", "26"])
def test_what_is_no_date(text):
    with pytest.raises(BadValue):
        PartialDate.parse(text)


def test_a_text_falls_back_in_the_stated_order():
    assert pick_text({"fr": "Repas", "en": "Meal"}, "nl") == ("Repas", "fr")


def test_a_text_without_a_stated_language_says_so():
    assert pick_text({"und": "Poverello"}, "nl") == ("Poverello", None)
