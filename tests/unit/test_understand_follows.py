from dataclasses import replace
from datetime import datetime

import pytest

from service.config import TIMEZONE
from service.model import terms
from service.search.understand.follows import follows_stage, what_follows
from service.search.understand.need import SURE
from service.search.understand.question import Question, Reading
from service.search.understand.understood import NeedReading

NOON = datetime(2026, 11, 22, 12, tzinfo=TIMEZONE)


def read(confidence, **known):
    """Of a question that asks for respite this surely."""
    need = NeedReading("caregiver.respite", "Respijt", confidence, "even op adem")
    reading = Reading(Question("even op adem komen", (), "nl", NOON), needs=(need,))
    return follows_stage(replace(reading, **known))


def test_who_asks_for_respite_cares_for_somebody():
    assert read(0.9).audience == ("carer",)


def test_the_words_of_the_need_are_the_reason():
    assert read(0.9).because["carer"] == "even op adem"


def test_explain_says_why():
    assert read(0.9).evidence[-1].rule == "carers ask for relief"


def test_a_need_that_is_unsure_brings_nobody_along():
    assert read(SURE - 0.01).audience == ()


def test_what_was_said_stays_as_it_was():
    said = read(0.9, audience=("carer",), because={"carer": "mantelzorger"})
    assert (said.audience, said.because["carer"]) == (("carer",), "mantelzorger")


@pytest.mark.parametrize("need", what_follows())
def test_every_need_is_one_of_the_list(need):
    assert need in terms.needs()
