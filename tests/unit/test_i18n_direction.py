"""Names, numbers and dates keep their own direction inside a text from right to left."""

import pytest

from service.i18n import formats
from service.i18n.direction import isolated
from service.i18n.locales import LOCALES
from service.i18n.messages import Translator

FIRST_STRONG, POP = "\u2068", "\u2069"


@pytest.mark.parametrize("piece", ["Sint-Jans-Molenbeek", "02 512 34 56", "9:00", "www.ocmw.be"])
def test_what_runs_to_the_right_is_a_piece_of_its_own_in_arabic(piece):
    assert isolated(piece, "ar") == f"{FIRST_STRONG}{piece}{POP}"


def test_arabic_in_arabic_needs_no_help():
    assert isolated("العربية", "ar") == "العربية"


@pytest.mark.parametrize("code", [code for code, locale in LOCALES.items() if locale.direction == "ltr"])
def test_languages_from_left_to_right_stay_as_they_are(code):
    assert isolated("1080 Molenbeek", code) == "1080 Molenbeek"


def test_what_is_filled_in_is_a_piece_of_its_own():
    told = Translator("ar").gettext("near %(place)s", place="1080 Sint-Jans-Molenbeek")
    assert f"{FIRST_STRONG}1080 Sint-Jans-Molenbeek{POP}" in told


def test_a_list_has_the_comma_of_the_script():
    assert formats.listed(["العربية", "الفرنسية"], "ar") == "العربية، الفرنسية"


def test_a_list_of_sentences_has_the_semicolon_of_the_script():
    assert formats.listed(["أولاً", "ثانياً"], "ar", ";") == "أولاً؛ ثانياً"


def test_what_is_empty_is_not_listed():
    assert formats.listed(["Frans", "", "Arabisch"], "nl") == "Frans, Arabisch"
