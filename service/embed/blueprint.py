"""Help for a page of somebody else: a frame for their zone, needs and language, and a sheet to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template_string, request, url_for

from service.api.errors import error_response
from service.api.manners import open_to_all
from service.api.methods import refuse_method, say_methods
from service.errors import BadParameter
from service.geo.places import gazetteer
from service.i18n.formats import partial_date
from service.i18n.labels import term_label
from service.i18n.locales import LOCALES, interface
from service.i18n.messages import translator
from service.i18n.negotiate import choose_language
from service.model.dates import PartialDate
from service.model.phone import format_phone
from service.search.query.criteria import Criteria, read
from service.search.query.result import Result
from service.search.query.run import SearchService

PARAMETERS = ("zone", "municipality", "need", "theme", "near", "language", "lang", "per_page")
"""What a frame can be asked for: parameters of a search, none of which says anything about a person."""

MOST_IN_FRAME, MOST_ON_SHEET = 5, 50
_HERE = Path(__file__).parent
_FRAME, _SHEET, _STYLE, _SCRIPT = (
    (_HERE / name).read_text(encoding="utf-8")
    for name in ("frame.html", "sheet.html", "embed.css", "embed.js")
)
_METHODS = ("GET", "HEAD", "OPTIONS")
_ANYWHERE = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors *"
_NOWHERE = _ANYWHERE.replace("frame-ancestors *", "frame-ancestors 'none'")


def create_blueprint(search: SearchService, clock: Callable[[], datetime]) -> Blueprint:
    """Frame, sheet, and the script that puts a frame where it stands; ``clock`` is aware."""
    embed = Blueprint("embed", __name__)
    for rule, name, view in (
        ("/embed", "frame", partial(_frame, search, clock)),
        ("/embed.js", "script", _script),
        ("/embed.css", "style", _style),
        ("/sheet/<zone>/<need>", "sheet", partial(_sheet, search, clock)),
    ):
        for own, answering, methods in (
            (name, view, ["GET"]),
            (f"{name}_refused", partial(refuse_method, _METHODS), ["POST", "PUT", "PATCH", "DELETE"]),
            (f"{name}_options", partial(say_methods, _METHODS), ["OPTIONS"]),
        ):
            embed.add_url_rule(rule, own, answering, methods=methods, provide_automatic_options=False)
    embed.register_error_handler(Exception, error_response)
    embed.after_request(_as_guest)
    return embed


def _frame(search: SearchService, clock: Callable[[], datetime]) -> Response:
    """The first results for a zone and needs, and a search that goes on in Nabij. Raises BadParameter."""
    pairs = list(request.args.items(multi=True))
    for name, _value in pairs:
        if name not in PARAMETERS:
            raise BadParameter(name[:40], "There is no such parameter here.", ", ".join(PARAMETERS))
    asked = read(pairs, strict=True)
    lang = _language(asked.lang)
    limit = min(asked.per_page or MOST_IN_FRAME, MOST_IN_FRAME * 2)
    found = search.search(replace(asked, lang=lang, per_page=limit, page=1), clock())
    going_on = [(name, value) for name, value in pairs if name not in ("lang", "per_page")]
    whole = url_for("web.search", lang=lang) + (f"?{urlencode(going_on)}" if going_on else "")
    values = {"heading": _heading(asked, lang), "kept": going_on, "whole": whole, "total": found.total}
    return _page(_FRAME, lang, found.results, values, _ANYWHERE)


def _sheet(search: SearchService, clock: Callable[[], datetime], zone: str, need: str) -> Response:
    """One page of paper on a need in a zone: whom to call and where to go. Raises BadParameter."""
    pairs = [("zone", zone), ("need", need), *request.args.items(multi=True)]
    if len(pairs) > 2 and (len(pairs) > 3 or pairs[2][0] != "lang"):
        raise BadParameter(pairs[2][0][:40], "A sheet takes no other parameter.", "lang")
    asked = read(pairs, strict=True)
    lang = _language(asked.lang)
    found = search.search(replace(asked, lang=lang, per_page=MOST_ON_SHEET), clock())
    values = {"heading": _heading(asked, lang), "today": clock().date(), "total": found.total}
    return _page(_SHEET, lang, found.results, values, _NOWHERE)


def _page(
    template: str, lang: str, results: tuple[Result, ...], values: Mapping[str, Any], policy: str
) -> Response:
    text = render_template_string(
        template,
        lang=lang,
        direction=LOCALES[lang].direction,
        say=translator(lang).gettext,
        phone=format_phone,
        said_on=lambda said: partial_date(PartialDate.parse(said), lang),
        results=results,
        **values,
    )
    response = Response(text)
    response.headers["Content-Security-Policy"] = policy
    response.headers["Content-Language"] = lang
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _language(asked: str | None) -> str:
    offered = [locale.code for locale in interface()]
    return choose_language(asked, request.headers.get("Accept-Language"), offered)


def _heading(asked: Criteria, lang: str) -> str:
    """What the frame is about: its needs or theme, and its zone or place."""
    about = [term_label("need", code, lang) for code in asked.need]
    about += [term_label("theme", asked.theme, lang)] if asked.theme else []
    where = [gazetteer().zones.zone(asked.zone).name(lang)] if asked.zone else []
    where += [asked.near] if asked.near else []
    town = gazetteer().municipality(asked.municipality) if asked.municipality else None
    where += [town.name(lang)] if town else []
    return " · ".join(part for part in (", ".join(about), ", ".join(where)) if part) or "Nabij"


def _script() -> Response:
    return _file(_SCRIPT, "text/javascript; charset=utf-8")


def _style() -> Response:
    return _file(_STYLE, "text/css; charset=utf-8")


def _file(text: str, media_type: str) -> Response:
    response = Response(text, content_type=media_type)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _as_guest(response: Response) -> Response:
    """No cookie, no referrer, nothing that tells us who looks at whose page."""
    response.headers.setdefault("Content-Security-Policy", _NOWHERE)
    return open_to_all(response)
