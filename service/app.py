"""The factory of the web application: what pages and API stand on, put together once per process."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from flask import Flask, request
from sqlalchemy.engine import Engine as Database
from werkzeug.wrappers import Response as BaseResponse

from service.api.blueprint import create_blueprint as create_api
from service.api.errors import error_response
from service.api.limits import Limit
from service.config import TIMEZONE, Settings, read_settings
from service.database.session import connect_web, let_go
from service.desk.demand import DemandCounter
from service.embed.blueprint import create_blueprint as create_embed
from service.geo.places import gazetteer
from service.hsds.blueprint import create_blueprint as create_hsds
from service.opendata.blueprint import create_blueprint as create_open_data
from service.search.open import open_search
from service.search.query.result import Results
from service.search.query.run import Observer, SearchService
from service.watch.demand import demand_observer
from service.watch.figures import Figures
from service.watch.health import health, ready
from service.watch.metrics import Metrics
from service.watch.requests import watch_requests
from service.web.blueprint import create_blueprint as create_pages
from service.web.desk.blueprint import create_blueprint as create_desk
from service.web.outlines import draw_in_force
from service.web.problems import problem_page
from service.web.site import Site

_MACHINES = ("/api/", "/hsds/", "/open-data/")
MAX_REQUEST_BYTES = 64 * 1024  # the longest question with every filter is under 4 kB


def _now() -> datetime:
    return datetime.now(TIMEZONE)


def create_app(settings: Settings | None = None, clock: Callable[[], datetime] = _now) -> Flask:
    """A web application for these settings (those of the environment by default).

    ``clock`` gives the moment, aware. Raises BadSetting and StorageError; a database or an index that is
    away is no reason not to start.
    """
    settings = settings or read_settings()
    database = connect_web(settings)
    metrics = Metrics(settings.metrics_token) if settings.metrics_token else None
    demand = DemandCounter(database)
    search = _search(settings, database, metrics, demand_observer(demand, clock))
    # In a thread of its own, which takes its connection and its hold on this state of the index along: a
    # process that is forked would keep both for as long as it lives.
    with ThreadPoolExecutor(1) as ahead:
        ahead.submit(search.warm, clock()).result()
    site = Site(search.search, database, settings, clock)
    draw_in_force(database)
    app = Flask("nabij", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    app.extensions["database"] = database
    app.extensions["demand"] = demand
    if settings.requests_per_minute:
        app.before_request(Limit(settings.requests_per_minute, _MACHINES).check)
    app.register_blueprint(create_api(search, database, gazetteer(), clock))
    app.register_blueprint(create_hsds(database, clock))
    app.register_blueprint(create_open_data(database, clock))
    app.register_blueprint(create_embed(search, clock))
    app.register_blueprint(create_pages(search, database, settings, clock))
    app.register_blueprint(create_desk(search, database, settings, clock))
    app.register_error_handler(Exception, partial(_failed, site))
    app.add_url_rule("/health", "health", health)
    app.add_url_rule("/ready", "ready", partial(ready, database, search.engine))
    if metrics is not None:
        metrics.figures = Figures(database, search.engine, clock)
        app.add_url_rule("/metrics", "metrics", metrics.show)
    watch_requests(app, metrics, lines=settings.log == "json")
    let_go(database)  # web processes that are forked from this one open connections of their own
    return app


def _search(
    settings: Settings, database: Database, metrics: Metrics | None, count: Observer
) -> SearchService:
    if metrics is None:
        return open_search(settings, database, count)

    def observe(results: Results) -> None:
        metrics.searched(results)
        count(results)

    return open_search(settings, database, observe, metrics.engine)


def _failed(site: Site, error: Exception) -> BaseResponse:
    """An address that belongs to no page: the API answers in its own shape, everything else as a page."""
    return error_response(error) if request.path.startswith(_MACHINES) else problem_page(site, error)
