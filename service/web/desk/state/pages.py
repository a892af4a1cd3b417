"""The pages of the state of a zone, read from what was counted last."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.permissions import Action, may, require
from service.database.session import reading
from service.desk.state.read import read_state
from service.errors import NotFound
from service.geo.places import gazetteer
from service.geo.zones import Zone
from service.i18n import formats
from service.web.choices import zone_groups
from service.web.desk.door import Visit, desk_page
from service.web.desk.menu import menu
from service.web.desk.state.drawn import beside, over_time
from service.web.desk.state.near import choices, chosen_need, drawing
from service.web.desk.state.plots import PATTERNS
from service.web.desk.state.sheet import as_csv
from service.web.desk.state.sheets import Sheets
from service.web.desk.state.words import explained


def state_page(visit: Visit) -> BaseResponse:
    """Leads to the zone that was chosen, or to the only one; else asks which."""
    own = _zones(visit)
    chosen = request.args.get("zone") or (own[0][1][0].id if sum(len(held) for _, held in own) == 1 else "")
    if chosen:
        zone = gazetteer().zones.zone(chosen)
        return redirect(url_for("desk.state_zone", lang=visit.lang, zone_id=zone.id), 303)
    return _page(visit, "desk/state/choose.html", zones=own)


def zone_page(visit: Visit, zone_id: str) -> BaseResponse:
    """The figures, drawings and tables of a zone. Raises NotFound and Forbidden."""
    zone = _zone(visit, zone_id)
    with reading(visit.site.database) as connection:
        state = read_state(connection, zone.id)
    own = _zones(visit)
    if state is None:
        return _page(visit, "desk/state/nothing.html", zone=zone, zones=own)
    sheets = Sheets(state, visit.lang)
    near = chosen_need(state, request.args.get("need"))
    return _page(
        visit,
        "desk/state/zone.html",
        zone=zone,
        zones=own,
        state=state,
        sheets=sheets.all(),
        beside=beside(state, sheets),
        lines=over_time(state, sheets.forms),
        near=near,
        near_drawing=drawing(state, near, sheets) if near and near.in_reach else "",
        needs=choices(state, visit.lang),
        explained=explained(visit.lang),
        patterns=PATTERNS,
    )


def table_file(visit: Visit, zone_id: str, table: str) -> BaseResponse:
    """One table of a zone as CSV. Raises NotFound and Forbidden."""
    zone = _zone(visit, zone_id)
    with reading(visit.site.database) as connection:
        state = read_state(connection, zone.id)
    sheet = Sheets(state, visit.lang).one(table) if state else None
    if state is None or sheet is None:
        raise NotFound(f"There is no table {table!r} of {zone.id}.")
    body = as_csv(sheet, [zone.name(visit.lang), formats.day(state.day, visit.lang)])
    response = Response("\ufeff" + body, mimetype="text/csv")  # by the mark Excel knows that it is UTF-8
    name = f"nabij-{zone.id}-{table}-{state.day.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _zone(visit: Visit, zone_id: str) -> Zone:
    zone = gazetteer().zones.zone(zone_id)
    require(visit.person, "see_state", zones=[zone.id])
    return zone


def _zones(visit: Visit) -> list[tuple[str, list[Zone]]]:
    """The zones that they may see, in the two groups."""
    groups = (
        (title, [zone for zone in held if may(visit.person, "see_state", zones=[zone.id])])
        for title, held in zone_groups(visit.lang)
    )
    return [(title, held) for title, held in groups if held]


def _page(visit: Visit, template: str, **values: Any) -> Response:  # noqa: ANN401
    return desk_page(visit, template, menu=menu(visit.person, visit.lang, "desk.state"), **values)


_ACTION: Action = "see_state"
ROOMS = (
    ("/state", "state", state_page, ("GET",), _ACTION),
    ("/state/<zone_id>", "state_zone", zone_page, ("GET",), _ACTION),
    ("/state/<zone_id>/<table>.csv", "state_table", table_file, ("GET",), _ACTION),
)
