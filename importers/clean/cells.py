"""Turns the text of one cell into a typed value: split, cleaned step by step, read strictly."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from importers.clean.contact.phones import read_phones
from importers.clean.contact.spoken import read_languages
from importers.clean.contact.words import tidy
from importers.clean.in_words import MAY_BE_WORDS, is_expression
from importers.clean.step import CellStep
from importers.clean.steps import CELL_STEPS
from service.errors import BadValue
from service.model.fields import Field, fields
from service.model.values import WHOLE, Value, parse_value

_YES = frozenset({"yes", "ja", "oui", "true", "waar", "vrai", "1"})
_NO = frozenset({"no", "nee", "neen", "non", "nein", "false", "onwaar", "faux", "0"})
_REMEMBERED = 100  # characters; longer texts seldom repeat, and would fill the memory
_CELLS = 3_000  # of each field are remembered: more than there are codes, postal codes or usual hours
_DIGITS = 10  # beyond it a number is no count of anything here
_POINT = re.compile(r"(-?\d+(?:\.\d+)?)[\s,;]+(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and the names of the steps that changed its text; ``value`` is None where nothing is said.

    ``words`` is a text that may be a sentence about hours or a price: it is read with the whole record.
    """

    value: Value | None
    changed: tuple[str, ...] = ()
    words: str = ""


def read_cell(path: str, text: str) -> Cell:
    """The value that the text says for the field at ``path``. Raises BadValue as parse_value does."""
    return cell_reader(path)(text)


@cache
def cell_reader(path: str) -> Callable[[str], Cell]:
    """`read_cell` for one field; it remembers, as hours, codes and municipalities repeat from row to row."""
    read = partial(_read, fields()[path])
    remembered = lru_cache(maxsize=_CELLS)(read)
    return lambda text: remembered(text) if len(text) <= _REMEMBERED else read(text)


def _read(field: Field, text: str) -> Cell:
    changed: list[str] = []
    if not field.many:
        cleaned = _clean(field, text, changed)
        if cleaned and field.path in MAY_BE_WORDS and _is_in_words(field, cleaned):
            return Cell(None, tuple(changed), cleaned)
        return Cell(parse_value(field.path, _typed(field, cleaned)) if cleaned else None, tuple(changed))
    cleaned_parts = [_clean(field, part, changed) for part in _items(field, text, changed)]
    parts = [part for part in cleaned_parts if part]
    return Cell(parse_value(field.path, parts) if parts else None, tuple(dict.fromkeys(changed)))


def split_list(text: str) -> list[str]:
    """The items of a cell that holds several: divided by ``|``, or by ``;`` where no ``|`` is in it."""
    return [part.strip() for part in text.split("|" if "|" in text else ";")]


def _is_in_words(field: Field, text: str) -> bool:
    if field.type == "opening_hours":
        return not is_expression(text)
    try:
        parse_value(field.path, text)
    except BadValue:
        return True
    return False


def _items(field: Field, text: str, changed: list[str]) -> list[str]:
    """The items of a cell; numbers and languages also where people divide them otherwise (NL/FR, 55 / 56)."""
    items = split_list(text)
    splitter = _SPLITTERS.get(field.type)
    if splitter is None:
        return items
    name, split = splitter
    found = [each for item in items for each in (split(item) or [item])]
    if len(found) > len(items):
        changed.append(name)
    return found


def _numbers(item: str) -> list[str]:
    """Several telephone numbers of one item, where all of it is understood."""
    found = read_phones(tidy(item)) if len(item) > _ONE_NUMBER else None
    return found.numbers if found and len(found.numbers) > 1 and not found.rejects else []


def _spoken(item: str) -> list[str]:
    """Several languages of one item, where all of it is understood."""
    found = read_languages(tidy(item)) if len(item) > _ONE_LANGUAGE else None
    return found.codes if found and len(found.codes) > 1 and not found.rejects else []


_ONE_NUMBER, _ONE_LANGUAGE = 16, 3  # characters that one number or code takes at most
_SPLITTERS: Mapping[str, tuple[str, Callable[[str], list[str]]]] = {
    "phone": ("phones", _numbers),
    "language": ("languages", _spoken),
}


def _clean(field: Field, text: str, changed: list[str]) -> str:
    for step in _steps(field.type):
        cleaned = step.clean(field.type, text)
        if cleaned != text:
            changed.append(step.name)
            text = cleaned
    return text


@cache
def _steps(kind: str) -> tuple[CellStep, ...]:
    family = kind.partition(":")[0]
    return tuple(step for step in CELL_STEPS if not step.kinds or family in step.kinds)


def _typed(field: Field, text: str) -> object:
    if field.type == "yes_no":
        word = text.casefold()
        if word in _YES or word in _NO:
            return word in _YES
        raise BadValue(field.path, text, "is neither yes nor no", "yes or no (ja, nee, oui, non)")
    if field.type in WHOLE and text.isascii() and text.isdigit() and len(text) < _DIGITS:
        return int(text)
    if field.type == "point":
        found = _POINT.fullmatch(text)
        if found is None:
            raise BadValue(field.path, text, "is not a point", "latitude and longitude, as in 50.8554 4.3301")
        return found.groups()
    return text
