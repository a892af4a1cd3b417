"""Whether this process answers, and whether it can be sent people: for balancers and supervisors."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, jsonify
from sqlalchemy import Engine as Database

from service.database.revisions import is_usable
from service.errors import NabijError
from service.search.engine.base import Engine


def health() -> Response:
    """This process answers."""
    return jsonify(status="ok")


def ready(database: Database, engine: Engine) -> tuple[Response, int]:
    """Whether searches can be answered: from the index, or less well from the database alone.

    With one of the two away the process stays in use: all of them would be without it, and to send nobody
    would make of less help none.
    """
    found = {"database": _works(lambda: is_usable(database)), "index": _works(lambda: bool(engine.status()))}
    status = "ready" if all(found.values()) else "degraded" if any(found.values()) else "away"
    response = jsonify(status=status, **found)
    response.headers["Cache-Control"] = "no-store"
    return response, 200 if any(found.values()) else 503


def _works(look: Callable[[], bool]) -> bool:
    try:
        return look()
    except NabijError:
        return False
