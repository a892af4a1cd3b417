"""JSON as the database holds it: sorted keys, so that equal values are equal texts."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import orjson


class JsonText(NamedTuple):
    """A value whose JSON is at hand already."""

    text: str


def dump_json(value: object) -> str:
    """The value as JSON text."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def load_json(text: str | bytes) -> object:
    """The value of a JSON text."""
    return orjson.loads(text)


def checksum_of(value: object) -> str:
    """Tells two values apart: the first 32 hexadecimal digits of the SHA-256 of their JSON."""
    return checksum_of_json(dump_json(value))


def checksum_of_json(text: str) -> str:
    """The same, of a value whose JSON is at hand."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
