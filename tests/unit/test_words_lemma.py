import json
import shutil
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import StorageError
from service.search.words import lexicon as lexicon_files
from service.search.words.lemma import Lemmas
from service.search.words.lexicon import (
    Lexicon,
    apply_ending,
    ending_rule,
    lexicon_directory,
    prepare,
)


@pytest.fixture(scope="module")
def lemmas(lexicon_home):
    return Lemmas(Lexicon(lexicon_home))


@pytest.fixture
def small_home(tmp_path, lexicon_home, monkeypatch):
    """A data folder with English alone, so that building again is quick."""
    monkeypatch.setattr(lexicon_files, "LEMMA_LANGUAGES", ("en",))
    monkeypatch.setattr(lexicon_files, "COMPOUND_LANGUAGES", ())
    built = lexicon_directory(lexicon_home)
    lexicon_directory(tmp_path).mkdir()
    for name in ("lemmas-en.trie", "manifest.json"):
        shutil.copy(built / name, lexicon_directory(tmp_path) / name)
    return tmp_path


@pytest.mark.parametrize(
    ("language", "word", "lemma"),
    [
        ("nl", "kinderen", "kind"),
        ("nl", "voedselpakketten", "voedselpakket"),
        ("nl", "huurachterstanden", "huurachterstand"),
        ("nl", "mogelijkheden", "mogelijkheid"),
        ("fr", "logements", "logement"),
        ("fr", "travaux", "travail"),
        ("fr", "paye", "payer"),
        ("de", "wohnungen", "wohnung"),
        ("de", "mieten", "miete"),
        ("de", "haeuser", "haus"),
        ("en", "children", "child"),
        ("ar", "اطفال", "طفل"),
        ("ar", "والمساعده", "مساعده"),
        ("tr", "evlerimizden", "ev"),
        ("uk", "дітей", "дитина"),
        ("es", "ayudarme", "ayudar"),
        ("pl", "dzieci", "dziecko"),
        ("ro", "copiilor", "copil"),
    ],
)
def test_lemma_of_an_inflected_word(lemmas, language, word, lemma):
    assert lemma in lemmas.lemmas(word, (language,))


def test_unknown_word_has_no_lemma(lemmas):
    assert lemmas.lemmas("xqzvw", ("nl", "fr", "en")) == ()


def test_number_has_no_lemma(lemmas):
    assert lemmas.lemmas("1080", ("nl", "tr")) == ()


def test_several_languages_give_the_lemmas_of_each(lemmas):
    assert set(lemmas.lemmas("aides", ("fr", "en"))) == {"aide", *lemmas.lemmas("aides", ("fr",))}


def test_says_which_dictionaries_have_a_word(lemmas):
    assert lemmas.known_in("kinderen", ("nl", "fr", "en")) == ("nl",)


@given(st.text(max_size=12), st.text(max_size=12))
def test_ending_rule_leads_from_form_to_lemma(form, lemma):
    assert apply_ending(form, ending_rule(form, lemma)) == lemma


def test_opens_within_a_third_of_a_second(lexicon_home):
    start = time.perf_counter()
    Lexicon(lexicon_home)
    assert time.perf_counter() - start < 0.3


def test_sound_lists_are_not_built_again(small_home):
    built = []
    prepare(small_home, lambda done, total, name: built.append(name))
    assert built == []


@pytest.mark.parametrize("damage", ["truncated", "changed", "missing"])
def test_damaged_list_is_built_again(small_home, damage):
    path = lexicon_directory(small_home) / "lemmas-en.trie"
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(whole[:1000] if damage == "truncated" else b"x" + whole[1:])
    built = []
    prepare(small_home, lambda done, total, name: built.append((done, total, name)))
    assert built == [(1, 1, "lemmas-en.trie")]
    assert path.read_bytes() == whole


@pytest.mark.parametrize("content", ["", "{", "[]", '{"versions": {}, "files": {}}'])
def test_list_without_a_readable_manifest_is_built_again(small_home, content):
    (lexicon_directory(small_home) / "manifest.json").write_text(content)
    built = []
    prepare(small_home, lambda done, total, name: built.append(name))
    assert built == ["lemmas-en.trie"]


def test_list_of_another_version_is_built_again(small_home):
    path = lexicon_directory(small_home) / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["versions"]["simplemma"] = "0.9.1"
    path.write_text(json.dumps(manifest))
    built = []
    prepare(small_home, lambda done, total, name: built.append(name))
    assert built == ["lemmas-en.trie"]


def test_no_half_written_file_stays_behind(small_home):
    (lexicon_directory(small_home) / "lemmas-en.trie").unlink()
    prepare(small_home)
    assert not list(lexicon_directory(small_home).glob("*.part"))


def test_folder_that_cannot_be_written_is_one_clear_sentence(tmp_path):
    (tmp_path / "lexicon").write_text("a file stands where the folder should be")
    with pytest.raises(StorageError, match="word lists cannot be written"):
        prepare(tmp_path)
