"""Times of day as written, and the one time that each can mean on a clock of 24 hours."""

from __future__ import annotations

from dataclasses import dataclass

DAY = 24 * 60  # minutes
NOON = 12 * 60
_EARLY, _MORNING = 60, 7 * 60  # a start from 1 to before 7 can be in the morning or in the afternoon
_LATE_START = 17 * 60  # from then on an end that is earlier lies on the next day


class Unreadable(Exception):
    """The text cannot be read exactly; ``flags`` say why."""

    def __init__(self, *flags: str) -> None:
        super().__init__(", ".join(flags))
        self.flags = flags


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as written: ``half`` is am, pm, eve or night where that was said with it.

    ``is_plain`` is true for a bare number; ``is_full`` where the way of writing tells that it counts to 24
    (06:00, 0u30); ``is_spoken`` for times in words, which count to 12.
    """

    minutes: int
    half: str = ""
    is_plain: bool = False
    is_full: bool = False
    is_spoken: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """From one minute of the day to another; an end beyond midnight is over 24 hours, None is open."""

    start: int
    end: int | None


def settle_span(start: Clock, end: Clock | None, part: str, language: str | None) -> Span:
    """The span that is meant, where only one can be; raises Unreadable with the reason otherwise."""
    for each in (start, end):
        if each and (each.minutes > DAY or each.minutes < 0):
            raise Unreadable("invalid_time")
    if end is None:
        return Span(_start(start, None, part), None)
    first = _start(start, end, part)
    last = _end(first, end, part, start, language)
    if last == first or first >= DAY:
        raise Unreadable("contradictory")
    _check_part(part, first, last)
    return Span(first, last)


def _start(start: Clock, end: Clock | None, part: str) -> int:
    minutes, half = start.minutes, start.half
    after = _borrowed(start, end)
    half = half or after or (part if part in ("pm", "eve") else "")
    if half == "am":
        return minutes - NOON if minutes >= NOON and minutes < NOON + 60 and not start.is_full else minutes
    if half in ("pm", "eve"):
        return minutes + NOON if minutes < NOON and not start.is_full else minutes
    if half == "night" or part == "night":
        return minutes + NOON if 6 * 60 <= minutes < NOON and not start.is_full else minutes
    if start.is_spoken and minutes < _EARLY:
        return minutes + NOON
    if _EARLY <= minutes < _MORNING and not start.is_full and part != "am":
        raise Unreadable("am_pm_unclear")
    return minutes


def _borrowed(start: Clock, end: Clock | None) -> str:
    """The half of the day that the end says, where the start can share it: 2-4pm, half twee tot vier (nm)."""
    if start.half or end is None or not end.half or start.is_full:
        return ""
    if end.half in ("pm", "eve") and start.minutes < end.minutes % NOON and end.minutes <= NOON + 59:
        later = start.minutes + NOON
        return end.half if start.minutes < _MORNING or (later >= 13 * 60 and start.minutes < 9 * 60) else ""
    return "am" if end.half == "am" and start.minutes < end.minutes else ""


def _end(first: int, end: Clock, part: str, start: Clock, language: str | None) -> int:
    last = end.minutes
    if end.half in ("pm", "eve") and last < NOON and not end.is_full:
        last += NOON
    elif end.half == "am" and last >= NOON and not end.is_full:
        last -= NOON
    if last > first:
        return last
    if last == 0:
        return DAY
    can_shift = not end.half and not end.is_full and last < NOON
    if can_shift and last + NOON > first and _is_later_half(first, last, end, part, start, language):
        return last + NOON
    if first >= _LATE_START or part == "night" or end.half == "night" or (end.half == "am" and first >= NOON):
        return last + DAY
    if can_shift and last < _MORNING and end.minutes:
        raise Unreadable("am_pm_unclear")
    raise Unreadable("contradictory")


def _is_later_half(first: int, last: int, end: Clock, part: str, start: Clock, language: str | None) -> bool:
    """Whether an end that lies before the start can only be meant twelve hours later."""
    if part == "pm" and first >= NOON:
        return True
    if start.half == "pm" and first < _LATE_START:
        return True
    if end.is_spoken or (start.half == "am"):
        return True
    office = 8 * 60 <= first <= NOON and 60 <= last <= 6 * 60
    return language == "en" and end.is_plain and start.is_plain and office


def _check_part(part: str, first: int, last: int) -> None:
    """A part of the day that was said must fit the times."""
    wrong = (
        (part == "am" and first >= 13 * 60)
        or (part == "pm" and (first < 11 * 60 or first >= 19 * 60))
        or (part == "eve" and last <= 16 * 60)
    )
    if wrong:
        raise Unreadable("contradictory")
