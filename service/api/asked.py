"""The parameters of a request as pairs, from the address, a form or a JSON body."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

import orjson
from flask import Request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from service.errors import BadParameter

Pairs = list[tuple[str, str]]
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def pairs_of(request: Request, bare: Collection[str] | None = None) -> Pairs:
    """Every parameter given, those of the address first; ``bare`` are those that JSON may give as a number or
    as true or false, all others are text there (None: any may be).

    Raises BadRequest for a body that is no JSON object, UnsupportedMediaType for another kind of body, and
    BadParameter for a JSON value that its parameter cannot have.
    """
    pairs = list(request.args.items(multi=True))
    if request.method != "POST" or not request.mimetype:
        return pairs
    if request.mimetype in _FORMS:
        return pairs + list(request.form.items(multi=True))
    if request.mimetype == "application/json":
        return pairs + _json_pairs(request.get_data(), bare)
    raise UnsupportedMediaType("application/json or application/x-www-form-urlencoded")


def refuse_unknown(request: Request, *known: str) -> dict[str, str]:
    """The parameters of an address that takes each of ``known`` at most once.

    Raises BadParameter for an unknown or repeated one.
    """
    found: dict[str, str] = {}
    for name, value in request.args.items(multi=True):
        if name not in known:
            raise BadParameter(name[:40], "There is no such parameter.", ", ".join(known) or "none")
        if name in found:
            raise BadParameter(name, f"{name} is given more than once.", "once")
        found[name] = value
    return found


def _json_pairs(body: bytes, bare: Collection[str] | None) -> Pairs:
    try:
        given = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError:
        raise BadRequest("a JSON object in UTF-8") from None
    if not isinstance(given, dict):
        raise BadRequest("a JSON object")
    pairs: Pairs = []
    for name, value in given.items():
        several = value if isinstance(value, list) else [value]
        may_be_bare = bare is None or name in bare
        pairs += [(name, _text(name, one, may_be_bare)) for one in several]
    return pairs


def _text(name: str, value: Any, is_bare: bool) -> str:  # noqa: ANN401 (whatever stood in the JSON)
    if isinstance(value, str):
        return value
    if not is_bare:
        raise BadParameter(name[:40], f"{name[:40]} is text in JSON, or a list of texts.", '"…"')
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        text = f"{Decimal(repr(value)):f}"  # every digit, and no exponent
        return text.rstrip("0").rstrip(".") if "." in text else text
    raise BadParameter(
        name[:40], f"{name[:40]} is neither text, number, yes or no, nor a list.", "a number or a text"
    )
