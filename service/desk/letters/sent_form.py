"""What a provider sent in the form: which fields differ from what they were shown, and what cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from service.catalogue.listings import Found
from service.desk.editing.hours import Hours
from service.desk.editing.same import mark_of
from service.desk.letters.answers import LONGEST_TEXT, Changes
from service.desk.letters.questions import HOURS, Line
from service.desk.letters.week_form import held_week, week_sent
from service.errors import BadValue
from service.model.fields import fields
from service.model.values import Value, parse_value

LONGEST = 4_000
"""Characters of a description."""

Sent = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Read:
    """The changes, the fields that cannot be (a line's name; of a week the day), and the form as sent."""

    changes: Changes
    faults: frozenset[str] = frozenset()
    lines: tuple[Line, ...] = field(default_factory=tuple)


def read_sent(found: Found, lines: Sequence[Line], sent: Sent, shown: Mapping[str, str], today: date) -> Read:
    """Hold what was sent against what the form showed (``shown``: marks by key) and what is said now.

    What somebody else changed meanwhile and the provider left alone stays as it is.
    """
    edits: dict[str, Value | None] = {}
    waiting: dict[str, Value | None] = {}
    faults: set[str] = set()
    for line in lines:
        try:
            value = _value(found, line, sent, today)
        except BadValue as error:
            faults.add(f"{line.name}.{error.field}" if line.shape == "week" else line.name)
            continue
        if _differs(found, line, value, shown, today):
            (waiting if line.waits else edits)[line.name] = value
    text = " ".join(_one(sent, "text").split())
    if len(text) > LONGEST_TEXT:
        faults.add("text")
    as_sent = tuple(_as_sent(line, sent) for line in lines)
    return Read(Changes(edits, waiting, text), frozenset(faults), as_sent)


def marks_shown(found: Found, lines: Sequence[Line], today: date) -> dict[str, str]:
    """The marks of what a form shows."""
    return {line.name: mark_of(line.name, _shown(found, line), today) for line in lines}


def _shown(found: Found, line: Line) -> Value | None:
    return line.text or None if line.path == "address.city" else found.values.get(line.name)


def _differs(found: Found, line: Line, value: Value | None, shown: Mapping[str, str], today: date) -> bool:
    new, now = mark_of(line.name, value, today), mark_of(line.name, _shown(found, line), today)
    return new not in (now, shown.get(line.name, now))


def _value(found: Found, line: Line, sent: Sent, today: date) -> Value | None:
    """What was sent, typed; None for what is left empty. Raises BadValue."""
    if line.shape == "week":
        osm = found.values.get(HOURS)
        held = held_week(str(osm) if osm else None, today) or Hours()
        return week_sent(held, {day: _one(sent, f"{line.name}.{day}") for day, _name, _text in line.days})
    raw = _raw(line, sent)
    return None if raw in (None, "", []) else parse_value(line.path, raw)


def _raw(line: Line, sent: Sent) -> Any:  # noqa: ANN401 (of any field)
    kind = fields()[line.path].type.partition(":")[0]
    if line.shape == "some_of":
        return list(sent.get(line.name, ()))
    text = _one(sent, line.name).replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise BadValue(line.path, text[:80], "is too long", f"at most {LONGEST} characters")
    if line.shape == "lines":
        return [part.strip() for part in text.split("\n") if part.strip()]
    if kind == "yes_no":
        return {"yes": True, "no": False}.get(text)
    if line.shape == "number" and text:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else text
    if kind == "url" and text and "://" not in text:
        return f"https://{text}"
    return text


def _one(sent: Sent, name: str) -> str:
    return next(iter(sent.get(name, ())), "")


def _as_sent(line: Line, sent: Sent) -> Line:
    """The line with what somebody wrote in the place of what is said."""
    if line.shape == "week":
        return replace(
            line, days=tuple((day, name, _one(sent, f"{line.name}.{day}")) for day, name, _text in line.days)
        )
    if line.shape in ("one_of", "some_of"):
        return replace(line, chosen=tuple(sent.get(line.name, ())))
    return replace(line, text=_one(sent, line.name))
