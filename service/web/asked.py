"""Reading the search that a page is asked for: from its address, a form, or a button of a private search."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

from flask import Request

from service.search.query.criteria import Criteria, read
from service.search.query.filters.table import FILTERS
from service.web.addresses import PERSONAL

Pairs = list[tuple[str, str]]

FENCES = ("within_m", "minutes")
LONGEST_BUTTON = 8_000  # characters; a search with every choice made has under 2,000

_OF_THE_QUESTION = ("need", "understand", "without")
"""What was chosen about the words of a question; another question starts without it."""
_KEPT = ("municipality", "per_page", "explain", *_OF_THE_QUESTION)
"""Parameters without a field in the form of a search: they come from the search it was made for."""


def read_asked(request: Request, language: str) -> Criteria:
    """The search of a request; parameters that are not ours are dropped.

    So is what a form leaves behind: a fence when the place is wiped out, a point when a place is named.
    Raises BadParameter for a value that cannot be.
    """
    pairs = list(request.args.items(multi=True))
    if request.method == "POST":
        button = request.form.get("to")
        pairs = _of_form(request) if button is None else _parsed(button)
    pairs = [(name, value) for name, value in pairs if name != "lang"]
    if not any(name in ("near", "lat", "q") and value.strip() for name, value in pairs):
        pairs = [pair for pair in pairs if pair[0] not in FENCES]
    if any(name == "near" and value.strip() for name, value in pairs):
        pairs = [pair for pair in pairs if pair[0] not in ("lat", "lon")]
    return replace(read(pairs, strict=False), lang=language)


def without_place(criteria: Criteria) -> Criteria:
    """The search wherever it is."""
    return replace(criteria, near=None, lat=None, lon=None, within_m=None, minutes=None)


def _parsed(query: str) -> Pairs:
    return parse_qsl(query[:LONGEST_BUTTON], keep_blank_values=True)


def _of_form(request: Request) -> Pairs:
    """The search of a filled-in form.

    ``was`` is the search that the form was made for, ``ticked`` what it had ticked by itself since the
    question says so: a tick taken away leaves that reading out.
    """
    given = list(request.form.items(multi=True))
    was = _parsed(request.form.get("was", ""))
    ticked = request.form.get("ticked", "").split()
    is_same = _value(given, "q") == _value(was, "q")
    fields = [(name, value) for name, value in given if name not in ("was", "ticked")]
    kept = [pair for pair in was if pair[0] in _KEPT and (is_same or pair[0] not in _OF_THE_QUESTION)]
    if not is_same and _value(fields, "theme") == _value(was, "theme"):
        fields = [pair for pair in fields if pair[0] != "theme"]
    if is_same:
        fields, kept = _without_unticked(fields, kept, ticked)
    return _once(fields + kept)


def _without_unticked(fields: Pairs, kept: Pairs, ticked: list[str]) -> tuple[Pairs, Pairs]:
    """What was read stays read while it is ticked, and is left out when it no longer is."""
    now = {f"{name}:{value}" for name, value in fields if name in PERSONAL}
    out = [("without", name) for name in ticked if name not in now]
    fields = [(name, value) for name, value in fields if f"{name}:{value}" not in ticked]
    kept = [(name, value) for name, value in kept if name != "without" or value not in now]
    return fields, kept + out


def _once(pairs: Pairs) -> Pairs:
    """The first value of what can have but one, where two fields of a form give it."""
    found: Pairs = []
    for name, value in pairs:
        single = name in FILTERS and not FILTERS[name].repeatable
        if not (single and (not value.strip() or any(name == each for each, _value in found))):
            found.append((name, value))
    return found


def _value(pairs: Pairs, name: str) -> str:
    """The first value of a parameter as it is read: without blanks around and doubled."""
    return " ".join(next((value for each, value in pairs if each == name), "").split())
