"""The API v1 as one Flask blueprint: which address answers what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from flask import Blueprint, Response, request
from sqlalchemy import Engine
from werkzeug.exceptions import NotFound

from service.api.description import (
    description_link,
    show_docs,
    show_openapi,
    show_status,
    show_style,
)
from service.api.errors import error_response
from service.api.listings import read_listing_json
from service.api.manners import open_to_all
from service.api.methods import refuse_method, say_methods
from service.api.places import PlaceIndex, suggest_places
from service.api.search import LARGEST_BODY, answer_search
from service.api.suggest import answer_suggest
from service.api.zones import list_zones, show_zone
from service.geo.places import Gazetteer
from service.search.query.run import SearchService
from service.search.query.suggest import Suggester

View = Callable[..., Response]
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def create_blueprint(
    search: SearchService, database: Engine, gazetteer: Gazetteer, clock: Callable[[], datetime]
) -> Blueprint:
    """The API under ``/api/v1``; searches read the index, listings the ``database``; ``clock`` is aware."""
    api = Blueprint("api", __name__, url_prefix="/api/v1")
    places = PlaceIndex(gazetteer)
    _add(api, "/search", "search", partial(answer_search, search, clock), ("GET", "POST"))
    _add(api, "/listings/<listing_id>", "listing", partial(read_listing_json, database, clock), ("GET",))
    _add(api, "/zones", "zones", partial(list_zones, gazetteer), ("GET",))
    _add(api, "/zones/<zone_id>", "zone", partial(show_zone, gazetteer, database), ("GET",))
    suggester = Suggester(search.engine, search.expander, gazetteer)
    _add(api, "/suggest", "suggest", partial(answer_suggest, suggester), ("GET", "POST"))
    _add(api, "/places", "places", partial(suggest_places, places), ("GET",))
    _add(api, "/status", "status", partial(show_status, search, database), ("GET",))
    _add(api, "/openapi.json", "openapi", show_openapi, ("GET",))
    _add(api, "/docs", "docs", show_docs, ("GET",))
    _add(api, "/docs/style.css", "docs_style", show_style, ("GET",))
    for rule in ("/", "/<path:_rest>"):
        api.add_url_rule(rule, f"nothing{len(rule)}", _nothing, methods=_METHODS)
    api.register_error_handler(Exception, error_response)
    api.before_request(_limit_body)
    api.after_request(_as_api)
    return api


def _add(api: Blueprint, rule: str, name: str, view: View, methods: Sequence[str]) -> None:
    """An address with its methods; every other method gets 405 in the API's own shape."""
    allowed = (*methods, "HEAD", "OPTIONS") if "GET" in methods else (*methods, "OPTIONS")
    others = [method for method in _METHODS if method not in methods]
    for own, answering, which in (
        (name, view, list(methods)),
        (f"{name}_refused", partial(refuse_method, allowed), others),
        (f"{name}_options", partial(say_methods, allowed), ["OPTIONS"]),
    ):
        api.add_url_rule(rule, own, answering, methods=which, provide_automatic_options=False)


def _nothing(_rest: str = "") -> Response:
    raise NotFound


def _limit_body() -> None:
    request.max_content_length = LARGEST_BODY


def _as_api(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-cache")
    response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    response.headers.setdefault("Link", description_link())
    open_to_all(response)
    return response
