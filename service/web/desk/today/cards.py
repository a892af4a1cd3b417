"""One task as a card: enough of both sides to decide on the spot, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import current_app, url_for
from sqlalchemy.engine import Connection

from service.accounts.permissions import may
from service.accounts.person import Person
from service.catalogue.in_words import in_words
from service.catalogue.listings import Found, read_listing
from service.catalogue.tasks.read import sides_of
from service.desk.today.waiting import Waiting
from service.geo.places import gazetteer
from service.i18n import formats
from service.i18n.labels import field_label, term_label
from service.i18n.messages import translator
from service.model import terms
from service.model.dates import PartialDate
from service.model.task_kinds import CHECKS
from service.web.desk.today.beside import Row, Speaker, compared, speakers, voices
from service.web.desk.today.facts_in_question import Line, choices_for, lines_of
from service.web.desk.today.words import kind_name, reasons_in_words
from service.web.shown import Passage, passage, street, town
from service.web.wrong import LABELS


@dataclass(frozen=True, slots=True)
class Card:
    """A task as its template shows it; what does not apply to its kind is empty.

    ``acts`` are the actions that can be done with it, ``choices`` those of the field in question.
    """

    task: Waiting
    kind: str
    title: Passage
    who: str
    place: str
    since: str
    reasons: list[str]
    acts: frozenset[str]
    phones: tuple[str, ...] = ()
    website: str | None = None
    address: str = ""
    editor: str = ""
    label: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    lines: list[Line] = field(default_factory=list)
    voices: list[Speaker] = field(default_factory=list)
    sides: list[Speaker] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    proposals: list[tuple[str, str, str]] = field(default_factory=list)
    told: str = ""
    search: str = ""


def card_of(connection: Connection, task: Waiting, person: Person, today: date, lang: str) -> Card:
    """The card of a task for a person who may see it."""
    found = read_listing(connection, task.listing) if task.listing else None
    opened = task.opened_at.date()
    about: dict[str, Any] = {
        "task": task,
        "kind": kind_name(task.kind, lang) if task.about.get("role") != "provider" else _answer(lang),
        "since": formats.age(PartialDate(opened.year, opened.month, opened.day), today, lang),
        "reasons": reasons_in_words(task.reasons, lang),
        "acts": _acts(task, found, person),
        **(_listing(found, lang) if found else _about_none(task, lang)),
    }
    if task.kind == "need_gap":
        about |= _need_gap(task, lang)
    elif task.kind in ("duplicate", "rejected_row") or (task.kind == "contradiction" and task.key):
        about |= _sides(connection, task, lang)
    if task.kind == "correction":
        code = str(task.about.get("what"))
        about["proposals"] = _proposals(task, found, lang) if found else []
        says_more = code in LABELS and not (code == "other" and about["proposals"])
        about["told"] = translator(lang).gettext(LABELS[code]) if says_more else ""
    if found is not None:
        about["lines"] = lines_of(task, found, today, lang)
    return Card(**about)


def _listing(found: Found, lang: str) -> dict[str, Any]:
    listing = found.listing
    can_edit = "desk.edit" in current_app.view_functions
    return {
        "title": passage(listing.service.name, lang),
        "who": listing.organization.name or "",
        "place": formats.listed(
            filter(None, (street(listing.location, lang), town(listing.location, lang))), lang
        ),
        "phones": tuple(listing.phones),
        "website": listing.website or listing.organization.website,
        "address": url_for("web.listing", lang=lang, listing_id=str(listing.id)),
        "editor": url_for("desk.edit", lang=lang, listing_id=str(listing.id)) if can_edit else "",
    }


def _about_none(task: Waiting, lang: str) -> dict[str, Any]:
    """What is about no listing: the rows of a source."""
    return {"title": Passage(str(task.about.get("source", kind_name(task.kind, lang))), None),
            "who": "", "place": ""}  # fmt: skip


def _need_gap(task: Waiting, lang: str) -> dict[str, Any]:
    code, nis = str(task.about["need"]), str(task.about["municipality"])
    place = gazetteer().municipality(nis)
    name = place.name(lang) if place else nis
    is_theme = code in terms.themes()
    label = term_label("theme" if is_theme else "need", code, lang)
    asked: dict[str, Any] = {"theme": code} if is_theme else {"need": code}
    t = translator(lang)
    b = str(task.about.get("b") or "")
    told = t.gettext("Mostly in the way: %(b)s.", b=term_label("b", b, lang)) if b else ""
    return {
        "title": Passage(label, None),
        "place": name,
        "told": told,
        "search": url_for("web.search", lang=lang, near=name, **asked),
    }


def _sides(connection: Connection, task: Waiting, lang: str) -> dict[str, Any]:
    sides = sides_of(connection, task)
    if task.kind == "rejected_row":
        return {"refused": [side.values for side in sides]}
    if task.kind == "duplicate":
        return {"sides": speakers(sides, lang), "rows": compared(sides, lang)}
    key = task.key or ""
    path = key.partition("@")[0]
    return {
        "voices": voices(sides, key, lang),
        "choices": choices_for(path, lang),
        "label": field_label(path, lang),
    }


def _proposals(task: Waiting, found: Found, lang: str) -> list[tuple[str, str, str]]:
    """What somebody proposed: the field, what is said now, and what they say."""
    unknown = translator(lang).gettext("not known")
    made = []
    for key, value in (task.about.get("proposals") or {}).items():
        path = str(key).partition("@")[0]
        now = found.values.get(key)
        words = [unknown if each is None else in_words(path, each, lang) for each in (now, value)]
        made.append((field_label(path, lang), words[0], words[1]))
    return made


def _answer(lang: str) -> str:
    return translator(lang).gettext("An answer to our letter")


def _acts(task: Waiting, found: Found | None, person: Person) -> frozenset[str]:
    """What can be done with it by this person."""
    acts = {"snooze"}
    if task.kind == "duplicate":
        return frozenset(acts | {"same", "different"} if may(person, "merge", zones=task.zones) else acts)
    acts.add("dismiss")
    if task.kind in CHECKS:
        acts.add("confirm")
    else:
        acts.add("done")
    if found is not None:
        acts.add("change")
        if task.about.get("proposals"):
            acts.add("accept")
        if (
            found.listing.email
            and task.kind != "bounce"
            and may(person, "write_to_provider", zones=task.zones)
        ):
            acts.add("ask")
    return frozenset(acts)


def cards_of(
    connection: Connection, tasks: Sequence[Waiting], person: Person, today: date, lang: str
) -> list[Card]:
    """The cards of several tasks, in their order."""
    return [card_of(connection, each, person, today, lang) for each in tasks]
