"""Reads words of feeds that stand for codes: languages by name, accessibility, cost, terms of taxonomies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import get_global

from service.geo.tables import rows_of
from service.model import terms

_HERE = Path(__file__).resolve().parent
_SPACES = re.compile(r"[\s_\-/]+")
_BETWEEN = re.compile(r"\s*(?:[,;/&\n]|\band\b|\bet\b|\ben\b|\bund\b)\s*", re.IGNORECASE)


def folded(text: str) -> str:
    """A term as it is compared: small letters, single spaces, no mark at its ends."""
    return _SPACES.sub(" ", text.casefold()).strip(" .,;:!*")


def language_codes(text: str) -> list[str] | None:
    """The codes of the languages that a text names, all of them or None ("Spanish (limited)" is no language).

    Names in English, Dutch, French, German and Spanish, and ISO 639 codes of two or three letters.
    """
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    codes = [_languages().get(folded(part)) or _language_code(part) for part in parts]
    return [code for code in codes if code] if parts and all(codes) else None


def _language_code(text: str) -> str | None:
    code = text.strip().lower().partition("-")[0]
    if not code.isascii() or not code.isalpha() or len(code) not in (2, 3):
        return None
    code = get_global("language_aliases").get(code, code)
    return code if code in Locale("en").languages else None


@cache
def _languages() -> Mapping[str, str]:
    found = {"haitian creole": "ht", "mandarin": "zh", "cantonese": "yue", "flemish": "nl", "farsi": "fa",
             "tagalog": "tl"}  # fmt: skip
    for name in ("en", "nl", "fr", "de", "es"):
        for code, label in Locale(name).languages.items():
            if code.isalpha() and len(code) in (2, 3):
                found.setdefault(folded(label), code)
    return found


def coded(field: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The codes of ``field`` that whole texts stand for, by words.csv and terms.csv."""
    found = (code for text in texts for code in _codes()[field].get(folded(text), ()))
    return tuple(dict.fromkeys(found))


@cache
def _codes() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """By field: the words that stand for its codes, besides our own labels of needs and audiences."""
    known: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    ours = (("service.needs", terms.needs()), ("service.audience", terms.values("audience")))
    for field, table in ours:
        for term in table.values():
            for word in (term.code, *term.labels.values()):
                known[field].setdefault(folded(word), (term.code,))
    for row in rows_of(_HERE / "words.csv"):
        known[row["field"]][folded(row["word"])] = tuple(row["codes"].split())
    return known
