"""The facts about the conditions of an offer, as the columns of the index hold them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from service.catalogue.build import FACT_PATHS
from service.model.fields import Field, fields
from service.model.listing import Listing
from service.model.moments import minute_of
from service.search.index.fields import COLUMNS, LANGUAGE_CODES, STATED

EPOCH = date(1970, 1, 1)


def condition_facts(listing: Listing) -> dict[str, Any]:
    """The columns that follow from fields without an attribute of their own, and those beside them."""
    facts = listing.facts
    found: dict[str, Any] = {column: None for _path, column in _columns()}
    for path, column in _columns():
        if path in facts:
            found[column] = _held(fields()[path], facts[path])
        if f"{column}_until" in COLUMNS:
            moment = listing.expires.get(path)
            found[f"{column}_until"] = None if moment is None else minute_of(moment)
    known = set(LANGUAGE_CODES)
    found["leaflets"] = tuple(code for code in facts.get("service.leaflet_languages", ()) if code in known)
    found["plain"] = tuple(code for code in facts.get("service.plain_summary", {}) if code != "und")
    found["documents"] = _documents(listing)
    found["stated"] = tuple(code for code in STATED if _is_stated(code, listing))
    topics = (fields()[path].index for path in listing.disputed)
    found["disputed"] = tuple(dict.fromkeys(topic for topic in topics if topic))
    return {**found, **_features(listing)}


@cache
def _columns() -> tuple[tuple[str, str], ...]:
    """Path and column of the fields that feed a column just as they are."""
    held = ((path, fields()[path]) for path in fields() if path in FACT_PATHS)
    return tuple((path, field.index) for path, field in held if field.index in COLUMNS and _is_plain(field))


def _is_plain(field: Field) -> bool:
    kind = field.type.partition(":")[0]
    return kind in ("code", "days", "count", "date", "amount") and field.index != "documents"


def _held(field: Field, value: Any) -> Any:  # noqa: ANN401 (a value of any type of field)
    if field.type == "date":
        return (date.fromisoformat(value) - EPOCH).days
    return float(value) if field.type == "amount" else value


def _documents(listing: Listing) -> tuple[str, ...]:
    """The codes, and ``asked`` where papers are named in words alone."""
    codes: tuple[str, ...] = listing.facts.get("service.documents", ())
    return codes or (("asked",) if listing.service.required_documents else ())


def _is_stated(code: str, listing: Listing) -> bool:
    if code == "price_note":
        return bool(listing.service.cost_note)
    if code == "other_names":
        return bool(listing.service.alternate_names or listing.organization.alternate_names)
    if code == "several_sources":
        return len(listing.source_ids) > 1
    return _paths_of(code) in listing.facts


@cache
def _paths_of(code: str) -> str:
    return next(path for path, field in fields().items() if field.index == code)


def _features(listing: Listing) -> Mapping[str, tuple[str, ...]]:
    """What is known to be so, and what is known not to be so."""
    said: dict[str, bool | None] = {"referral": listing.service.referral_required}
    for path, code in _yes_or_no():
        said[code] = listing.facts.get(path)
    return {
        "yes": tuple(code for code, value in said.items() if value is True),
        "no": tuple(code for code, value in said.items() if value is False),
    }


@cache
def _yes_or_no() -> tuple[tuple[str, str], ...]:
    """Path and code of every fact that is so or not, but for the one that a listing has as an attribute."""
    return tuple(
        (path, field.index)
        for path, field in fields().items()
        if field.type == "yes_no" and field.index and field.index != "referral"
    )
