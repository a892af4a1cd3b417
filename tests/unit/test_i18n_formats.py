"""Dates, ages, distances and lists as people write them."""

from datetime import date

import pytest

from service.i18n import formats
from service.i18n.labels import field_label, language_name, term_label
from service.i18n.locales import LOCALES
from service.i18n.negotiate import choose_language
from service.model.dates import PartialDate
from service.model.terms import Term

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("metres", "words"),
    [(3, "10 m"), (644, "640 m"), (994, "990 m"), (996, "1 km"), (1_250, "1,2 km"), (9_960, "10 km")],
)
def test_a_distance_in_dutch(metres, words):
    assert formats.distance(metres, "nl") == words


@pytest.mark.parametrize(("count", "words"), [(8, "8 min"), (89, "89 min"), (95, "1 u 35 min"), (120, "2 u")])
def test_minutes_become_hours_from_ninety_on(count, words):
    assert formats.minutes(count, "nl").replace("uur", "u") == words


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ("2026", "dit jaar"),
        ("2022", "4 jaar geleden"),
        ("2026-11", "deze maand"),
        ("2026-08", "3 maanden geleden"),
        ("2025-02", "21 maanden geleden"),
        ("2026-11-24", "vandaag"),
        ("2026-11-23", "1 dag geleden"),
        ("2026-11-01", "3 weken geleden"),
        ("2026-08-30", "2 maanden geleden"),
        ("2024-11-24", "2 jaar geleden"),
        ("2024-11-25", "23 maanden geleden"),
    ],
)
def test_an_age_is_never_finer_than_its_date_and_counts_whole_units(stated, words):
    assert formats.age(PartialDate.parse(stated), TODAY, "nl") == words


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nl", "augustus 2026"), ("fr", "août 2026"), ("de", "August 2026"), ("en", "August 2026")],
)
def test_a_month_is_written_as_a_month(lang, words):
    assert formats.partial_date(PartialDate.parse("2026-08"), lang) == words


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("stated", ["2026-08-13", "2026-08", "2026"])
def test_a_date_can_end_a_sentence(language, stated):
    assert formats.partial_date(PartialDate.parse(stated), language)[-1].isalnum()


def test_a_year_is_written_as_a_year():
    assert formats.partial_date(PartialDate.parse("2026"), "fr") == "2026"


@pytest.mark.parametrize("language", LOCALES)
def test_an_amount_has_the_sign_of_the_euro(language):
    assert [sign for sign in ("€", "EUR") if sign in formats.euro(2.5, language)] == ["€"]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nl", "dinsdag 24 november"), ("tr", "24 Kasım Salı"), ("es", "martes 24 de noviembre")],
)
def test_a_day_of_the_week_stands_where_the_language_has_it(lang, words):
    assert formats.weekday(TODAY, lang) == words


def test_a_list_ends_in_and():
    assert formats.joined(["Frans", "Arabisch", "Turks"], "nl") == "Frans, Arabisch en Turks"


def test_a_language_by_its_name_in_another():
    assert language_name("ar", "fr") == "arabe"


def test_a_sign_language_by_its_name():
    assert language_name("vgt", "nl") == "Vlaamse Gebarentaal"


def test_a_language_that_nobody_named_stays_a_code():
    assert language_name("qqq", "nl") == "qqq"


def test_the_label_of_a_need_in_german():
    assert term_label("need", "housing.rent_arrears", "de") == "Mietschulden"


def test_a_language_without_labels_reads_them_in_english():
    assert Term("housing", {"nl": "Wonen", "en": "Housing"}).label("uk") == "Housing"


def test_the_label_of_a_field():
    assert field_label("phone.numbers", "fr") == "Téléphone"


@pytest.mark.parametrize(
    ("asked", "header", "chosen"),
    [
        (None, None, "nl"),
        ("fr", "nl", "fr"),
        ("fr-BE", None, "fr"),
        (None, "de-AT;q=0.5, fr;q=0.9", "fr"),
        (None, "pt, sq;q=0.9, en;q=0.2", "en"),
        (None, "uk-UA, uk;q=0.9, en;q=0.2", "uk"),
        ("klingon", "de", "de"),
        (None, "fr;q=0, en;q=0.1", "en"),
        (None, ";;q=,,x;q=9", "nl"),
        ("pt", "pt", "nl"),
    ],
)
def test_the_language_of_an_answer(asked, header, chosen):
    assert choose_language(asked, header) == chosen
