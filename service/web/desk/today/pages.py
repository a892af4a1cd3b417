"""The list of today: what waits in the zones of whoever looks, and what they do with it on the spot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import Response, redirect, request, url_for
from sqlalchemy.engine import Connection
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.permissions import Action, may
from service.database.session import reading, writing
from service.desk.bulk.cells import right_for
from service.desk.today.actions import Done, Given, act
from service.desk.today.waiting import (
    A_PAGE,
    Asked,
    Waiting,
    count_waiting,
    done_this_week,
    one_task,
    waiting_tasks,
)
from service.errors import BadValue, NotFound
from service.geo.places import gazetteer
from service.geo.zones import Zone
from service.i18n.labels import term_label
from service.i18n.messages import N_, translator
from service.model import terms
from service.model.fields import fields
from service.model.task_kinds import task_kinds
from service.web.desk.door import View, Visit, desk_page
from service.web.desk.ids import id_in
from service.web.desk.seen import saw_each
from service.web.desk.today.cards import Card, card_of, cards_of
from service.web.desk.today.words import NOT_FOR_US, WAYS, came_in_words, kind_name

PART = "X-Part"
"""The script asks with this header for the task alone."""

_FAULTS = {
    "until": N_("Choose a day that is to come."),
    "why": N_("Choose why, or say it in some words."),
    "email": N_("No letter can go there now: there is no e-mail, or they were written to a moment ago."),
    "how": N_("Choose how you checked it."),
}
_NO_LONGER = N_("This cannot be done with it any more. Open the page again.")


@dataclass(frozen=True, slots=True)
class Fault:
    """What was wrong with what was filled in, at which task."""

    task: UUID
    told: str
    given: Given


def today_page(visit: Visit) -> BaseResponse:
    """The list, of most worth first; with ``done`` it says what came of the last action."""
    return _list(visit)


def task_page(visit: Visit, task_id: str) -> BaseResponse:
    """Carry out what was pressed, then back to the same spot of the list; to the script the task alone.

    Raises NotFound and Forbidden.
    """
    number = id_in(task_id)
    given = _given(visit.lang)
    site = visit.site
    try:
        with writing(site.database) as connection:
            done = act(connection, site.settings, visit.person, number, given, site.clock())
    except BadValue as error:
        return _refused(visit, Fault(number, _told(error, visit.lang), given))
    if request.headers.get(PART):
        return _part(visit, done)
    back = {**_filters(), "done": str(number), "came": done.came, "after": request.form.get("after") or None}
    where = f"task-{number}" if done.task.is_waiting and done.came != "reopened" else "done"
    return redirect(url_for("desk.today", lang=visit.lang, _anchor=where, **back), 303)


def _list(visit: Visit, fault: Fault | None = None) -> BaseResponse:
    site, today = visit.site, visit.site.today()
    asked = _asked(visit)
    with reading(site.database) as connection:
        counts = count_waiting(connection, asked, today)
        total = counts.get(asked.kind, 0) if asked.kind else sum(counts.values())
        pages = max(1, -(-total // A_PAGE))
        asked = replace(asked, page=min(asked.page, pages))
        tasks = waiting_tasks(connection, asked, today)
        values: dict[str, Any] = {
            "cards": cards_of(connection, tasks, visit.person, today, visit.lang),
            "done_count": done_this_week(connection, asked.zones, site.clock()),
            "last": _last(connection, visit),
        }
    saw_each(
        visit, [each.listing for each in tasks if each.kind == "correction" and each.listing], "correction"
    )
    ids = [str(each.id) for each in tasks]
    after = request.values.get("after", "")
    return desk_page(
        visit,
        "desk/today/today.html",
        422 if fault else 200,
        **values,
        total=total,
        waiting=sum(counts.values()),
        kinds=[(kind, kind_name(kind, visit.lang), number) for kind, number in counts.items()],
        asked=asked,
        filters=_filters(),
        pages=pages,
        fault=fault,
        after=after if after in ids else "",
        **_choices(visit),
    )


def _choices(visit: Visit) -> dict[str, Any]:
    lang, t = visit.lang, translator(visit.lang)
    return {
        "zones": _zones(visit),
        "themes": [(code, term_label("theme", code, lang)) for code in terms.themes()],
        "ways": [(code, t.gettext(words), key) for code, (words, key) in WAYS.items()],
        "not_for_us": [t.gettext(words) for words in NOT_FOR_US.values()],
    }


def _zones(visit: Visit) -> list[Zone]:
    """The zones to choose from: their own, or all for those who see all."""
    book, own = gazetteer().zones, visit.person.zones
    known = [zone for zone in book.zones if own is None or zone.id in own]
    return [zone for zone in known if may(visit.person, "do_task", zones=(zone.id,))]


def _asked(visit: Visit) -> Asked:
    given = request.values
    own = tuple(zone.id for zone in _zones(visit))
    zone, kind, need = given.get("zone", ""), given.get("kind", ""), given.get("need", "")
    zones: tuple[str, ...] | None = (zone,) if zone in own else own
    if zone not in own and visit.person.is_administrator:
        zones = None
    page = given.get("page", "1")
    return Asked(
        zones,
        kind if kind in task_kinds() else None,
        need if need in terms.themes() or need in terms.needs() else None,
        int(page) if page.isdecimal() and 0 < int(page) < 10_000 else 1,
    )


def _filters() -> dict[str, Any]:
    """The filters in force, as an address has them."""
    return {name: request.values.get(name) or None for name in ("zone", "kind", "need", "page")}


def _given(lang: str) -> Given:
    form = request.form
    do, _, how = form.get("do", "").partition(":")
    why = form.get("why", "").strip() or form.get("reason", "").strip()
    until = how if do == "snooze" and how else form.get("until", "")
    return Given(
        do,
        (how if do != "snooze" else "") or form.get("how") or None,
        tuple(form.getlist("fact")) if do == "confirm" and form.get("some") else (),
        form.get("key", ""),
        "" if form.get("unknown") else form.get("value", ""),
        why,
        until,
        lang,
    )


def _told(error: BadValue, lang: str) -> str:
    """What would be right, in the language of the page."""
    t = translator(lang)
    if error.field in fields():
        label = fields()[error.field].labels.get(lang) or error.field
        return t.gettext(
            "%(field)s: this takes %(right)s.", field=label, right=t.gettext(right_for(error.field))
        )
    if error.field in _FAULTS:
        return t.gettext(_FAULTS[error.field])
    return t.gettext(_NO_LONGER)


def _refused(visit: Visit, fault: Fault) -> BaseResponse:
    if not request.headers.get(PART):
        return _list(visit, fault)
    with reading(visit.site.database) as connection:
        card = _card(connection, visit, fault.task)
    return _card_part(visit, card, 422, fault=fault)


def _part(visit: Visit, done: Done) -> Response:
    """The task alone: as it waits now, or what came of it."""
    told = came_in_words(done.came, done.task, visit.lang)
    if not done.task.is_waiting:
        return desk_page(
            visit, "desk/today/done.html", told=told, came=done.came, task=done.task, filters=_filters()
        )
    with reading(visit.site.database) as connection:
        card = _card(connection, visit, done.task.id)
    return _card_part(visit, card, 200, told=told, came=done.came)


def _card_part(visit: Visit, card: Card, http_status: int, **values: Any) -> Response:  # noqa: ANN401
    shown = {"told": "", "came": "", "fault": None, **values}
    return desk_page(
        visit, "desk/today/part.html", http_status, card=card, filters=_filters(), **shown, **_choices(visit)
    )


def _card(connection: Connection, visit: Visit, task_id: UUID) -> Card:
    found = one_task(connection, task_id)
    if found is None:
        raise NotFound("There is no such task.")
    return card_of(connection, found, visit.person, visit.site.today(), visit.lang)


@dataclass(frozen=True, slots=True)
class Last:
    """What the last action came to, and whether it can be taken back."""

    task: Waiting
    came: str
    told: str

    @property
    def can_undo(self) -> bool:
        """Whether it was theirs and is in force."""
        return self.came not in ("colleague", "reopened")


def _last(connection: Connection, visit: Visit) -> Last | None:
    try:
        found = one_task(connection, UUID(request.args.get("done", "")))
    except ValueError:
        return None
    came = request.args.get("came", "")
    if found is None or not may(visit.person, "do_task", zones=found.zones):
        return None
    told = came_in_words(came, found, visit.lang)
    return Last(found, came, told) if told else None


ROOMS: tuple[tuple[str, str, View, tuple[str, ...], Action], ...] = (
    ("/", "today", today_page, ("GET",), "do_task"),
    ("/task/<task_id>", "task", task_page, ("POST",), "do_task"),
)
