"""Fields of which two sources say different things, so that nobody can be sure which is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache

from service.catalogue.ageing import AGEING
from service.catalogue.claims import Claim
from service.errors import BadValue
from service.model.fields import fields
from service.model.schedule import parse_hours
from service.model.values import Value

_ONE_ANSWER = frozenset({"code", "yes_no", "age", "days", "count", "amount", "date", "opening_hours"})
_NOT_A_FACT = frozenset({"service.readiness", "service.state", "address.hidden"})


@cache
def comparable() -> frozenset[str]:
    """The fields that have one answer: of two different ones at most one is right.

    Lists and texts are left out, since two sources may each name a part, or say the same in other words.
    """
    return frozenset(
        path
        for path, field in fields().items()
        if field.type.partition(":")[0] in _ONE_ANSWER and not field.many and path not in _NOT_A_FACT
    )


def disputed(claims: Mapping[str, Sequence[Claim]], now: datetime) -> tuple[str, ...]:
    """The field keys in dispute at ``now``, in alphabetical order; ``claims`` have the one believed first."""
    several = (key for key, said in claims.items() if len(said) > 1 and key in comparable())
    return tuple(sorted(key for key in several if sides(key, claims[key], now)))


def sides(key: str, said: Sequence[Claim], now: datetime) -> tuple[Claim, ...]:
    """One claim per different value that sources give, the one believed first; empty where they agree.

    What a person stated settles it. What has expired is no statement about now.
    """
    first = said[0]
    if first.provenance.kind != "source" or first.value is None:
        return ()
    found: dict[object, Claim] = {}
    for claim in said:
        is_live = key not in AGEING or (claim.expires is not None and claim.expires > now)
        if claim.provenance.kind == "source" and claim.value is not None and is_live:
            found.setdefault(_plain(claim.value), claim)
    speakers = {claim.provenance.source_id for claim in found.values()}
    return tuple(found.values()) if len(found) > 1 and len(speakers) > 1 else ()


def _plain(value: Value) -> object:
    return _same_hours(value) if isinstance(value, str) else repr(value)


@lru_cache(maxsize=10_000)
def _same_hours(text: str) -> str:
    """Opening hours in one way of writing; any other text as it is."""
    if " " not in text:
        return text
    try:
        return str(parse_hours(text).normalize())
    except BadValue:
        return text
