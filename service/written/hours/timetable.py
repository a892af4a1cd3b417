"""The week that statements add up to, and how a later statement corrects an earlier one."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.written.hours.clock import DAY, NOON, Span, Unreadable

MORNING_ENDS = 13 * 60 + 30  # a stretch that ends by then is the morning's; from noon on it is not


@dataclass(frozen=True, slots=True)
class Frame:
    """When a week holds: on these dates ("" for always) and in which weeks ("", even, odd)."""

    dates: tuple[str, ...] = ()
    weeks: str = ""


@dataclass
class Week:
    """The stretches of each day, and which days were named together when they were said."""

    days: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    origin: dict[int, frozenset[int]] = field(default_factory=dict)


@dataclass
class Timetable:
    """All that is open, and ``closed``: selectors that are off, as the specification writes them."""

    weeks: dict[Frame, Week] = field(default_factory=dict)
    nth: dict[tuple[Frame, int, int], tuple[Span, ...]] = field(default_factory=dict)
    holidays: tuple[Span, ...] = ()
    closed: list[str] = field(default_factory=list)

    def week(self, frame: Frame) -> Week:
        """The week of a frame, empty at first."""
        return self.weeks.setdefault(frame, Week())

    @property
    def is_empty(self) -> bool:
        """Whether nothing is open."""
        return not (self.nth or self.holidays or any(week.days for week in self.weeks.values()))

    def put(self, frame: Frame, days: tuple[int, ...], spans: tuple[Span, ...], how: str) -> None:
        """Say that these days have these stretches; ``how`` is add, only, or "" where it is not told.

        Raises Unreadable where the days have others already and it is not plain which hold.
        """
        week, named = self.week(frame), frozenset(days)
        for day in days:
            before = week.days.get(day)
            if before is not None and before != spans:
                week.days[day] = _joined(before, spans, week.origin[day], named, how)
            else:
                week.days[day] = spans
            week.origin[day] = named if before is None else week.origin[day] & named

    def put_nth(self, frame: Frame, day: int, place: int, spans: tuple[Span, ...], how: str) -> None:
        """Say it for a day by its place in the month; a weekly day stays beside it when it is added."""
        weekly = self.week(frame).days.get(day) if frame in self.weeks else None
        before = self.nth.get((frame, day, place), weekly)
        if before is not None and before != spans:
            spans = _joined(before, spans, frozenset(range(7)), frozenset({day}), how)
        self.nth[frame, day, place] = spans

    def remove(self, days: tuple[int, ...], part: str) -> None:
        """Close these days, or the morning or afternoon of them, in every week of the table."""
        named = frozenset(days)
        for week in self.weeks.values():
            for day in days:
                if day not in week.days:
                    continue
                if part:
                    week.days[day] = outside(week.days[day], part)
                elif week.origin[day] <= named and len(week.origin[day]) <= len(named):
                    raise Unreadable("contradictory")
                else:
                    week.days[day] = ()
                if not week.days[day]:
                    del week.days[day]

    def cut(self, pause: Span) -> None:
        """Take a pause out of every stretch that holds it. Raises Unreadable where none does."""
        is_found = False
        for week in self.weeks.values():
            for day, spans in week.days.items():
                cut = tuple(part for span in spans for part in _without(span, pause))
                is_found = is_found or cut != spans
                week.days[day] = cut
        if not is_found:
            raise Unreadable("contradictory")


def _without(span: Span, pause: Span) -> tuple[Span, ...]:
    if span.end is None or pause.end is None or not span.start < pause.start < pause.end < span.end:
        return (span,)
    return (Span(span.start, pause.start), Span(pause.end, span.end))


def _joined(
    before: tuple[Span, ...], spans: tuple[Span, ...], old: frozenset[int], new: frozenset[int], how: str
) -> tuple[Span, ...]:
    if how == "only":
        return spans
    overlap = _overlaps(before, spans)
    if overlap and new < old:
        return spans
    if overlap:
        raise Unreadable("contradictory")
    if how == "add" or new == old:
        return tuple(sorted((*before, *spans), key=lambda span: span.start))
    raise Unreadable("contradictory")


def _overlaps(one: tuple[Span, ...], other: tuple[Span, ...]) -> bool:
    return any(a.start < (b.end or DAY) and b.start < (a.end or DAY) for a in one for b in other)


def is_in_part(span: Span, part: str) -> bool | None:
    """Whether a stretch lies in that part of the day; None where it goes on beyond it."""
    end = span.end or DAY
    if part == "am":
        return True if end <= MORNING_ENDS else False if span.start >= NOON else None
    if part in ("pm", "noon"):
        return True if span.start >= NOON else False if end <= MORNING_ENDS else None
    return True if span.start >= 17 * 60 else False if end <= 18 * 60 else None


def inside(spans: tuple[Span, ...], part: str) -> tuple[Span, ...]:
    """The stretches in that part of the day. Raises Unreadable when one lies across its border."""
    if any(is_in_part(span, part) is None for span in spans):
        raise Unreadable("incomplete_times")
    return tuple(span for span in spans if is_in_part(span, part))


def outside(spans: tuple[Span, ...], part: str) -> tuple[Span, ...]:
    """The stretches outside that part of the day. Raises Unreadable when one lies across its border."""
    within = inside(spans, part)
    return tuple(span for span in spans if span not in within)
