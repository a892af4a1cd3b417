"""Making the response of a page: its template filled in, with what every page needs."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from service.web.addresses import is_personal, search_query, search_url
from service.web.language import translations
from service.web.leave import way_out
from service.web.render import render
from service.web.site import Site


def page(site: Site, lang: str, template: str, http_status: int = 200, **values: Any) -> Response:  # noqa: ANN401
    """A page in a language; ``values`` are what its template shows."""
    common = {
        "translations": translations(),
        "origin": request.host_url.rstrip("/"),
        "here": request.endpoint,
        "search_query": search_query,
        "search_url": search_url,
        "is_personal": is_personal,
        "leave": False,
        "way_out": way_out(lang),
        "suggest_address": "/api/v1/suggest",
        "today": site.today(),
    }
    body = render(template, lang, common | values)
    response = Response(body, status=http_status, mimetype="text/html")
    response.headers["Content-Language"] = lang
    if values.get("leave"):
        response.headers["Cache-Control"] = "no-store"  # nothing of it stays on the device
    return response
