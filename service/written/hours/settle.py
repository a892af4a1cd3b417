"""Settles what all statements of a text mean together: one timetable, or the reason why there is none."""

from __future__ import annotations

from itertools import pairwise

from service.written.hours.atoms import ALL_DAYS, WEEKDAYS, Selector
from service.written.hours.clock import DAY, Clock, Span, Unreadable, settle_span
from service.written.hours.statement import Said, Statement
from service.written.hours.timetable import Frame, Timetable, inside

_WHOLE_DAY = (Span(0, DAY),)
_BARE = Selector()


class Settling:
    """Goes through the statements twice: first what is open, then what is closed."""

    def __init__(self, said: Said, language: str | None) -> None:
        self.said = said
        self.language = language
        self.table = Timetable()
        self.last: tuple[Span, ...] = ()
        self.last_days: Selector | None = None
        self.frame = Frame()
        self.base_days: tuple[int, ...] = ()
        self.is_off_on_holidays = False
        self.is_alone = sum(each.has_hours for each in said.statements) <= 1

    def settle(self) -> Timetable:
        """The timetable. Raises Unreadable with the reasons."""
        statements = self.said.statements
        for each in statements:
            if not (each.is_closed or each.is_negated) or (each.is_only and each.has_hours):
                self._open(each)
        for each in statements:
            if each.is_closed or (each.is_negated and not each.has_hours):
                self._close(each)
        if self.is_off_on_holidays and not self.table.holidays:
            self.table.closed.append("PH")
        return self.table

    def _open(self, each: Statement) -> None:
        if each.is_all_day and (each.pairs or each.until):
            raise Unreadable("contradictory")
        if each.is_all_day:
            self._put(each, each.days or Selector(ALL_DAYS, is_broad=True, is_daily=True), _WHOLE_DAY)
        elif each.pairs:
            self._timed(each)
        elif each.until:
            self._until(each, each.until)
        elif each.is_same:
            if not self.last or not each.days:
                raise Unreadable("incomplete_times")
            self._put(each, each.days, self.last)
        elif each.is_other is None and not each.appointment:
            self._without_times(each)

    def _timed(self, each: Statement) -> None:
        part = each.part or (each.days.part if each.days else "")
        if each.days and each.days.has_mixed_parts and len(set(each.days.parts) - {""}) > 1:
            raise Unreadable("contradictory")
        spans = self._spans(each, part)
        days = each.days
        if days is None and each.is_other is not None:
            days = self._other_days(each)
        if days is None:
            days = self._inherited(each)
        if len(spans) == 1 and spans[0].end is None and self._starts_later(days, spans[0].start):
            return
        self._put(each, days, spans)

    def _starts_later(self, days: Selector, start: int) -> bool:
        """Mon-Fri 10:30-18:30, Thu from 13:30: the hours of Thursday, beginning then."""
        week = self.table.weeks.get(self.frame)
        if week is None or days.nth or not days.days or any(day not in week.days for day in days.days):
            return False
        named = frozenset(days.days)
        for day in days.days:
            kept = [span for span in week.days[day] if span.end is None or span.end > start]
            if not week.origin[day] > named or not kept or kept[0].end is None:
                raise Unreadable("contradictory")
            week.days[day] = (Span(max(kept[0].start, start), kept[0].end), *kept[1:])
            week.origin[day] = named
        return True

    def _spans(self, each: Statement, part: str) -> tuple[Span, ...]:
        part = "" if part == "noon" else part
        found = [settle_span(pair.start, pair.end, part, self.language) for pair in each.pairs]
        spans = list(dict.fromkeys(found))
        for before, after in pairwise(spans):
            if before.end is None or after.start < before.end:
                raise Unreadable("contradictory")
        return tuple(spans)

    def _inherited(self, each: Statement) -> Selector:
        """The days of hours that name none: those of the statement before, where it plainly goes on."""
        if each.dates and self.base_days:
            return Selector(self.base_days, is_broad=True)
        if self.last_days and (each.is_also or (each.part and not each.in_brackets)):
            each.is_also = True
            return self.last_days
        if self.last_days:
            raise Unreadable("contradictory")
        raise Unreadable("no_days")

    def _other_days(self, each: Statement) -> Selector:
        others = [one for one in self.said.statements if one.days]
        named = {day for one in others if one.days for day in one.days.days}
        if each.is_other != "weekdays":
            if not others or any(not one.is_closed for one in others):
                raise Unreadable("contradictory")  # are Saturday and Sunday other days?
            return Selector(tuple(day for day in ALL_DAYS if day not in named), is_broad=True)
        return Selector(tuple(day for day in WEEKDAYS if day not in named), is_broad=True)

    def _put(self, each: Statement, days: Selector, spans: tuple[Span, ...]) -> None:
        frame = self._frame_of(each)
        if not days.is_daily and any("-" not in date and date[-1].isdigit() for date in frame.dates):
            raise Unreadable("contradictory")  # Monday 6 July: once, or each year that it is a Monday?
        is_different = bool(each.appointment) or bool(each.part) or bool(days.part)
        how = "only" if each.is_only else "add" if each.is_also or each.sep == "and" or is_different else ""
        self.is_off_on_holidays = self.is_off_on_holidays or days.off_on_holidays
        if days.days:
            self.table.put(frame, days.days, spans, how)
        for day, places in days.nth:
            for place in places:
                self.table.put_nth(frame, day, place, spans, how)
        if days.holidays:
            self.table.holidays = spans
        if frame == Frame():
            self.base_days = tuple(sorted({*self.base_days, *days.days}))
        self.last, self.last_days = spans, days

    def _frame_of(self, each: Statement) -> Frame:
        """The dates and weeks that hold: its own, or those that headed the text until others come."""
        if each.dates or each.weeks:
            if each.is_dates_trailing and not self.is_alone and not each.in_brackets:
                raise Unreadable("contradictory")  # for all that was said, or for the last of it?
            if (
                each.is_dates_trailing
                and not self.is_alone
                and len(self.said.statements) > 1
                and each.sep == ","
            ):
                raise Unreadable("contradictory")
            own = Frame(each.dates, each.weeks)
            if not each.is_dates_trailing:
                self.frame = own
            return own
        if self.frame != Frame() and Frame() in self.table.weeks:
            raise Unreadable("contradictory")  # hours after "in July: ..." may be those of July, or of always
        return self.frame

    def _until(self, each: Statement, until: Clock) -> None:
        """Friday till 15: the hours that hold for Friday already, ending then."""
        end = until.minutes
        if end > DAY:
            raise Unreadable("invalid_time")
        if end < 7 * 60 and not until.half and not until.is_full:
            raise Unreadable("am_pm_unclear")
        if until.half in ("pm", "eve") and end < DAY // 2:
            end += DAY // 2
        week = self.table.week(self.frame)
        days = each.days.days if each.days else ()
        if not days or each.days is None or each.days.nth or any(day not in week.days for day in days):
            raise Unreadable("incomplete_times")
        for day in days:
            if not week.origin[day] > frozenset(days):
                raise Unreadable("contradictory")
            kept = [span for span in week.days[day] if span.start < end]
            if not kept or kept[-1].end is None:
                raise Unreadable("contradictory")
            week.days[day] = (*kept[:-1], Span(kept[-1].start, end))
            week.origin[day] = frozenset(days)

    def _without_times(self, each: Statement) -> None:
        """Days without hours: only the morning of hours said before, or also a holiday; else unreadable."""
        if each.is_empty_cell or (each.is_elsewhere and not each.has_object):
            return
        part = each.part or (each.days.part if each.days else "")
        if each.days and each.is_only and part and self.last:
            week = self.table.week(self.frame)
            known = {week.days[day] for day in each.days.days if day in week.days} or {self.last}
            spans = known.pop()
            kept = inside(spans, part)
            if known or not kept or kept == spans or each.days.nth:
                raise Unreadable("no_times")
            self.table.put(self.frame, each.days.days, kept, "only")
            return
        if each.days and each.is_also and self.last:
            if each.days.holidays and not each.days.days:
                self.table.holidays = self.last
                return
            if set(each.days.days) <= set(self.base_days) and not each.days.nth:
                return
        raise Unreadable("no_times")

    def _close(self, each: Statement) -> None:
        if each.is_closed and each.pairs and not each.has_object:
            for span in self._spans(each, ""):
                self.table.cut(span)
            return
        if each.pairs or each.until:
            raise Unreadable("contradictory")
        if not each.has_object and not each.part and each.is_other is None:
            raise Unreadable("closed_for_now" if each.is_closed else "unread_words")
        if each.is_other is not None or each.is_only:
            return
        if each.weeks:
            raise Unreadable("contradictory")
        days, dates = each.days or _BARE, each.dates
        if dates and days.days:
            names = ",".join(_NAMES[day] for day in days.days)
            self.table.closed += [f"{date} {names}" for date in dates]
            return
        if dates:
            self.table.closed += dates
        self._close_days(days, each.part or days.part)

    def _close_days(self, days: Selector, part: str) -> None:
        if days.has_mixed_parts and len(set(days.parts) - {""}) > 1:
            raise Unreadable("contradictory")
        part = "pm" if part == "noon" else part
        if days.days:
            self.table.remove(days.days, part)
        elif part and not days.nth:
            weeks = self.table.weeks.values()
            if any(inside(spans, part) for week in weeks for spans in week.days.values()):
                raise Unreadable("contradictory")
        for day, places in days.nth:
            if part:
                raise Unreadable("incomplete_times")
            self.table.closed.append(f"{_NAMES[day]}[{','.join(map(str, places))}]")
        if days.holidays:
            self.table.closed.append("PH")


_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
