"""How well dangers are read: a set of phrases that was written before the lists, in other words."""

import csv
from pathlib import Path

import pytest

from service.search.understand.crisis.lexicon import FOLDER, LANGUAGES
from service.search.understand.crisis.read import read_crisis
from service.search.understand.crisis.reading import TOPICS
from service.search.understand.tables import rows
from service.search.words.fold import fold_key

ORDINARY = ("food", "housing", "money", "digital", "social", "work", "mobility", "basic", "caregiver")


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SETS = {
    name: read(Path(__file__).parent / f"{name}.csv")
    for name in ("crisis_set", "crisis_set_2", "crisis_set_3")
}
SET = SETS["crisis_set"]
LEARNT = [*read(FOLDER / "phrases.csv"), *read(FOLDER / "examples.csv")]
DANGERS = [row for row in SET if row["topic"] != "none"]
OTHERS = [row for row in SET if row["topic"] == "none"]


def topics(phrase, kind=""):
    """The dangers read; where a death is grieved, a line to talk to is no alarm."""
    grieved = kind in ("grief", "bereavement")
    return {each.topic for each in read_crisis(phrase)} - ({"talk"} if grieved else set())


def rate(hits, rows_):
    return round(sum(hits) / len(rows_), 3)


def test_set_is_large_and_of_every_language_and_topic():
    assert len(DANGERS) >= 300
    assert len(OTHERS) >= 300
    for topic in set(TOPICS) - {"talk"}:
        assert {row["language"] for row in DANGERS if row["topic"] == topic} == set(LANGUAGES)
    assert {row["language"] for row in OTHERS} == set(LANGUAGES)


def test_no_phrase_of_the_set_is_among_the_examples():
    asked = {fold_key(row["phrase"]) for rows_ in SETS.values() for row in rows_}
    assert asked.isdisjoint(fold_key(row["phrase"]) for row in LEARNT)


@pytest.mark.parametrize("name", SETS)
def test_dangers_are_recalled(name):
    dangers = [row for row in SETS[name] if row["topic"] != "none"]
    recall = rate([bool(topics(row["phrase"]) - {"talk"}) for row in dangers], dangers)
    print(f"{name}: recall {recall} of {len(dangers)}")
    assert recall >= 0.98


@pytest.mark.parametrize("name", SETS)
def test_look_alikes_and_ordinary_questions_sound_no_alarm(name):
    others = [row for row in SETS[name] if row["topic"] == "none"]
    alarms = [bool(topics(row["phrase"], row["kind"])) for row in others]
    print(f"{name}: false alarms {rate(alarms, others)} of {len(others)}")
    assert rate(alarms, others) <= 0.02


@pytest.mark.parametrize("topic", sorted(set(TOPICS) - {"talk"}))
def test_danger_is_read_as_what_it_is(topic):
    here = [row for row in DANGERS if row["topic"] == topic]
    right = rate([topic in topics(row["phrase"]) for row in here], here)
    print(f"{topic}: right topic {right} of {len(here)}")
    assert right >= 0.95


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_is_left_behind(language):
    here = [row for row in DANGERS if row["language"] == language]
    recall = rate([bool(topics(row["phrase"]) - {"talk"}) for row in here], here)
    print(f"{language}: recall {recall} of {len(here)}")
    assert recall >= 0.9


@pytest.mark.parametrize("theme", ORDINARY)
def test_example_phrases_of_ordinary_needs_sound_no_alarm(theme):
    phrases = [row["phrase"] for row in rows(f"phrases/{theme}.csv")]
    alarms = [bool(topics(phrase) - {"talk"}) for phrase in phrases]
    print(f"{theme}: false alarms {rate(alarms, phrases)} of {len(phrases)}")
    assert rate(alarms, phrases) <= 0.005
