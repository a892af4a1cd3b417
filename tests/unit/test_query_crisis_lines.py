from datetime import datetime

import pytest

from service.config import TIMEZONE
from service.search.query.crisis import crisis_lines, lines
from service.search.understand.crisis.reading import TOPICS, CrisisReading
from service.search.understand.understood import NeedReading, Understood

NOON = datetime(2026, 11, 24, 12, tzinfo=TIMEZONE)


def phones(*topics, language="nl", page="nl", region=None, speaks=()):
    crisis = tuple(CrisisReading(topic, 0.9, "") for topic in topics)
    understood = Understood(language, crisis=crisis, speaks=speaks)
    return [line.phone for line in crisis_lines(understood, page, region, NOON)]


def test_need_alone_shows_no_line():
    needs = (NeedReading("mental_health.crisis", "", 0.99, ""), NeedReading("safety.violence", "", 0.99, ""))
    assert crisis_lines(Understood("nl", needs=needs), "nl", None, NOON) == ()


@pytest.mark.parametrize("topic", TOPICS)
def test_every_danger_has_a_line(topic):
    assert phones(topic)


def test_line_of_the_question_comes_before_that_of_the_page():
    assert phones("suicide", language="fr", page="nl")[:2] == ["0800 32 123", "1813"]


def test_language_that_is_spoken_counts_too():
    assert "0800 32 123" in phones("suicide", speaks=("fr",))


def test_language_without_a_line_of_the_topic_gets_one_to_talk_to_and_all_of_the_topic():
    assert phones("suicide", language="en", page="en")[:3] == ["02 648 40 14", "1813", "0800 32 123"]


def test_language_without_any_line_sees_all_of_the_topic():
    assert phones("suicide", language="tr", page="tr") == ["1813", "0800 32 123", "112", "101"]


def test_life_in_danger_comes_first_where_it_is_read():
    assert phones("emergency", "suicide")[:2] == ["112", "101"]


def test_life_in_danger_comes_last_otherwise():
    assert phones("violence")[-2:] == ["112", "101"]


def test_poisoning_shows_the_poison_centre_whatever_the_language():
    assert phones("poisoning", language="uk", page="uk") == ["070 245 245", "112", "101"]


def test_line_of_flanders_is_left_out_in_wallonia():
    assert "1712" not in phones("violence", region="wallonia")
    assert "1712" in phones("violence", region="flanders")


def test_talk_shows_no_emergency_number():
    assert phones("talk") == ["106"]


def test_no_line_is_shown_twice():
    shown = phones("suicide", "self_harm", "violence", "child", "emergency")
    assert len(shown) == len(set(shown))


def test_lines_are_of_the_region_and_around_the_clock_known():
    assert {line.region for line in lines()} <= {"belgium", "flanders", "brussels", "wallonia"}
    open_now = {line.phone: line.open_now for line in crisis_lines(
        Understood("nl", crisis=(CrisisReading("violence", 0.9, ""),)), "nl", None, NOON)}  # fmt: skip
    assert open_now["112"] is True
    assert open_now["1712"] is None
