"""An engine that takes long to fail is left alone for a while; one that fails at once is asked each time."""

import pytest

from service.errors import BadParameter, IndexNotReady
from service.search.query.pause import PAUSE_S, SLOW_S, Pause


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def pause(clock):
    return Pause(clock)


def ask(pause, clock, seconds, error):
    with pause.watch():
        clock.now += seconds
        raise error


def fail(pause, clock, seconds, error=None):
    error = error or IndexNotReady("no")
    with pytest.raises(type(error)):
        ask(pause, clock, seconds, error)


def is_asked(pause):
    try:
        with pause.watch():
            return True
    except IndexNotReady:
        return False


def test_a_quick_failure_is_no_reason_to_wait(pause, clock):
    fail(pause, clock, SLOW_S / 2)
    assert is_asked(pause)


def test_after_a_slow_failure_nobody_asks_for_a_while(pause, clock):
    fail(pause, clock, SLOW_S * 2)
    assert not is_asked(pause)
    clock.now += PAUSE_S
    assert is_asked(pause)


def test_a_slow_answer_that_is_another_failure_counts_as_an_answer(pause, clock):
    fail(pause, clock, SLOW_S * 2, BadParameter("lat", "no", "yes"))
    assert is_asked(pause)


def test_one_question_at_a_time_finds_out(pause, clock):
    fail(pause, clock, SLOW_S * 2)
    clock.now += PAUSE_S
    with pause.watch():
        assert not is_asked(pause)
    assert is_asked(pause)


def test_once_it_answers_everybody_asks_again(pause, clock):
    fail(pause, clock, SLOW_S * 2)
    clock.now += PAUSE_S
    assert is_asked(pause)
    with pause.watch():
        assert is_asked(pause)
