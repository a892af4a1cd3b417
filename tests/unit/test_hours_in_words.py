"""Opening hours as a short line of words, and read back from it as they were."""

from __future__ import annotations

import pytest

from service.desk.bulk.cells import cell_of, value_of
from service.errors import BadValue
from service.i18n.hours_in_words import hours_in_words
from service.i18n.locales import LOCALES

HOURS = "schedule.opening_hours"
SIMPLE = "Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-12:00; PH off"
ODD = ("week 01-53/2 Mo 09:00-12:00", "sunrise-sunset", "Mo[1] 14:00-16:00", 'Mo 09:00-12:00 "bel aan"')


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "ma-vr 09:00-12:00,13:00-17:00; za 10:00-12:00; feestdagen gesloten"),
        ("fr", "lun.-ven. 09:00-12:00,13:00-17:00; sam. 10:00-12:00; jours fériés fermé"),
        ("en", "Mon-Fri 09:00-12:00,13:00-17:00; Sat 10:00-12:00; public holidays closed"),
    ],
)
def test_days_and_holidays_stand_in_the_language(language, words):
    assert hours_in_words(SIMPLE, language) == words


@pytest.mark.parametrize("language", LOCALES)
def test_a_written_cell_is_read_back_as_it_was(language):
    for osm in (SIMPLE, "24/7", "Tu 09:30-12:00; Dec 25 off", "Fr 22:00-02:00", *ODD):
        assert value_of(HOURS, str(cell_of(HOURS, osm, language)), language) == osm


@pytest.mark.parametrize("osm", ODD[:3])
def test_what_the_words_cannot_say_stays_an_expression(osm):
    assert hours_in_words(osm, "nl") == osm


def test_a_remark_stays_as_it_was_said():
    assert hours_in_words(ODD[3], "nl") == 'ma 09:00-12:00 "bel aan"'


@pytest.mark.parametrize("number", ["+3225123456", "1712", "+33140205050", "+32477123456"])
def test_a_number_is_written_as_people_dial_it_and_read_back(number):
    cell = str(cell_of("phone.numbers", [number], "nl"))
    assert "+32" not in cell
    assert value_of("phone.numbers", cell) == [number]


@pytest.mark.parametrize(("language", "day"), [("nl", "Tu"), ("de", "Tu"), ("fr", "Su")])
def test_a_day_of_two_languages_is_that_of_who_writes(language, day):
    assert value_of(HOURS, "di 9-12", language) == f"{day} 09:00-12:00"


@pytest.mark.parametrize(("written", "language"), [("di 9-12", None), ("ma-do 9-12", "fr")])
def test_hours_that_may_be_another_day_are_refused(written, language):
    with pytest.raises(BadValue):
        value_of(HOURS, written, language)


def test_a_tuesday_is_written_in_dutch():
    assert cell_of(HOURS, "Tu 09:00-12:00", "nl") == "di 09:00-12:00"
