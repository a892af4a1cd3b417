"""Counting the state of every zone in one pass over the catalogue, with memory that does not grow with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.catalogue.build import build_listing
from service.catalogue.public import public
from service.catalogue.stored import unpack
from service.config import TIMEZONE
from service.database.bulk import IDS_AT_ONCE, AnyRow
from service.database.claims import ENDED, PAUSED, PUBLISHED, WITHDRAWN, listing
from service.database.session import reading, writing
from service.database.state import ALL, MUNICIPALITY, NEED, SEARCHES, THEME
from service.desk.state.cell import Cell, Figures, Waiting
from service.desk.state.measure import READY, Columns, Measurer
from service.desk.state.points import Homes
from service.desk.state.reach import ReachBook
from service.desk.state.store import Group, keep, last_day
from service.desk.state.unanswered import unanswered
from service.desk.state.waiting import DAYS_BACK, waiting_by_listing
from service.geo.places import gazetteer
from service.model.listing import Listing

EVERY = timedelta(days=7)
"""Between two counts of the worker."""

Progress = Callable[[int, int], None]
_NOTHING = Waiting()


@dataclass(frozen=True, slots=True)
class Counted:
    """How many listings were looked at, and how many zones were written down."""

    listings: int
    zones: int


def is_due(connection: Connection, now: datetime) -> bool:
    """Whether a week has gone by since the last count, or there is something that was never counted."""
    last = last_day(connection)
    if last is None:
        return connection.scalar(sa.select(listing.c.id).limit(1)) is not None
    return now.astimezone(TIMEZONE).date() - last >= EVERY


def count_state(
    engine: Engine, columns: Columns, now: datetime, homes: Homes, *, progress: Progress | None = None
) -> Counted:
    """Count every zone as it stands at an aware moment and keep that under today's date.

    ``columns`` gives the fact columns of a listing (`service.search.index.document.facts_of`). ``progress``
    is told how many of how many listings are done, and may break off by raising: nothing is kept then.
    """
    with reading(engine) as connection:
        book = _Book(connection, columns, now)
        total = connection.scalar(sa.select(sa.func.count()).select_from(listing)) or 0
        done = 0
        for row in _every(connection):
            book.add(row)
            done += 1
            if progress and (done % IDS_AT_ONCE == 0 or done == total):
                progress(done, total)
    reach = book.reach.count(homes.points)
    zones = [zone.id for zone in gazetteer().zones.zones]
    near = {zone: reach[zone] for zone in zones if zone in reach}
    day = now.astimezone(TIMEZONE).date()
    with writing(engine) as connection:
        searches = {(zone, SEARCHES, ""): unanswered(connection, zone, day) for zone in zones}
        keep(connection, day, zones, book.figures(zones) | searches, near, homes, now)
    return Counted(done, len(zones))


def _every(connection: Connection) -> Iterator[AnyRow]:
    """Every listing, whatever its state."""
    wanted = sa.select(listing.c.id, listing.c.state, listing.c.changed_at, listing.c.resolved)
    last: UUID | None = None
    while True:
        batch = wanted if last is None else wanted.where(listing.c.id > last)
        rows = connection.execute(batch.order_by(listing.c.id).limit(IDS_AT_ONCE)).all()
        yield from rows
        if len(rows) < IDS_AT_ONCE:
            return
        last = rows[-1].id


class _Book:
    """Every cell, filled listing by listing."""

    def __init__(self, connection: Connection, columns: Columns, now: datetime) -> None:
        self._measurer = Measurer(columns, now)
        self._lately = now - timedelta(days=DAYS_BACK)
        self._waiting = waiting_by_listing(connection, now)
        self._cells: dict[Group, Cell] = {}
        self.reach = ReachBook()

    def add(self, row: AnyRow) -> None:
        """Count one listing in every group that it is of."""
        resolved = unpack(row.resolved)
        shown = public(build_listing(row.id, resolved))
        is_published = row.state == PUBLISHED
        measure = self._measurer.measure(resolved, shown) if is_published else None
        waiting = self._waiting.get(row.id, _NOTHING)
        is_gone = row.state in (WITHDRAWN, ENDED) and row.changed_at >= self._lately
        for group in _groups(shown):
            cell = self._cells.setdefault(group, Cell())
            cell.wait(waiting)
            cell.withdrawn += is_gone
            cell.paused += row.state == PAUSED
            if measure:
                cell.add(measure)
        if is_published and shown.service.readiness == READY:
            self.reach.add(shown)

    def figures(self, zones: list[str]) -> dict[Group, Figures]:
        """The figures of every group; a zone without any listing has figures too."""
        for zone in zones:
            self._cells.setdefault((zone, ALL, ""), Cell())
        return {
            group: cell.figures(per_question=group[1] in (ALL, THEME)) for group, cell in self._cells.items()
        }


def _groups(shown: Listing) -> Iterator[Group]:
    needs = dict.fromkeys(shown.service.needs)
    themes = dict.fromkeys(need.partition(".")[0] for need in needs)
    nis = shown.location.municipality if shown.location else None
    for zone in shown.zones:
        yield zone, ALL, ""
        yield from ((zone, THEME, theme) for theme in themes)
        yield from ((zone, NEED, need) for need in needs)
        if nis:
            yield zone, MUNICIPALITY, nis
