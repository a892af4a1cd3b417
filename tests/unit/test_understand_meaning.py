"""The model of meaning is in step with its phrases, and what it says is a probability."""

import csv
import json

import numpy as np
import pytest

from service.model import terms
from service.search.understand.meaning.examples import PHRASES, examples, fingerprint
from service.search.understand.meaning.grams import forms_of, grams
from service.search.understand.meaning.model import CARD, meaning
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon

MAIN, OTHERS = ("nl", "fr", "en"), ("ar", "tr", "uk", "es", "de", "pl", "ro")


@pytest.fixture(scope="module")
def analyser(lexicon_home):
    return Analyser(Lexicon(lexicon_home))


def test_the_model_was_learnt_from_these_phrases_by_this_code():
    card = json.loads(CARD.read_text(encoding="utf-8"))
    assert card["fingerprint"] == fingerprint(), "run: python -m service.search.understand.meaning.train"


def test_every_need_was_learnt():
    assert meaning().needs == tuple(terms.needs())


@pytest.mark.parametrize("need", terms.needs())
def test_a_need_has_enough_phrases_in_every_language(need):
    counts = dict.fromkeys((*MAIN, *OTHERS), 0)
    for each in examples():
        counts[each.language] += each.need == need
    assert all(counts[language] >= 40 for language in MAIN)
    assert all(counts[language] >= 15 for language in OTHERS)


@pytest.mark.parametrize("path", sorted(PHRASES.glob("*.csv")), ids=lambda path: path.stem)
def test_no_phrase_stands_twice_in_a_file(path):
    with path.open(encoding="utf-8", newline="") as file:  # a laptop is one in seven languages
        phrases = [(row["language"], row["phrase"].casefold()) for row in csv.DictReader(file)]
    assert len(phrases) == len(set(phrases))


def test_probabilities_sum_to_one():
    assert np.isclose(meaning().probabilities(meaning().hear("ik kan mijn huur niet meer betalen")).sum(), 1)


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("de gasrekening is veel te hoog dit jaar", "housing.energy"),
        ("er hangt overal zwarte schimmel aan de muur", "housing.quality"),
        ("mon père oublie tout depuis qu'il a alzheimer", "caregiver.dementia"),
        ("where can I get vaccinated against flu", "prevention.vaccination"),
        ("ich brauche Hilfe beim Ausfüllen eines Online-Formulars", "digital.help_forms"),
        ("أريد أن أتعلم اللغة الهولندية", "social.language_practice"),
        ("çocuğum için kreş arıyorum", "family.childcare"),
    ],
)
def test_a_situation_is_read(text, need, analyser):
    found = meaning()
    likely = found.probabilities(found.hear(text, forms_of(analyser.query_terms(text, None))))
    assert found.needs[int(likely.argmax())] == need


def test_a_slip_of_the_pen_changes_little():
    found = meaning()
    heard = found.hear_each([("schuldbemiddeling", ()), ("schuldbemidelling", ())])
    right, slip = map(found.probabilities, heard)
    assert right.argmax() == slip.argmax()


def test_nonsense_is_not_known():
    assert not meaning().hear("xqzzt wvvkx").is_known


def test_grams_are_the_same_whatever_case_and_accents():
    assert grams("Dépression") == grams("depression")
