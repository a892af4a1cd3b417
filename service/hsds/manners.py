"""How answers for machines travel: readable from any site, kept as long as nothing changed, made smaller."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from flask import Response, request

KEEP_S = 60
"""How long an answer may be shown without asking again; the catalogue changes by day, not by minute."""


def mark_of(*parts: object) -> str:
    """An ETag: the same for the same question about the same state."""
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


def unchanged(mark: str, changed_at: datetime | None) -> Response | None:
    """Nothing but "not modified" for a reader who still has this; else None, and the work is to be done."""
    if request.method not in ("GET", "HEAD"):
        return None
    same = request.if_none_match.contains_weak(mark) if request.if_none_match else _not_since(changed_at)
    return stamped(Response(status=304), mark, changed_at) if same else None


def stamped(response: Response, mark: str, changed_at: datetime | None) -> Response:
    """The answer with what it can be recognised by later."""
    response.set_etag(mark, weak=True)  # the same facts, perhaps in other bytes: compressed or not
    response.last_modified = changed_at
    response.headers["Cache-Control"] = f"public, max-age={KEEP_S}"
    return response


def _not_since(changed_at: datetime | None) -> bool:
    known = request.if_modified_since
    return bool(known and changed_at and changed_at.replace(microsecond=0) <= known)
