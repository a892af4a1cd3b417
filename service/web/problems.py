"""Pages for when something is wrong: what happened and the way onward, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from service.errors import BadParameter, Busy, DatabaseAway, NabijError
from service.i18n.formats import listed
from service.i18n.labels import language_name
from service.i18n.messages import N_, translator
from service.search.query.filters.table import FILTERS, LONGEST_QUESTION
from service.web.danger import lines_to_call
from service.web.headers import secure
from service.web.language import language_of
from service.web.page import page
from service.web.site import Site


@dataclass(frozen=True, slots=True)
class Problem:
    """What is said about one kind of failure."""

    title: str
    text: str


_PROBLEMS = {
    403: Problem(
        N_("This is not open to you"),
        N_("Perhaps your session is over, or this belongs to another zone. Go back and open the page again."),
    ),
    404: Problem(
        N_("This page does not exist"),
        N_("Perhaps the address has a typing mistake. You can ask your question again here."),
    ),
    405: Problem(
        N_("This page cannot be used that way"),
        N_("You can ask your question again here."),
    ),
    410: Problem(
        N_("This offer is no longer there"),
        N_("The source does not mention it any more. There may be other help near you."),
    ),
    413: Problem(N_("That is too much text"), N_("Try it with fewer words.")),
    422: Problem(
        N_("We cannot search like this"),
        N_("Something in the address of this page is not possible."),
    ),
    503: Problem(
        N_("The search is being prepared"),
        N_("Try again in a minute. It is not your fault."),
    ),
}
_WITHOUT_DATABASE = Problem(
    N_("This page cannot be shown right now"),
    N_(
        "It is not your fault, and nothing is lost. You can still search: the answers say how to call or"
        " where to go. Try this page again in a few minutes."
    ),
)
_OTHERWISE = Problem(
    N_("Something went wrong with us"),
    N_("It is not your fault. Try again in a minute."),
)


def problem_page(site: Site, error: Exception) -> BaseResponse:
    """The page for a failure. An unknown one is logged with the path only: never the question."""
    if isinstance(error, HTTPException) and error.response is not None:
        return error.get_response()
    status = _status(error)
    if status >= 300 and status < 400 and isinstance(error, HTTPException):
        return error.get_response()
    if status == 500:
        current_app.logger.error("Failed at %s: %s", request.path, type(error).__name__, exc_info=error)
    response = _page(site, status, error)
    if status == 503:
        response.headers["Retry-After"] = "30"
    response.headers["Cache-Control"] = "no-store"
    return secure(response, site.settings)


def _status(error: Exception) -> int:
    if isinstance(error, HTTPException):
        return error.code or 500
    return error.status if isinstance(error, NabijError) else 500


def _page(site: Site, status: int, error: Exception) -> Response:
    lang = language_of(request)
    t = translator(lang)
    problem = _PROBLEMS.get(status, _OTHERWISE)
    if isinstance(error, DatabaseAway | Busy):
        problem = _WITHOUT_DATABASE
    parameter, allowed = "", ""
    if isinstance(error, BadParameter):
        row = FILTERS.get(error.parameter)
        parameter, allowed = t.gettext(row.label) if row else error.parameter, error.allowed
    return page(
        site,
        lang,
        "problem.html",
        status,
        title=t.gettext(problem.title),
        text=t.gettext(problem.text),
        parameter=parameter,
        allowed=allowed,
        status=status,
        crisis=lines_to_call(request, lang, site.clock()),
        asked="" if status == 413 else request.values.get("q", "")[:LONGEST_QUESTION],
        language_names=lambda codes: listed((language_name(code, lang) for code in codes), lang),
    )
