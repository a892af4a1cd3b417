"""How well needs are read: questions of our own that no model learns from, one a need and language."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from service.geo.places import gazetteer
from service.model import terms
from service.search.understand.meaning.examples import examples, term_examples
from service.search.understand.understand import Understanding
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon
from tests.conftest import FROZEN

MAIN = ("nl", "fr", "en")
with (Path(__file__).parent / "need_set.csv").open(encoding="utf-8", newline="") as file:
    SET = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def right(lexicon_home):
    """For each question whether its need was read first."""
    line = Understanding(Analyser(Lexicon(lexicon_home)), gazetteer())

    def is_right(row):
        needs = line.understand(row["question"], row["language"], FROZEN).needs
        return bool(needs) and needs[0].code in (row["need"], row["also"])

    return [is_right(row) for row in SET]


def share(right, languages):
    chosen = [hit for hit, row in zip(right, SET, strict=True) if row["language"] in languages]
    return sum(chosen) / len(chosen)


def test_every_need_is_asked_in_the_three_languages_of_the_country_and_in_one_other():
    count = Counter((row["need"], row["language"] if row["language"] in MAIN else "other") for row in SET)
    assert all(count[need, language] == 1 for need in terms.needs() for language in (*MAIN, "other"))


def test_no_question_is_an_example():
    learnt = {each.phrase.casefold() for each in (*examples(), *term_examples())}
    assert not [row["question"] for row in SET if row["question"].casefold() in learnt]


def test_needs_in_dutch_french_and_english(right):
    assert share(right, MAIN) >= 0.95


def test_needs_in_other_languages(right):
    assert share(right, {row["language"] for row in SET} - set(MAIN)) >= 0.9
