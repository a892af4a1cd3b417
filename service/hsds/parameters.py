"""The one table of what the HSDS API can be asked: adding a parameter is adding a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from service.errors import BadParameter
from service.geo.places import gazetteer
from service.geo.point import Point
from service.hsds.known import Json
from service.hsds.schedules import DAYS

Parse = Callable[[str, str], object]
Asked = Mapping[str, Any]
"""Typed values by the name of the parameter."""

PER_PAGE, MOST_PER_PAGE = 20, 100
LONGEST = 200  # characters of a text; no name of a service is longer
FARTHEST_M = 200_000
SERVICES, ORGANIZATIONS, PLACES = "services", "organizations", "service_at_locations"
TAXONOMIES, TERMS = "taxonomies", "taxonomy_terms"
COLLECTIONS = (SERVICES, ORGANIZATIONS, PLACES, TAXONOMIES, TERMS)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: which collections take it, how it is read, what it means, its schema, an example."""

    name: str
    collections: tuple[str, ...]
    parse: Parse
    doc: str
    schema: Json
    example: str
    alias: str = ""


def _text(name: str, raw: str) -> str:
    plain = " ".join(raw.split())
    if not plain.isprintable() or "\ufffd" in plain:
        raise BadParameter(name, f"{name} holds characters that are no text.", "text in UTF-8")
    if len(plain) > LONGEST:
        raise BadParameter(name, f"{name} has {len(plain)} characters.", f"at most {LONGEST} characters")
    return plain


def _uuid(name: str, raw: str) -> UUID:
    try:
        return UUID(raw)
    except ValueError:
        raise BadParameter(name, f"{name} is no UUID.", "a UUID, as this API gives them") from None


