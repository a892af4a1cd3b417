"""The menu of the desk: the rooms that somebody may enter."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, url_for

from service.accounts.permissions import Action, may_somewhere
from service.accounts.person import Person
from service.i18n.messages import N_, translator

_ROOMS: tuple[tuple[str, str, Action], ...] = (
    ("today", N_("Today"), "do_task"),
    ("listings", N_("Offers of help"), "see"),
    ("letters", N_("Letters"), "write_to_provider"),
    ("state", N_("State of the zone"), "see_state"),
    ("composition", N_("Zones"), "zones"),
    ("people", N_("People"), "people"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    address: str
    words: str
    is_here: bool


def menu(person: Person, lang: str, endpoint: str) -> list[Entry]:
    """The rooms for a person, in order; ``endpoint`` is where they are."""
    t = translator(lang)
    known = current_app.view_functions
    return [
        Entry(url_for(f"desk.{name}", lang=lang), t.gettext(words), endpoint == f"desk.{name}")
        for name, words, action in _ROOMS
        if f"desk.{name}" in known and may_somewhere(person, action)
    ]
