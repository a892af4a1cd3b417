"""Reads hours and prices that a source wrote in words; what is not read exactly is kept as its text."""

from __future__ import annotations

import re

from importers.clean.contact.cost import read_cost
from importers.clean.contact.words import tidy
from importers.clean.step import Doubt, Draft
from service.errors import BadValue
from service.model.fields import FieldKey
from service.model.schedule import parse_hours
from service.model.values import Value
from service.written.hours.read import read_hours

_HOURS, _HOURS_TEXT = FieldKey("schedule.opening_hours"), FieldKey("schedule.description")
_APPOINTMENT = FieldKey("service.appointment")
_COST, _COST_TEXT = FieldKey("cost_option.kind"), FieldKey("cost_option.note")
_IS_EXPRESSION = re.compile(r"\d\d:\d\d|24/7|\boff\b|sunrise|sunset|dawn|dusk|\bclosed\b")
_CODES = {"free": "free", "by_income": "by_income", "paid": "fixed"}

MAY_BE_WORDS = frozenset({_HOURS.path, _COST.path})
"""Fields whose cells may hold a sentence: they are read with the whole record, which knows its language."""


def is_expression(text: str) -> bool:
    """Whether a text about hours is in the opening_hours form already; a bare "Mo" or "Sa" is a word."""
    if not _IS_EXPRESSION.search(text):
        return False
    try:
        parse_hours(text)
    except BadValue:
        return False
    return True


def read_opening_hours(draft: Draft) -> bool:
    """Hours in words become the expression that they can only mean, and an appointment that they name."""
    text = draft.words.get(_HOURS)
    if text is None:
        return False
    found = read_hours(text, draft.language)
    if found.appointment:
        draft.values.setdefault(_APPOINTMENT, found.appointment)
    if found.osm is None:
        return False
    draft.values[_HOURS] = found.osm
    _keep(draft, _HOURS_TEXT, text)
    del draft.words[_HOURS]
    return True


def keep_hours_as_text(draft: Draft) -> bool:
    """Hours that are not read exactly stay as the source said them, with the reasons as a doubt."""
    text = draft.words.pop(_HOURS, None)
    if text is None:
        return False
    reasons = ", ".join(read_hours(text, draft.language).flags)
    _keep(draft, _HOURS_TEXT, text)
    suggestion = "as in Mo-Fr 09:00-12:30; PH off"
    draft.doubts.append(Doubt(_HOURS, f"the hours are kept as text ({reasons}): {text[:80]}", suggestion))
    return True


def read_price(draft: Draft) -> bool:
    """A price in words becomes free, fixed or by income; the words themselves are kept beside it."""
    text = draft.words.pop(_COST, None)
    if text is None:
        return False
    kind, _ = read_cost(tidy(text))
    _keep(draft, _COST_TEXT, text)
    if kind not in _CODES:
        reason = f"the price is kept as text: {text[:80]}"
        draft.doubts.append(Doubt(_COST, reason, "free, fixed or by_income"))
        return False
    draft.values[_COST] = _CODES[kind]
    return True


def _keep(draft: Draft, key: FieldKey, text: str) -> None:
    """The text of the source, beside what it says there already."""
    said: Value | None = draft.values.get(key)
    if isinstance(said, str):
        draft.values[key] = said if text in said else f"{said}\n{text}"
    elif not any(each.path == key.path for each in draft.values):
        draft.values[key] = text
