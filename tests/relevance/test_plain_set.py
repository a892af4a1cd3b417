"""How well the plainest wordings are read, of who writes little; no model learns from these."""

import csv
from pathlib import Path

import pytest

from service.geo.places import gazetteer
from service.search.understand.meaning.examples import examples, term_examples
from service.search.understand.need import SURE
from service.search.understand.understand import Understanding
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon
from tests.conftest import FROZEN

with (Path(__file__).parent / "plain_set.csv").open(encoding="utf-8", newline="") as file:
    SET = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def first(lexicon_home):
    """Of each question the first need that is read, and how surely."""
    line = Understanding(Analyser(Lexicon(lexicon_home)), gazetteer())
    read = [line.understand(row["question"], row["language"], FROZEN).needs for row in SET]
    return [(needs[0].code, needs[0].confidence) if needs else ("", 0.0) for needs in read]


def test_no_question_is_an_example():
    learnt = {each.phrase.casefold() for each in (*examples(), *term_examples())}
    assert not [row["question"] for row in SET if row["question"].casefold() in learnt]


def test_plain_words_are_read(first):
    right = [code in row["needs"].split() for (code, _sure), row in zip(first, SET, strict=True)]
    assert sum(right) / len(right) >= 0.95


def test_plain_words_are_hardly_ever_misread_surely(first):
    wrong = [sure >= SURE and code not in row["needs"].split()
             for (code, sure), row in zip(first, SET, strict=True)]  # fmt: skip
    assert sum(wrong) / len(wrong) <= 0.01
