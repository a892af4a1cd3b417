"""Clean-up of codes: a label that a person wrote stands for its code where only one is possible."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from service.config import DATA
from service.geo.tables import rows_of
from service.model import terms
from service.model.terms import Term


def code(kind: str, text: str) -> str:
    """The code for a label in nl, fr, en or de ("Voedselpakket" is food.parcel), whatever its capitals."""
    kind, _, list_name = kind.partition(":")
    return _codes(kind, list_name).get(text.casefold(), text)


def small_letters(_kind: str, text: str) -> str:
    """Language codes and zones are written in small letters."""
    return text.lower()


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
