"""Puts atoms together to statements: these days, on these dates, at these times, open or closed, and how."""

from __future__ import annotations

from service.written.hours.atoms import Atom, Selector
from service.written.hours.clock import Unreadable
from service.written.hours.statement import Said, Statement
from service.written.hours.times import Times

_STRONG = (";", "\n")
_HEADS = [Atom("sep", ")"), Atom("sep", ":")]  # summer (July): the dates head what follows the bracket
_ORDER = ("", "/", "-", ">", ":", ",", "and", "or", "?", ";", "\n")


class Composer:
    """Walks over the atoms once; ``said`` is the result."""

    def __init__(self, atoms: list[Atom]) -> None:
        self.atoms = atoms
        self.said = Said()
        self.now = Statement()
        self.sep = ""
        self.in_brackets = False
        self.dashes = 0
        self.prefix = ""
        self.at = 0
        first = next((each.kind for each in atoms if each.kind in ("days", "times", "dates")), "")
        self.times_first = first == "times" and any(each.kind == "days" for each in atoms)

    def compose(self) -> Said:
        """The statements in the order of the text. Raises Unreadable."""
        for place, atom in enumerate(self.atoms):
            self.at = place
            if atom.kind == "sep":
                self._separate(str(atom.value))
                continue
            getattr(self, f"_on_{atom.kind}")(atom.value)
            self.sep = ""
            self.dashes = 0
        self._push()
        return self.said

    def _separate(self, mark: str) -> None:
        if mark in ("(", ")"):
            self.in_brackets = mark == "("
            self.sep = self.sep or ("(" if mark == "(" else "")
            if mark == ")" and self.now.in_brackets:
                self._leave_brackets()
            return
        self.dashes += mark == "-"
        is_nothing = mark == "-" or (mark == "/" and self.sep == ":")
        if is_nothing and self.now.days and not self.now.is_done:
            self.now.is_empty_cell = True
        if self.sep == "(" or _ORDER.index(mark) > _ORDER.index(self.sep):
            self.sep = mark

    def _leave_brackets(self) -> None:
        """After every day (except Monday) come the hours of the days before the bracket."""
        outer = self.now.outer if self.now.is_negated and self.now.has_object else None
        self._push()
        if outer and not outer.has_hours:
            self.said.statements.remove(outer)
            self.now = outer

    def _push(self) -> None:
        if not self.now.is_blank or self.now.is_elsewhere:
            self.said.statements.append(self.now)
        self.now = Statement()

    def _new(self) -> Statement:
        sep = self.sep
        self._push()
        self.now = Statement(sep=sep, in_brackets=self.in_brackets)
        if self.prefix:
            self.now.appointment = self.prefix
        return self.now

    def _next(self, skipped: tuple[str, ...] = ()) -> str:
        """The kind of the next atom, or the mark that comes first."""
        for atom in self.atoms[self.at + 1 :]:
            if atom.kind in ("label", "door", *skipped):
                continue
            return str(atom.value) if atom.kind == "sep" else atom.kind
        return ""

    def _following(self) -> list[str]:
        """The kinds of the atoms after this one up to the next strong mark, marks left out."""
        kinds = []
        for atom in self.atoms[self.at + 1 :]:
            if atom.kind == "sep" and atom.value in (*_STRONG, ")"):
                break
            if atom.kind != "sep":
                kinds.append(atom.kind)
        return kinds

    def _on_days(self, days: Selector) -> None:
        now = self.now
        if (now.is_negated or (now.is_closed and now.is_prefixed)) and not now.has_hours:
            if not now.has_object and self.sep not in _STRONG:
                now.days = days
                return
            if self._extends_exclusion():
                self._copy_exclusion().days = days
                return
        if now.days is None and now.is_all_day and self.sep not in _STRONG:
            now.days = days
            return
        follows_times = self.times_first or now.is_phone or now.is_other is not None
        if now.days is None and now.pairs and follows_times and not now.in_brackets:
            now.days = days
            return
        if now.is_done or now.days or now.is_negated or now.is_closed or self._is_new_clause():
            now = self._new()
        now.days = days

    def _is_new_clause(self) -> bool:
        return self.sep in _STRONG and not self.now.is_blank and not (self.now.dates or self.now.weeks)

    def _extends_exclusion(self) -> bool:
        """Whether a day or date after a comma is closed too: nothing else is said about it."""
        following = self._following()[:1]
        is_list = self.sep in (",", "and", "or", "/", "")
        return is_list and following not in (["times"], ["closed"], ["only"], ["appt"])

    def _copy_exclusion(self) -> Statement:
        old = self.now
        now = self._new()
        now.is_closed, now.is_negated, now.is_prefixed = old.is_closed, old.is_negated, old.is_prefixed
        now.outer, now.sep, now.appointment = old.outer, ",", ""
        return now

    def _on_dates(self, dates: tuple[str, ...]) -> None:
        now = self.now
        if (now.is_negated or (now.is_closed and now.is_prefixed)) and not now.has_hours:
            if not now.dates and not (now.days and self.sep):
                now.dates = dates
                return
            if self._extends_exclusion():
                self._copy_exclusion().dates = dates
                return
        is_heading = self._next() in (":", "days", "times", "only", "closed", "weeks")
        if now.pairs and not is_heading and self.sep in ("", "(", ",") and not now.dates:
            now.dates = dates
            now.is_dates_trailing = True
            return
        if now.is_done or now.is_closed or now.is_negated or now.dates:
            now = self._new()
            now.in_brackets = now.in_brackets and self.atoms[self.at + 1 : self.at + 3] != _HEADS
        now.dates = dates

    def _on_weeks(self, which: str) -> None:
        now = self.now
        if now.pairs and self._next() != ":" and self.sep in ("", "(", ",") and not now.weeks:
            now.weeks = which
            now.is_dates_trailing = True
            return
        if now.is_done or now.weeks:
            now = self._new()
        now.weeks = which

    def _on_times(self, times: Times) -> None:
        now = self.now
        if now.is_negated and now.has_object:
            self._back_from_exception()
            now = self.now
        elif now.is_negated and not now.outer:
            now.is_negated = False  # except from 12 to 13: a pause
            now.is_closed = now.is_prefixed = True
        elif now.is_closed and now.is_prefixed and now.days and not self.sep:
            if now.sep or len(now.days.items) != 1:
                raise Unreadable("contradictory")  # closed Tuesday, Wednesday 9-12: is Wednesday closed?
            now.is_closed = now.is_prefixed = False  # the empty cell of a table, not the day after it
        elif now.is_closed and not now.is_prefixed:
            now = self._new()
        if self.times_first and now.days and now.pairs and self.sep and self._following()[:1] == ["days"]:
            now = self._new()
        if now.has_hours and now.is_appointment_after:
            now = self._new()
            now.is_also = True  # 9-12 without appointment, 13-16 with one
        elif now.has_hours and (self.in_brackets != now.in_brackets or times.until):
            now = self._new()
        if now.pairs and now.until is None and now.part and not now.days and not now.has_object:
            raise Unreadable("contradictory")
        if times.until:
            now.until = times.until
        now.pairs += times.pairs

    def _back_from_exception(self) -> None:
        """Times after "except Sunday" belong to the days before it; after hours they are those of Sunday."""
        exception = self.now
        if exception.outer and not exception.outer.has_hours:
            self.now = exception.outer
            self.said.statements.remove(exception.outer)
            exception.outer = None
            self.said.statements.append(exception)
        elif not any(each.has_hours for each in self.said.statements):
            raise Unreadable("no_days")  # except Monday: which days are meant?
        else:
            exception.is_negated = False
            exception.is_only = True

    def _on_allday(self, _value: object) -> None:
        if self.now.is_done:
            self._new()
        self.now.is_all_day = True

    def _on_closed(self, _value: object) -> None:
        now = self.now
        if now.in_brackets and now.pairs and not now.has_object:
            now.is_closed = True
        elif (now.has_object or now.part or now.is_other is not None) and not (now.is_done or now.is_negated):
            if self.sep in _STRONG:
                now = self._new()
                now.is_closed = now.is_prefixed = True
            else:
                now.is_closed = True
        else:
            now = self._new()
            now.is_closed = now.is_prefixed = True
            now.appointment = ""

    def _on_not(self, _value: object) -> None:
        outer = self.now if self.now.has_object and not self.now.has_hours else None
        now = self._new()
        now.is_negated = True
        now.outer = outer
        now.appointment = ""

    def _on_only(self, _value: object) -> None:
        if self.now.is_done and self._next() in ("days", "times", "dates", "weeks", "part"):
            if self._next() in ("weeks", "dates") and self.sep in ("", "("):
                return
            self._new()
        self.now.is_only = True

    def _on_also(self, _value: object) -> None:
        if self.now.is_done and self._next() in ("days", "times", "dates", "part", "phone"):
            self._new()
        self.now.is_also = True

    def _on_other(self, which: str) -> None:
        if not (self.now.is_blank or (self.now.appointment and self.now.is_blank_but_appointment)):
            self._new()
        self.now.is_other = which

    def _on_rest(self, _value: object) -> None:
        if not self.now.is_blank:
            self._new()
        if self._next() in ("appt", "contact") and self.said.statements:
            self.now.is_other = ""

    def _on_same(self, _value: object) -> None:
        if self.now.is_done:
            self._new()
        self.now.is_same = True

    def _on_part(self, part: str) -> None:
        now = self.now
        if now.has_hours:
            if self._next(("also", "only")) == "times":
                now = self._new()
                now.is_also = True
            elif not self.sep and self._next() in ("", ",", ";", ")", "\n", "and"):
                return
            else:
                now = self._new()
        elif now.part and now.part != part:
            self.said.notes.append("two parts")
        now.part = part

    def _on_appt(self, kind: str) -> None:
        now = self.now
        self.said.is_appointment_said = True
        following = self._next()
        if now.is_negated and not now.has_object:
            raise Unreadable("unread_words")
        heads = following in ("days", "times", ":", "dates", "other", "part")
        if now.is_blank and not self.said.statements:
            self._start_with(kind)
        elif now.has_hours and not heads and self.sep in ("or", "and"):
            self._outside(kind)
        elif now.has_hours and heads and (self.sep or following == ":"):
            self._new()
            self.now.appointment = kind
            self.now.is_also = following == "times"  # 9-11 without, 13-16 with one: the same days
        elif now.has_hours and self.sep in (",", *_STRONG, "-", "/", ":") and not self.in_brackets:
            if not self._rest_says_hours():
                self.said.appointment = self.said.appointment or kind
            else:
                now.appointment = kind
        else:
            now.appointment = kind
            now.is_appointment_after = now.has_hours
            now.is_appointment_glued = now.has_hours and self.sep == ""

    def _start_with(self, kind: str) -> None:
        self.now.appointment = ""
        self.prefix = self.now.appointment = kind
        self.said.appointment = kind

    def _outside(self, kind: str) -> None:
        now = self._new()
        now.is_other = ""
        now.appointment = kind
        now.is_appointment_outside = True

    def _rest_says_hours(self) -> bool:
        return any(atom.kind in ("times", "allday") for atom in self.atoms[self.at + 1 :])

    def _on_contact(self, _value: object) -> None:
        self.said.contact_first = True
        self._on_appt("required")

    def _on_phone(self, _value: object) -> None:
        now = self.now
        if now.has_hours and self.sep in ("", "(") and self._next() in ("", ")", ",", ";", "\n"):
            now.is_phone = True
            return
        if now.has_hours and self._next() in ("", ")") and self.sep == ",":
            if not now.is_only:
                raise Unreadable("contradictory")  # is it the hours that are by telephone, or another way?
            self.said.is_by_phone = True
            return
        if now.is_done or (now.is_closed or now.is_negated):
            now = self._new()
        now.is_phone = True

    def _on_door(self, _value: object) -> None:
        if self.now.is_done or (self.now.is_phone and self.sep):
            self._new()
        self.now.label = "door"

    def _on_label(self, value: object) -> None:
        if self.now.is_done and self._next() in ("days", "times", ":"):
            self._new()
            self.now.label = str(value or "service")
        if not self.said.statements and self.now.is_blank:
            self.now.label = self.now.label or str(value or "service")

    def _on_audience(self, _value: object) -> None:
        self.said.audiences += 1

    def _on_remark(self, _value: object) -> None:
        self.said.notes.append("remark")

    def _on_lastentry(self, _value: object) -> None:
        self.said.notes.append("last_entry")

    def _on_temporary(self, _value: object) -> None:
        self.said.notes.append("temporary")

    def _on_elsewhere(self, _value: object) -> None:
        self.said.is_elsewhere = True
        self.now.is_elsewhere = True

    def _on_number(self, _value: object) -> None:
        if not self.said.is_appointment_said:
            self.said.notes.append("remark")

    def _on_late(self, _value: object) -> None:
        pass
