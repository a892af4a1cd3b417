"""From criteria and what was understood to the narrow question that an engine answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from service.eight_b.screen import Screen, prepare
from service.eight_b.situation import Situation
from service.geo.travel import radius_m
from service.model import terms
from service.model.clauses import AllOf, Clause, OneOf
from service.model.moments import minute_of
from service.search.engine.base import EngineQuery
from service.search.query.centre import Where
from service.search.query.criteria import DEFAULT_MODE, Criteria
from service.search.query.expand import Expander
from service.search.query.filters.base import Context
from service.search.query.filters.table import FILTERS
from service.search.query.hours import OpenHours
from service.search.understand.crisis.read import read_crisis
from service.search.understand.need import SURE
from service.search.understand.question import Question, Reading
from service.search.understand.understood import OF_THE_PERSON, Understood
from service.search.words.terms import QueryTerm

_EPOCH = date(1970, 1, 1)
LONGEST_NAME = 6  # words; a longer list of key words is a description
FENCES = ("within_m", "minutes", "zone", "municipality", "open_at")
"""Parameters that can be widened where nothing was found."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One search made ready: who asks (``situation``, ``screen``), from ``where``, what goes to the engine.

    ``words`` are those that are matched as text. ``reading`` is None where nothing was to be understood.
    """

    criteria: Criteria
    understood: Understood
    reading: Reading | None
    where: Where
    situation: Situation
    screen: Screen
    words: tuple[QueryTerm, ...]
    query: EngineQuery
    now: datetime
    language: str

    @property
    def mode(self) -> str:
        """The way of travelling in force."""
        return mode_of(self.criteria, self.understood)

    @property
    def is_empty(self) -> bool:
        """Whether something was typed, and nothing of it says what is asked."""
        u = self.understood
        person = any(getattr(u, kind) for kind in OF_THE_PERSON)
        said = (self.words, u.needs, u.place, person, u.open_at, u.crisis)
        return bool(self.criteria.q) and not any(said) and not self.query.where and self.where.centre is None


def situation_of(
    criteria: Criteria, understood: Understood, needs: Sequence[str], where: Where, now: datetime
) -> Situation:
    """The person of this search, from what was said and what was understood."""
    audience = frozenset(criteria.audience) | frozenset(understood.audience)
    return Situation(
        today=(now.date() - _EPOCH).days,
        minute=minute_of(now),
        speaks=frozenset(criteria.speaks) | frozenset(understood.speaks),
        needs=frozenset(needs),
        audience=audience,
        ticks=frozenset(criteria.situation) | frozenset(understood.situation),
        zones=where.zones,
        age=criteria.age,
        household=criteria.household or next(iter(understood.household), _household(audience)),
        budget=criteria.budget,
        tariffs=(frozenset(criteria.tariff) | frozenset(understood.tariff)) - {"none"},
        papers=frozenset(criteria.papers) - {"none"} if criteria.papers else None,
        diet=frozenset(criteria.diet) | frozenset(understood.diet),
        centre=where.point,
        minutes=criteria.minutes,
        radius_m=partial(radius_m, mode=mode_of(criteria, understood)),
    )


def _household(audience: frozenset[str]) -> str | None:
    """Who belongs to the single parents says with it whom they live with."""
    return "single_parent" if "single_parent" in audience else None


def mode_of(criteria: Criteria, understood: Understood) -> str:
    """How the person travels: as chosen, else as their question says, else by the usual yardstick."""
    return criteria.mode or next(iter(understood.mode), DEFAULT_MODE)


def needs_in_force(criteria: Criteria, understood: Understood) -> dict[str, float]:
    """Needs with their confidence: those chosen, else those understood that the chosen theme allows."""
    if criteria.need:
        return dict.fromkeys(criteria.need, 1.0)
    known = terms.needs()
    read = {reading.code: reading.confidence for reading in understood.needs}
    return {
        code: confidence
        for code, confidence in read.items()
        if criteria.theme is None or known[code].parent == criteria.theme
    }


def is_sure(needs: Mapping[str, float]) -> bool:
    """Whether the needs in force were understood well enough to stand before a match of words."""
    return max(needs.values(), default=0.0) >= SURE


def words_in_force(
    reading: Reading | None, terms_: Sequence[QueryTerm], needs: Mapping[str, float]
) -> tuple[QueryTerm, ...]:
    """The words to match as text.

    Words understood as a place, a language or something about the person are not matched. Those of a need
    are not either where it is sure, except words that no dictionary has (the name of an organisation, most
    often), and beside words that nothing explains: then a listing must hold all to be found by words alone.
    A few key words may be the name of a listing, and are all matched.
    """
    if reading is None:
        return tuple(term for term in terms_ if not term.is_stop)
    words = reading.question.words
    left = {i for i, word in enumerate(words) if i not in reading.used and not word.is_stop}
    all_asked = left or not is_sure(needs) or _may_be_a_name(reading.question)
    left |= {i for i in reading.asked if not words[i].is_stop and (all_asked or not words[i].is_known)}
    return tuple(words[i] for i in sorted(left))


def _may_be_a_name(question: Question) -> bool:
    return question.is_key_words and len(question.words) <= LONGEST_NAME


def make_ready(
    criteria: Criteria, understood: Understood, reading: Reading | None, where: Where,
    terms_: Sequence[QueryTerm], now: datetime, language: str, expander: Expander, hours: OpenHours,
) -> Asked:  # fmt: skip
    """Put everything together; raises BadParameter for a fence without a centre.

    A danger is read also where the question is not to be understood.
    """
    if reading is None and criteria.q:
        understood = replace(understood, crisis=read_crisis(criteria.q))
    needs = needs_in_force(criteria, understood)
    situation = situation_of(criteria, understood, tuple(needs), where, now)
    screen = prepare(situation)
    context = Context(where.point, mode_of(criteria, understood), now, hours.open_texts, screen.fits)
    words = words_in_force(reading, terms_, needs)
    query = EngineQuery(
        needs=needs,
        words=expander.words(words),
        where=clauses(criteria, context),
        point=where.point,
        facets=tuple(each.facet for each in FILTERS.values() if each.facet),
    )
    return Asked(criteria, understood, reading, where, situation, screen, words, query, now, language)


def clauses(criteria: Criteria, context: Context) -> tuple[Clause, ...]:
    """What must hold: the clause of every parameter given."""
    found: list[Clause] = []
    for name, each in FILTERS.items():
        value = getattr(criteria, name)
        if each.clause is None or value is None or value == ():
            continue
        parts = tuple(each.clause(one, context) for one in (value if each.repeatable else (value,)))
        if len(parts) == 1:
            found.append(parts[0])
        else:
            found.append(AllOf(parts) if each.together == "all" else OneOf(parts))
    return tuple(found)


def without_words(asked: Asked) -> EngineQuery:
    """The same question without its words."""
    return replace(asked.query, words=())


def without_fences(criteria: Criteria) -> Criteria:
    """The same search without the fences that can be widened."""
    open_ends: dict[str, Any] = dict.fromkeys(FENCES)
    return replace(criteria, page=1, **open_ends)
