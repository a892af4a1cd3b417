"""Answers made smaller for slow lines, where the browser can read them so."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Response, request

SMALLEST = 1_000  # bytes; below it the wrapping costs more than it saves
QUICK, THOROUGH = 4, 9  # a page is made for one reader, a file for many
_KINDS = ("text/", "application/json", "application/geo+json", "image/svg+xml", "application/javascript")


def compress(response: Response) -> Response:
    """Gzip a text of some length. Pages hold no secrets, so their length tells nothing (BREACH)."""
    if response.status_code != 200 or not (response.mimetype or "").startswith(_KINDS):
        return response
    response.headers.add("Vary", "Accept-Encoding")
    if not request.accept_encodings["gzip"] or response.content_encoding:
        return response
    body = response.get_data()
    if len(body) < SMALLEST:
        return response
    is_file = "max-age" in response.headers.get("Cache-Control", "")
    response.set_data(_kept(body) if is_file else gzip.compress(body, QUICK, mtime=0))
    response.content_encoding = "gzip"
    mark, _weak = response.get_etag()
    if mark:
        response.set_etag(f"{mark}-gzip")
    return response


@lru_cache(maxsize=64)
def _kept(body: bytes) -> bytes:
    return gzip.compress(body, THOROUGH, mtime=0)
