"""What somebody filled in on the form of a listing, read and judged beside the listing as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy.engine import Connection

from service.accounts.store import names_of
from service.catalogue.state import ENDS_ON, STATE
from service.database.session import reading
from service.desk.editing.current import Current, read_current, require_on, today_of
from service.desk.editing.same import UNKNOWN, read_marks
from service.desk.editing.save import Reason, Settled, Wanted, reason_or_way, weigh
from service.desk.editing.sent import read_sent
from service.errors import BadValue
from service.i18n.messages import translator
from service.model.fields import LANGUAGES
from service.model.terms import values as list_values
from service.model.values import Value, parse_value
from service.web.desk.door import Visit
from service.web.desk.editing.words import WAYS

Sent = Mapping[str, Sequence[str]]
_NOTHING = Wanted({}, {})


@dataclass(frozen=True)
class Filled:
    """A form on its way; ``sent`` is None where nothing came in yet.

    ``faults`` are the keys (and the names of other fields) that are not right, ``asked`` the keys that
    somebody else changed too, ``told`` what the page says of a save just before.
    """

    current: Current
    names: Mapping[str, str]
    sent: Sent | None = None
    wanted: Wanted = _NOTHING
    reason: Reason = field(default_factory=lambda: Reason(""))
    faults: frozenset[str] = frozenset()
    wrong_rows: frozenset[str] = frozenset()
    asked: tuple[str, ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The first value of a field that came in."""
        return one(self.sent or {}, name)


def one(sent: Sent, name: str) -> str:
    """The first value of a field of a form, empty where it did not come."""
    held = sent.get(name, ())
    return held[0].strip() if held else ""


def read_filled(visit: Visit, listing_id: UUID, now: datetime) -> Filled:
    """The form that came in, with the listing as it is now. Raises NotFound and Forbidden."""
    sent = request.form.to_dict(flat=False)
    was = read_marks(one(sent, "shown"))
    languages = [key.partition("@")[2] for key in was]
    also = [each for each in (*languages, one(sent, "also")) if each in LANGUAGES]
    with reading(visit.site.database) as connection:
        current = read_current(connection, listing_id, now, also)
        require_on(visit.person, "edit", current.listing)
        names = speakers(connection, current)
    keys = [key for key in current.keys if key in was]
    known = [key for key, mark in was.items() if mark != UNKNOWN]
    given = read_sent(sent, keys, known, one(sent, "h.kept") or None)
    days, wrong_days = _days(sent, now)
    wanted = _wanted(sent, was, given.values, days, wrong_days)
    reason, wrong_reason = _reason(visit, sent, current, wanted, days.get("until"), now)
    faults = given.faults | wrong_days | wrong_reason
    return Filled(current, names, sent, wanted, reason, faults, given.wrong_rows)


def speakers(connection: Connection, current: Current) -> Mapping[str, str]:
    """The names behind everything that people stated or took back."""
    people = {edit.by for edit in current.edits} | {e.withdrawn_by for e in current.edits if e.withdrawn_by}
    return names_of(connection, people)


def _days(sent: Sent, now: datetime) -> tuple[dict[str, date | None], frozenset[str]]:
    """The last days: of the project, of a pause, of what is stated; the last two are not to be past."""
    days: dict[str, date | None] = {}
    faults = set()
    for name in (ENDS_ON, "pause_until", "until"):
        try:
            text = one(sent, name)
            days[name] = date.fromisoformat(str(parse_value(ENDS_ON, text))) if text else None
        except BadValue:
            faults.add(name)
            continue
        day = days[name]
        if name != ENDS_ON and day is not None and day < today_of(now):
            faults.add(name)
    if one(sent, STATE) != "paused":
        faults.discard("pause_until")
    return days, frozenset(faults)


def _wanted(
    sent: Sent,
    was: Mapping[str, str],
    values: Mapping[str, Value | None],
    days: Mapping[str, date | None],
    wrong: frozenset[str],
) -> Wanted:
    all_values = dict(values)
    if ENDS_ON in was and ENDS_ON not in wrong:
        ends_on = days.get(ENDS_ON)
        all_values[ENDS_ON] = ends_on.isoformat() if ends_on else None
    settled: dict[str, Settled] = {
        key: "mine" if one(sent, f"settle.{key}") == "mine" else "theirs" for key in sent.get("asked", ())
    }
    state = one(sent, STATE)
    return Wanted(
        all_values,
        was,
        settled,
        state if state in list_values("state") else None,
        days.get("pause_until"),
        "confirm" in sent,
    )


def _reason(
    visit: Visit, sent: Sent, current: Current, wanted: Wanted, until: date | None, now: datetime
) -> tuple[Reason, frozenset[str]]:
    """Why and how; a reason is missing only where there is something to be saved."""
    how = one(sent, "how") if one(sent, "how") in WAYS else None
    t = translator(visit.person.language)
    words = {code: t.gettext(each) for code, each in WAYS.items()}
    try:
        return Reason(reason_or_way(one(sent, "why"), how, words), how, until), frozenset()
    except BadValue:
        changes, asked = weigh(current, wanted, today_of(now))
        is_missing = one(sent, "act") == "save" and (changes or asked or wanted.confirms)
        return Reason("", how, until), frozenset({"why"} if is_missing else ())
