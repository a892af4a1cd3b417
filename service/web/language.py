"""The language of a request: what its address asks, else its path, else what the browser prefers."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Request, redirect, request, url_for
from werkzeug.wrappers import Response

from service.i18n.locales import LOCALES
from service.i18n.negotiate import choose_language, interface_codes
from service.search.query.filters.table import FILTERS

_OURS = (FILTERS.keys() | {"ids", "beside"}) - {"lang"}


def language_of(given: Request) -> str:
    """The language to answer in, also where the address leads nowhere (error pages)."""
    first = given.path.strip("/").partition("/")[0]
    asked = given.args.get("lang") or (first if first in LOCALES else None)
    return choose_language(asked, given.headers.get("Accept-Language"))


def settle_language() -> Response | None:
    """Send a reader to the page in the language they ask for, where the path holds another."""
    values = request.view_args or {}
    if "lang" not in values or request.method not in ("GET", "HEAD"):
        return None
    wanted = language_of(request)
    if values["lang"] == wanted and "lang" not in request.args:
        return None
    return redirect(_same_page(wanted), 302)


def unprefixed(endpoint: str, **values: str) -> Response:
    """The answer to an address without a language: go to the same page in the reader's."""
    target = url_for(endpoint, **(values | {"lang": language_of(request)}))  # type: ignore[arg-type]
    response = redirect(_with_query(target), 302)
    response.headers["Vary"] = "Accept-Language"
    return response


def translations() -> list[tuple[str, str]]:
    """This page in each language of the interface: code and address; its start page where this is no page."""
    return [(code, _same_page(code)) for code in interface_codes()]


def _same_page(code: str) -> str:
    values = dict(request.view_args or {})
    if request.endpoint is None or "lang" not in values:
        return url_for("web.question", lang=code)
    return _with_query(url_for(request.endpoint, **(values | {"lang": code})))


def _with_query(target: str) -> str:
    """The address with what was asked; what other sites hung on it (fbclid, utm_source) stays behind."""
    asked = request.args.items(multi=True)
    query = [(name, value) for name, value in asked if name in _OURS]
    return f"{target}?{urlencode(query)}" if query else target
