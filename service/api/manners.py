"""How answers for machines travel: readable from a page of any site."""

from __future__ import annotations

from flask import Response, request


def open_to_all(response: Response) -> Response:
    """Headers that let a page of any site read this; nothing personal is ever in these answers."""
    headers = response.headers
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, Retry-After, Content-Location"
    if request.method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = headers.get("Allow", "GET, HEAD, OPTIONS")
        headers["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match, If-Modified-Since"
        headers["Access-Control-Max-Age"] = "86400"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    return response
