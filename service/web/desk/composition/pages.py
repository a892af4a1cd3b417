"""What zones are made of, how places move from one to another, and the zone of one listing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.permissions import Action, require
from service.accounts.store import names_of
from service.catalogue.composition import ZoneChange, changes, moves_in_force, read_change, zone_book
from service.catalogue.listings import read_listing
from service.database.session import reading, writing
from service.desk.composition.decide import (
    activate_change,
    correct_zones,
    differences_of,
    propose,
    undo_change,
)
from service.errors import BadValue, NotFound
from service.geo.places import gazetteer
from service.geo.zones import KINDS
from service.i18n.alphabet import place
from service.i18n.messages import N_, translator
from service.web.choices import zone_groups
from service.web.desk.bulk.words import address_of
from service.web.desk.door import View, Visit, desk_page
from service.web.desk.ids import id_in
from service.web.desk.menu import menu
from service.web.shown import passage

STANDS = {
    "looked_at": N_("not in force yet"),
    "waits": N_("waits for its day"),
    "follows": N_("in force; offers are following"),
    "holds": N_("in force"),
    "undone": N_("undone"),
}
FAULTS = {
    "zone": N_("Choose a zone."),
    "nis": N_("Choose a municipality."),
    "postal_codes": N_("These postal codes are not of this municipality."),
    "from_day": N_("Choose the first day."),
    "source": N_("Say who decided it, or where it can be read."),
    "location.zone": N_("Choose a zone."),
    "why": N_("Say why, in some words."),
}


def composition_page(visit: Visit) -> BaseResponse:
    """Every change with how it stands, and a form for another one."""
    if request.method != "POST":
        return _page(visit)
    try:
        with writing(visit.site.database) as connection:
            made = propose(connection, visit.person, now=visit.site.clock(), **_asked(request.form))
    except BadValue as error:
        return _page(visit, 422, error.field)
    return redirect(url_for("desk.zone_change", lang=visit.lang, change=str(made)), 303)


def change_page(visit: Visit, change: str) -> BaseResponse:
    """What a change would do, or does; putting it in force and undoing it. Raises NotFound."""
    now, found_id = visit.site.clock(), id_in(change)
    if request.method == "POST":
        do = undo_change if request.form.get("do") == "undo" else activate_change
        try:
            with writing(visit.site.database) as connection:
                do(connection, visit.person, found_id, now)
        except BadValue:
            pass  # a colleague was first: the page says how it stands
        return redirect(url_for("desk.zone_change", lang=visit.lang, change=change), 303)
    with reading(visit.site.database) as connection:
        found = read_change(connection, found_id)
        is_new = found.activated_at is None and found.withdrawn_at is None
        seen = differences_of(connection, found_id) if is_new else None
        names = names_of(connection, [found.by])
    return _shown(
        visit,
        "desk/composition/change.html",
        change=found,
        stands=_stands(found, visit.lang),
        where=_where(found, visit.lang),
        differences=seen,
        by=names[found.by],
        address_of=address_of(visit),
    )


def parts_page(visit: Visit, zone_id: str) -> BaseResponse:
    """What one zone is made of now, with source and day. Raises NotFound."""
    with reading(visit.site.database) as connection:
        book = zone_book(moves_in_force(connection))
    zone, parts = book.zone(zone_id), book.parts_of(zone_id)
    named = sorted(((_town(part.nis, visit.lang), part) for part in parts), key=_by_town)
    return _shown(visit, "desk/composition/parts.html", zone=zone, parts=named)


def listing_zone_page(visit: Visit, listing_id: str) -> BaseResponse:
    """In which zones one listing lies, and saying otherwise. Raises NotFound and Forbidden."""
    fault = ""
    if request.method == "POST":
        zones = [zone for kind in KINDS if (zone := request.form.get(kind, ""))]
        why = request.form.get("why", "").strip()
        try:
            if not why:
                raise BadValue("why", why, "is empty")
            with writing(visit.site.database) as connection:
                correct_zones(
                    connection, visit.person, id_in(listing_id), zones, why[:300], visit.site.clock()
                )
            return redirect(
                url_for("desk.listing_zone", lang=visit.lang, listing_id=listing_id, done="1"), 303
            )
        except BadValue as error:
            fault = error.field
    with reading(visit.site.database) as connection:
        found = read_listing(connection, id_in(listing_id), now=visit.site.clock())
    if found is None:
        raise NotFound(f"There is no listing {listing_id}.")
    listing = found.listing
    zones_of_it = {*listing.zones, *listing.serves}
    if not request.args.get("done"):  # who moved it out of their zone still reads that it was done
        require(visit.person, "edit", zones=zones_of_it, organization=listing.organization.id)
    groups = zone_groups(visit.lang)
    return desk_page(
        visit,
        "desk/composition/listing.html",
        422 if fault else 200,
        listing=listing,
        name=passage(listing.service.name, visit.lang),
        zones=[gazetteer().zones.zone(each) for each in listing.zones],
        groups=[(kind, title, held) for kind, (title, held) in zip(KINDS, groups, strict=True)],
        fault=translator(visit.lang).gettext(FAULTS[fault]) if fault else "",
        done=request.args.get("done"),
        back=address_of(visit)(listing.id),
    )


def _page(visit: Visit, http_status: int = 200, fault: str = "") -> BaseResponse:
    with reading(visit.site.database) as connection:
        every = changes(connection)
    lang, t = visit.lang, translator(visit.lang)
    towns = (
        (each.nis, each.name(lang)) for each in gazetteer().places.values() if each.kind == "municipality"
    )
    return _shown(
        visit,
        "desk/composition/changes.html",
        http_status,
        changes=[(each, _where(each, lang), _stands(each, lang)) for each in every],
        groups=list(zip(KINDS, zone_groups(lang), strict=True)),
        towns=sorted(towns, key=lambda pair: place(pair[1], lang)),
        fault=t.gettext(FAULTS[fault]) if fault in FAULTS else "",
        wrong=fault,
        told=request.form,
        today=visit.site.today(),
    )


def _asked(given: Mapping[str, str]) -> dict[str, Any]:
    """The change that a form tells of. Raises BadValue."""
    wanted = given.get("zone", "")
    kinds = {zone.id: zone.kind for zone in gazetteer().zones.zones}
    kind = wanted.removeprefix("-") if wanted.startswith("-") else kinds.get(wanted, "")
    if kind not in KINDS:
        raise BadValue("zone", wanted, "is no zone")
    try:
        day = date.fromisoformat(given.get("from_day", ""))
    except ValueError:
        raise BadValue("from_day", given.get("from_day"), "is not a day", "2027-01-01") from None
    return {
        "zone": None if wanted.startswith("-") else wanted,
        "kind": kind,
        "nis": given.get("nis", ""),
        "postal_codes": given.get("postal_codes", "").replace(",", " ").replace(";", " ").split(),
        "part": given.get("part", "")[:200],
        "from_day": day,
        "source": given.get("source", "")[:300],
    }


def _stands(change: ZoneChange, lang: str) -> str:
    code = "looked_at"
    if change.withdrawn_at is not None:
        code = "undone"
    elif change.activated_at is not None:
        code = "holds" if change.settled_at else "follows"
    elif change.activated_by is not None:
        code = "waits"
    return translator(lang).gettext(STANDS[code])


def _where(change: ZoneChange, lang: str) -> tuple[str, str]:
    """The place that moves, and where to."""
    move = change.move
    codes = f" ({', '.join(move.postal_codes)})" if move.postal_codes else ""
    part = f": {move.part}" if move.part else ""
    to = gazetteer().zones.zone(move.zone).name(lang) if move.zone else translator(lang).gettext("no zone")
    return f"{_town(move.nis, lang)}{codes}{part}", to


def _town(nis: str, lang: str) -> str:
    found = gazetteer().municipality(nis)
    return found.name(lang) if found else nis


def _by_town(pair: tuple[str, object]) -> str:
    return pair[0].casefold()


def _shown(visit: Visit, template: str, http_status: int = 200, **values: Any) -> BaseResponse:  # noqa: ANN401
    rooms = menu(visit.person, visit.lang, "desk.composition")
    return desk_page(visit, template, http_status, menu=rooms, **values)


ROOMS: tuple[tuple[str, str, View, tuple[str, ...], Action], ...] = (
    ("/zones", "composition", composition_page, ("GET", "POST"), "zones"),
    ("/zones/change/<change>", "zone_change", change_page, ("GET", "POST"), "zones"),
    ("/zones/<zone_id>", "zone_parts", parts_page, ("GET",), "see"),
    ("/zone-of/<listing_id>", "listing_zone", listing_zone_page, ("GET", "POST"), "edit"),
)
