"""The facts of a listing that a task is about, each with who says it and a form to change it on the spot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from service.catalogue.gaps import fields_behind
from service.catalogue.in_words import in_words
from service.catalogue.listings import Found
from service.desk.bulk.cells import cell_of, right_for, text_of
from service.desk.bulk.columns import choices_of
from service.desk.today.waiting import Waiting
from service.i18n.labels import field_label
from service.i18n.messages import translator
from service.model.fields import fields, parse_key
from service.model.task_kinds import CHECKS
from service.web.facts import Voice, voice

LOOKED_AT = (
    "schedule.opening_hours", "phone.numbers", "contact.email", "contact.website", "cost_option.kind",
    "service.appointment", "service.intake", "service.languages",
)  # fmt: skip
"""What is asked first on the phone, in this order."""

_ALWAYS = ("schedule.opening_hours", "phone.numbers")  # shown as not known where nobody says them
_BY_COMPLAINT = {
    "hours": ("schedule.opening_hours",),
    "contact": ("phone.numbers", "contact.email", "contact.website"),
    "moved": ("address.street", "address.house_number", "address.postal_code"),
}
_MOST_UNKNOWN = 5
_ON_THE_SPOT = frozenset({
    "text", "code", "yes_no", "age", "days", "count", "amount", "date", "phone", "email", "url", "language",
    "opening_hours", "postal_code",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: ``voice`` is None where nobody says it, ``raw`` what stands in the form to change it.

    ``choices`` are codes with their words where it is one of a list; ``is_asked`` says that people ask about
    it; ``can_change`` that it can be changed here and not only in the editor; ``right`` how it is written.
    """

    key: str
    label: str
    words: str
    voice: Voice | None
    raw: str
    choices: tuple[tuple[str, str], ...]
    is_asked: bool
    can_change: bool
    right: str


def lines_of(task: Waiting, found: Found, today: date, lang: str) -> list[Line]:
    """The facts in question, those that people ask about last."""
    keys = list(_keys(task, found))
    asked = list(_asked(task, found))[:_MOST_UNKNOWN]
    known = [
        _line(found, key, today, lang, is_asked=False) for key in dict.fromkeys(keys) if key not in asked
    ]
    return known + [_line(found, key, today, lang, is_asked=True) for key in asked]


def _keys(task: Waiting, found: Found) -> Iterator[str]:
    if task.kind == "correction":
        yield from _stated(found, _BY_COMPLAINT.get(str(task.about.get("what")), ()), also_unknown=True)
    elif task.kind in CHECKS:
        yield from _stated(found, LOOKED_AT)
    elif task.key and task.kind != "contradiction":
        yield task.key
        yield from _stated(found, ("phone.numbers",))


def _stated(found: Found, paths: Iterable[str], *, also_unknown: bool = False) -> Iterator[str]:
    for path in paths:
        keys = [key for key in found.listing.provenance if key.partition("@")[0] == path]
        if keys:
            yield from sorted(keys)
        elif also_unknown or path in _ALWAYS:
            yield f"{path}@nl" if fields()[path].per_language else path


def _asked(task: Waiting, found: Found) -> Iterator[str]:
    """Fields of which nobody says anything and that people asked about."""
    stated = {key.partition("@")[0] for key in found.values}
    for criterion in task.reasons.get("unknown") or ():
        for path in sorted(fields_behind(str(criterion)) - stated):
            if _can_change(path) and not fields()[path].per_language:
                yield path


def _can_change(path: str) -> bool:
    return fields()[path].type.partition(":")[0] in _ON_THE_SPOT


def _line(found: Found, key: str, today: date, lang: str, *, is_asked: bool) -> Line:
    path = parse_key(key).path
    value, who = found.values.get(key), found.listing.provenance.get(key)
    words = translator(lang).gettext("not known") if value is None else in_words(path, value, lang)
    return Line(
        key,
        field_label(path, lang),
        words,
        voice(who, today, lang) if who else None,
        "" if value is None else text_of(cell_of(path, value, lang)),
        choices_for(path, lang),
        is_asked,
        _can_change(path),
        _right(path, lang),
    )


def _right(path: str, lang: str) -> str:
    """How the text of a field is written, where not any text will do."""
    return "" if fields()[path].type == "text" else translator(lang).gettext(right_for(path))


def choices_for(path: str, lang: str) -> tuple[tuple[str, str], ...]:
    """The words to choose from for a field that has one of a list; none for other fields."""
    field, t = fields()[path], translator(lang)
    if field.type == "yes_no":
        return (("yes", t.gettext("Yes")), ("no", t.gettext("No")))
    if field.many:
        return ()
    return tuple((code, term.label(lang)) for code, term in choices_of(field).items())
