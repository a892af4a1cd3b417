"""Reading the search that a page is asked for: from its address, a form, or a button of a private search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from flask import Request

from service.search.query.criteria import Criteria, read

FENCES = ("within_m", "minutes")
LONGEST_BUTTON = 8_000  # characters; a search with every choice made has under 2,000


@dataclass(frozen=True, slots=True)
class Asked:
    """A search; ``private`` says that it came in the body of a request and has to stay out of addresses."""

    criteria: Criteria
    private: bool


def read_asked(request: Request, language: str) -> Asked:
    """The search of a request; parameters that are not ours are dropped.

    So is what a form leaves behind: a fence when the place is wiped out, a point when a place is named.
    Raises BadParameter for a value that cannot be.
    """
    pairs = list(request.args.items(multi=True))
    if request.method == "POST":
        button = request.form.get("to")
        if button is None:
            pairs = list(request.form.items(multi=True))
        else:
            pairs = parse_qsl(button[:LONGEST_BUTTON], keep_blank_values=True)
    pairs = [(name, value) for name, value in pairs if name != "lang"]
    if not any(name in ("near", "lat", "q") and value.strip() for name, value in pairs):
        pairs = [pair for pair in pairs if pair[0] not in FENCES]
    if any(name == "near" and value.strip() for name, value in pairs):
        pairs = [pair for pair in pairs if pair[0] not in ("lat", "lon")]
    criteria = read(pairs, strict=False)
    return Asked(replace(criteria, lang=language, explain=False), request.method == "POST")


def without_place(criteria: Criteria) -> Criteria:
    """The search wherever it is."""
    return replace(criteria, near=None, lat=None, lon=None, within_m=None, minutes=None)
