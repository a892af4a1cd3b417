"""The model of danger beside the patterns: in step with its phrases, quick, silent where danger is denied."""

import json
import time

import pytest

from service.search.understand.crisis.model import CARD, MODEL, model
from service.search.understand.crisis.read import load_lists, read_crisis
from service.search.understand.crisis.train import examples, fingerprint

LONG = "mijn man is al weken boos en ik weet niet meer wat ik moet doen met de kinderen en de huur " * 2


def test_model_was_learnt_from_the_phrases_and_code_that_lie_here():
    assert json.loads(CARD.read_text(encoding="utf-8"))["fingerprint"] == fingerprint()


def test_model_is_small():
    assert MODEL.stat().st_size < 1_000_000


def test_no_phrase_is_written_as_a_danger_and_as_none():
    written = [(each.phrase, each.topic == "none") for each in examples() if each.origin == "written"]
    assert len(dict(written)) == len(set(written))


@pytest.mark.parametrize(
    ("phrase", "topic"),
    [
        ("il m'a cassé le nez, je suis aux urgences", "violence"),
        ("he put a tracker under my car", "violence"),
        ("papa doucht met mijn zusje en doet raar", "child"),
    ],
)
def test_what_no_pattern_says_is_read_by_the_model(phrase, topic):
    assert [(each.topic, each.by) for each in read_crisis(phrase)] == [(topic, "model")]


def test_model_gives_the_words_that_say_so_most():
    (reading,) = read_crisis("he put a tracker under my car")
    assert all(part in "he put a tracker under my car" for part in reading.because.split(" … "))
    assert reading.because


def test_model_is_sure_enough_before_it_speaks():
    (reading,) = read_crisis("he put a tracker under my car")
    assert model().threshold <= reading.certainty <= 1


def test_a_question_takes_less_than_a_millisecond():
    load_lists()
    read_crisis(LONG)
    begin = time.process_time()
    for _ in range(100):
        read_crisis(LONG)
    assert (time.process_time() - begin) / 100 < 0.003  # one is the aim; three leave room on a busy day
