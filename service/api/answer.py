"""An answer of the API as JSON."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response


def answer(content: Any, status: int = 200) -> Response:  # noqa: ANN401 (anything JSON can hold)
    """``content`` as a JSON response."""
    return Response(orjson.dumps(content), status, content_type="application/json")
