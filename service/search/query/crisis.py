"""Lines to call at once: a list of their own, by topic, language, region and hours."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from service.config import DATA
from service.search.query.hours import is_open, to_minute
from service.search.query.result import CrisisLine
from service.search.understand.understood import Understood

SURE = 0.7
"""From this confidence the words call for a line; one term that names the danger gives 0.80."""

_TOPICS = {
    "mental_health.crisis": ("suicide", "emergency"),
    "safety.violence": ("violence", "emergency"),
    "safety.child": ("child", "emergency"),
    "safety.poisoning": ("poisoning", "emergency"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of data/taxonomy/crisis_lines.csv; without languages it is for everyone."""

    topic: str
    name: str
    phone: str
    chat: str | None
    languages: tuple[str, ...]
    region: str
    hours: str


def crisis_lines(
    understood: Understood, language: str, region: str | None, now: datetime
) -> tuple[CrisisLine, ...]:
    """The lines that the words call for, those in the reader's and the question's language first.

    A line of another region is left out; where no line speaks the language, all of the topic are shown.
    """
    topics = [
        topic for need in understood.needs if need.confidence >= SURE for topic in _TOPICS.get(need.code, ())
    ]
    spoken = (understood.language, language, *understood.speaks)
    shown: dict[str, Line] = {}
    for topic in dict.fromkeys(sorted(topics, key=lambda each: each == "emergency")):
        here = [line for line in lines() if line.topic == topic and _reaches(line, region)]
        for line in _in_languages(here, spoken):
            shown.setdefault(line.phone, line)
    return tuple(_shown(line, now) for line in shown.values())


@cache
def lines() -> tuple[Line, ...]:
    """The whole list."""
    with (DATA / "taxonomy" / "crisis_lines.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Line(
                row["topic"],
                row["name"],
                row["phone"],
                row["chat"] or None,
                tuple(code for code in row["languages"].split(";") if code),
                row["region"],
                row["hours"],
            )
            for row in csv.DictReader(file)
        )


def _reaches(line: Line, region: str | None) -> bool:
    # A Dutch-speaking line of Flanders is there for people of Brussels too.
    return region is None or line.region == "belgium" or region in (line.region, "brussels")


def _in_languages(here: list[Line], spoken: Iterable[str]) -> list[Line]:
    mine = [line for code in spoken for line in here if code in line.languages]
    for_all = [line for line in here if not line.languages]
    return [*mine, *for_all] if mine else here


def _shown(line: Line, now: datetime) -> CrisisLine:
    open_now = is_open(line.hours, to_minute(now)) if line.hours else None
    return CrisisLine(line.name, line.phone, line.topic, line.languages, line.chat, open_now)
