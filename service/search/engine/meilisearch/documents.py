"""A listing's document as it lies on the server."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from service.search.engine.base import Document
from service.search.engine.meilisearch.codes import code_of
from service.search.engine.meilisearch.marks import mark
from service.search.engine.meilisearch.records import distinct_terms, packed
from service.search.engine.meilisearch.squares import square_of
from service.search.index.fields import COLUMNS, TEXT_COLUMNS

STRONG_COLUMNS = ("name", "labels")
"""Texts that say what a listing is: a word in one of them weighs several times one in a description."""

OPEN_COLUMNS = tuple(name for name, column in COLUMNS.items() if column.kind == "open_code")


def row_key(listing_id: str, digest: str) -> int:
    """A number for one state of one listing: another state has another one, in every build the same."""
    return int.from_bytes(bytes.fromhex(digest)[:8], "big") >> 1 ^ hash_of(listing_id)


def hash_of(listing_id: str) -> int:
    """The last bits of an id, for two listings that say the very same."""
    return int(listing_id.replace("-", "")[-15:], 16)


def stored(document: Document) -> dict[str, Any]:
    """What is sent to the server. A fact that is not known is not there, never a value.

    Raises ValueError for a code that is not in its column's vocabulary.
    """
    listing_id, digest = str(document.id), document.digest()
    key = row_key(listing_id, digest)
    held: dict[str, Any] = {
        "id": listing_id,
        "kind": "listing",
        "share": listing_id[0],
        "key": key,
        "digest": digest,
        "slip": packed(document),
        "shown": orjson.dumps(document.body).decode(),
        "terms": list(distinct_terms(document.texts)),
        "strong": list(distinct_terms({name: document.texts.get(name, "") for name in STRONG_COLUMNS})),
        **{name: text for name in TEXT_COLUMNS if (text := document.texts.get(name))},
    }
    held["newest"] = max(document.facts.get(name) or 0 for name in ("said_on", "checked_on"))
    point = document.facts.get("point") or None
    held["mark"] = mark(key, listing_id, held["newest"], point)
    if point:
        held |= {"_geo": {"lat": point[0], "lng": point[1]}, "placed": True, "square": square_of(point)}
    for name, column in COLUMNS.items():
        value = document.facts.get(name)
        if column.kind == "point":
            continue
        if column.kind == "open_code" and value:
            held[name] = code_of(value)
            held |= {f"{name}_text": value} if held[name] != value else {}
        elif _is_known(value):
            held[name] = list(value) if isinstance(value, tuple) else value
    return held


def _is_known(value: object) -> bool:
    if isinstance(value, float):
        return not math.isnan(value)
    return value not in (None, (), "")


def open_texts(documents: Iterable[Document], since: int) -> list[Mapping[str, Any]]:
    """The open texts of these documents as documents of their own, for whoever must know all that there are.

    ``since`` is the outbox position they came with. One is never taken away before the next build.
    """
    found = {
        (name, text) for document in documents for name in OPEN_COLUMNS if (text := document.facts.get(name))
    }
    return [
        {
            "id": f"{name}-{code_of(text).lstrip('~')}",
            "kind": "text",
            "column": name,
            "text": text,
            "since": since,
        }
        for name, text in sorted(found)
    ]
