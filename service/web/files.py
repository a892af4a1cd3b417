"""The files of the pages: our own, and Leaflet's from the package that carries it."""

from __future__ import annotations

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from flask import Response, request
from werkzeug.exceptions import NotFound
from xstatic.pkg import leaflet

from service.web.render import STATIC

LEAFLET = Path(leaflet.BASE_DIR)
LEAFLET_FILES = frozenset({"leaflet.js", "leaflet.css", "images/layers.png", "images/layers-2x.png"})
LEAFLET_FILES |= {"images/marker-icon.png", "images/marker-icon-2x.png", "images/marker-shadow.png"}
YEAR, WEEK, HOUR = 31_536_000, 604_800, 3_600  # seconds


def static_file(name: str) -> Response:
    """A file of ours; an address that holds the mark of its content may be kept for a year."""
    if name not in _ours():
        raise NotFound
    return _answer(STATIC / name, YEAR if "v" in request.args else HOUR)


def worker_file() -> Response:
    """The worker that keeps pages; at the root, so that it sees every page, and always the newest."""
    response = _answer(STATIC / "sw.js", 0)
    response.headers["Cache-Control"] = "no-cache"
    return response


def leaflet_file(name: str) -> Response:
    """A file of Leaflet, of those that a map needs."""
    if name not in LEAFLET_FILES:
        raise NotFound
    return _answer(LEAFLET / name, WEEK)


@cache
def _ours() -> frozenset[str]:
    return frozenset(path.name for path in STATIC.iterdir() if path.is_file())


@cache
def _read(path: Path) -> tuple[bytes, str]:
    body = path.read_bytes()
    return body, hashlib.sha256(body).hexdigest()[:16]


def _answer(path: Path, max_age_s: int) -> Response:
    body, mark = _read(path)
    response = Response(body, mimetype=mimetypes.guess_type(path.name)[0])
    response.headers["Cache-Control"] = f"public, max-age={max_age_s}"
    response.set_etag(mark)
    return response
