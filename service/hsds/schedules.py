"""Opening hours as HSDS schedules: one weekly rule for each pair of times that days share."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_TIME = r"\d\d:\d\d"
_RULE = re.compile(
    rf"(?P<days>{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*)?\s*"
    rf"(?P<times>{_TIME}-{_TIME}(?:,{_TIME}-{_TIME})*|off|closed)"
)
_HOLIDAYS = re.compile(r"(PH|SH)(,(PH|SH))*\s+(off|closed)")


class WeeklyRule(NamedTuple):
    """Days as HSDS writes them, with the times that they share."""

    byday: tuple[str, ...]
    opens_at: str
    closes_at: str


@lru_cache(maxsize=50_000)
def weekly_rules(osm: str) -> tuple[WeeklyRule, ...]:
    """The rules of an expression that says the same of every week; none where it says more than that.

    A later rule of the expression replaces an earlier one for its days. Closing on public and school
    holidays is left out here: HSDS has no place for it.
    """
    if osm == "24/7":
        return (WeeklyRule(DAYS, "00:00", "24:00"),)
    by_day: dict[str, tuple[str, ...]] = {}
    for part in (each.strip() for each in osm.split(";")):
        if _HOLIDAYS.fullmatch(part) or not part:
            continue
        rule = _RULE.fullmatch(part)
        if rule is None:
            return ()
        times = () if rule["times"] in ("off", "closed") else tuple(rule["times"].split(","))
        by_day |= dict.fromkeys(_days(rule["days"]), times)
    spans: dict[str, list[str]] = {}
    for day in DAYS:
        for span in by_day.get(day, ()):
            spans.setdefault(span, []).append(day)
    return tuple(WeeklyRule(tuple(days), *span.split("-")) for span, days in spans.items())


def _days(text: str | None) -> list[str]:
    if text is None:
        return list(DAYS)
    found: list[str] = []
    for part in text.upper().split(","):
        first, _, last = part.partition("-")
        begin, end = DAYS.index(first), DAYS.index(last or first)
        found += DAYS[begin : end + 1] if begin <= end else (*DAYS[begin:], *DAYS[: end + 1])
    return found
