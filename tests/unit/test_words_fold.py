import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.search.words.fold import fold, fold_key, folded_words, joined_tokens, tokens


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Logement d’Été", "logement d'ete"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("œuvre", "oeuvre"),
        ("ÇOCUK ılık İŞ", "cocuk ilik is"),
        ("mieszkanie dla Łukasza", "mieszkanie dla lukasza"),
        ("ajutor și țară", "ajutor si tara"),
        ("Ґанок, ёлка", "ганок, елка"),
        ("їжа й дім", "їжа й дім"),
        ("مُسَاعَدَة", "مساعده"),
        ("إلى الأسرة آخر", "الي الاسره اخر"),
        ("مـــال ١٢٣", "مال 123"),
        ("e\u0301te\u0301", "ete"),
        ("ko\u00adffie", "koffie"),
    ],
)
def test_folds_letters_of_the_ten_languages(written, folded):
    assert fold(written) == folded


def test_letters_typed_composed_and_decomposed_are_one():
    assert fold("й") == fold("и\u0306")


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcé'’-. ßœİ1٣ъйمَـ\u0301\u00ad", max_size=30))
def test_tokens_stand_where_they_say_and_never_overlap(text):
    end = 0
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= end
        assert token.folded
        end = token.end


@given(st.text(max_size=60))
def test_quick_words_are_the_words_of_the_tokens(text):
    assert folded_words(text) == [token.folded for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L'aide d’urgence qu'il faut", ["l", "aide", "d", "urgence", "qu", "il", "faut"]),
        ("aujourd'hui", ["aujourdhui"]),
        ("I don't know", ["i", "dont", "know"]),
        ("foto's", ["foto", "s"]),
        ("Brüksel'de", ["bruksel", "de"]),
        ("сім'я та сім’я", ["сімя", "та", "сімя"]),
        ("het C.A.W. of c.a.w", ["het", "caw", "of", "caw"]),
        ("www.caw.be", ["www", "caw", "be"]),
        ("1080 Brussel, 9u30, 24/7", ["1080", "brussel", "9u30", "24", "7"]),
        ("dak_loos", ["dak", "loos"]),
        ("", []),
        ("...!?", []),
    ],
)
def test_words_of_a_text(text, words):
    assert folded_words(text) == words


def test_hyphen_parts_words():
    assert folded_words("Sint-Jans-Molenbeek") == ["sint", "jans", "molenbeek"]


def test_hyphenated_word_is_also_known_as_one():
    (joined,) = joined_tokens("een E-mail sturen")
    assert (joined.folded, joined.text, joined.start) == ("email", "E-mail", 4)


def test_spans_point_into_a_text_that_folding_makes_longer():
    text = "Straße œuvre Gent"
    gent = tokens(text)[-1]
    assert text[gent.start : gent.end] == "Gent"


def test_spellings_of_a_name_share_one_key():
    assert fold_key("Braine-l’Alleud") == fold_key("BRAINE L'ALLEUD") == "braine l alleud"
