"""Lists stand in the order of the alphabet of the reader."""

import pytest

from service.i18n.alphabet import place
from service.i18n.locales import LOCALES
from service.web.choices import SPOKEN, spoken


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", ["ганок", "ґанок", "італійська", "курдська", "португальська"]),
        ("pl", ["lato", "łotewski", "maj", "zebra", "źrebak", "żaba"]),
        ("ro", ["iarnă", "înalt", "japoneză", "sat", "școală", "tablou"]),
        ("es", ["nube", "ñandú", "oso"]),
        ("tr", ["cam", "çam", "dam", "ısı", "iz"]),
        ("fr", ["école", "edam", "zèbre"]),
        ("nl", ["geïnde", "geit"]),
        ("en", ["a word", "above"]),
    ],
)
def test_the_alphabet_of_the_reader(language, words):
    assert sorted(sorted(words), key=lambda word: place(word, language)) == words


def test_another_script_comes_after_the_alphabet():
    assert sorted(["я", "z"], key=lambda word: place(word, "pl")) == ["z", "я"]


@pytest.mark.parametrize("language", LOCALES)
def test_every_spoken_language_is_offered_once(language):
    assert sorted(code for code, _name in spoken(language)) == sorted(SPOKEN)


def test_italian_stands_before_kurdish_in_ukrainian():
    names = [name for _code, name in spoken("uk")]
    assert names.index("італійська") < names.index("курдська")
