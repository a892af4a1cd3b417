"""Lines to call for a danger that a question speaks of, also where nothing else can be answered."""

from __future__ import annotations

from datetime import datetime

from flask import Request

from service.errors import BadParameter
from service.search.query.crisis import crisis_lines
from service.search.query.result import CrisisLine
from service.search.understand.crisis.read import read_crisis
from service.search.understand.understood import Understood
from service.web.asked import read_asked


def lines_to_call(request: Request, language: str, now: datetime) -> tuple[CrisisLine, ...]:
    """The lines for the question of a request; read from its words alone, so that no index is needed."""
    if request.endpoint != "web.search":
        return ()
    try:
        question = read_asked(request, language).q
    except BadParameter:
        question = request.values.get("q", "")
    read = read_crisis(question) if question else ()
    return crisis_lines(Understood(language, crisis=tuple(read)), language, None, now) if read else ()
