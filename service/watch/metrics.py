"""Counting what is asked of the web, for Prometheus: never what anybody asked, nor who."""

from __future__ import annotations

import hmac
import os
from pathlib import Path
from typing import Any

from flask import Response, request
from werkzeug.exceptions import NotFound

from service.search.query.result import Results
from service.watch.figures import Figures

# prometheus_client looks at the environment when it is imported, for the folder where the web processes put
# their counts together. It is therefore imported when the first counter is made, not before.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds; the aims of docs/performance.md lie on 0.025, 0.1 and 0.25."""

_METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))


class Metrics:
    """The counters of one application, and the page that shows them to whoever has the token."""

    def __init__(self, token: str) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram

        self._token = token
        self.figures: Figures | None = None
        self._own: Any = CollectorRegistry()
        self._requests = Counter(
            "nabij_requests", "Requests", ["route", "method", "status"], registry=self._own
        )
        self._seconds = Histogram(
            "nabij_request_seconds", "Time to answer", ["route"], buckets=BUCKETS, registry=self._own
        )
        self._engine = Histogram(
            "nabij_engine_seconds", "Time of the search engine", buckets=BUCKETS, registry=self._own
        )
        self._searches = Counter(
            "nabij_searches", "Searches answered", ["answered_by", "results"], registry=self._own
        )

    def asked(self, route: str, method: str, status: int, seconds: float) -> None:
        """One request was answered."""
        self._requests.labels(route, method if method in _METHODS else "other", str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def engine(self, seconds: float) -> None:
        """The engine was asked once."""
        self._engine.observe(seconds)

    def searched(self, results: Results) -> None:
        """One search was answered."""
        self._searches.labels(results.answered_by, "some" if results.total else "none").inc()

    def show(self) -> Response:
        """Every figure in the text format of Prometheus; 404 for whoever has not the token."""
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            raise NotFound
        from prometheus_client import CollectorRegistry, exposition, multiprocess

        registry = CollectorRegistry()
        if self.figures is not None:
            registry.register(self.figures)
        if folder := os.environ.get(FOLDER):
            multiprocess.MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
            text = exposition.generate_latest(registry)
        else:
            text = exposition.generate_latest(self._own) + exposition.generate_latest(registry)
        response = Response(text, content_type=exposition.CONTENT_TYPE_LATEST)
        response.headers["Cache-Control"] = "no-store"
        return response


def put_together(folder: Path) -> None:
    """From now on the web processes that are forked from this one put their counts together in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("*.db"):
        left.unlink()
    os.environ[FOLDER] = str(folder)


def forget_process(pid: int) -> None:
    """A web process has ended."""
    from prometheus_client import multiprocess

    if os.environ.get(FOLDER):
        multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]
