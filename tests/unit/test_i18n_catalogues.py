"""The words of the interface are complete in every language of the menu, and in step with the code."""

import ast
import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural

from service.i18n.extract import ROOT, faults, renew, template
from service.i18n.locales import LOCALES, SOURCE, interface
from service.i18n.messages import Translator, read_catalogue
from service.i18n.spaces import keep_together
from service.model.fields import LANGUAGES

CODES = [locale.code for locale in interface()]
FILLED_IN = re.compile(r"%\((\w+)\)s")
MARKS = ("_", "N_", "gettext", "ngettext")
BREAKS = re.compile(r"(?<![\xa0;:!?])(?:[;!?]|:(?=\s|$))|«(?!\xa0)|(?<!\xa0)»|[ \u202f][;:!?»]")


def test_the_table_has_the_ten_languages_people_are_answered_in():
    assert tuple(LOCALES) == LANGUAGES


def test_dutch_french_german_and_english_are_complete():
    assert CODES[:4] == ["nl", "fr", "de", "en"]


@pytest.mark.parametrize("code", CODES)
def test_no_message_is_missing_empty_fuzzy_or_stale(code):
    assert list(faults(code)) == []


def _marked(path):
    """The texts that a file of code marks for translation, wherever they stand."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            if name in MARKS and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_every_message_that_code_marks_is_collected():
    collected = template()
    marked = [text for path in ROOT.rglob("*.py") for text in _marked(path)]
    assert len(marked) > 100
    assert [text for text in marked if text not in collected] == []


def test_there_are_messages_at_all():
    assert len(template()) > 200


@pytest.mark.parametrize("code", CODES)
def test_a_translation_fills_in_what_its_message_does(code):
    wrong = []
    for message in read_catalogue(code):
        ids, strings = (
            (message.id, message.string)
            if isinstance(message.id, tuple)
            else ((message.id,), (message.string,))
        )
        for string in strings:
            if set(FILLED_IN.findall(string)) - set(FILLED_IN.findall(" ".join(ids))):
                wrong.append((ids, string))
    assert wrong == []


def test_the_source_language_says_what_the_code_says():
    assert Translator(SOURCE).gettext("Open now") == "Open now"


def test_a_language_without_a_catalogue_falls_to_the_source(monkeypatch):
    monkeypatch.setattr("service.i18n.messages.read_catalogue", lambda code: Catalog(locale=code))
    assert Translator("uk").gettext("Open now") == "Open now"


def test_french_counts_nothing_as_one():
    assert Translator("fr").ngettext("%(num)s offer of help", "%(num)s offers of help", 0) == "0 possibilité"


def test_dutch_counts_nothing_as_many():
    assert (
        Translator("nl").ngettext("%(num)s offer of help", "%(num)s offers of help", 0) == "0 mogelijkheden"
    )


@pytest.mark.parametrize(
    ("num", "words"),
    [(1, "1 posibilitate"), (2, "2 posibilități"), (19, "19 posibilități"), (20, "20 de posibilități")],
)
def test_romanian_puts_de_between_twenty_and_what_is_counted(num, words):
    told = Translator("ro").ngettext("%(num)s offer of help", "%(num)s offers of help", num)
    assert told == f"{words} de ajutor"


def test_an_empty_message_is_a_fault(monkeypatch):
    catalogue = read_catalogue("nl")
    catalogue.get("Open now").string = ""
    monkeypatch.setattr("service.i18n.extract.read_catalogue", lambda _code: catalogue)
    assert list(faults("nl")) == ["nl: empty or fuzzy: 'Open now'"]


def test_a_message_that_the_code_no_longer_has_is_a_fault(monkeypatch):
    catalogue = read_catalogue("nl")
    catalogue.add("Gone from the code", "Weg")
    monkeypatch.setattr("service.i18n.extract.read_catalogue", lambda _code: catalogue)
    assert list(faults("nl")) == ["nl: no longer used: 'Gone from the code'"]


def test_a_message_that_is_not_in_the_catalogue_is_a_fault(monkeypatch):
    catalogue = read_catalogue("nl")
    catalogue.delete("Open now")
    monkeypatch.setattr("service.i18n.extract.read_catalogue", lambda _code: catalogue)
    assert list(faults("nl")) == ["nl: missing: 'Open now'"]


@pytest.mark.parametrize("code", LOCALES)
def test_every_language_counts_by_its_own_rule(code):
    """A catalogue that is begun for any of the ten knows how many forms its language has (CLDR)."""
    catalogue = read_catalogue(code)
    assert catalogue.num_plurals == get_plural(code).num_plurals


@pytest.mark.parametrize("code", [code for code in LOCALES if code != SOURCE])
def test_a_counting_message_needs_every_form(monkeypatch, code):
    begun = Catalog(locale=code)
    forms = ["%(num)s"] * (begun.num_plurals - 1)
    begun.add(("%(num)s offer of help", "%(num)s offers of help"), tuple(forms))
    monkeypatch.setattr("service.i18n.extract.read_catalogue", lambda _code: begun)
    assert any("empty or fuzzy: ('%(num)s offer of help'" in fault for fault in faults(code))


@pytest.mark.parametrize(("num", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (11, 5), (100, 4)])
def test_arabic_has_six_forms(monkeypatch, num, form):
    catalogue = Catalog(locale="ar")
    catalogue.add(("one", "many"), tuple(f"form {i}" for i in range(6)))
    monkeypatch.setattr("service.i18n.messages.read_catalogue", lambda _code: catalogue)
    assert Translator("ar").ngettext("one", "many", num) == f"form {form}"


def test_only_arabic_is_written_from_right_to_left():
    assert [code for code, locale in LOCALES.items() if locale.direction == "rtl"] == ["ar"]


def test_french_signs_stay_on_the_line_of_their_word():
    strings = [message.string for message in read_catalogue("fr") if message.id]
    every = [form for string in strings for form in ([string] if isinstance(string, str) else string)]
    assert [form for form in every if BREAKS.search(form)] == []


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Prix :", "Prix\xa0:"),
        ("Qui le dit?", "Qui le dit\xa0?"),
        ("Tout près\u202f; plus loin !", "Tout près\xa0; plus loin\xa0!"),
        ("Le lieu « %(place)s » ?", "Le lieu «\xa0%(place)s\xa0»\xa0?"),
        ("«Autour de moi»", "«\xa0Autour de moi\xa0»"),
        ("de 9:00 à 12:30, https://nabij.be", "de 9:00 à 12:30, https://nabij.be"),
        ("Vraiment ?!", "Vraiment\xa0?!"),
    ],
)
def test_a_french_sign_is_kept_with_its_word(written, kept):
    assert (keep_together(written, "fr"), keep_together(kept, "fr")) == (kept, kept)


@pytest.mark.parametrize("code", [code for code in LOCALES if code != "fr"])
def test_only_french_sets_spaces_before_its_signs(code):
    assert keep_together("Prix : « 5 » ?", code) == "Prix : « 5 » ?"


def test_renewing_the_catalogue_sets_the_french_spaces(monkeypatch):
    catalogue = read_catalogue("fr")
    catalogue.get("Price:").string = "Prix :"
    monkeypatch.setattr("service.i18n.extract.read_catalogue", lambda _code: catalogue)
    assert renew("fr").get("Price:").string == "Prix\xa0:"
