"""What one clause of a text about hours says, and what the whole text says besides."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.written.hours.atoms import Selector, TimePair
from service.written.hours.clock import Clock


@dataclass
class Statement:
    """What one clause says, after the mark ``sep``; ``is_prefixed`` is "closed" said before its days."""

    sep: str = ""
    in_brackets: bool = False
    days: Selector | None = None
    dates: tuple[str, ...] = ()
    weeks: str = ""
    pairs: list[TimePair] = field(default_factory=list)
    until: Clock | None = None
    part: str = ""
    is_closed: bool = False
    is_prefixed: bool = False
    is_negated: bool = False
    is_only: bool = False
    is_also: bool = False
    is_other: str | None = None
    is_same: bool = False
    is_phone: bool = False
    is_all_day: bool = False
    is_empty_cell: bool = False
    is_dates_trailing: bool = False
    is_elsewhere: bool = False
    appointment: str = ""
    is_appointment_glued: bool = False
    is_appointment_after: bool = False
    is_appointment_outside: bool = False
    label: str = ""
    outer: Statement | None = None

    @property
    def has_hours(self) -> bool:
        """Whether times are said."""
        return bool(self.pairs or self.until or self.is_all_day)

    @property
    def has_object(self) -> bool:
        """Whether it says for which days, dates or weeks."""
        return bool(self.days or self.dates or self.weeks)

    @property
    def is_blank(self) -> bool:
        """Whether nothing that matters is said yet."""
        return not (
            self.has_hours or self.has_object or self.part or self.is_closed or self.is_negated
            or self.is_phone or self.is_other is not None or self.is_same or self.appointment
        )  # fmt: skip

    @property
    def is_done(self) -> bool:
        """Whether a new day would begin a new statement."""
        return bool(
            self.has_hours or self.is_same or (self.is_closed and not self.is_prefixed)
            or (self.appointment and not self.is_blank_but_appointment)
        )  # fmt: skip

    @property
    def is_blank_but_appointment(self) -> bool:
        """Whether only an appointment is said: it is about what follows."""
        return not (self.has_hours or self.has_object or self.part or self.is_other is not None)


@dataclass
class Said:
    """All statements of a text, and what it says about itself."""

    statements: list[Statement] = field(default_factory=list)
    appointment: str = ""
    notes: list[str] = field(default_factory=list)
    audiences: int = 0
    contact_first: bool = False
    is_appointment_said: bool = False
    is_by_phone: bool = False
    is_elsewhere: bool = False
    labels: list[str] = field(default_factory=list)
