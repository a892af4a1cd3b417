"""When help is wanted: words for a day, a part of the day or an hour, as a time after now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cache

from service.search.understand.question import Question, Reading
from service.search.understand.tables import rows, split
from service.search.understand.understood import Evidence
from service.search.words.fold import fold, folded_words

_HOUR = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])\s?(?:u|h|uur|heures?)\s?(?P<minute>[0-5]\d)?\b"
    r"|\b(?P<twelve>1?\d)\s?(?P<half>am|pm)\b"
)
_BY_DAY = time(11)  # on a day without an hour: most places that open that day are open then
_EVENING = time(19, 30)
_NIGHT = time(23)


@dataclass(frozen=True, slots=True)
class _When:
    """A word for a time: a weekday (0 Monday), days from today, a part of the day, or now.

    ``is_elsewhere``: the words beside it say that it is not the time that help is wanted at.
    """

    weekday: int | None = None
    days: int | None = None
    part: time | None = None
    is_now: bool = False
    situation: str | None = None
    is_elsewhere: bool = False


def when_stage(reading: Reading) -> Reading:
    """The first moment from now that the words can mean, and what it says about the person."""
    question = reading.question
    found = _found(question)
    if not found:
        return reading
    words = frozenset().union(*(span for span, _ in found))
    if all(when.is_elsewhere for _, when in found):
        return replace(reading, used=reading.used | words)  # how long it lasts, not when help is wanted
    found = [each for each in found if not each[1].is_elsewhere]
    moment = _moment([when for _, when in found], _hour(question.text), question.now)
    situations: dict[str, frozenset[int]] = {}
    for span, when in found:
        if when.situation:
            situations.setdefault(when.situation, span)
    after = reading.with_codes("situation", situations, "time", "word for a time")
    if moment is None:
        return after
    evidence = Evidence("time", question.quote(words), moment.isoformat(), "next such moment", 1.0)
    because = after.because | {"open_at": question.quote(words)}
    return replace(
        after, open_at=moment, because=because, used=after.used | words, evidence=(*after.evidence, evidence)
    )


def _found(question: Question) -> list[tuple[frozenset[int], _When]]:
    folded = [word.token.folded for word in question.words]
    found = []
    for i, word in enumerate(folded):
        for phrase, when in _words().get(word, ()):
            end = i + len(phrase)
            if tuple(folded[i:end]) == phrase:
                is_elsewhere = _is_past(folded, i, end) or _is_of_an_appointment(folded, i, end)
                found.append((frozenset(range(i, end)), replace(when, is_elsewhere=is_elsewhere)))
    return found


def _is_past(folded: list[str], start: int, end: int) -> bool:
    """Whether the words beside it say that the time is over or lasts since then: *depuis dimanche*."""
    past = _beside()
    before = start - 1
    while before > 0 and folded[before] in past["between"] and folded[before] not in past["before"]:
        before -= 1
    led = before >= 0 and folded[before] in past["before"]
    return led or (end < len(folded) and folded[end] in past["after"])


def _is_of_an_appointment(folded: list[str], start: int, end: int) -> bool:
    """Whether the time is that of something else, which help must come before: *les gamins ont école demain*.

    What comes after it is wanted at that time: *opvang na school woensdag*.
    """
    words = _beside()
    return any(
        0 <= at < len(folded)
        and folded[at] in words["appointment"]
        and not (at and folded[at - 1] in words["follows"])
        for at in (start - 1, end)
    )


def _moment(given: list[_When], hour: time | None, now: datetime) -> datetime | None:
    """Day and hour put together; None where a word names no moment (evenings in general)."""
    if any(when.is_now for when in given):
        return now
    weekday = next((when.weekday for when in given if when.weekday is not None), None)
    days = next((when.days for when in given if when.days is not None), None)
    if weekday is None and days is None:
        return None
    part = hour or next((when.part for when in given if when.part is not None), None) or _BY_DAY
    ahead = days if days is not None else ((weekday or 0) - now.weekday()) % 7
    moment = datetime.combine(now.date() + timedelta(days=ahead), part, now.tzinfo)
    if moment < now:
        return now if ahead == 0 and days == 0 else moment + timedelta(days=7)
    return moment


def _hour(text: str) -> time | None:
    match = _HOUR.search(fold(text))
    if match is None:
        return None
    if match["twelve"]:
        hour = int(match["twelve"])
        return time(hour % 12 + (12 if match["half"] == "pm" else 0)) if 1 <= hour <= 12 else None
    return time(int(match["hour"]), int(match["minute"] or 0))


@cache
def _beside() -> Mapping[str, frozenset[str]]:
    """The words before, after and between that make a time one that was, and those of something else's."""
    return {row["side"]: frozenset(map(fold, split(row["words"]))) for row in rows("beside_times.csv")}


@cache
def _words() -> Mapping[str, list[tuple[tuple[str, ...], _When]]]:
    """The phrases for a time, by their first word."""
    found: dict[str, list[tuple[tuple[str, ...], _When]]] = {}
    for row in rows("times.csv"):
        for text in split(row["words"]):
            phrase = tuple(folded_words(text))
            found.setdefault(phrase[0], []).append((phrase, _when(row)))
    return found


def _when(row: dict[str, str]) -> _When:
    part = {"evening": _EVENING, "night": _NIGHT, "morning": time(10), "afternoon": time(14)}.get(row["part"])
    return _When(
        int(row["weekday"]) if row["weekday"] else None,
        int(row["days"]) if row["days"] else None,
        part,
        row["part"] == "now",
        row["situation"] or None,
    )
