"""The words of work on many listings: states, ages, what would be done and what was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app, url_for

from service.accounts.permissions import may_somewhere
from service.database.claims import WITHDRAWN
from service.desk.bulk.cells import cell_of, text_of
from service.desk.bulk.columns import choices_of
from service.desk.bulk.plans import SETTABLE
from service.i18n.labels import field_label, language_name, term_label
from service.i18n.messages import N_, translator
from service.model.fields import fields
from service.web.desk.door import Visit

FRESHNESS: Mapping[str, str] = {
    "fresh": N_("checked not long ago"),
    "due": N_("to be checked"),
    "overdue": N_("to be checked for over two months"),
    "stale": N_("too old to build on"),
    "undated": N_("age not known"),
}
WAYS: Mapping[str, str] = {
    "phone": N_("by phone"),
    "visit": N_("on a visit"),
    "mail": N_("by mail"),
    "website": N_("on their website"),
}
ACTIONS: Mapping[str, str] = {
    "import": N_("A spreadsheet that came back"),
    "set": N_("One value for many"),
    "language": N_("A language added"),
    "confirm": N_("Confirmed together"),
    "snooze": N_("Checks put off"),
    "ask": N_("Providers asked"),
}
HELD_UP: Mapping[str, str] = {
    "no_address": N_("no e-mail is known"),
    "bounced": N_("letters come back"),
    "declined": N_("they asked for no letters"),
    "recent": N_("they had a letter within a week"),
}
FAULTS: Mapping[str, str] = {
    "selection": N_("Choose one offer at least, and at most 2,000 at once."),
    "field": N_("Choose a fact and its value."),
    "until": N_("Choose a day that is still to come."),
    "how": N_("Choose how it was checked."),
    "service.languages": N_("Choose a language."),
}


def value_words(lang: str) -> Callable[[str, Any], str]:
    """A function from a key and a value to what people read; not known where nobody says it."""
    t = translator(lang)

    def words(key: str, value: Any) -> str:  # noqa: ANN401 - a value of any field
        path = key.partition("@")[0]
        if value is None:
            return t.gettext("not known")
        if fields()[path].type == "language":
            return ", ".join(language_name(str(each), lang) for each in value)
        return text_of(cell_of(path, value, lang))

    return words


def key_words(lang: str) -> Callable[[str], str]:
    """A function from a key to the label of its field, with the language of a text."""

    def words(key: str) -> str:
        path, _, told = key.partition("@")
        label = field_label(path, lang)
        return f"{label} ({language_name(told, lang)})" if told else label

    return words


def state_word(state: str, lang: str) -> str:
    """The state of a listing."""
    if state == WITHDRAWN:
        return translator(lang).gettext("Taken back by its source")
    return term_label("state", state, lang)


def settable(lang: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Facts that many listings can share: label, and each value as it is sent back with its words."""
    t = translator(lang)
    found = []
    for path in SETTABLE:
        field = fields()[path]
        if field.type == "yes_no":
            values = [("yes", t.gettext("Yes")), ("no", t.gettext("No"))]
        else:
            values = [(code, term.label(lang)) for code, term in choices_of(field).items()]
        offered = [(f"{path}={value}", words) for value, words in values]
        found.append((field_label(path, lang), [*offered, (f"{path}=?", t.gettext("not known"))]))
    return found


def address_of(visit: Visit) -> Callable[[object], str]:
    """A function from a listing's id to the page where it is changed, for who may, else to its own page."""
    endpoint = "desk.edit" if may_somewhere(visit.person, "edit") else "web.listing"
    if endpoint not in current_app.view_functions:
        endpoint = "web.listing"
    return lambda listing: url_for(endpoint, lang=visit.lang, listing_id=str(listing))
