"""What was understood and chosen, as chips that can be taken away one by one and put back."""

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
from service.search.understand.understood import OF_THE_PERSON
from service.web.addresses import PERSONAL
from service.web.choices import mode_name

CODED = {
    name: name for name in ("need", "theme", "situation", "audience", "b", "channel", "household", "diet")
}
CODED |= {"tariff": "reduced_tariff"}
_CHOSEN = ("need", "theme", "zone", "municipality", *PERSONAL, "b", "language", "open_at", "channel")


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that is searched for; ``other`` is the search without it.

    ``because`` are the words it was read from, empty when it was chosen. ``kind`` names the parameter. A chip
    that ``is_out`` was taken away; its ``other`` search has it back.
    """

    kind: str
    label: str
    because: str
    other: Criteria
    is_out: bool = False


def chips(results: Results, language: str) -> list[Chip]:
    """The chips of a search: what was read from the question, what was chosen, what was taken away."""
    return [*_understood(results, language), *_chosen(results, language), *_out(results, language)]


def _understood(results: Results, language: str) -> Iterator[Chip]:
    criteria, read = results.criteria, results.understood
    t = translator(language)

    def chip(kind: str, name: str, label: str, because: str) -> Chip:
        return Chip(kind, label, because, replace(criteria, without=(*criteria.without, name), page=1))

    if not criteria.need:
        for need in read.needs:
            yield chip("need", f"need:{need.code}", term_label("need", need.code, language), need.because)
    if read.place and not criteria.near and criteria.point is None:
        yield chip("near", "place", t.gettext("near %(place)s", place=read.place.name), read.place.because)
    for kind in OF_THE_PERSON:
        chosen = getattr(criteria, kind)
        for code in getattr(read, kind):
            # Of a household or a way of travelling there is one: what is chosen replaces what was read.
            if (code not in chosen) if isinstance(chosen, tuple) else chosen is None:
                label = _label(kind, code, language)
                yield chip(kind, f"{kind}:{code}", label, read.because.get(code, ""))
    if read.open_at and criteria.open_at is None:
        label = t.gettext("open on %(day)s", day=formats.weekday(read.open_at.date(), language))
        yield chip("open_at", "open_at", label, read.because.get("open_at", ""))


def _out(results: Results, language: str) -> Iterator[Chip]:
    """What the question was read as and the person took away, to be taken back."""
    criteria = results.criteria
    t = translator(language)
    alone = {
        "place": t.gettext("the place in your question"),
        "open_at": t.gettext("the time in your question"),
    }
    for name in criteria.without:
        kind, _, code = name.partition(":")
        back = replace(criteria, without=tuple(each for each in criteria.without if each != name), page=1)
        yield Chip(kind, alone.get(name) or _label(kind, code, language), "", back, is_out=True)


def _chosen(results: Results, language: str) -> Iterator[Chip]:
    criteria = results.criteria
    for name in _CHOSEN:
        value: Any = getattr(criteria, name)
        for one in value if isinstance(value, tuple) else () if value is None else (value,):
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
    if name == "mode":
        return mode_name(value, language)
    if name == "papers":
        return t.gettext("can show: %(paper)s", paper=term_label("document", value, language))
    if name == "age":
        return t.gettext("%(age)s years old", age=value)
    if name == "budget":
        return t.gettext("can pay %(amount)s", amount=formats.euro(value, language))
    if name == "zone":
        return gazetteer().zones.zone(value).name(language)
    if name == "municipality":
        place = gazetteer().municipality(value)
        return place.name(language) if place else str(value)
    if value == "now":
        return t.gettext("open now")
    return t.gettext("open on %(day)s", day=formats.weekday(value.date(), language))
