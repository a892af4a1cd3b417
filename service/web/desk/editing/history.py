"""The history of a listing with its differences, and taking steps back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from uuid import UUID

from flask import Response, redirect, request, url_for
from sqlalchemy.engine import Connection
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.permissions import may
from service.accounts.store import names_of
from service.catalogue.claims import SourceRecord
from service.catalogue.groups import groups_of
from service.catalogue.in_words import in_words
from service.catalogue.state import STATE
from service.config import TIMEZONE
from service.database.session import reading, writing
from service.desk.editing.current import Current, read_current, require_on
from service.desk.editing.story import Change, Step, steps_of, undo
from service.errors import BadValue, NotFound
from service.i18n import formats
from service.i18n.messages import N_, translator
from service.model.fields import fields
from service.model.values import Value
from service.web.desk.door import Visit, desk_page
from service.web.desk.editing.form import note_view
from service.web.desk.editing.words import WAYS, label_of
from service.web.desk.ids import id_in
from service.web.shown import passage

MOST = 60
"""Steps on a page; the newest first, the others on request."""

_KINDS = {
    "said": N_("A source said"),
    "fell_silent": N_("A source no longer mentions it"),
    "stated": N_("Changed"),
    "confirmed": N_("Confirmed"),
    "taken_back": N_("Taken back"),
    "linked": N_("Joined with another listing"),
    "unlinked": N_("Taken apart again"),
}

_REASONS = {"today": "", "answered our letter": N_("Answered our letter")}
"""Reasons that were noted where nobody gave one, in words; the list of today needs none."""

Piece = tuple[str, str]
"""How (same, gone, new) and which words."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its label and what was and is; ``pieces`` are the words of a text, where both are texts."""

    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A step in words."""

    step: Step
    kind: str
    who: str
    when: str
    how: str
    why: str
    differences: tuple[Difference, ...]
    fields: str


def history_page(visit: Visit, listing_id: str) -> BaseResponse:
    """Every step, the newest first; a form takes one back. Raises NotFound and Forbidden."""
    wanted, now = id_in(listing_id), visit.site.clock()
    fault = ""
    if request.method == "POST":
        try:
            with writing(visit.site.database) as connection:
                _undo(connection, visit, wanted, now)
            address = url_for("desk.history", lang=visit.lang, listing_id=wanted, undone=1)
            return redirect(address, 303)
        except BadValue:
            fault = translator(visit.lang).gettext("Say in some words why.")
    return _shown(visit, wanted, now, fault)


def _undo(connection: Connection, visit: Visit, wanted: UUID, now: datetime) -> None:
    given = request.form
    ids = [id_in(each) for each in given.getlist("ids")]
    if not ids:
        raise NotFound("Nothing was named to take back.")
    undo(connection, visit.person, wanted, given.get("what", ""), ids, why=given.get("why", ""), now=now)


def _shown(visit: Visit, wanted: UUID, now: datetime, fault: str) -> Response:
    with reading(visit.site.database) as connection:
        current = read_current(connection, wanted, now)
        require_on(visit.person, "edit", current.listing)
        steps = steps_of(connection, current)
        records = groups_of(connection, [current.listing.id])[current.listing.id].records
        names = names_of(connection, {step.by for step in steps})
    note_view(visit, current)
    listing = current.listing
    limit = len(steps) if "all" in request.args else MOST
    return desk_page(
        visit,
        "desk/editing/history.html",
        422 if fault else 200,
        listing=listing,
        name=passage(listing.service.name, visit.lang),
        steps=[_told(step, names.get(step.by, step.by), visit.lang) for step in steps[:limit]],
        more=max(0, len(steps) - limit),
        records=[(each.id, each.publisher, _name(each, current)) for each in records]
        if len(records) > 1
        else [],
        may_merge=may(visit.person, "merge", zones=(*listing.zones, *listing.serves)),
        undone="undone" in request.args,
        fault=fault,
    )


def _name(record: SourceRecord, current: Current) -> str:
    named = [str(value) for key, value in record.values.items() if key.startswith("service.name")]
    return named[0] if named else str(current.listing.id)


def _told(step: Step, who: str, lang: str) -> Told:
    t = translator(lang)
    local = step.at.astimezone(TIMEZONE)
    how = t.gettext(WAYS[step.how]) if step.how in WAYS else ""
    why = _REASONS.get(step.why)
    return Told(
        step,
        t.gettext(_KINDS[step.kind]),
        who or t.gettext("somebody who left"),
        f"{formats.day(local.date(), lang)}, {formats.clock(local, lang)}",
        how,
        (step.why if step.why != how else "") if why is None else why and t.gettext(why),
        tuple(_difference(change, lang) for change in step.changes),
        formats.listed((label_of(key, lang) for key in step.keys), lang) if step.kind == "confirmed" else "",
    )


def _difference(change: Change, lang: str) -> Difference:
    path = change.key.partition("@")[0]
    before, after = _words(path, change.before, lang), _words(path, change.after, lang)
    is_text = fields()[path].type == "text" and change.before is not None and change.after is not None
    return Difference(
        label_of(change.key, lang), before, after, tuple(pieces(before, after)) if is_text else ()
    )


def _words(path: str, value: Value | None, lang: str) -> str:
    if value is None:
        return translator(lang).gettext("not known")
    return str(value) if path == STATE and value == "" else in_words(path, value, lang)


def pieces(before: str, after: str) -> Sequence[Piece]:
    """The words of a text that stayed, went and came, in order."""
    old, new = before.split(), after.split()
    found: list[Piece] = []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(("same", " ".join(old[a:b])))
            continue
        if b > a:
            found.append(("gone", " ".join(old[a:b])))
        if d > c:
            found.append(("new", " ".join(new[c:d])))
    return found
