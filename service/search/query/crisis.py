"""Lines to call at once: a list of their own, by topic, language, region and hours."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal

from service.config import DATA
from service.search.query.criteria import Criteria
from service.search.query.hours import is_open, to_minute
from service.search.query.result import CrisisLine
from service.search.understand.crisis.read import read_crisis
from service.search.understand.crisis.reading import Topic
from service.search.understand.understood import Understood

_LINES: Mapping[Topic, tuple[str, ...]] = {
    "suicide": ("suicide", "emergency"),
    "self_harm": ("suicide", "talk", "emergency"),
    "violence": ("violence", "emergency"),
    "child": ("child", "emergency"),
    "poisoning": ("poisoning", "emergency"),
    "emergency": ("emergency",),
    "talk": ("talk",),
}
DEFAULT_LANGUAGE = "nl"
_TALK = "talk"

Heading = Literal["emergency", "poisoning", "talk"]
_FOR_ALL = ("emergency", "poisoning")
"""Topics whose lines help in any language; for the others a line to talk to is added in one they lack."""


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
    """The lines for the dangers that were read, those in the question's and the reader's language first.

    A line of another region is left out; where no line speaks the language, all of the topic are shown. Life
    in danger comes last, so that the line for this danger is seen, and first where life is in danger.
    """
    read = [reading.topic for reading in understood.crisis]
    topics = dict.fromkeys(topic for each in read for topic in _LINES[each])
    first = "emergency" in read
    spoken = tuple(dict.fromkeys((understood.language, language, *understood.speaks)))
    shown: dict[str, Line] = {}
    for topic in sorted(topics, key=lambda each: (each == "emergency") != first):
        for line in _of_topic(topic, spoken, region):
            shown.setdefault(line.phone, line)
    return tuple(_shown(line, now) for line in shown.values())


def heading(shown: Sequence[CrisisLine]) -> Heading:
    """What the section with these lines is headed by.

    ``emergency``: call 112 now; ``poisoning``: call the poison centre now; ``talk``: somebody to talk to.
    """
    first = shown[0].topic if shown else _TALK
    return "emergency" if first == "emergency" else "poisoning" if first == "poisoning" else "talk"


def lines_of(criteria: Criteria, now: datetime) -> tuple[CrisisLine, ...]:
    """The lines for the words of a search alone: what can be answered when the index is away."""
    language = criteria.lang or DEFAULT_LANGUAGE
    read = read_crisis(criteria.q) if criteria.q else ()
    spoken = Understood(language, crisis=read, speaks=criteria.speaks)
    return crisis_lines(spoken, language, None, now)


@cache
def lines() -> tuple[Line, ...]:
    """The whole list."""
    with (DATA / "taxonomy" / "crisis_lines.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Line(
                row["topic"],
                row["name"],
                row["phone"],
                f"https://{row['chat']}" if row["chat"] else None,
                tuple(code for code in row["languages"].split(";") if code),
                row["region"],
                row["hours"],
            )
            for row in csv.DictReader(file)
        )


def _reaches(line: Line, region: str | None) -> bool:
    # A Dutch-speaking line of Flanders is there for people of Brussels too.
    return region is None or line.region == "belgium" or region in (line.region, "brussels")


def _of_topic(topic: str, spoken: Sequence[str], region: str | None) -> list[Line]:
    here = [line for line in lines() if line.topic == topic and _reaches(line, region)]
    mine = [line for code in spoken for line in here if code in line.languages]
    for_all = [line for line in here if not line.languages]
    if topic in _FOR_ALL:
        return [*mine, *for_all] if mine else here
    lacking = [code for code in spoken if not any(code in line.languages for line in here)]
    talk = [line for code in lacking for line in lines() if line.topic == _TALK and code in line.languages]
    return [*mine, *talk, *for_all] if mine else [*talk, *here]


def _shown(line: Line, now: datetime) -> CrisisLine:
    open_now = is_open(line.hours, to_minute(now)) if line.hours else None
    return CrisisLine(line.name, line.phone, line.topic, line.languages, line.chat, open_now)
