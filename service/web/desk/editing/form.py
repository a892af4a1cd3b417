"""The form of a listing: shown, looked at before saving, saved, and what to do when two people edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.database.claims import DRAFT
from service.database.session import reading, writing
from service.desk.editing.current import Current, read_current, require_on
from service.desk.editing.save import save
from service.web.desk.door import Visit
from service.web.desk.editing.filled import Filled, read_filled, speakers
from service.web.desk.editing.form_page import form_page
from service.web.desk.editing.preview import preview_page
from service.web.desk.ids import id_in
from service.web.desk.seen import Seen, saw


def edit_page(visit: Visit, listing_id: str) -> BaseResponse:
    """The form; what comes back is shown as it would be, saved, or told what is wrong (422), or asked where
    somebody else changed the same (409). Raises NotFound and Forbidden."""
    now = visit.site.clock()
    if request.method != "POST":
        return _first(visit, id_in(listing_id), now)
    filled = read_filled(visit, id_in(listing_id), now)
    act = filled.one("act")
    if act in ("also", "back"):
        return form_page(visit, filled)
    if filled.faults:
        return form_page(visit, filled, 422)
    if act == "look":
        return preview_page(visit, filled, now)
    return _save(visit, filled, now)


def _first(visit: Visit, listing_id: UUID, now: datetime) -> BaseResponse:
    with reading(visit.site.database) as connection:
        current = read_current(connection, listing_id, now)
        require_on(visit.person, "edit", current.listing)
        names = speakers(connection, current)
    if current.found.moved_to is not None:
        return redirect(url_for("desk.edit", lang=visit.lang, listing_id=current.listing.id), 301)
    note_view(visit, current)
    return form_page(visit, Filled(current, names, told=_told(visit, current, names)))


def note_view(visit: Visit, current: Current) -> None:
    """Who looks at what is not public is written down."""
    listing = current.listing
    looks: list[tuple[UUID | None, Seen]] = []
    if listing.state == DRAFT:
        looks.append((listing.id, "draft"))
    if listing.location is not None and listing.location.hidden:
        looks.append((listing.id, "hidden_address"))
    saw(visit, *looks)


def _save(visit: Visit, filled: Filled, now: datetime) -> BaseResponse:
    listing_id = filled.current.listing.id
    with writing(visit.site.database) as connection:
        saved = save(connection, visit.person, listing_id, filled.wanted, filled.reason, now)
    if saved.asked:
        with reading(visit.site.database) as connection:
            current = read_current(connection, listing_id, now, _languages(filled))
            names = speakers(connection, current)
        partly = {"saved": len(saved.changed)}
        again = replace(filled, current=current, names=names, asked=saved.asked, told=partly)
        return form_page(visit, again, 409)
    told = {"saved": len(saved.changed), "confirmed": saved.confirmed, "pin": int(saved.pin_stayed)}
    since = filled.one("since")
    address = url_for("desk.edit", lang=visit.lang, listing_id=listing_id, since=since, **told)  # type: ignore[arg-type]
    return redirect(address, 303)


def _languages(filled: Filled) -> list[str]:
    return [language for key in filled.current.keys if (language := key.partition("@")[2])]


def _told(visit: Visit, current: Current, names: Any) -> dict[str, Any]:  # noqa: ANN401
    """What the page says of the save just before: how much, and what others changed meanwhile."""
    args = request.args
    told: dict[str, Any] = {name: args.get(name, 0, type=int) for name in ("saved", "confirmed", "pin")}
    told["done"] = "saved" in args
    try:
        since = datetime.fromisoformat(args.get("since", ""))
        told["meanwhile"] = [
            (edit.key, names.get(edit.by, edit.by))
            for edit in current.edits
            if edit.stated_at > since and edit.by != visit.person.by and not edit.confirms
        ]
    except (ValueError, TypeError):  # no moment, or one without its zone
        told["meanwhile"] = []
    return told
