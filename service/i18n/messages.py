"""The translated messages of a language, read from its .po catalogue."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from service.i18n.direction import isolates_what_is_filled_in
from service.i18n.elision import with_elision
from service.i18n.locales import LOCALES

TRANSLATIONS = Path(__file__).parent / "translations"


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language; an empty one where it has none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def N_(message: str) -> str:  # the name gettext tools know for "to be translated later"
    """Mark a message for the catalogues where it is written and translate it where it is shown."""
    return message


class Translator:
    """Translates the messages of the code into one language; what it lacks stays in the source language.

    Messages with ``%(name)s`` are filled in with the keyword arguments, each in its own direction.
    """

    def __init__(self, language: str) -> None:
        catalogue = read_catalogue(language)
        self.language = language
        self._plural: Callable[[int], int] = gettext.c2py(catalogue.plural_expr)
        self._one: dict[tuple[str | None, str], str] = {}
        self._many: dict[tuple[str | None, str], tuple[str, ...]] = {}
        for message in catalogue:
            if not message.id or message.fuzzy:
                continue
            forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if not forms or not all(forms):
                continue
            if isinstance(message.id, str):
                self._one[message.context, message.id] = isolates_what_is_filled_in(forms[0], language)
            elif len(forms) == catalogue.num_plurals:
                self._many[message.context, message.id[0]] = forms

    def gettext(self, message: str, **values: object) -> str:
        """A message without context."""
        return self._filled(self.found(message), values)

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """A message whose meaning depends on ``context``."""
        return self._filled(self.found(message, context), values)

    def ngettext(self, singular: str, plural: str, num: int, **values: object) -> str:
        """A message that counts; ``%(num)s`` is the number unless ``values`` say it otherwise."""
        return self._filled(self.found_plural(singular, plural, num), {"num": num, **values})

    def npgettext(self, context: str, singular: str, plural: str, num: int, **values: object) -> str:
        """A message that counts and whose meaning depends on ``context``."""
        return self._filled(self.found_plural(singular, plural, num, context), {"num": num, **values})

    def _filled(self, text: str, values: dict[str, object]) -> str:
        if not values:
            return text.replace("%%", "%")
        if self.language == "fr":
            text, values = with_elision(text, values)
        return text % values

    def found(self, message: str, context: str | None = None) -> str:
        """The message in this language, still with its ``%(name)s``."""
        return self._one.get((context, message), message)

    def found_plural(self, singular: str, plural: str, num: int, context: str | None = None) -> str:
        """The form of a counting message for this number, still with its ``%(name)s``."""
        forms = self._many.get((context, singular))
        return forms[self._plural(num)] if forms else singular if num == 1 else plural


@cache
def translator(language: str) -> Translator:
    """The translator of a language of the table. Raises KeyError for another."""
    return Translator(LOCALES[language].code)
