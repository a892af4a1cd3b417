"""Tasks about what people look for: needs that nobody answers near them, and facts that they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.demand import Demand, demand_of
from service.catalogue.tasks.questions import Question, keep_step
from service.config import TIMEZONE
from service.database.tasks import CLOSED, task
from service.geo.places import gazetteer
from service.model.demand import DemandKind
from service.model.terms import needs, themes

MONTH_DAYS = 30
MOST = 500
"""Of the whole catalogue, the most asked first: more than that nobody looks at in a season."""


def keep_need_gaps(connection: Connection, now: datetime) -> tuple[int, int]:
    """Open a task per need and municipality of which the searches of a month found nothing that fits, and
    close those that are found again. Asked once a quarter. Gives how many were opened and closed."""
    held = sa.select(task.c.topic).where(task.c.kind == "need_gap", task.c.state != CLOSED)
    today = now.astimezone(TIMEZONE).date()
    return keep_step(connection, list(connection.scalars(held)), _gaps(connection, today), now)


def _gaps(connection: Connection, today: date) -> Iterator[Question]:
    since, quarter = today - timedelta(days=MONTH_DAYS), (today.month - 1) // 3 + 1
    kinds: tuple[DemandKind, ...] = ("unanswered",)
    found = demand_of(connection, since, today, kinds=kinds, by=("need", "municipality"))
    ways = demand_of(connection, since, today, kinds=kinds)
    first: dict[tuple[str, str], Demand] = {}
    for row in ways:  # the most comes first
        first.setdefault((row.need, row.municipality), row)
    known = {*needs(), *themes()}
    for row in [each for each in found if each.need in known and each.municipality][:MOST]:
        cell = (row.need, row.municipality)
        about = {"need": row.need, "municipality": row.municipality, "searches": row.searches,
                 "b": first[cell].b if cell in first else ""}  # fmt: skip
        zones = [share.zone_id for share in gazetteer().zones.zones_touching(row.municipality)]
        topic = f"need_gap:{row.need}:{row.municipality}:{today.year}-{quarter}"
        yield Question("need_gap", topic, about=about, codes=(zones, [row.need]))
