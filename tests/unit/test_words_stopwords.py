import pytest

from service.search.words.lexicon import LEMMA_LANGUAGES
from service.search.words.stopwords import likely_languages, stop_words

AMONG = ("nl", "fr", "en", "de")


@pytest.mark.parametrize("language", LEMMA_LANGUAGES)
def test_each_of_the_ten_languages_has_function_words_and_negations(language):
    assert len(stop_words(language)) > 120
    assert len(stop_words(language, frozenset({"negation"}))) >= 5


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "ik heb geen en voor mijn zoek"),
        ("fr", "je n ai pas de pour mon cherche ou"),
        ("en", "i dont have any for my need"),
        ("de", "ich habe keine fur meine suche"),
        ("ar", "انا ليس عندي في اريد"),
        ("tr", "ben yok icin bir istiyorum"),
        ("uk", "я не маю для мене шукаю"),
        ("es", "yo no tengo para mi busco"),
        ("pl", "ja nie mam dla mnie szukam"),
        ("ro", "eu nu am pentru mine caut"),
    ],
)
def test_words_that_only_put_a_question_are_function_words(language, words):
    assert set(words.split()) <= stop_words(language)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "alleen samen huur thuis papieren werk nood"),
        ("fr", "personne seul loyer ensemble papiers"),
        ("en", "alone help home papers together"),
        ("de", "allein zusammen miete hilfe"),
        ("es", "solo sola ayuda"),
        ("tr", "yalniz kira yardim"),
        ("ar", "نفسي سكن طفل"),
    ],
)
def test_words_that_carry_a_need_are_none(language, words):
    assert not set(words.split()) & stop_words(language)


def test_language_without_a_list_has_none():
    assert stop_words("it") == frozenset()


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("hulp voor wie de huur niet kan betalen", ("nl",)),
        ("aide pour les familles et les enfants", ("fr",)),
        ("help for people who are new in the city", ("en",)),
        ("hilfe fur menschen die keine wohnung haben", ("de",)),
        ("voedselpakket", ()),
        ("", ()),
    ],
)
def test_function_words_tell_the_language_of_a_text(text, languages):
    assert likely_languages(text.split(), AMONG)[:1] == languages
