"""Every failure of the API in one shape: code, parameter, message, and what would be right."""

from __future__ import annotations

import traceback

from flask import Response, current_app
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from service.api.answer import answer
from service.errors import BadParameter, DatabaseAway, NabijError, SearchAway, SearchRefused

RETRY_S = 30
_TOLD: dict[type[NabijError], str] = {  # where an error's own sentence is for who runs the server
    DatabaseAway: "The catalogue cannot be read at the moment; a search still answers.",
    SearchAway: "The search does not answer at the moment.",
    SearchRefused: "The search does not answer at the moment.",
}
_HTTP = {
    400: ("bad_request", "The request cannot be read."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not answer that method."),
    413: ("too_large", "The request is too large."),
    415: ("unsupported_media_type", "The body is of a kind that is not read."),
}


def error_response(error: Exception) -> Response:
    """The answer for a failure; what is unforeseen is logged by its kind and place, without any value."""
    if isinstance(error, NabijError):
        response = _of_ours(error)
    elif isinstance(error, HTTPException):
        response = _of_http(error)
    elif isinstance(error, SQLAlchemyError):
        _log(error)
        response = error_json(503, "unavailable", "The catalogue cannot be read at the moment.")
    else:
        _log(error)
        response = error_json(500, "error", "Something went wrong here; it is not your request.")
    if response.status_code == 503:
        response.headers["Retry-After"] = str(RETRY_S)
    response.headers["Cache-Control"] = "no-store"
    return response


def error_json(
    status: int, code: str, message: str, parameter: str | None = None, allowed: str | None = None
) -> Response:
    """One error in the shape of every error."""
    return answer(
        {"error": {"code": code, "parameter": parameter, "message": message, "allowed": allowed}}, status
    )


def _of_ours(error: NabijError) -> Response:
    if isinstance(error, BadParameter):
        return error_json(error.status, error.code, str(error), error.parameter, error.allowed)
    if error.status >= 500:
        _log(error)
    for away, sentence in _TOLD.items():
        if isinstance(error, away):
            return error_json(error.status, error.code, sentence)
    return error_json(error.status, error.code, str(error))


def _of_http(error: HTTPException) -> Response:
    status = error.code or 500
    code, message = _HTTP.get(status, ("error", error.name))
    methods = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    allowed = ", ".join(methods) if methods else error.description if status in (400, 413, 415) else None
    response = error_json(status, code, message, allowed=allowed)
    if methods:
        response.headers["Allow"] = ", ".join(methods)
    return response


def _log(error: Exception) -> None:
    # The message of an exception can hold the question, the place in the code cannot.
    frame = traceback.extract_tb(error.__traceback__)[-1] if error.__traceback__ else None
    where = f"{frame.filename}:{frame.lineno}" if frame else "?"
    current_app.logger.error("api: %s at %s", type(error).__name__, where)
