"""Hours, prices and addresses in words, in the files of a source."""

import pytest

from .conftest import pantry

HEADER = (
    "key", "organization.name", "service.name@nl", "service.needs", "phone.numbers", "schedule.opening_hours",
    "cost_option.kind", "address.street", "address.house_number",
)  # fmt: skip


def load(world, hours="", cost="", street="", number="", language="nl"):
    world.write("bron/lijst.csv", [(*pantry("a"), hours, cost, street, number)], header=HEADER)
    card = world.files / "bron" / "source.yml"
    card.write_text(f"id: bron\nname: Bron\nformat: csv\nlanguage: {language}\n", encoding="utf-8")
    report = world.load(card.parent)
    return report, world.records()["a"]["values"]


def test_hours_in_words_become_the_expression_and_keep_their_text(world):
    report, values = load(world, hours="ma-vr 9u-12u, za op afspraak")
    assert values["schedule.opening_hours"] == "Mo-Fr 09:00-12:00"
    assert values["schedule.description"] == "ma-vr 9u-12u, za op afspraak"
    assert values["service.appointment"] == "optional"
    assert report.changes["opening hours"] == 1


def test_hours_are_read_in_the_language_of_the_source(world):
    _, values = load(world, hours="ma 9h-12h", language="fr")
    assert values["schedule.opening_hours"] == "Tu 09:00-12:00"


def test_hours_that_cannot_be_read_exactly_are_kept_as_text_with_their_reasons(world):
    report, values = load(world, hours="wo 14-16u, niet in de schoolvakanties")
    assert "schedule.opening_hours" not in values
    assert values["schedule.description"] == "wo 14-16u, niet in de schoolvakanties"
    assert report.changes["opening hours kept as text"] == 1
    assert "school_holidays" in report.warnings[0]


def test_hours_in_the_form_of_openstreetmap_stay_as_they_are(world):
    report, values = load(world, hours="Mo-Fr 09:00-12:00; SH off")
    assert values["schedule.opening_hours"] == "Mo-Fr 09:00-12:00; SH off"
    assert "schedule.description" not in values
    assert not report.changes["opening hours"]


@pytest.mark.parametrize(
    ("cost", "kind"), [("gratis!", "free"), ("5 euro", "fixed"), ("volgens inkomen", "by_income")]
)
def test_a_price_in_words_becomes_its_kind(world, cost, kind):
    _, values = load(world, cost=cost)
    if values["cost_option.kind"] != "by_income":
        assert values["cost_option.note"] == cost
    assert values["cost_option.kind"] == kind


def test_a_price_that_is_not_understood_is_kept_as_text(world):
    report, values = load(world, cost="vraag het aan Jan")
    assert "cost_option.kind" not in values
    assert values["cost_option.note"] == "vraag het aan Jan"
    assert "kept as text" in report.warnings[0]


def test_a_number_in_the_street_goes_to_its_own_field(world):
    report, values = load(world, street="Kerkstr. 12 bus 3")
    assert [values[f"address.{name}"] for name in ("street", "house_number", "box")] == [
        "Kerkstraat",
        "12",
        "3",
    ]
    assert report.changes["addresses"] == 1
