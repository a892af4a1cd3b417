"""The one table of the languages of the interface: code, own name, direction, and whether it is complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import babel


@dataclass(frozen=True)
class Locale:
    """A language that people can be answered in.

    ``territory`` is the regional form that dates and numbers follow; ``complete`` says that every message of
    the interface is translated, so that it is offered in the menu.
    """

    code: str
    native_name: str
    territory: str = ""
    direction: Literal["ltr", "rtl"] = "ltr"
    complete: bool = False

    @cached_property
    def cldr(self) -> babel.Locale:
        """The conventions of this language for dates, numbers, lists and names, as CLDR has them."""
        return babel.Locale(self.code, self.territory or None)


LOCALES: Mapping[str, Locale] = {
    locale.code: locale
    for locale in (
        Locale("nl", "Nederlands", "BE", complete=True),
        Locale("fr", "Français", "BE", complete=True),
        Locale("de", "Deutsch", "BE", complete=True),
        Locale("en", "English", "BE", complete=True),
        Locale("ar", "العربية", direction="rtl", complete=True),
        Locale("tr", "Türkçe", complete=True),
        Locale("uk", "Українська", complete=True),
        Locale("es", "Español", complete=True),
        Locale("pl", "Polski", complete=True),
        Locale("ro", "Română", complete=True),
    )
}

SOURCE = "en"
"""The messages in the code are written in this language; it is also what an untranslated message falls to."""

DEFAULT = "nl"
"""For a visitor who names no language that we have."""


def interface() -> tuple[Locale, ...]:
    """The languages in which every page is complete, in the order of the menu."""
    return tuple(locale for locale in LOCALES.values() if locale.complete)
