"""GET /openapi.json, /docs and /status: what the API says of itself, for machines and for people."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from flask import Response, current_app, render_template_string, request, url_for
from sqlalchemy import Engine

from service.api.answer import answer
from service.api.asked import refuse_unknown
from service.api.openapi import EXAMPLES, VERSION, openapi
from service.catalogue.listings import count_published
from service.database.session import reading
from service.errors import NabijError
from service.search.query.run import SearchService

LONGEST_EXAMPLE = 3_000  # characters; the beginning of an answer shows its form

_HERE = Path(__file__).parent
_PAGE, _STYLE = ((_HERE / name).read_text(encoding="utf-8") for name in ("docs.html", "docs.css"))


def show_openapi() -> Response:
    """The OpenAPI 3.1 description."""
    refuse_unknown(request)
    return answer(openapi() | {"servers": [{"url": request.url_root.rstrip("/")}]})


def show_docs() -> Response:
    """The same for people: one page without any script, with answers as this very server gives them."""
    refuse_unknown(request)
    described = openapi()
    operations = [
        (path, method.upper(), _told(operation))
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    page = Response(render_template_string(_PAGE, api=described, operations=operations))
    page.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"
    return page


def show_style() -> Response:
    """How the page for people looks."""
    return Response(_STYLE, content_type="text/css")


def show_status(search: SearchService, database: Engine) -> Response:
    """Whether catalogue and index can be used, and how many listings there are."""
    refuse_unknown(request)
    published: int | None = None
    try:
        with reading(database) as connection:
            published = count_published(connection)
    except NabijError:
        current_app.logger.warning("status: the catalogue is away")
    content = {
        "status": "away" if published is None else "ok",
        "version": VERSION,
        "index": "ok" if _works(partial(search.engine.status)) else "away",
        "published": published,
    }
    response = answer(content)
    response.headers["Cache-Control"] = "no-store"
    return response


def _works(look: partial[Any]) -> bool:
    try:
        look()
    except NabijError:
        return False
    return True


def _told(operation: dict[str, Any]) -> dict[str, Any]:
    """An operation with what the page shows of it: rows of parameters, an example and its answer."""
    example = EXAMPLES.get(operation["operationId"])
    return operation | {
        "rows": [row for each in operation.get("parameters", ()) for row in _rows(each)],
        "example": example,
        "answer": _real_answer(example) if example else "",
    }


def _rows(parameter: dict[str, Any]) -> list[tuple[str, str, str]]:
    schema = parameter["schema"]
    if schema.get("type") == "object":
        return [(name, each["description"], _allowed(each)) for name, each in schema["properties"].items()]
    return [(parameter["name"], parameter.get("description", ""), _allowed(schema))]


def _allowed(schema: dict[str, Any]) -> str:
    if schema.get("type") == "array":
        return f"{_allowed(schema['items'])} (repeatable)"
    if "enum" in schema:
        codes = [str(each) for each in schema["enum"]]
        return ", ".join(codes[:40]) + (f" … ({len(codes)} in all)" if len(codes) > 40 else "")
    if "minimum" in schema:
        return f"{schema['minimum']} to {schema['maximum']}"
    length = f", at most {schema['maxLength']} characters" if "maxLength" in schema else ""
    return f"{schema.get('format', schema.get('type', ''))}{length}"


def _real_answer(path: str) -> str:
    """What this server answers now, cut where it grows long."""
    told = current_app.test_client().get(path)
    text = json.dumps(told.get_json(silent=True), ensure_ascii=False, indent=2)
    return text if len(text) <= LONGEST_EXAMPLE else text[:LONGEST_EXAMPLE] + "\n…"


def description_link() -> str:
    """The Link header by which a machine finds the description from any answer (RFC 8631)."""
    return f'<{url_for("api.openapi")}>; rel="service-desc", <{url_for("api.docs")}>; rel="service-doc"'
