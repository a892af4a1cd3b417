"""What is noted of every request: its id, where it went, what came of it and how long it took."""

from __future__ import annotations

import logging
import re
import time
from uuid import uuid4

from flask import Flask, Response, g, request

from service.watch.metrics import Metrics

HEADER = "X-Request-Id"
_GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")
_log = logging.getLogger("nabij.request")


def watch_requests(app: Flask, metrics: Metrics | None, *, lines: bool) -> None:
    """Number every request, count it where there are ``metrics``, and log a line where ``lines`` says so.

    Its route is noted, never its address: that can hold what somebody asks.
    """

    def begin() -> None:
        given = request.headers.get(HEADER, "")
        g.request_id = given if _GIVEN.fullmatch(given) else uuid4().hex
        g.begun = time.perf_counter()

    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.begun if "begun" in g else 0.0
        response.headers[HEADER] = g.get("request_id", "")
        route = request.endpoint or "none"
        if metrics is not None:
            metrics.asked(route, request.method, response.status_code, seconds)
        if lines:
            told = {"route": route, "method": request.method, "status": response.status_code}
            _log.info("request", extra={"told": told | {"ms": round(seconds * 1000, 1)}})
        return response

    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    app.after_request(end)
