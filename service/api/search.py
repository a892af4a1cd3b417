"""GET and POST /search: criteria in, the answer of the search as JSON out."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from http import HTTPStatus
from typing import Any

import orjson
from flask import Response, request

from service.api.answer import answer
from service.api.asked import pairs_of
from service.api.asking import bare_in_json
from service.api.errors import error_response
from service.eight_b.verdict import Verdict
from service.errors import NabijError
from service.i18n.messages import Translator, translator
from service.i18n.negotiate import choose_language
from service.model.fields import LANGUAGES
from service.search.query.crisis import heading, lines_of
from service.search.query.criteria import Criteria, read, write
from service.search.query.result import CrisisLine, Notice, Result, Results
from service.search.query.run import SearchService
from service.search.query.said import Said, sentence
from service.search.understand.need import SURE

LARGEST_BODY = 64_000  # bytes; every parameter of a search fits ten times
MOST_READINGS = 3  # more is a list to read
MOST_VERDICTS = 5_000  # kept per language, some 5 MB


def answer_search(search: SearchService, clock: Callable[[], datetime]) -> Response:
    """One search; nothing of it is kept, by us or by a cache."""
    begin = time.perf_counter()
    criteria = read(pairs_of(request, _bare()), strict=True)
    if criteria.lang is None:
        accepted = request.headers.get("Accept-Language")
        criteria = replace(criteria, lang=choose_language(None, accepted, LANGUAGES))
    now = clock()
    try:
        results = search.search(criteria, now)
    except NabijError as error:
        return _without_answer(error, criteria, now)
    content = results_json(results, translator(criteria.lang or LANGUAGES[0]))
    content["took_ms"] = round((time.perf_counter() - begin) * 1000, 1)
    response = answer(content)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = criteria.lang or LANGUAGES[0]
    response.headers["Vary"] = "Accept-Language"
    return response


def _without_answer(error: NabijError, criteria: Criteria, now: datetime) -> Response:
    """The failure; where the index is away the lines for a danger stand beside it all the same."""
    if error.status != HTTPStatus.SERVICE_UNAVAILABLE:
        raise error
    response = error_response(error)
    lines = lines_of(criteria, now)
    content = {
        **response.get_json(),
        "crisis": [_line(line) for line in lines],
        "crisis_heading": heading(lines) if lines else None,
    }
    response.set_data(answer(content).get_data())
    return response


def results_json(results: Results, words: Translator) -> dict[str, Any]:
    """The answer in the form of design.md, without ``took_ms``."""
    verdicts = _verdicts_in(words.language)
    content: dict[str, Any] = {
        "understood": results.understood.as_json() | _readings(results),
        "crisis": [_line(line) for line in results.crisis],
        "crisis_heading": heading(results.crisis) if results.crisis else None,
        "total": results.total,
        "total_is_exact": results.total_is_exact,
        "page": results.page,
        "per_page": results.per_page,
        "reachable": results.reachable,
        "results": [_result(result, verdicts, words.language) for result in results.results],
        "general_desk": [_result(result, verdicts, words.language) for result in results.general_desk],
        "facets": {**results.facets, "b": results.verdict_counts},
        "notices": [_notice(notice) for notice in results.notices],
        "answered_by": results.answered_by,
    }
    if results.explain is not None:
        content["explain"] = results.explain
    return content


def _readings(results: Results) -> dict[str, Any]:
    """Whether a need was understood well enough; where not, what it may be about, and how to ask that."""
    criteria, read = results.criteria, results.understood
    is_sure = bool(criteria.need) or any(need.confidence >= SURE for need in read.needs)
    offered = read.suggestions if is_sure else (*read.needs, *read.suggestions)
    return {
        "is_sure": is_sure,
        "readings": [
            {
                "code": need.code,
                "label": need.label,
                "confidence": round(need.confidence, 2),
                "parameters": _parameters(replace(criteria, need=(need.code,), page=1)),
            }
            for need in offered[:MOST_READINGS]
            if need.code not in criteria.need
        ],
    }


def _result(result: Result, verdicts: _Verdicts, language: str) -> dict[str, Any]:
    return {
        "id": result.id,
        "url": result.url,
        "service": result.service,
        "service_language": result.service_language,
        "organization": result.organization,
        "needs": result.needs,
        "summary": result.summary,
        "summary_language": result.summary_language,
        "address": result.address,
        "municipality": result.municipality,
        "nis": result.nis,
        "postal_code": result.postal_code,
        "lat": result.lat,
        "lon": result.lon,
        "location_precision": result.location_precision,
        "hidden": result.hidden,
        "distance_m": result.distance_m,
        "minutes": result.minutes,
        "phone": result.phone,
        "email": result.email,
        "website": result.website,
        "channels": result.channels,
        "open_now": result.open_now,
        "next_open": result.next_open.isoformat() if result.next_open else None,
        "languages": result.languages,
        "audience": result.audience,
        "cost": result.cost,
        "appointment": result.appointment,
        "coverage": result.coverage,
        "provision": result.provision,
        "checked": result.checked,
        "said_on": result.said_on,
        "stale_on": result.stale_on,
        "readiness": result.readiness,
        "lane": result.lane,
        "ring_m": result.ring_m,
        "eight_b": verdicts.json(result.eight_b),
        "why": _said(result.why, language),
        "watch_out": _said(result.watch_out, language),
        "nearest": result.nearest,
        "score": result.score,
    }


def _said(said: Said | None, language: str) -> dict[str, Any] | None:
    if said is None:
        return None
    return {
        "criterion": said.criterion,
        "outcome": said.outcome,
        "text": sentence(said, language),
        "facts": dict(said.values),
    }


class _Verdicts:
    """Verdicts as JSON in one language; there are a few hundred, each written once, then shared by results.

    A verdict's identity is its key, since to compare its reasons takes as long as to say it anew. It is kept
    beside what was said, so that no other can come to have that identity.
    """

    def __init__(self, words: Translator) -> None:
        self._say = words.gettext
        self._said: dict[int, tuple[Verdict, orjson.Fragment]] = {}

    def json(self, verdicts: Mapping[str, Verdict]) -> dict[str, orjson.Fragment]:
        """The verdicts by B."""
        return {b: (self._said.get(id(verdict)) or self._one(verdict))[1] for b, verdict in verdicts.items()}

    def _one(self, verdict: Verdict) -> tuple[Verdict, orjson.Fragment]:
        if len(self._said) >= MOST_VERDICTS:
            self._said.clear()
        reasons = [
            {"criterion": each.criterion, "outcome": each.outcome, "text": self._say(each.sentence)}
            for each in verdict.reasons
        ]
        content = {
            "verdict": verdict.verdict,
            "known": verdict.known,
            "of": verdict.of,
            "reasons": reasons,
        }
        said = self._said[id(verdict)] = (verdict, orjson.Fragment(orjson.dumps(content)))
        return said


_bare = cache(bare_in_json)


@cache
def _verdicts_in(language: str) -> _Verdicts:
    return _Verdicts(translator(language))


def _line(line: CrisisLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "phone": line.phone,
        "topic": line.topic,
        "languages": line.languages,
        "chat": line.chat,
        "open_now": line.open_now,
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "code": notice.code,
        "words": notice.words,
        "needs": notice.needs,
        "ring_m": notice.ring_m,
        "parameters": _parameters(notice.criteria),
    }


def _parameters(criteria: Criteria | None) -> list[tuple[str, str]] | None:
    return write(criteria) if criteria else None
