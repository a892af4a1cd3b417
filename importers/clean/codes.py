"""Clean-up of codes: a label that a person wrote stands for its code where only one is possible."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from importers.clean.contact.spoken import read_languages
from service.config import DATA
from service.geo.tables import rows_of
from service.model import terms
from service.model.terms import Term

_DIGITS = 10  # of an enterprise number
_LANGUAGE = re.compile(r"[a-z]{2}")
_ENTERPRISE = re.compile(
    r"(?:(?:kbo|bce|btw|tva|vat|on|ondernemingsnummer|num[ée]ro d'entreprise|rpr|rpm)\b"
    r"[\s.:-]*(?:nr|n°)?[\s.:-]*)?"
    r"(?:BE)?[\s.-]*(\d[\d\s./-]{7,16})",
    re.IGNORECASE,
)


def code(kind: str, text: str) -> str:
    """The code for a label in nl, fr, en or de ("Voedselpakket" is food.parcel), whatever its capitals."""
    kind, _, list_name = kind.partition(":")
    return _codes(kind, list_name).get(text.casefold(), text)


def small_letters(_kind: str, text: str) -> str:
    """Zones are written in small letters."""
    return text.lower()


def language(_kind: str, text: str) -> str:
    """The code for a language by its name or a usual short form (Frans, ENG), where it is one language."""
    folded = text.lower()
    if _LANGUAGE.fullmatch(folded) and folded not in ("du", "ber"):
        return folded
    found = read_languages(text)
    return found.codes[0] if len(found.codes) == 1 and not found.rejects else folded


def enterprise_number(_kind: str, text: str) -> str:
    """The digits after a word such as KBO or BCE; a zero that a spreadsheet took away comes back."""
    found = _ENTERPRISE.fullmatch(text)
    digits = re.sub(r"\D", "", found[1]) if found else ""
    if len(digits) == _DIGITS - 1:
        return f"0{digits}"  # they have ten, and the first was always 0 until 1 was needed too
    return digits if len(digits) == _DIGITS and not text[0].isdigit() else text


def country(_kind: str, text: str) -> str:
    """Country codes are written in capitals."""
    return text.upper()


def municipality(_kind: str, text: str) -> str:
    """The NIS code for the name of a municipality of Brussels or Flanders, in nl or fr."""
    return _nis_codes().get(text.casefold(), text)


@cache
def _codes(kind: str, list_name: str) -> Mapping[str, str]:
    known = terms.needs() if kind == "need" else terms.values(list_name)
    return _unambiguous([(word, term.code) for term in known.values() for word in _words(term)])


def _words(term: Term) -> list[str]:
    return [term.code, *term.labels.values()]


@cache
def _nis_codes() -> Mapping[str, str]:
    rows = rows_of(DATA / "places" / "municipalities.csv")
    return _unambiguous([(row[name], row["nis"]) for row in rows for name in ("name_nl", "name_fr")])


def _unambiguous(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Words that mean one code only; a word of two codes is left to be refused."""
    meanings: dict[str, set[str]] = {}
    for word, meaning in pairs:
        meanings.setdefault(word.casefold(), set()).add(meaning)
    return {word: found.pop() for word, found in meanings.items() if len(found) == 1}
