"""The pages as one Flask blueprint: which address leads to which page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Blueprint, Response, request
from sqlalchemy import Engine
from werkzeug.wrappers import Response as BaseResponse

from service.config import Settings
from service.i18n.locales import LOCALES
from service.search.query.run import SearchService
from service.web.about import about_page
from service.web.chosen import compare_page, shortlist_page
from service.web.compress import compress
from service.web.confirm import confirm_listing_page, confirm_page, gone_page, thanks_for_answer_page
from service.web.confirm_change import change_page
from service.web.confirm_more import renew_page, stop_page
from service.web.files import leaflet_file, static_file, worker_file
from service.web.headers import secure
from service.web.language import settle_language, unprefixed
from service.web.listing import listing_page
from service.web.map import land_file, outlines_file
from service.web.offline import manifest, offline_page
from service.web.problems import problem_page
from service.web.question import question_page
from service.web.search import search_page
from service.web.sheet import sheet_page, sheet_pdf
from service.web.site import Site
from service.web.sources import sources_page
from service.web.wrong import thanks_page, wrong_page
from service.web.zone_all import zone_all_page
from service.web.zones import zone_page, zones_page

Page = Callable[..., BaseResponse]
_PREFIX = f"/<any({', '.join(LOCALES)}):lang>"


def create_blueprint(
    search: SearchService, database: Engine, settings: Settings, clock: Callable[[], datetime]
) -> Blueprint:
    """Every page, its files, and the redirects from addresses without a language; ``clock`` is aware."""
    site = Site(search.search, database, settings, clock)
    pages = Blueprint("web", __name__)
    _add_pages(pages, site)
    _add_redirects(pages)
    _add_files(pages)
    pages.before_request(settle_language)
    pages.register_error_handler(Exception, partial(problem_page, site))
    # Flask runs these from the last to the first.
    pages.after_request(_unless_known)
    pages.after_request(compress)
    pages.after_request(lambda response: secure(response, site.settings))
    return pages


def _unless_known(response: Response) -> Response:
    """Nothing but "not modified" for a file that the browser still has."""
    if response.get_etag()[0]:
        response.make_conditional(request)
    return response


def _add_pages(pages: Blueprint, site: Site) -> None:
    table: tuple[tuple[str, str, Page, tuple[str, ...]], ...] = (
        ("/", "question", question_page, ("GET",)),
        ("/search", "search", search_page, ("GET", "POST")),
        ("/l/<listing_id>", "listing", listing_page, ("GET", "POST")),
        ("/l/<listing_id>/wrong", "wrong", wrong_page, ("GET", "POST")),
        ("/l/<listing_id>/wrong/thanks", "thanks", thanks_page, ("GET",)),
        ("/confirm/<token>", "confirm", confirm_page, ("GET", "POST")),
        ("/confirm/<token>/new", "confirm_renew", renew_page, ("GET", "POST")),
        ("/confirm/<token>/stop", "confirm_stop", stop_page, ("GET", "POST")),
        ("/confirm/<token>/<int:number>", "confirm_listing", confirm_listing_page, ("GET", "POST")),
        ("/confirm/<token>/<int:number>/change", "confirm_change", change_page, ("GET", "POST")),
        ("/confirm/<token>/<int:number>/gone", "confirm_gone", gone_page, ("GET", "POST")),
        ("/confirm/<token>/<int:number>/thanks", "confirm_thanks", thanks_for_answer_page, ("GET",)),
        ("/compare", "compare", compare_page, ("GET", "POST")),
        ("/shortlist", "shortlist", shortlist_page, ("GET", "POST")),
        ("/sheet", "sheet", sheet_page, ("GET", "POST")),
        ("/sheet.pdf", "sheet_pdf", sheet_pdf, ("GET", "POST")),
        ("/zones", "zones", zones_page, ("GET",)),
        ("/zones/<zone_id>", "zone", zone_page, ("GET",)),
        ("/zones/<zone_id>/all", "zone_all", zone_all_page, ("GET",)),
        ("/sources", "sources", sources_page, ("GET",)),
        ("/about", "about", about_page, ("GET",)),
        ("/offline", "offline", offline_page, ("GET",)),
        ("/app.webmanifest", "manifest", manifest, ("GET",)),
    )
    for path, name, view, methods in table:
        pages.add_url_rule(_PREFIX + path, name, partial(view, site), methods=methods)


def _add_redirects(pages: Blueprint) -> None:
    for path, name in (
        ("/", "question"),
        ("/search", "search"),
        ("/l/<listing_id>", "listing"),
        ("/l/<listing_id>/wrong", "wrong"),
        ("/compare", "compare"),
        ("/shortlist", "shortlist"),
        ("/sheet", "sheet"),
        ("/zones", "zones"),
        ("/zones/<zone_id>", "zone"),
        ("/zones/<zone_id>/all", "zone_all"),
        ("/sources", "sources"),
        ("/about", "about"),
    ):
        pages.add_url_rule(path, f"to_{name}", partial(_redirect, f"web.{name}"))


def _redirect(endpoint: str, **values: str) -> BaseResponse:
    return unprefixed(endpoint, **values)


def _add_files(pages: Blueprint) -> None:
    pages.add_url_rule("/sw.js", "worker_file", worker_file)
    pages.add_url_rule("/static/<path:name>", "static_file", static_file)
    pages.add_url_rule("/static/leaflet/<path:name>", "leaflet_file", leaflet_file)
    pages.add_url_rule("/map/outlines.json", "outlines", outlines_file)
    pages.add_url_rule("/map/land.svg", "land_file", land_file)
