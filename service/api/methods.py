"""Which methods an address answers, said in the API's own shape."""

from __future__ import annotations

from typing import Any, NoReturn

from flask import Response
from werkzeug.exceptions import MethodNotAllowed


def refuse_method(allowed: tuple[str, ...], **_address: Any) -> NoReturn:  # noqa: ANN401 (parts of the address)
    """Raise MethodNotAllowed with the methods that would be right."""
    raise MethodNotAllowed(list(allowed))


def say_methods(allowed: tuple[str, ...], **_address: Any) -> Response:  # noqa: ANN401 (as above)
    """The answer to OPTIONS: the methods, and nothing else."""
    response = Response()
    response.headers["Allow"] = ", ".join(allowed)
    return response
