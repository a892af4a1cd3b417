"""The HSDS 3.1 API as one Flask blueprint: which address answers what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Blueprint, Response, request
from sqlalchemy import Engine
from werkzeug.exceptions import NotFound

from service.api.errors import error_json, error_response
from service.api.manners import open_to_all
from service.api.methods import refuse_method, say_methods
from service.api.search import LARGEST_BODY
from service.errors import BadParameter
from service.hsds.answers import show_collection, show_record
from service.hsds.description import show_openapi, show_profile, show_root, show_status
from service.hsds.parameters import COLLECTIONS
from service.hsds.state import Catalogue
from service.web.compress import compress

PREFIX = "/hsds/v3"
_OTHERS = ("PUT", "PATCH", "DELETE")


def create_blueprint(database: Engine, clock: Callable[[], datetime]) -> Blueprint:
    """The API under ``/hsds/v3``; it reads the ``database``; ``clock`` is aware."""
    hsds = Blueprint("hsds", __name__, url_prefix=PREFIX)
    catalogue = Catalogue(database, clock)
    for collection in COLLECTIONS:
        rule = f"/{collection}"
        _add(hsds, rule, collection, partial(show_collection, catalogue, collection), ("GET", "POST"))
        one = partial(show_record, catalogue, collection)
        _add(hsds, f"{rule}/<own_id>", f"{collection}_one", one, ("GET",))
    _add(hsds, "/", "root", show_root, ("GET",))
    hsds.add_url_rule("", "root_bare", show_root, strict_slashes=False)
    _add(hsds, "/profile", "profile", show_profile, ("GET",))
    _add(hsds, "/openapi.json", "openapi", show_openapi, ("GET",))
    _add(hsds, "/status", "status", partial(show_status, catalogue), ("GET",))
    hsds.add_url_rule("/<path:_rest>", "nothing", _nothing, methods=("GET", "POST", *_OTHERS))
    hsds.register_error_handler(Exception, _failed)
    hsds.before_request(_limit_body)
    hsds.after_request(compress)
    hsds.after_request(open_to_all)
    return hsds


def _add(
    hsds: Blueprint, rule: str, name: str, view: Callable[..., Response], methods: tuple[str, ...]
) -> None:
    allowed = (*methods, "HEAD", "OPTIONS")
    others = [each for each in ("POST", *_OTHERS) if each not in methods]
    for own, answering, which in (
        (name, view, list(methods)),
        (f"{name}_refused", partial(refuse_method, allowed), others),
        (f"{name}_options", partial(say_methods, allowed), ["OPTIONS"]),
    ):
        hsds.add_url_rule(rule, own, answering, methods=which, provide_automatic_options=False)


def _nothing(_rest: str) -> Response:
    raise NotFound


def _limit_body() -> None:
    request.max_content_length = LARGEST_BODY


def _failed(error: Exception) -> Response:
    """Every failure in the shape of every error; the standard knows 400 for what a parameter may not be."""
    if isinstance(error, BadParameter):
        response = error_json(400, error.code, str(error), error.parameter, error.allowed)
        response.headers["Cache-Control"] = "no-store"
        return response
    return error_response(error)
