"""Opening hours as schema.org writes them, for the readers of JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from importers.entry import Cell
from importers.readers.hsds.weekly import DAYS, Unreadable, day_number, span_of
from service.errors import BadValue
from service.model.schedule import parse_hours


def opening_hours(node: Mapping[str, Any]) -> dict[str, Cell]:
    """The hours of a node: all that it says, or words where one part has no sure reading."""
    spans: dict[str, list[str]] = {}
    plain_rules = _listed(node.get("openingHours"))
    specified = _listed(node.get("openingHoursSpecification"))
    try:
        for each in specified:
            for day, span in _specified(each):
                spans.setdefault(day, []).append(span)
    except Unreadable:
        words = "; ".join(str(each) for each in plain_rules)
        return {"schedule.description": words} if words else {}
    if spans:
        rules = [
            f"{day} {','.join(sorted(dict.fromkeys(spans[day])))}" for day in (*DAYS, "PH") if day in spans
        ]
        return {"schedule.opening_hours": "; ".join(rules)}
    osm = "; ".join(str(each) for each in plain_rules)
    if not osm:
        return {}
    try:
        parse_hours(osm)
    except BadValue:
        return {"schedule.description": osm}
    return {"schedule.opening_hours": osm}


def _specified(value: object) -> Iterator[tuple[str, str]]:
    """Each day and span of an OpeningHoursSpecification; none of one that says that it is closed."""
    if not isinstance(value, Mapping) or value.get("validFrom") or value.get("validThrough"):
        raise Unreadable("hours of a part of the year")
    opens, closes = value.get("opens"), value.get("closes")
    if (opens is None and closes is None) or opens == closes == "00:00":
        return
    for day in _listed(value.get("dayOfWeek")):
        name = str(day).rpartition("/")[2].rpartition(":")[2]
        yield "PH" if name == "PublicHolidays" else DAYS[day_number(name)], span_of(str(opens), str(closes))


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
