"""The desk as one Flask blueprint: the door, and the rooms behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from flask import Blueprint, Response
from sqlalchemy import Engine
from werkzeug.wrappers import Response as BaseResponse

from service.config import Settings
from service.database.session import primary_of
from service.i18n.locales import LOCALES
from service.search.query.run import SearchService
from service.web.desk.door import behind_the_door
from service.web.desk.openid import back_without_language
from service.web.desk.rooms import OPEN_ROOMS, ROOMS
from service.web.desk.uploads import make_room
from service.web.headers import secure
from service.web.language import settle_language, unprefixed
from service.web.problems import problem_page
from service.web.site import Site

_PREFIX = f"/<any({', '.join(LOCALES)}):lang>/desk"


def create_blueprint(
    search: SearchService, database: Engine, settings: Settings, clock: Callable[[], datetime]
) -> Blueprint:
    """Every page of the desk; ``clock`` is aware."""
    site = Site(search.search, primary_of(database), settings, clock)
    desk = Blueprint("desk", __name__)
    for path, name, view, methods in OPEN_ROOMS:
        desk.add_url_rule(_PREFIX + path, name, partial(view, site), methods=methods)
    for path, name, view, methods, action in ROOMS:
        desk.add_url_rule(_PREFIX + path, name, behind_the_door(site, view, action), methods=methods)
    desk.add_url_rule("/desk", "to_home", partial(_redirect, "desk.home"))
    desk.add_url_rule("/desk/back", "back_unprefixed", partial(back_without_language, site))
    desk.before_request(make_room)
    desk.before_request(settle_language)
    desk.register_error_handler(Exception, partial(problem_page, replace(site, database=database)))
    desk.after_request(partial(_keep_nothing, settings))
    return desk


def _redirect(endpoint: str) -> BaseResponse:
    return unprefixed(endpoint)


def _keep_nothing(settings: Settings, response: Response) -> Response:
    """No cache keeps a page of the desk, and none is made smaller: its length would tell of the secret in
    its forms (BREACH)."""
    secure(response, settings)
    response.headers["Cache-Control"] = "no-store"
    return response
