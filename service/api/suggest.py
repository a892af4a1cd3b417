"""GET and POST /suggest: needs, places and organizations that begin as typed, while somebody types."""

from __future__ import annotations

from flask import Response, request

from service.api.answer import answer
from service.api.asked import pairs_of
from service.errors import BadParameter
from service.i18n.negotiate import choose_language
from service.model.fields import LANGUAGES
from service.search.query.filters.parse import one_of, text
from service.search.query.filters.table import LONGEST_QUESTION
from service.search.query.suggest import Suggester

FIELDS = ("question", "place")
_KNOWN = ("q", "lang", "field")


def answer_suggest(suggester: Suggester) -> Response:
    """At most eight suggestions for ``q``. Raises BadParameter without it, or for one that is unknown.

    A page asks by POST, so that what somebody types stands in no address.
    """
    given: dict[str, str] = {}
    for name, value in pairs_of(request, bare=()):
        if name not in _KNOWN:
            raise BadParameter(name[:40], "There is no such parameter.", ", ".join(_KNOWN))
        if name in given:
            raise BadParameter(name, f"{name} is given more than once.", "once")
        given[name] = value
    if "q" not in given:
        raise BadParameter("q", "q is what was typed so far.", f"at most {LONGEST_QUESTION} characters")
    typed = text(LONGEST_QUESTION)("q", given["q"])
    field = one_of(lambda: FIELDS)("field", given.get("field", FIELDS[0]))
    asked = one_of(lambda: LANGUAGES)("lang", given["lang"]) if "lang" in given else None
    language = choose_language(asked, request.headers.get("Accept-Language"), LANGUAGES)
    find = suggester.places if field == "place" else suggester.question
    found = [{"kind": each.kind, "text": each.text, "detail": each.detail} for each in find(typed, language)]
    response = answer({"suggestions": found})
    response.headers["Cache-Control"] = "no-store"
    return response
