"""Turns the tokens of a text about hours into atoms, and notes the words that make it unreadable."""

from __future__ import annotations

from service.written.hours.atoms import Atom, TimePair
from service.written.hours.clock import DAY, Clock, Unreadable
from service.written.hours.cursor import Cursor
from service.written.hours.dates import read_dates
from service.written.hours.days import read_days
from service.written.hours.scan import Scanned, Token
from service.written.hours.times import Times, read_clock, read_times

REASONS = {
    "vague": "vague_times", "sh": "school_holidays", "undated": "exception_undated",
    "season": "season_undefined", "closednow": "closed_for_now", "alternating": "alternating_weeks",
    "site": "several_places", "condition": "exception_undated", "freq": "no_days",
    "elsewhere": "see_elsewhere",
}  # fmt: skip
_SAYS_TIME = (
    "day", "days", "time", "number", "not", "closed", "month", "ord", "allday", "allweek", "feast", "slash",
    "date", "ph", "until", "since", "appt", "contact", "phone", "noon", "only", "other", "lastentry", "part",
    *REASONS,
)  # fmt: skip
_ENDS = (",", ";", "(", ")", "[", "]", "|", ".", ":", "/")
_STRONG = (";", "|", ".", "!")
_SILENT = ("*", '"', "'", "?", "=", "_", "<", "#", "~", "°", "€", "^", "\\")
_SIMPLE = (
    "not", "closed", "only", "also", "rest", "same", "appt", "contact", "phone", "door", "audience",
    "temporary", "late", "other",
)  # fmt: skip
_PLAIN_REASONS = ("vague", "sh", "undated", "season", "closednow", "alternating")
MOST_LABEL_WORDS = 6


