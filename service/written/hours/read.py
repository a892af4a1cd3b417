"""Reads a text about opening hours as people write them: the one thing it can mean, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from service.errors import BadValue
from service.model.schedule import parse_hours
from service.written.hours.clock import Unreadable
from service.written.hours.damage import is_spreadsheet_damage
from service.written.hours.grid import unfold_grid
from service.written.hours.osm import write_hours
from service.written.hours.pieces import Pieces
from service.written.hours.places import names_several_places
from service.written.hours.scan import MAX_LENGTH, scan
from service.written.hours.settle import Settling
from service.written.hours.statement import Said, Statement
from service.written.hours.statements import Composer
from service.written.hours.timetable import Timetable

REMEMBERED = 20_000  # texts; hours repeat from row to row


@dataclass(frozen=True, slots=True)
class HoursReading:
    """``osm`` is the expression or None; ``appointment`` is required, optional or None where it is not said.

    ``flags`` are the reasons where ``osm`` is None, and notes where it is not.
    """

    osm: str | None
    appointment: str | None
    flags: tuple[str, ...]


@lru_cache(maxsize=REMEMBERED)
def read_hours(text: str, language: str | None = None) -> HoursReading:
    """What a text about hours says; ``language`` (ISO 639-1) decides words that are days in two languages.

    Never raises: what is not read exactly has no ``osm`` and its reasons in ``flags``.
    """
    if not text.strip():
        return HoursReading(None, None, ("no_days", "no_times"))
    if is_spreadsheet_damage(text):
        return HoursReading(None, None, ("spreadsheet_damage",))
    if len(text) > MAX_LENGTH:
        return HoursReading(None, None, ("unread_words",))
    if names_several_places(text):
        return HoursReading(None, None, ("several_places",))
    try:
        return _read(text, language)
    except Unreadable as reason:
        return HoursReading(None, None, reason.flags)


def _read(text: str, language: str | None) -> HoursReading:
    pieces = Pieces(scan(text, language))
    atoms = unfold_grid(pieces.read())
    kinds = {atom.kind for atom in atoms}
    try:
        said = Composer(atoms).compose()
    except Unreadable:
        if not pieces.reasons:
            raise
        said = Said()
    if pieces.reasons:
        return _refused(said, pieces.reasons, kinds)
    if not kinds & {"times", "allday"}:
        return _without_hours(said, kinds)
    notes = list(dict.fromkeys(said.notes))
    door = _the_door(said, notes)
    table = Settling(door, pieces.language).settle()
    if table.is_empty:
        raise Unreadable("closed_for_now")
    _check_services(door)
    appointment = _appointment(door, notes)
    if door.audiences:
        several = door.audiences > 1 or sum(each.has_hours for each in door.statements) > 1
        notes.append("audience_by_day" if several else "remark")
    if pieces.has_typo:
        notes.append("typo")
    if _has_open_end(table):
        notes.append("open_end")
    if said.is_elsewhere:
        notes.append("remark")
    return HoursReading(_checked(write_hours(table)), appointment, _notes(notes))


def _refused(said: Said, reasons: list[str], kinds: set[str]) -> HoursReading:
    has_hours = bool(kinds & {"times", "allday"})
    if "no_days" in reasons and not has_hours:
        reasons = [*reasons, "no_times"]
    required = said.is_appointment_said and any(each.appointment == "required" for each in said.statements)
    if (required or said.appointment == "required") and not has_hours:
        flag = "contact_first" if said.contact_first else "appointment_only"
        return HoursReading(None, "required", (*reasons, flag))
    return HoursReading(None, None, tuple(reasons))


def _without_hours(said: Said, kinds: set[str]) -> HoursReading:
    """Why a text without any time cannot be said: by appointment, closed, elsewhere, or just not told."""
    wanted = {each.appointment for each in said.statements if each.appointment} | {said.appointment or ""}
    if "required" in wanted:
        flag = "contact_first" if said.contact_first else "appointment_only"
        return HoursReading(None, "required", (flag,))
    appointment = "optional" if wanted & {"preferred", "none"} else None
    if said.is_elsewhere:
        return HoursReading(None, appointment, ("see_elsewhere",))
    if "closed" in kinds and not kinds & {"days", "dates"}:
        return HoursReading(None, appointment, ("closed_for_now",))
    flags = ("no_times",) if "days" in kinds else ("no_days", "no_times")
    return HoursReading(None, appointment, flags)


def _the_door(said: Said, notes: list[str]) -> Said:
    """The statements about the door; those about the telephone only where there are no others."""
    timed = [each for each in said.statements if each.has_hours]
    is_by_phone = _by_phone(said)
    if said.is_by_phone:
        is_by_phone = dict.fromkeys(is_by_phone, True)
    if all(is_by_phone[id(each)] for each in timed):
        notes.append("phone_only")
        return said
    if any(is_by_phone.values()):
        if any(each.is_phone and each.is_only for each in said.statements):
            raise Unreadable("contradictory")  # by telephone only after three: until when is the door open?
        notes.append("phone_hours")
        said.statements = [each for each in said.statements if not is_by_phone[id(each)]]
    return said


def _by_phone(said: Said) -> dict[int, bool]:
    """Which statements are about the telephone: a heading holds for what follows, until the door is named."""
    found: dict[int, bool] = {}
    heading = False
    names_door = any(each.label == "door" for each in said.statements)
    for number, each in enumerate(said.statements):
        if each.is_phone:
            heading = not each.in_brackets and (number == 0 or not each.has_hours or not names_door)
        elif each.label or (each.sep in (";", "\n") and names_door):
            heading = False
        found[id(each)] = each.is_phone or (heading and each.is_other is None and not each.is_closed)
    return found


def _check_services(said: Said) -> None:
    """Hours of two services in one text: whose are they?"""
    timed = [each for each in said.statements if each.has_hours]
    if any(each.label not in ("", "door") for each in timed[1:]):
        raise Unreadable("several_services")


def _appointment(said: Said, notes: list[str]) -> str | None:
    timed = [each for each in said.statements if each.has_hours]
    outside = [
        each for each in said.statements if not each.has_hours and each.appointment and not each.is_negated
    ]
    kinds = [each.appointment or said.appointment for each in timed]
    if any(each.appointment == "required" for each in outside) and "phone_only" in notes:
        return "required"
    if any(each.appointment == "required" and _is_outside(each) for each in outside):
        notes.append("by_appointment_outside")
        return "optional"
    if not any(kinds):
        return None
    if _is_scope_unclear(timed, said.appointment):
        raise Unreadable("contradictory")
    return "required" if set(kinds) == {"required"} else "optional"


def _is_outside(each: Statement) -> bool:
    return bool(each.has_object or each.part or each.is_other is not None or each.is_appointment_outside)


def _is_scope_unclear(timed: list[Statement], general: str) -> bool:
    """Monday 9-12, Thursday 13-16 by appointment: both days, or Thursday alone?"""
    if general or len(timed) < 2 or not timed[-1].is_appointment_glued:
        return False
    return not any(each.appointment for each in timed[:-1]) and timed[-1].sep in (",", "and", "", "/", "-")


def _has_open_end(table: Timetable) -> bool:
    days = [spans for week in table.weeks.values() for spans in week.days.values()]
    return any(span.end is None for spans in (*days, *table.nth.values(), table.holidays) for span in spans)


def _checked(osm: str) -> str:
    try:
        parse_hours(osm)
    except BadValue:
        raise Unreadable("unread_words") from None
    return osm


def _notes(notes: list[str]) -> tuple[str, ...]:
    return tuple(note for note in dict.fromkeys(notes) if note != "two parts")
