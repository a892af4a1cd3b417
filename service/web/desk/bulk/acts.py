"""From a selection to a preview, from the preview to a batch, and from the batch back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from sqlalchemy.engine import Connection
from werkzeug.wrappers import Response as BaseResponse

from service.database.session import reading, writing
from service.desk.bulk.batches import carry_out, read_batch, undo
from service.desk.bulk.plans import (
    plan_ask,
    plan_confirm,
    plan_language,
    plan_snooze,
    plan_value,
    unpacked,
)
from service.desk.bulk.previews import Preview, forget_preview, read_preview
from service.desk.bulk.selection import lines_of
from service.errors import BadValue
from service.web.desk.bulk.chosen import asked_filters, asked_ids
from service.web.desk.bulk.voices import voices
from service.web.desk.bulk.words import ACTIONS, HELD_UP, WAYS, address_of, key_words, value_words
from service.web.desk.door import Visit, desk_page
from service.web.desk.ids import id_in

MOST_SHOWN = 200
"""Changes or listings of a preview on one page; the numbers are of all."""


def plan_page(visit: Visit) -> BaseResponse:
    """Make the preview of what is to be done with a selection; back to the list where that cannot be."""
    given, now = request.form, visit.site.clock()
    try:
        with writing(visit.site.database) as connection:
            ids = asked_ids(visit, connection, given, visit.site.today())
            if given.get("do") == "round":
                return _to_round(visit, given, ids)
            preview = _plan(visit, connection, ids, given, now)
    except BadValue as error:
        query = asked_filters(visit, given).as_query()
        return redirect(url_for("desk.listings", lang=visit.lang, fault=error.field, **query), 303)
    return redirect(url_for("desk.bulk_preview", lang=visit.lang, preview=str(preview)), 303)


def _plan(
    visit: Visit, connection: Connection, ids: list[UUID], given: Mapping[str, str], now: datetime
) -> UUID:
    person, what = visit.person, given.get("do", "")
    if what == "set":
        path, _, value = given.get("value", "").partition("=")
        return plan_value(connection, person, ids, path, value, now)
    if what == "language":
        return plan_language(connection, person, ids, given.get("language", ""), now)
    if what == "confirm":
        return plan_confirm(connection, person, ids, given.get("how", ""), now)
    if what == "snooze":
        return plan_snooze(connection, person, ids, _day(given.get("until", "")), now)
    if what == "ask":
        return plan_ask(connection, person, ids, now)
    raise BadValue("field", what, "is nothing that can be done")


def preview_page(visit: Visit, preview: str) -> BaseResponse:
    """What would be done, with numbers; a yes does it. Raises NotFound and Forbidden."""
    now, site = visit.site.clock(), visit.site
    if request.method != "POST":
        with reading(site.database) as connection:
            return _shown(visit, connection, read_preview(connection, id_in(preview), visit.person, now))
    with writing(site.database) as connection:
        if request.form.get("do") == "drop":
            read_preview(connection, id_in(preview), visit.person, now)
            forget_preview(connection, id_in(preview))
            return redirect(url_for("desk.listings", lang=visit.lang), 303)
        over = request.form.get("over_others") == "1"
        made = carry_out(connection, site.settings, id_in(preview), visit.person, now, over_others=over)
    return redirect(url_for("desk.batch", lang=visit.lang, batch=str(made)), 303)


def batch_page(visit: Visit, batch: str) -> BaseResponse:
    """What was done, and the way back for all of it or for one listing. Raises NotFound."""
    now, site = visit.site.clock(), visit.site
    if request.method == "POST":
        one = request.form.get("listing")
        with writing(site.database) as connection:
            undo(connection, id_in(batch), visit.person, now, listing=id_in(one) if one else None)
        return redirect(url_for("desk.batch", lang=visit.lang, batch=batch, undone=one or "all"), 303)
    with reading(site.database) as connection:
        found = read_batch(connection, id_in(batch), visit.person)
        lines = lines_of(connection, list(found.listings[:MOST_SHOWN]), site.today())
    return desk_page(
        visit,
        "desk/bulk/batch.html",
        batch=found,
        title=ACTIONS[found.kind],
        lines=lines,
        more=max(0, len(found.listings) - MOST_SHOWN),
        undone=request.args.get("undone"),
        address_of=address_of(visit),
    )


def _shown(visit: Visit, connection: Connection, preview: Preview) -> BaseResponse:
    content, today = preview.content, visit.site.today()
    changes = unpacked(content.get("changes", []))
    said_by = voices(connection, visit, changes[:MOST_SHOWN])
    ids = [each.listing for each in changes] or [UUID(each) for each in content.get("ids", [])]
    named = lines_of(connection, list(dict.fromkeys(ids))[:MOST_SHOWN], today)
    conflicts = sum(each.is_conflict for each in changes)
    return desk_page(
        visit,
        "desk/bulk/preview.html",
        preview=preview,
        content=content,
        title=ACTIONS[preview.kind],
        changes=[(each, said_by.get((each.listing, each.key), "")) for each in changes[:MOST_SHOWN]],
        count=len(changes)
        if "changes" in content
        else len(content["tasks" if "tasks" in content else "ids"]),
        listings=len(dict.fromkeys(ids)),
        conflicts=conflicts,
        more=max(0, max(len(changes), len(dict.fromkeys(ids))) - MOST_SHOWN),
        lines=named,
        names={line.id: line.name for line in named},
        value=value_words(visit.lang),
        label=key_words(visit.lang),
        held_up=HELD_UP,
        ways=WAYS,
        until=_day(content["until"]) if "until" in content else None,
        address_of=address_of(visit),
    )


def _to_round(visit: Visit, given: Mapping[str, str], ids: list[UUID]) -> BaseResponse:
    """The list to call by, of all that match or of what was ticked."""
    query: dict[str, Any] = asked_filters(visit, given).as_query()
    if given.get("all") != "1":
        query = {"ids": ",".join(each.hex for each in ids)}
    return redirect(url_for("desk.round", lang=visit.lang, **query), 303)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValue("until", text, "is not a day", "2026-12-24") from None
