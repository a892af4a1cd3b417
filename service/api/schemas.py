"""JSON Schemas of answers, read off the types that the code answers with."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

Json = dict[str, Any]

_PLAIN: Mapping[Any, Json] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    UUID: {"type": "string", "format": "uuid"},
    Any: {},
}


def schema_of(kind: Any) -> Json:  # noqa: ANN401 (any type that an answer holds)
    """The schema of a type. Raises TypeError for one that no answer has had so far."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _either([schema_of(each) for each in parts])
    if origin is Literal:
        return {"enum": list(parts)}
    if origin in (tuple, list):
        return {"type": "array", "items": schema_of(parts[0])}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(parts[1])}
    if dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"):
        return record({name: schema_of(each) for name, each in get_type_hints(kind).items()})
    raise TypeError(f"no schema for {kind}")


def record(properties: Json, optional: tuple[str, ...] = ()) -> Json:
    """An object with these keys, all there but the optional ones; more keys may come in later versions."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def list_of(items: Json) -> Json:
    """Several of these."""
    return {"type": "array", "items": items}


def or_null(schema: Json) -> Json:
    """This, or null where it is not known."""
    return _either([schema, {"type": "null"}])


def _either(schemas: list[Json]) -> Json:
    if all(set(each) == {"type"} for each in schemas):
        return {"type": [each["type"] for each in schemas]}
    return {"anyOf": schemas}
