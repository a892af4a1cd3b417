"""Answering a search: understand, ask the engine, rank, load what the page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial

import numpy as np
from numpy.typing import NDArray

from service.config import TIMEZONE
from service.eight_b.thresholds import threshold
from service.errors import BadParameter, IndexNotReady, NabijError
from service.geo.places import Gazetteer
from service.search.engine.base import Answer, Candidates, Engine, Word
from service.search.engine.masks import Masks
from service.search.query.ask import Asked, make_ready, without_words
from service.search.query.centre import where_of
from service.search.query.crisis import DEFAULT_LANGUAGE, crisis_lines
from service.search.query.criteria import Criteria
from service.search.query.desk import desk_query, desk_rows, lacking
from service.search.query.expand import Expander
from service.search.query.explain import explain
from service.search.query.hours import OpenHours, to_minute
from service.search.query.left_out import leave_out
from service.search.query.notices import notices
from service.search.query.order import nearest_options, ordered, rings_m
from service.search.query.outcomes import GeneralOutcomes
from service.search.query.pause import Pause
from service.search.query.present import present
from service.search.query.rank import Ranked, rank
from service.search.query.reasons import Reasons
from service.search.query.result import CrisisLine, Nearest, Notice, Result, Results
from service.search.query.screening import Screened, judge_ahead, screened
from service.search.query.towns import Towns
from service.search.understand.question import Reading
from service.search.understand.understand import Understanding, understood_from
from service.search.understand.understood import Understood
from service.search.words.analyse import Analyser

_ANY_QUESTION = "morgen eten in Gent"  # read for its lists alone: those of times, places, ages, needs
JUDGED_AHEAD = 100_000  # documents: a second at the start of a server, 10 MB
_FACET_NAMES = {"needs": "need", "languages": "language"}


Observer = Callable[[Results], None]
"""Is told of an answer as a whole, for counting; it keeps nothing of the question."""


def nobody_looks(_results: Results) -> None:
    """Counts nothing."""


class SearchService:
    """Answers searches over one engine; it holds no state of any question or person."""

    def __init__(
        self,
        engine: Engine,
        gazetteer: Gazetteer,
        analyser: Analyser,
        understanding: Understanding | None = None,
        standby: Engine | None = None,
        observe: Observer = nobody_looks,
    ) -> None:
        """``standby`` answers while ``engine`` is away; ``observe`` is told of every answer."""
        self.engine = engine
        self.understanding = understanding or Understanding(analyser, gazetteer)
        self._gazetteer = gazetteer
        self._analyser = analyser
        self.expander = Expander(engine)
        self._hours = OpenHours(engine)
        self._towns = Towns(engine, gazetteer)
        self._outcomes = GeneralOutcomes()
        self._pause = Pause()
        self._observe = observe
        self._standby = SearchService(standby, gazetteer, analyser, self.understanding) if standby else None

    def search(self, criteria: Criteria, now: datetime) -> Results:
        """The answer to ``criteria`` at ``now`` (aware); from the standby, and said so, without an index.

        Raises BadParameter for a place or municipality that does not exist and for a fence without a centre,
        IndexNotReady where there is no index and nothing stands by.
        """
        results = self._from_either(criteria, now)
        self._observe(results)
        return results

    def _from_either(self, criteria: Criteria, now: datetime) -> Results:
        try:
            with self._pause.watch():
                return self._answered(criteria, now)
        except IndexNotReady as away:
            if self._standby is None:
                raise
            try:
                results = self._standby._answered(criteria, now)
            except BadParameter:
                raise
            except NabijError:  # the database is away too
                raise away from None
        told = (Notice("index_away"), *(each for each in results.notices if each.code != "words_dropped"))
        return replace(results, answered_by="database", notices=told)

    def warm(self, now: datetime) -> None:
        """Read the word lists and the index, and judge its documents for anybody, before anybody asks.

        What is worked out here is shared by the processes that are forked after it.
        """
        self.understanding.read(_ANY_QUESTION, DEFAULT_LANGUAGE, now)
        # An index may come later, and a server of it back: then the questions do this, each its part.
        with suppress(IndexNotReady), self._pause.watch():
            asked = self._read(Criteria(), now.astimezone(TIMEZONE))
            found = self.engine.ahead(JUDGED_AHEAD)
            judge_ahead(asked.situation, found, self.engine.open_codes, self._outcomes)
            first = found.some(np.arange(min(len(found), asked.query.limit)))
            self._judged(asked, first, Masks(first, self.engine.open_codes))

    def _answered(self, criteria: Criteria, now: datetime) -> Results:
        asked = self._read(criteria, now.astimezone(TIMEZONE))
        if asked.is_empty:
            return self._empty(asked)
        asked, answer = self._asked(asked)
        return self._results(asked, answer)

    def _read(self, criteria: Criteria, now: datetime) -> Asked:
        language = criteria.lang or DEFAULT_LANGUAGE
        if criteria.municipality and self._gazetteer.municipality(criteria.municipality) is None:
            raise BadParameter("municipality", "There is no such municipality.", "a NIS code, as in 21012")
        reading = None
        understood = Understood(language)
        if criteria.q and criteria.understand:
            begun = self.understanding.begin(criteria.q, language, now)
            with self.engine.expecting(partial(self._key_words, begun)):
                reading = leave_out(self.understanding.finish(begun), criteria.without)
            understood = understood_from(reading)
        where = where_of(criteria, understood.place, self._gazetteer, language)
        if criteria.near is not None:
            understood = replace(understood, place=where.reading, alternatives=where.alternatives)
        terms = self._analyser.query_terms(criteria.q, None) if criteria.q and reading is None else []
        return make_ready(
            criteria, understood, reading, where, terms, now, language, self.expander, self._hours
        )

    def _key_words(self, begun: Reading) -> tuple[Word, ...]:
        """The words that the engine will most likely be asked for: those of a list of key words that say
        neither where nor who. Of a sentence most lead to a need, and are not asked for.
        """
        if not begun.question.is_key_words:
            return ()
        words = enumerate(begun.question.words)
        return self.expander.words(word for at, word in words if at not in begun.used and not word.is_stop)

    def _asked(self, asked: Asked) -> tuple[Asked, Answer]:
        """The engine's answer; where no listing has the words but something else was asked, without them."""
        answer = self.engine.search(asked.query)
        narrowed = any(
            (asked.criteria.need, asked.criteria.theme, asked.criteria.channel, asked.criteria.language)
        )
        if answer.total or not asked.query.words or not (asked.query.needs or narrowed):
            return asked, answer
        again = replace(asked, query=without_words(asked))
        return again, self.engine.search(again.query)

    def _results(self, asked: Asked, answer: Answer) -> Results:
        candidates = answer.candidates
        masks = Masks(candidates, self.engine.open_codes, asked.where.point)
        judged, ranked = self._judged(asked, candidates, masks)
        nearest = nearest_options(candidates, ranked, asked, judged.barred())
        order = ordered(candidates, ranked, asked, masks, nearest)
        first = (asked.criteria.page - 1) * asked.criteria.per_page
        rows = order[first : first + asked.criteria.per_page]
        results = self._page(asked, answer, ranked, judged, nearest, rows)
        facets = {_FACET_NAMES.get(name, name): dict(counts) for name, counts in answer.facets.items()}
        facets["situation"] = judged.situation_counts()
        told = notices(asked, answer, ranked, self._total_of, results)
        lacking_needs = lacking(asked, told)
        desks = self._desks(asked) if lacking_needs else ()
        if lacking_needs:
            name = asked.where.centre.name if asked.where.centre else ""
            told = (*told, Notice("none_in_reach", (name,) if name else (), needs=lacking_needs))
        return Results(
            criteria=asked.criteria,
            understood=asked.understood,
            crisis=self._crisis(asked),
            total=answer.total,
            total_is_exact=answer.total_is_exact,
            results=results,
            facets=facets,
            verdict_counts=judged.counts(),
            notices=told,
            centre=asked.where.centre,
            explain=explain(asked) if asked.criteria.explain else None,
            general_desk=desks,
            needs=tuple(asked.query.needs),
            nis=asked.where.nis,
            asked_of=judged.asked_names(),
        )

    def _judged(self, asked: Asked, candidates: Candidates, masks: Masks) -> tuple[Screened, Ranked]:
        judged = screened(
            asked.screen, asked.situation, candidates, self.engine.open_codes, masks, self._outcomes
        )
        return judged, rank(candidates, asked, judged, masks, self._hours, self._towns)

    def _desks(self, asked: Asked) -> tuple[Result, ...]:
        """The general desks around the same place, judged for the same person."""
        asked = replace(asked, query=desk_query(asked))
        answer = self.engine.search(asked.query)
        masks = Masks(answer.candidates, self.engine.open_codes, asked.where.point)
        rows = desk_rows(answer.candidates, asked, masks, self.engine.open_codes)
        if not len(rows):
            return ()
        answer = replace(answer, candidates=answer.candidates.some(rows))
        masks = Masks(answer.candidates, self.engine.open_codes, asked.where.point)
        judged, ranked = self._judged(asked, answer.candidates, masks)
        return self._page(asked, answer, ranked, judged, {}, np.arange(len(rows)))

    def _page(
        self, asked: Asked, answer: Answer, ranked: Ranked, judged: Screened, nearest: Mapping[int, Nearest],
        rows: NDArray[np.intp],
    ) -> tuple[Result, ...]:  # fmt: skip
        candidates = answer.candidates
        bodies = self.engine.bodies(candidates.keys[rows].tolist())
        verdicts = judged.verdicts(rows)
        distances = candidates.distance_m[rows]
        limit = asked.criteria.minutes or threshold("near_minutes")
        rings = rings_m(distances, limit, asked.mode)
        scores = np.round(np.column_stack([points[rows] for points in ranked.parts.values()]), 2).tolist()
        minute = to_minute(asked.now)
        reasons = Reasons(judged, candidates, rows, asked)
        found = []
        for i, body in enumerate(bodies):
            if body is None:  # removed since the engine looked
                continue
            row = int(rows[i])
            result = present(
                body, language=asked.language, minute=minute,
                distance_m=float(distances[i]), ring_m=rings[i],
                lane="wide" if ranked.wide[row] else "around", verdicts=verdicts[i],
                score=dict(zip(ranked.parts, scores[i], strict=True)),
            )  # fmt: skip
            why, watch_out = reasons.of(i, result)
            found.append(result._replace(why=why, watch_out=watch_out, nearest=nearest.get(row)))
        return tuple(found)

    def _crisis(self, asked: Asked) -> tuple[CrisisLine, ...]:
        return crisis_lines(asked.understood, asked.language, asked.where.region, asked.now)

    def _total_of(self, criteria: Criteria, now: datetime) -> int:
        """How many listings a search would find."""
        return self.engine.search(replace(self._read(criteria, now).query, limit=1, facets=())).total

    def _empty(self, asked: Asked) -> Results:
        return Results(
            criteria=asked.criteria,
            understood=asked.understood,
            crisis=(),
            total=0,
            total_is_exact=True,
            results=(),
            facets={},
            notices=notices(asked, None, None, self._total_of, ()),
            centre=None,
            explain=explain(asked) if asked.criteria.explain else None,
        )
