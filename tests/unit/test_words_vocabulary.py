import random
import statistics
import time

import pytest

from service.search.words.fold import Token
from service.search.words.terms import Alternative, QueryTerm
from service.search.words.vocabulary import Vocabulary, allowed_edits

VOCABULARY = Vocabulary(
    [
        ("huur", 40),
        ("huis", 90),
        ("muis", 3),
        ("huren", 8),
        ("huurachterstand", 12),
        ("huurwaarborg", 9),
        ("huurprijs", 2),
        ("logement", 30),
        ("psycholoog", 20),
        ("psychologie", 4),
        ("ocmw", 50),
        ("cpas", 44),
        ("1080", 5),
        ("opvang", 60),
        ("opgang", 1),
    ]
)


def word(text, *others, is_known=False):
    """A word of a question with its lemma and part alternatives, as the analyser gives it."""
    alternatives = (Alternative(text, 1.0, "exact"), *others)
    return QueryTerm(Token(text, text, 0, len(text)), alternatives, is_stop=False, is_known=is_known)


def found(term, **options):
    return [(each.term, each.why) for each in VOCABULARY.expand(term, **options)]


def test_counts_documents():
    assert (VOCABULARY.documents("huur"), VOCABULARY.documents("afwezig")) == (40, 0)


def test_word_of_the_index_is_not_corrected():
    assert found(word("huis")) == [("huis", "exact")]


def test_lemma_in_the_index_is_enough():
    assert found(word("huurt", Alternative("huren", 0.9, "lemma"))) == [("huren", "lemma")]


def test_alternatives_outside_the_index_fall_away():
    assert found(word("huur", Alternative("verhuren", 0.9, "lemma"))) == [("huur", "exact")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("logment", "logement"),
        ("logemment", "logement"),
        ("lohement", "logement"),
        ("oppvang", "opvang"),
        ("omcw", "ocmw"),
        ("psycoloog", "psycholoog"),
        ("huurachtrestant", "huurachterstand"),
    ],
)
def test_misspelt_word_finds_what_was_meant(typed, meant):
    assert found(word(typed))[0] == (meant, "typo")


def test_word_of_a_dictionary_is_no_slip_of_the_pen():
    assert found(word("luis", is_known=True)) == []


def test_part_of_a_compound_does_not_stop_the_correction():
    typed = word("huurachterstant", Alternative("huur", 0.45, "compound"))
    assert found(typed) == [("huurachterstand", "typo"), ("huur", "compound")]


def test_same_first_letter_is_closer():
    first, *_ = VOCABULARY.typos("muus")
    assert first.term == "muis"


def test_more_documents_win_at_the_same_distance():
    assert [each.term for each in VOCABULARY.typos("opxang")] == ["opvang", "opgang"]


def test_second_edit_weighs_less():
    once, twice = VOCABULARY.typos("psychologe"), VOCABULARY.typos("psycologi")
    assert once[0].weight > twice[0].weight


@pytest.mark.parametrize("typed", ["cpa", "huu", "1081", "10800"])
def test_short_words_and_numbers_are_not_corrected(typed):
    assert VOCABULARY.typos(typed) == ()


@pytest.mark.parametrize(("letters", "edits"), [(3, 0), (4, 1), (7, 1), (8, 2), (20, 2)])
def test_edits_grow_with_the_word(letters, edits):
    assert allowed_edits("a" * letters) == edits


def test_last_word_may_be_only_begun():
    begun = found(word("huura"), is_last=True)
    assert ("huurachterstand", "prefix") in begun
    assert ("huurprijs", "prefix") not in begun


def test_other_words_are_not_taken_as_begun():
    assert all(why != "prefix" for _, why in found(word("huura")))


def test_begun_word_finds_the_most_frequent_first():
    assert [each.term for each in VOCABULARY.prefixes("huur")] == [
        "huurachterstand",
        "huurwaarborg",
        "huurprijs",
    ]


def test_two_letters_are_no_beginning():
    assert VOCABULARY.prefixes("hu") == ()


def test_number_of_guesses_is_bounded():
    crowded = Vocabulary((f"woning{a}{b}", 1) for a in "abcdefghij" for b in "abcdefghij")
    assert len(crowded.expand(word("woningx"), is_last=True)) <= 13


def test_empty_index_answers_nothing():
    empty = Vocabulary([])
    assert empty.expand(word("huur"), is_last=True) == []


def test_prefilter_loses_no_word_within_the_allowed_edits():
    from rapidfuzz.distance import OSA

    letters = random.Random(4)
    terms = sorted({"".join(letters.choices("abcde", k=letters.randint(4, 10))) for _ in range(2000)})
    vocabulary = Vocabulary((term, 1) for term in terms)
    for typed in letters.sample(terms, 60):
        edits = allowed_edits(typed)
        near = {terms[at] for at in vocabulary._near(typed, edits)}
        assert {term for term in terms if OSA.distance(typed, term) <= edits} <= near


def test_correction_among_200_000_terms_is_quick():
    letters = random.Random(5)
    alphabet = "eeeennaattiirroodslgvhkmubpwjzcf"
    terms = {"".join(letters.choices(alphabet, k=letters.randint(4, 14))) for _ in range(220_000)}
    vocabulary = Vocabulary((term, 1) for term in terms)
    took = []
    for typed in ["".join(letters.choices(alphabet, k=9)) for _ in range(60)]:
        start = time.perf_counter()
        vocabulary.typos(typed)
        took.append(time.perf_counter() - start)
    assert statistics.median(took) < 0.01  # 1 to 2 ms on two quiet cores
