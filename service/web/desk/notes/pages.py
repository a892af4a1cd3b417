"""The tips of professionals on one listing: read, left and taken away."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.permissions import Action, may, require
from service.catalogue.listings import read_listing
from service.database.session import reading, writing
from service.desk.notes import LONGEST, MONTHS, remove_note, write_note
from service.errors import BadValue, NotFound
from service.i18n.messages import N_, translator
from service.model.listing import Listing
from service.web.desk.bulk.words import address_of
from service.web.desk.door import View, Visit, desk_page
from service.web.desk.ids import id_in
from service.web.desk.notes.shown import shown_tips
from service.web.desk.seen import saw
from service.web.shown import passage

FAULTS = {
    "text": N_("Write a tip of at most %(most)s characters."),
    "person": N_("This holds a national register number. Tips are never about people."),
    "hints": N_("Please look at it once more."),
    "language": N_("Choose the language of your tip."),
    "months": N_("Choose how long it holds."),
}
HINTS = {
    "person": N_("It seems to name a person. Write which service or desk rather than a name."),
    "mobile": N_("There is a mobile number in it. Only numbers of work belong here."),
}  # fmt: skip


def notes_page(visit: Visit, listing_id: str) -> BaseResponse:
    """The tips that hold today, and a form to leave one. Raises NotFound and Forbidden."""
    listing = _listing(visit, listing_id)
    require(visit.person, "note_read", zones={*listing.zones, *listing.serves})
    if request.method != "POST":
        saw(visit, (listing.id, "worker_note"))
        return _page(visit, listing)
    given, now = request.form, visit.site.clock()
    try:
        with writing(visit.site.database) as connection:
            if given.get("remove"):
                remove_note(connection, visit.person, id_in(given["remove"]), now)
            else:
                write_note(
                    connection,
                    visit.person,
                    listing.id,
                    given.get("text", ""),
                    language=given.get("language", ""),
                    months=int(given.get("months", "0")) if given.get("months", "").isdigit() else 0,
                    now=now,
                    is_sure=given.get("sure") == "1",
                )
    except BadValue as error:
        hints = error.suggestion.split() if error.field == "hints" else []
        return _page(visit, listing, 422, error.field, hints)
    done = "removed" if given.get("remove") else "kept"
    return redirect(url_for("desk.notes", lang=visit.lang, listing_id=str(listing.id), done=done), 303)


def _page(
    visit: Visit, listing: Listing, http_status: int = 200, fault: str = "", hints: list[str] | None = None
) -> BaseResponse:
    t, zones = translator(visit.lang), {*listing.zones, *listing.serves}
    return desk_page(
        visit,
        "desk/notes/tips.html",
        http_status,
        listing=listing,
        name=passage(listing.service.name, visit.lang),
        tips=shown_tips(visit.site, visit.person, [listing.id], visit.lang),
        can_write=may(visit.person, "note_write", zones=zones),
        coordinates=may(visit.person, "bulk", zones=zones),
        fault=t.gettext(FAULTS[fault], most=LONGEST) if fault else "",
        hints=[t.gettext(HINTS[each]) for each in hints or []],
        told=request.form,
        longest=LONGEST,
        months=MONTHS,
        done=request.args.get("done"),
        back=address_of(visit)(listing.id),
    )


def _listing(visit: Visit, listing_id: str) -> Listing:
    with reading(visit.site.database) as connection:
        found = read_listing(connection, id_in(listing_id), now=visit.site.clock())
    if found is None:
        raise NotFound(f"There is no listing {listing_id}.")
    return found.listing


ROOMS: tuple[tuple[str, str, View, tuple[str, ...], Action], ...] = (
    ("/tips/<listing_id>", "notes", notes_page, ("GET", "POST"), "note_read"),
)
