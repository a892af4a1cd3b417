"""Telling the counter of demand about the searches of people, on pages and through the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import has_request_context, request

from service.config import TIMEZONE
from service.desk.demand import DemandCounter
from service.search.query.result import Results
from service.search.query.run import Observer
from service.search.query.tallies import is_again, tallies

PEOPLE_ASK = frozenset(("web.search", "api.search"))
"""Where a search is a question: frames, pages of zones and the desk search by themselves."""


def demand_observer(counter: DemandCounter, clock: Callable[[], datetime]) -> Observer:
    """An observer of searches that counts each question once; it keeps nothing of it but codes."""

    def observe(results: Results) -> None:
        if not has_request_context() or request.endpoint not in PEOPLE_ASK or request.method == "HEAD":
            return
        understood = [reading.code for reading in results.understood.needs]
        if not is_again(results.criteria, understood):
            counter.count(tallies(results), clock().astimezone(TIMEZONE).date())

    return observe
