from datetime import datetime

import pytest

from service.config import TIMEZONE
from service.search.understand.question import Question
from service.search.understand.signs import SignBook
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=TIMEZONE)


@pytest.fixture(scope="module")
def analyser(lexicon_home):
    return Analyser(Lexicon(lexicon_home))


@pytest.fixture
def find(analyser):
    def look(text, *patterns, language="nl", languages=("nl",)):
        rows = [{"sign": sign, "patterns": p, "language": language} for sign, p in patterns]
        question = Question(text, tuple(analyser.query_terms(text, None)), "nl", NOW)
        found = SignBook(rows, analyser.lemmas.known_in).find(question, languages, frozenset())
        return {sign: question.quote(words) for sign, words in found.items()}

    return look


def test_words_of_a_pattern_stand_in_order(find):
    assert find("ik slaap buiten", ("out", "slaap buiten")) == {"out": "slaap buiten"}
    assert find("buiten slaap ik", ("out", "slaap buiten")) == {}


def test_slash_stands_for_either(find):
    assert find("mijn opa valt", ("elder", "mijn oma/opa")) == {"elder": "mijn opa"}


def test_star_stands_for_any_ending(find):
    assert find("rolstoelvriendelijk", ("wheels", "rolstoel*")) == {"wheels": "rolstoelvriendelijk"}


def test_equals_sign_takes_no_other_form(find):
    assert find("vrouwen", ("one", "=vrouw")) == {}
    assert find("vrouwen", ("one", "vrouw")) == {"one": "vrouwen"}


def test_gap_stands_for_up_to_three_words(find):
    assert find("niemand mag dit ooit weten", ("secret", "niemand ... weten")) == {
        "secret": "niemand … weten"
    }
    assert find("niemand a b c d weten", ("secret", "niemand ... weten")) == {}


def test_class_stands_for_its_words(find):
    assert find("onze buurvrouw", ("near", "@my buurvrouw"), ("@my", "mijn;onze")) == {
        "near": "onze buurvrouw"
    }


def test_number_sign_stands_for_a_number(find):
    assert find("mama van 2", ("mother", "mama van #")) == {"mother": "mama van 2"}


def test_what_a_longer_look_alike_covers_is_no_sign(find):
    signs = (("family", "gezin"), ("nothing", "kind en gezin"))
    assert find("consult kind en gezin", *signs) == {}


def test_sex_of_somebody_beside_is_not_that_of_the_asker(find):
    assert find("mijn man", ("man", "man"), ("partner", "mijn man")) == {"partner": "mijn man"}


def test_slip_of_the_pen_is_corrected_in_the_own_language_only(find):
    assert find("zwangger", ("baby", "zwanger")) == {"baby": "zwangger"}
    assert find("zwangger", ("baby", "zwanger"), languages=("fr",)) == {}


def test_word_of_another_language_counts_where_the_own_one_lacks_it(find):
    assert find("opvang voor бездомний", ("home", "бездомн*"), language="uk") == {"home": "бездомний"}
    assert find("kost dit veel", ("free", "dit"), language="fr") == {}


def test_arabic_article_and_prepositions_are_looked_through(find):
    assert find("مساعدة للحامل", ("baby", "حامل"), language="ar", languages=("ar",)) == {"baby": "للحامل"}


def test_star_before_stands_for_any_beginning(find):
    assert find("je suis épuisée", ("she", "suis *ée"), language="fr", languages=("fr",)) == {
        "she": "suis épuisée"
    }
