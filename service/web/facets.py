"""The counts beside a search as ways to make it narrower."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.geo.places import gazetteer
from service.i18n.labels import language_name, term_label
from service.i18n.messages import N_, translator
from service.search.query.criteria import Criteria
from service.search.query.result import Results
from service.web.verdicts import ORDER

MOST = 8  # a list that fits on a telephone

_TITLES = {
    "theme": N_("By theme"),
    "needs": N_("By kind of help"),
    "municipality": N_("By municipality"),
    "zone": N_("By care zone"),
    "languages": N_("By language spoken there"),
}
_PARAMETERS = {"theme": "theme", "needs": "need", "municipality": "municipality", "zone": "zone"}
_PARAMETERS |= {"languages": "language"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One narrower search with how many listings it holds."""

    label: str
    count: int
    criteria: Criteria


@dataclass(frozen=True, slots=True)
class Facet:
    """Choices of one kind, the most frequent first."""

    title: str
    choices: tuple[Choice, ...]


def facets(results: Results, language: str) -> list[Facet]:
    """What still divides the listings found: no choice that is made already or that all share."""
    t = translator(language)
    found = []
    for column, title in _TITLES.items():
        counts = results.facets.get(column) or results.facets.get(_PARAMETERS[column]) or {}
        choices = _choices(results, _PARAMETERS[column], counts, language)
        if choices:
            found.append(Facet(t.gettext(title), choices))
    return found


@dataclass(frozen=True, slots=True)
class Stand:
    """How the listings found stand on one B: how many per verdict, and the search for those that fit."""

    label: str
    counts: tuple[int, ...]
    fitting: Criteria | None


def stands(results: Results, language: str) -> list[Stand]:
    """The eight, with their counts in the order of `verdicts.ORDER`."""
    criteria = results.criteria
    return [
        Stand(
            term_label("b", code, language),
            tuple(counts.get(verdict, 0) for verdict in ORDER),
            None if code in criteria.b else replace(criteria, b=(*criteria.b, code), page=1),
        )
        for code, counts in results.verdict_counts.items()
    ]


def _choices(
    results: Results, parameter: str, counts: Mapping[str, int], language: str
) -> tuple[Choice, ...]:
    criteria = results.criteria
    chosen = getattr(criteria, parameter)
    if chosen and not isinstance(chosen, tuple):
        return ()
    made = []
    for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        if code in (chosen or ()) or not 0 < count < results.total:
            continue
        value = (*chosen, code) if isinstance(chosen, tuple) else code
        changes: dict[str, Any] = {parameter: value, "page": 1}
        made.append(Choice(_label(parameter, code, language), count, replace(criteria, **changes)))
    return tuple(made[:MOST])


def _label(parameter: str, code: str, language: str) -> str:
    if parameter == "language":
        return language_name(code, language)
    if parameter == "municipality":
        place = gazetteer().municipality(code)
        return place.name(language) if place else code
    if parameter == "zone":
        return gazetteer().zones.zone(code).name(language)
    return term_label(parameter, code, language)
