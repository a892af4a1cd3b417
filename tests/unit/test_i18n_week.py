"""The opening hours of the coming days, in words."""

from datetime import date, datetime, timedelta

import pytest

from service.config import TIMEZONE
from service.i18n.week import week, when

TUESDAY = date(2026, 11, 24)


def texts(osm, today=TUESDAY, lang="nl"):
    return [day.text for day in week(osm, today, lang)]


def test_the_week_begins_today():
    assert [day.name for day in week("24/7", TUESDAY, "nl")][:2] == [
        "dinsdag 24 november",
        "woensdag 25 november",
    ]


def test_two_stretches_of_a_day_are_joined():
    assert texts("Tu 09:00-12:30,13:30-17:00")[0] == "9:00 tot 12:30 en 13:30 tot 17:00"


@pytest.mark.parametrize(
    ("lang", "words"), [("es", "9:00–12:30 y 13:30–17:00"), ("ro", "9:00–12:30 și 13:30–17:00")]
)
def test_two_stretches_of_a_day_in_spanish_and_romanian(lang, words):
    assert texts("Tu 09:00-12:30,13:30-17:00", lang=lang)[0] == words


def test_a_day_without_hours_is_closed():
    assert texts("Tu 09:00-12:30")[1] == "gesloten"


def test_always_open_is_day_and_night():
    assert set(texts("24/7", lang="fr")) == {"jour et nuit"}


def test_a_night_belongs_to_the_day_it_begins_on():
    assert texts("We 20:00-03:00")[1:3] == ["20:00 tot 3:00", "gesloten"]


def test_a_night_that_runs_since_yesterday_stands_with_today():
    assert texts("Mo 20:00-03:00")[0] == "0:00 tot 3:00"


def test_every_night_is_written_once():
    assert texts("Mo-Su 22:00-06:00")[1:] == ["22:00 tot 6:00"] * 6


def test_until_midnight():
    assert texts("Tu 18:00-24:00")[0] == "18:00 tot 24:00"


def test_a_comment_of_the_expression_stays():
    assert texts('Tu 09:00-12:00 "op afspraak"')[0] == "9:00 tot 12:00 (op afspraak)"


@pytest.mark.parametrize(("lang", "name"), [("nl", "Kerstmis"), ("fr", "Noël"), ("de", "Weihnachten")])
def test_a_public_holiday_is_named(lang, name):
    christmas = week("Mo-Fr 09:00-12:00; PH off", date(2026, 12, 21), lang)[4]
    assert (christmas.text, christmas.note.split(" ")[-1]) == (
        {"nl": "gesloten", "fr": "fermé", "de": "geschlossen"}[lang],
        name,
    )


@pytest.mark.parametrize("today", [date(2026, 3, 27), date(2026, 10, 23)])
def test_a_week_in_which_the_clock_changes_keeps_its_hours(today):
    assert set(texts("Mo-Su 01:00-04:00", today)) == {"1:00 tot 4:00"}


@pytest.mark.parametrize(
    ("apart", "words"),
    [(0, "vandaag om 14:00"), (1, "morgen om 14:00"), (3, "vrijdag 27 november om 14:00")],
)
def test_a_moment_to_come(apart, words):
    now = datetime(2026, 11, 24, 10, 0, tzinfo=TIMEZONE)
    assert when(now.replace(hour=14) + timedelta(days=apart), now, "nl") == words
