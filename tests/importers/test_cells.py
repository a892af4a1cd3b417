import pytest

from importers.clean.cells import read_cell
from service.errors import BadValue


@pytest.mark.parametrize(
    ("path", "text", "value", "step"),
    [
        ("service.description", "Warme  maaltijd ", "Warme maaltijd", "whitespace"),
        ("service.description", "<p>Warme maaltijd<br>en koffie</p>", "Warme maaltijd\nen koffie", "html"),
        ("service.description", "Eten &amp; drinken", "Eten & drinken", "html"),
        ("organization.name", "Cafe\u0301 De\u00a0Brug\u200b", "Café De Brug", "characters"),
        ("phone.numbers", "Tel.: 02 411 22 33", ["+3224112233"], "phones"),
        ("contact.email", "mailto:Info@DeBrug.BE", "Info@debrug.be", "e-mail"),
        ("contact.website", "www.debrug.be/Hulp", "https://www.debrug.be/Hulp", "urls"),
        ("contact.website", "HTTPS://DeBrug.be/Hulp", "https://debrug.be/Hulp", "urls"),
        ("service.needs", "Voedselpakket; Warme maaltijd", ["food.parcel", "food.meal"], "codes"),
        ("service.audience", "IEDEREEN", ["everyone"], "codes"),
        ("service.languages", "NL;fr", ["nl", "fr"], "languages"),
        ("address.postal_code", "B-1080", "1080", "postal codes"),
        ("address.municipality", "Sint-Jans-Molenbeek", "21012", "municipalities"),
        ("address.country", "be", "BE", "countries"),
    ],
)
def test_a_step_cleans_and_is_counted(path, text, value, step):
    cell = read_cell(path, text)
    assert cell.value == value
    assert step in cell.changed


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("service.description", "korting <3 en 5 > 4", "korting <3 en 5 > 4"),
        ("service.referral_required", "nee", False),
        ("service.referral_required", "Oui", True),
        ("service.minimum_age", "18", 18),
        ("location.point", "50.8554 4.3301", [50.8554, 4.3301]),
        ("phone.numbers", "02 411 22 33; 1712", ["+3224112233", "1712"]),
        ("service.required_documents", "Id; of paspoort|Attest", ["Id; of paspoort", "Attest"]),
        ("schedule.opening_hours", "Mo-Fr 09:00-12:00", "Mo-Fr 09:00-12:00"),
        ("service.needs", " ; ", None),
        ("service.description", "  ", None),
    ],
)
def test_a_cell_is_typed_as_its_field(path, text, value):
    assert read_cell(path, text).value == value


@pytest.mark.parametrize(
    ("path", "text", "value", "step"),
    [
        ("phone.numbers", "02 411 22 33 (secretariaat)", ["+3224112233"], "phones"),
        ("phone.numbers", "24112233", ["+3224112233"], "phones"),
        ("phone.numbers", "02 411 22 33 / 0486 12 34 56", ["+3224112233", "+32486123456"], "phones"),
        ("contact.email", "info (at) debrug.be", "info@debrug.be", "e-mail"),
        ("contact.website", "htpp://debrug.be", "http://debrug.be", "urls"),
        ("service.languages", "NL/FR/Arabisch", ["nl", "fr", "ar"], "languages"),
        ("service.languages", "Frans", ["fr"], "languages"),
        ("organization.enterprise_number", "KBO 0403.170.701", "0403170701", "enterprise numbers"),
        ("organization.enterprise_number", "403170701", "0403170701", "enterprise numbers"),
    ],
)
def test_what_people_write_is_repaired_where_it_means_one_thing(path, text, value, step):
    cell = read_cell(path, text)
    assert cell.value == value
    assert step in cell.changed


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("schedule.opening_hours", "ma-vr 9u-12u"),
        ("schedule.opening_hours", "na het werk"),
        ("schedule.opening_hours", "Mo-Fr"),
        ("cost_option.kind", "5 euro per les"),
    ],
)
def test_hours_and_prices_in_words_wait_for_the_whole_record(path, text):
    cell = read_cell(path, text)
    assert (cell.value, cell.words) == (None, text)


def test_a_cell_that_is_right_is_not_counted():
    assert read_cell("phone.numbers", "02 411 22 33").changed == ()


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("phone.numbers", "bel ons", "is not a telephone number"),
        ("phone.numbers", "02 411 22 33; 0", "is not a telephone number"),
        ("contact.website", "zie brochure", "is not a web address"),
        ("contact.email", "info at debrug", "is not an e-mail address"),
        ("service.needs", "food.pizza", "is not a known code"),
        ("service.referral_required", "misschien", "is neither yes nor no"),
        ("service.minimum_age", "-3", "is not an age"),
        ("location.point", "51,06 3,71", "is not a point"),
        ("location.point", "151.06 3.71", "lies outside the earth"),
        ("address.municipality", "Molenbeek-les-Bains", "is not a NIS code"),
    ],
)
def test_a_cell_with_another_meaning_or_none_is_refused(path, text, reason):
    with pytest.raises(BadValue) as error:
        read_cell(path, text)
    assert reason in error.value.reason
