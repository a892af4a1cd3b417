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
def line(lexicon_home):
    return Understanding(Analyser(Lexicon(lexicon_home)), gazetteer())


@pytest.fixture(scope="module")
def first(line):
    """Of each question the first need that is read, and how surely."""
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


WHO = (
    ("nl", "alleenstaande moeder zoekt woning in Gent", "housing.search housing.social"),
    ("fr", "maman solo cherche un logement à Namur", "housing.search housing.social"),
    ("en", "single mum looking for a flat", "housing.search housing.social"),
    ("de", "alleinerziehend, suche Wohnung", "housing.search housing.social"),
    ("es", "madre soltera busca trabajo", "work.support"),
    ("tr", "tek başıma anneyim, iş arıyorum", "work.support"),
    ("pl", "samotna matka, nie mam na czynsz", "housing.rent_arrears"),
    ("ro", "mamă singură, nu am bani de mâncare", "food.parcel"),
    ("uk", "мати-одиначка, шукаю квартиру", "housing.search housing.social"),
    ("ar", "أم وحيدة وأبحث عن عمل", "work.support"),
    ("nl", "ik spreek geen nederlands en moet een formulier invullen", "digital.help_forms money.rights"),
    ("fr", "je ne parle pas français et je cherche un avocat", "money.legal_aid"),
)


def test_who_somebody_is_does_not_hide_what_they_ask_for(line):
    read = [line.understand(question, language, FROZEN).needs for language, question, _right in WHO]
    right = [bool(needs) and needs[0].code in each[2].split() for needs, each in zip(read, WHO, strict=True)]
    assert sum(right) / len(right) >= 0.9