class Pieces:
    """Reads the tokens from left to right; ``atoms`` is what they said, ``reasons`` why it is not exact."""

    def __init__(self, scanned: Scanned) -> None:
        self.cursor = Cursor(scanned.tokens)
        self.language = scanned.language
        self.atoms: list[Atom] = []
        self.reasons: list[str] = []
        self.is_monthly = False  # "every month" is no reason where the day of the month is said
        self.has_typo = any(token.is_repaired for token in scanned.tokens)

    def read(self) -> list[Atom]:
        """All atoms of the text. Raises Unreadable for what cannot be read and could matter."""
        steps = (
            self._mark, self._remark_in_brackets, self._all_day, self._last_entry, self._weeks,
            self._across_midnight, self._dates,
            self._days, self._reason, self._appointment, self._phone_number, self._times, self._simple,
            self._doors, self._filler, self._unknown,
        )  # fmt: skip
        while not self.cursor.is_done:
            if not any(step() for step in steps):
                raise Unreadable(*(self._reasons_ahead() or ["unread_words"]))
        if any(atom.kind == "days" and atom.value.nth for atom in self.atoms) and self.is_monthly:
            self.reasons.remove("no_days")
        if "alternating_weeks" in self.reasons:
            self.reasons = ["alternating_weeks"]
        return self.atoms

    def _reasons_ahead(self) -> list[str]:
        """What else of the text cannot be said: a better reason than a word that is not known."""
        rest = self.cursor.tokens[self.cursor.at :]
        found = [REASONS[kind] for token in rest for kind in token.means if kind in _PLAIN_REASONS]
        return list(dict.fromkeys([*self.reasons, *found]))

    def _add(self, kind: str, value: object = None) -> bool:
        self.atoms.append(Atom(kind, value))
        return True

    def _because(self, reason: str) -> bool:
        if reason not in self.reasons:
            self.reasons.append(reason)
        return True

    @property
    def _here(self) -> Token:
        return self.cursor.peek()

    def _mark(self) -> bool:
        mark = self._here.means.get("mark")
        if self._here.has("newline"):
            mark = "\n"
        if mark is None:
            if self._here.has("and", "or"):
                kind = "and" if self._here.has("and") else "or"
                self.cursor.at += 1
                return self._add("sep", kind)
            return False
        self.cursor.at += 1
        if mark in ("+", "&"):
            return self._add("sep", "and")
        if mark in _STRONG or mark == "\n":
            return self._add("sep", ";" if mark != "\n" else "\n")
        if mark in ("(", "["):
            return self._add("sep", "(")
        if mark in (")", "]"):
            return self._add("sep", ")")
        if mark in (",", ":", "-", "/", ">"):
            return self._add("sep", str(mark))
        return mark in _SILENT or self._add("sep", "?")

    def _remark_in_brackets(self) -> bool:
        """Brackets that only tell a moment of something else: (soup at noon), (doors from 9)."""
        if (
            not self.atoms
            or self.atoms[-1] != Atom("sep", "(")
            or not self._here.has("label", "doors", "unknown")
        ):
            return False
        end = self._place_of((")", "]"))
        inside = self.cursor.tokens[self.cursor.at : end]
        harmless = (
            "time",
            "label",
            "doors",
            "unknown",
            "filler",
            "since",
            "noon",
            "from",
            "mark",
            "to",
            "until",
            "door",
        )
        times = sum(token.has("time", "noon") for token in inside)
        if times != 1 or not all(token.has(*harmless) for token in inside):
            return False
        is_last = self._here.has("doors") and any(token.has("until", "to") for token in inside)
        self.cursor.at = end
        return self._add("lastentry" if is_last else "remark")

    def _place_of(self, marks: tuple[str, ...]) -> int:
        at = self.cursor.at
        while at < len(self.cursor.tokens) and self.cursor.tokens[at].means.get("mark") not in marks:
            at += 1
        return at

    def _all_day(self) -> bool:
        clock = self._here.means.get("time")
        is_whole = isinstance(clock, Clock) and clock.minutes == DAY and not self._is_beside_range()
        if self._here.has("allday") or is_whole:
            self.cursor.at += 1
            return self._add("allday")
        return False

    def _is_beside_range(self) -> bool:
        """Whether a stretch of time begins or ends here."""
        for token in (self.cursor.peek(-1), self.cursor.peek(1)):
            if token.has("to", "until", "from", "since") or token.means.get("mark") in ("-", ">", "/"):
                return True
        return False

    def _last_entry(self) -> bool:
        if not self._here.has("lastentry"):
            return False
        self.cursor.at += 1
        while self._here.has("filler", "to", "until", "from", "part") or self.cursor.is_mark(":", "-"):
            self.cursor.at += 1
        read_clock(self.cursor)
        return self._add("lastentry")

    def _weeks(self) -> bool:
        for kind in ("even", "odd"):
            if self._here.has(kind):
                self.cursor.at += 1
                self.cursor.skip("weekword")
                return self._add("weeks", kind)
        return False

    def _dates(self) -> bool:
        dates = read_dates(self.cursor, self.language)
        return dates is not None and self._add("dates", dates)

    def _across_midnight(self) -> bool:
        """Friday 18h - Saturday 2h: one stretch that ends on the next day."""
        start = self.cursor.at
        days = read_days(self.cursor, self.language)
        if days and len(days.days) == 1 and not days.nth and not self.cursor.is_done:
            first = read_clock(self.cursor)
            if first and (self.cursor.take("to", "until") or self.cursor.is_mark("-", ">")):
                self.cursor.at += self.cursor.is_mark("-", ">")
                next_days = read_days(self.cursor, self.language)
                last = read_clock(self.cursor) if next_days else None
                is_next = next_days and next_days.days == ((days.days[0] + 1) % 7,)
                if last and is_next:
                    self._add("days", days)
                    return self._add("times", Times((TimePair(first, last),)))
        self.cursor.at = start
        return False

    def _days(self) -> bool:
        is_exclusion = self._last_said() in ("closed", "not") and self.atoms[-1].kind in ("closed", "not")
        days = read_days(self.cursor, self.language, is_exclusion=is_exclusion)
        return days is not None and self._add("days", days)

    def _reason(self) -> bool:
        token = self._here
        if token.has("number") and self.cursor.peek(1).has("times", "freq"):
            self.cursor.at += 1
            if self._here.has("times"):
                self.cursor.at += 1
                self.cursor.skip("filler")
            return self._because("no_days")
        if token.has("weekword") and not token.has("days"):
            raise Unreadable("week_of_month")
        if token.has("number") and self.cursor.peek(1).has("day"):
            raise Unreadable("no_days")
        if token.has("season") and self._dates_follow():
            self.cursor.at += 1
            return True
        for kind, reason in REASONS.items():
            if token.has(kind):
                self.cursor.at += 1
                if kind == "freq" and reason not in self.reasons:
                    self.is_monthly = token.means[kind] == "month"
                return self._because(reason) if kind != "elsewhere" else self._add("elsewhere")
        if token.has("url", "email"):
            self.cursor.at += 1
            return self._add("elsewhere")
        if token.has("part", "monthword", "midnight") and not token.has("time"):
            return self._part()
        return False

    def _dates_follow(self) -> bool:
        """Whether the dates of a season are told after its name: winter (November to March)."""
        start = self.cursor.at
        self.cursor.at += 1
        self.cursor.skip("filler")
        has_mark = self.cursor.is_mark("(", ":", ",", "-")
        while self.cursor.is_mark("(", ":", ",", "-") or self._here.has("filler"):
            self.cursor.at += 1
        is_told = has_mark and read_dates(self.cursor, self.language) is not None
        self.cursor.at = start
        return is_told

    def _part(self) -> bool:
        value = self.cursor.take("part")
        if value:
            return self._add("part", value)
        return False

    def _appointment(self) -> bool:
        token = self._here
        if token.has("appt"):
            self.cursor.at += 1
            return self._add("appt", token.means["appt"])
        return False

    def _phone_number(self) -> bool:
        if self._here.has("callnumber"):
            self.cursor.at += 1
            if self.atoms and self.atoms[-1].kind == "phone":
                self.atoms.pop()
            return self._add("number")
        return False

    def _times(self) -> bool:
        if self._here.has("noon") and not self._is_noon_time():
            self.cursor.at += 1
            return self._add("part", "noon")
        times = read_times(self.cursor, self.language)
        return times is not None and self._add("times", times)

    def _is_noon_time(self) -> bool:
        """Whether noon is a moment here, at an end of a stretch, and not the part of the day."""
        after = self.cursor.peek(1)
        return after.has("to", "until") or after.means.get("mark") in ("-", ">")

    def _simple(self) -> bool:
        for kind in _SIMPLE:
            if self._here.has(kind):
                value = self._here.means[kind]
                self.cursor.at += 1
                return self._add(kind, value)
        return False

    def _doors(self) -> bool:
        """Doors or tickets from a moment on: said for information, and no hours."""
        if not self._here.has("doors"):
            return False
        before = self.cursor.at
        self.cursor.at += 1
        while self._here.has("filler", "since", "from"):
            self.cursor.at += 1
        if read_clock(self.cursor) is not None and self.atoms:
            return self._add("remark")
        self.cursor.at = before + 1
        return self._add("label")

    def _filler(self) -> bool:
        if self._here.has("filler", "from", "every", "since", "until", "to", "between"):
            self.cursor.at += 1
            return True
        if self._here.has("monthword"):
            self.cursor.at += 1  # one Saturday a month: which?
            return self._because("no_days")
        if self._here.has("label"):
            self.cursor.at += 1
            return self._add("label")
        return self._here.has("ages") and self._ages()

    def _ages(self) -> bool:
        self.cursor.at += 1
        return self._add("audience")

    def _unknown(self) -> bool:
        """Words nobody knows: the name of an activity before its hours, or a remark after them."""
        if self._here.has("ord") and self.cursor.peek(1).has("unknown") and not self._is_before_hours():
            self.cursor.at += 1  # a floor
        if not self._here.has("unknown", "times", "number", "ordinal", "letter", "fraction"):
            return False
        end = self._segment_end()
        run = self.cursor.tokens[self.cursor.at : end]
        says_time = any(token.has(*_SAYS_TIME) and not token.has("filler") for token in run)
        has_colon = end < len(self.cursor.tokens) and self.cursor.tokens[end].means.get("mark") == ":"
        if not says_time and has_colon:
            self.cursor.at = end
            return self._add("label", " ".join(token.text for token in run))
        if not self._here.has("unknown"):
            return False
        if self._is_before_hours():
            if self.cursor.peek(-1).has("every", "ord"):
                return False  # every so many Tuesdays, the last but one Tuesday
            if sum(atom.kind == "label" for atom in self.atoms) >= MOST_LABEL_WORDS:
                return False
            self.cursor.at += 1
            return self._add("label")
        if says_time:
            return False
        if self._last_said() in ("not", "closed"):
            self._because("exception_undated" if self._last_said() == "not" else "closed_for_now")
        self.cursor.at = end
        return self._add("remark")

    def _is_before_hours(self) -> bool:
        return all(
            atom.kind in ("label", "door", "phone", "appt", "temporary", "audience") for atom in self.atoms
        )

    def _last_said(self) -> str:
        return next((atom.kind for atom in reversed(self.atoms) if atom.kind not in ("sep", "label")), "")

    def _segment_end(self) -> int:
        at = self.cursor.at
        tokens = self.cursor.tokens
        while (
            at < len(tokens) and tokens[at].means.get("mark") not in _ENDS and not tokens[at].has("newline")
        ):
            at += 1
        return at
