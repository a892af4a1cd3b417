"""JSON as the database holds it: sorted keys, so that equal values are equal texts."""

from __future__ import annotations

import hashlib

import orjson


def dump_json(value: object) -> str:
    """The value as JSON text."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def load_json(text: str | bytes) -> object:
    """The value of a JSON text."""
    return orjson.loads(text)


def checksum_of(value: object) -> str:
    """Tells two values apart: the first 32 hexadecimal digits of the SHA-256 of their JSON."""
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]
