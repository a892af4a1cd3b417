"""What was understood and chosen, as chips that can be taken away one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from service.geo.places import gazetteer
from service.i18n import formats
from service.i18n.labels import language_name, term_label
from service.i18n.messages import translator
from service.search.query.criteria import Criteria
from service.search.query.result import Results

CODED = {"need": "need", "theme": "theme", "situation": "situation", "audience": "audience", "b": "b"}
CODED |= {"channel": "channel"}
_CHOSEN: tuple[str, ...] = ("need", "theme", "zone", "municipality", "speaks", "situation", "audience", "b")
_CHOSEN += ("language", "open_at", "channel")


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that is searched for; ``without`` is the search that leaves it out.

    ``because`` are the words it was read from, empty when it was chosen. ``kind`` names the parameter.
    """

    kind: str
    label: str
    because: str
    without: Criteria


def chips(results: Results, language: str) -> list[Chip]:
    """The chips of a search: first what was read from the question, then what was chosen."""
    return [*_understood(results, language), *_chosen(results, language)]


def without_words(criteria: Criteria, words: str) -> Criteria:
    """The search without some of its words; where they do not stand there so, without reading any."""
    start = criteria.q.lower().find(words.lower())
    if not words or start < 0:
        return replace(criteria, understand=False, page=1)
    left = criteria.q[:start] + " " + criteria.q[start + len(words) :]
    return replace(criteria, q=" ".join(left.split()), page=1)


def _understood(results: Results, language: str) -> Iterator[Chip]:
    criteria, read = results.criteria, results.understood
    t = translator(language)
    for need in read.needs:
        if need.code not in criteria.need:
            label = term_label("need", need.code, language)
            yield Chip("need", label, need.because, without_words(criteria, need.because))
    if read.place and not criteria.near and criteria.point is None:
        label = t.gettext("near %(place)s", place=read.place.name)
        yield Chip("near", label, read.place.because, without_words(criteria, read.place.because))
    for kind in ("speaks", "situation", "audience"):
        for code in getattr(read, kind):
            if code not in getattr(criteria, kind):
                because = read.because.get(code, "")
                yield Chip(kind, _label(kind, code, language), because, without_words(criteria, because))
    if read.open_at and criteria.open_at is None:
        because = read.because.get("open_at", "")
        label = t.gettext("open on %(day)s", day=formats.weekday(read.open_at.date(), language))
        yield Chip("open_at", label, because, without_words(criteria, because))


def _chosen(results: Results, language: str) -> Iterator[Chip]:
    criteria = results.criteria
    for name in _CHOSEN:
        value: Any = getattr(criteria, name)
        for one in value if isinstance(value, tuple) else (value,) if value else ():
            rest = tuple(v for v in value if v != one) if isinstance(value, tuple) else None
            changes: dict[str, Any] = {name: rest, "page": 1}
            yield Chip(name, _label(name, one, language), "", replace(criteria, **changes))
    yield from _place(results, language)


def _place(results: Results, language: str) -> Iterator[Chip]:
    criteria = results.criteria
    t = translator(language)
    if criteria.minutes is not None or criteria.within_m is not None:
        label = (
            t.gettext("within %(time)s", time=formats.minutes(criteria.minutes, language))
            if criteria.minutes is not None
            else t.gettext("within %(distance)s", distance=formats.distance(criteria.within_m or 0, language))
        )
        yield Chip("minutes", label, "", replace(criteria, minutes=None, within_m=None, page=1))
    if criteria.near or criteria.point is not None:
        place = results.centre.name if results.centre and results.centre.name else criteria.near
        where = t.gettext("near %(place)s", place=place) if criteria.near else t.gettext("around me")
        nowhere = replace(criteria, near=None, lat=None, lon=None, minutes=None, within_m=None, page=1)
        yield Chip("near", where, "", nowhere)


def _label(name: str, value: Any, language: str) -> str:  # noqa: ANN401 (a value of any filter)
    t = translator(language)
    if name in CODED:
        return term_label(CODED[name], value, language)
    if name == "speaks":
        return t.gettext("speaks %(language)s", language=language_name(value, language))
    if name == "language":
        return t.gettext("they speak %(language)s", language=language_name(value, language))
    if name == "zone":
        return gazetteer().zones.zone(value).name(language)
    if name == "municipality":
        place = gazetteer().municipality(value)
        return place.name(language) if place else str(value)
    if value == "now":
        return t.gettext("open now")
    return t.gettext("open on %(day)s", day=formats.weekday(value.date(), language))