def _whole(low: int, high: int) -> Parse:
    def parse(name: str, raw: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", raw) or not low <= int(raw) <= high:
            raise BadParameter(name, f"{name} is not a whole number in range.", f"{low} to {high}")
        return int(raw)

    return parse


def _number(high: float) -> Parse:
    def parse(name: str, raw: str) -> float:
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", raw) or float(raw) > high:
            raise BadParameter(name, f"{name} is not a number in range.", f"0 to {high:g}")
        return float(raw)

    return parse


def _yes_no(name: str, raw: str) -> bool:
    if raw.lower() not in ("true", "false", "1", "0"):
        raise BadParameter(name, f"{name} is neither true nor false.", "true or false")
    return raw.lower() in ("true", "1")


def _moment(name: str, raw: str) -> datetime:
    try:
        found = datetime.fromisoformat(raw.strip().replace(" ", "+"))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadParameter(name, f"{name} is not a time.", "ISO 8601, as 2026-11-22T10:00:00Z") from None


def _clock(name: str, raw: str) -> str:
    try:
        return f"{time.fromisoformat(raw):%H:%M}"
    except ValueError:
        raise BadParameter(name, f"{name} is not a time of day.", "as 09:00") from None


def _day(name: str, raw: str) -> str:
    day = raw[:2].upper()
    if raw.upper() not in DAYS and raw.lower() not in _DAY_NAMES:
        raise BadParameter(name, f"{name} is not a day of the week.", ", ".join(DAYS))
    return day


_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _postcode(name: str, raw: str) -> tuple[str, Point]:
    code = raw.strip()
    points = [point for (known, _nis), point in gazetteer().postal_points().items() if known == code]
    if not points:
        raise BadParameter(name, "There is no such postal code.", "a postal code of Brussels or Flanders")
    lats, lons = [p.lat for p in points], [p.lon for p in points]
    return code, Point(sum(lats) / len(lats), sum(lons) / len(lons))


def _format(name: str, raw: str) -> str:
    if raw not in ("json", "ndjson"):
        raise BadParameter(name, "There is no such format.", "json or ndjson")
    return raw


_ALL = COLLECTIONS
_RECORDS = (SERVICES, ORGANIZATIONS, PLACES)
_OFFERS = (SERVICES, PLACES)
_UUID: Json = {"type": "string", "format": "uuid"}
_YES: Json = {"type": "boolean"}
_AGE: Json = {"type": "number", "minimum": 0, "maximum": 150}
_CLOCK: Json = {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}

PARAMETERS: Mapping[str, Parameter] = {
    each.name: each
    for each in (
        Parameter(
            "search", _ALL, _text, "Only records whose names or description hold every one of these words.",
            {"type": "string", "maxLength": LONGEST}, "voedsel",
        ),
        Parameter(
            "page", _ALL, _whole(1, 10**9 - 1), "Which page, from 1.", {"type": "integer", "minimum": 1}, "2",
        ),
        Parameter(
            "per_page", _ALL, _whole(1, MOST_PER_PAGE),
            f"How many records on a page; {PER_PAGE} when not given, all with minimal.",
            {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE}, "50", alias="perPage",
        ),
        Parameter(
            "after", _ALL, _uuid,
            "Instead of page: only what comes after the record with this id. Nothing is missed or given "
            "twice while records come and go. The Link header of a page holds the address of the next.",
            _UUID, "5f0c2c3e-6c0f-5d52-8a1e-000000000000",
        ),
        Parameter(
            "format", _ALL, _format, "json gives a page; ndjson streams every record, one on a line.",
            {"enum": ["json", "ndjson"]}, "ndjson",
        ),
        Parameter(
            "taxonomy_term_id", _RECORDS, _uuid, "Only records to which this term applies.", _UUID,
            "92a1f407-0c30-5481-b688-da123c7976ef",
        ),
        Parameter(
            "taxonomy_id", (*_RECORDS, TERMS), _uuid,
            "Only records to which a term of this taxonomy applies.", _UUID,
            "094c2f8b-61b3-5308-8d45-2bb6c016d800",
        ),
        Parameter(
            "organization_id", _OFFERS, _uuid, "Only what this organization offers.", _UUID,
            "cbdec234-b00b-5168-a1d5-f1738db82f5e",
        ),
        Parameter(
            "modified_after", _OFFERS, _moment, "Only what changed at or after this moment.",
            {"type": "string", "format": "date-time"}, "2026-11-01T00:00:00Z",
        ),
        Parameter(
            "minimal", (SERVICES,), _yes_no,
            "Only id, name, status and last_modified; all on one page without per_page.", _YES, "true",
        ),
        Parameter("full", _RECORDS, _yes_no, "Each record with all that hangs on it.", _YES, "true"),
        Parameter(
            "full_service", (ORGANIZATIONS,), _yes_no, "The services of each organization, whole.", _YES,
            "true",
        ),
        Parameter(
            "minimum_age", _OFFERS, _number(150),
            "Only services known to have a minimum age of at least this many years.", _AGE, "12",
        ),
        Parameter(
            "maximum_age", _OFFERS, _number(150),
            "Only services known to have a maximum age of at most this many years.", _AGE, "25",
        ),
        Parameter(
            "day", _OFFERS, _day, "Only services known to be open on this day, in every week.",
            {"enum": list(DAYS)}, "MO",
        ),
        Parameter(
            "start_time", _OFFERS, _clock,
            "Only services with hours that begin at this time or later (with day: on that day).", _CLOCK,
            "09:00",
        ),
        Parameter(
            "end_time", _OFFERS, _clock, "The same for hours that end at this time or earlier.", _CLOCK,
            "17:00",
        ),
        Parameter(
            "postcode", _OFFERS, _postcode,
            "Only what lies in this postal code or serves its zone; with proximity, what lies near it.",
            {"type": "string"}, "1000",
        ),
        Parameter(
            "proximity", _OFFERS, _number(FARTHEST_M),
            "With postcode: at most so many metres, straight line.",
            {"type": "number", "minimum": 0, "maximum": FARTHEST_M}, "2000",
        ),
        Parameter(
            "top_only", (TERMS,), _yes_no, "Only terms without a parent.", _YES, "true",
        ),
        Parameter("parent_id", (TERMS,), _uuid, "Only the children of this term.", _UUID,
                  "ec6c2ebb-78b9-5bbc-9671-795d9b1d8842"),
    )
}  # fmt: skip
"""Every parameter by its name, in the order of documentation; all that are given are combined with AND."""

_BY_ALIAS = {each.alias: each.name for each in PARAMETERS.values() if each.alias}
_EMPTY_IS_NONE = ("search",)


def taken_by(collection: str) -> list[Parameter]:
    """The parameters that a collection takes."""
    return [each for each in PARAMETERS.values() if collection in each.collections]


def read_asked(collection: str, pairs: Iterable[tuple[str, str]]) -> Asked:
    """The typed parameters of a request.

    Raises BadParameter for one that the collection does not take, that is given twice, that cannot be read,
    or that contradicts another.
    """
    known = {each.name for each in taken_by(collection)}
    asked: dict[str, Any] = {}
    for given, raw in pairs:
        name = _BY_ALIAS.get(given, given)
        if name not in known:
            raise BadParameter(given[:40], "There is no such parameter here.", ", ".join(sorted(known)))
        if name in asked:
            raise BadParameter(given, f"{given} is given more than once.", "once")
        if raw or name not in _EMPTY_IS_NONE:
            asked[name] = PARAMETERS[name].parse(name, raw)
    if "proximity" in asked and "postcode" not in asked:
        raise BadParameter("proximity", "proximity needs a postcode to be near to.", "postcode as well")
    if "after" in asked and "page" in asked:
        raise BadParameter("after", "after and page say two things.", "one of the two")
    return asked
