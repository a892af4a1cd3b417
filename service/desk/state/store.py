"""Keeping what was counted on a day, and letting go of what is too old to be kept so finely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.database.bulk import insert_rows
from service.database.state import ALL, SEARCHES, THEME, state_count, state_figures, state_reach
from service.desk.state.cell import Figures
from service.desk.state.points import Homes
from service.desk.state.reach import Reach

Group = tuple[str, str, str]
"""Zone, scope and code: what a row of figures is about."""

FINE_DAYS = 100
"""For so long every count of a need or a municipality is kept; of before, the first of each month."""

_COUNT = ("day", "zone", "counted_at", "points_of", "points")
_FIGURES = ("zone", "day", "scope", "code", "figures")
_REACH = ("zone", "day", "need", "people", "in_reach", "far")


def keep(
    connection: Connection,
    day: date,
    zones: Iterable[str],
    counted: Mapping[Group, Figures],
    reach: Mapping[str, Iterable[Reach]],
    homes: Homes,
    now: datetime,
) -> None:
    """Keep the count of a day in the place of one of the same day; maps and searches only of the newest."""
    for table in (state_count, state_figures, state_reach):
        connection.execute(sa.delete(table).where(table.c.day == day))
    older = sa.and_(state_reach.c.day < day, state_reach.c.in_reach != "")
    connection.execute(sa.update(state_reach).where(older).values(in_reach="", far=[]))
    told = sa.and_(state_figures.c.day < day, state_figures.c.scope == SEARCHES)
    connection.execute(sa.delete(state_figures).where(told))
    connection.execute(sa.update(state_count).where(state_count.c.day < day).values(points=[]))
    points: dict[str, list[list[float | str]]] = {zone: [] for zone in zones}
    for home in homes.points:
        for zone in home.zones:
            if zone in points:
                points[zone].append([home.point.lat, home.point.lon, home.people, home.place])
    counts = [(day, zone, now, homes.kind, held) for zone, held in points.items()]
    insert_rows(connection, state_count, _COUNT, counts)
    rows = [(zone, day, scope, code, figures) for (zone, scope, code), figures in counted.items()]
    insert_rows(connection, state_figures, _FIGURES, rows)
    for zone, needs in reach.items():
        near = [(zone, day, e.need, list(e.people), e.in_reach, [list(f) for f in e.far]) for e in needs]
        insert_rows(connection, state_reach, _REACH, near)
    _thin(connection, day)


def last_day(connection: Connection) -> date | None:
    """The day of the newest count; None before the first."""
    newest: date | None = connection.scalar(sa.select(sa.func.max(state_count.c.day)))
    return newest


def _thin(connection: Connection, today: date) -> None:
    """Of months long ago keep one count of each need and municipality; zones and themes stay weekly."""
    days = connection.scalars(sa.select(state_count.c.day).distinct().order_by(state_count.c.day)).all()
    first = {(day.year, day.month): day for day in reversed(days)}
    spare = [d for d in days if d < today - timedelta(days=FINE_DAYS) and d != first[d.year, d.month]]
    if spare:
        finer = state_figures.c.scope.not_in((ALL, THEME))
        connection.execute(sa.delete(state_figures).where(state_figures.c.day.in_(spare), finer))
        connection.execute(sa.delete(state_reach).where(state_reach.c.day.in_(spare)))
