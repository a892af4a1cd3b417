"""Tasks about facts that people ask for and that nobody knows of a listing which is otherwise in order."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.gaps import fields_behind
from service.catalogue.tasks.questions import Question, keep_step
from service.catalogue.tasks.weigh import wanted_in
from service.config import TIMEZONE
from service.database.claims import PUBLISHED, listing
from service.database.overview import listing_overview
from service.database.tasks import CLOSED, task

MOST = 1_000
"""Of the whole catalogue, the most asked first."""


def keep_fact_gaps(connection: Connection, now: datetime) -> tuple[int, int]:
    """Open a task per listing that has not to be checked and lacks what people asked about in the last month;
    close those that lack nothing any more. Once a day: it reads the listings of the towns asked about. A
    listing is asked about once a quarter. Gives how many were opened and closed.
    """
    today = now.astimezone(TIMEZONE).date()
    if connection.scalar(sa.select(task.c.id).where(task.c.weighed_on == today).limit(1)) is not None:
        return 0, 0
    held = sa.select(task.c.topic).where(task.c.kind == "gap", task.c.state != CLOSED)
    found = sorted(_gaps(connection, today), key=lambda each: (-each.urgency, each.topic))
    return keep_step(connection, list(connection.scalars(held)), found[:MOST], now)


def not_known(criteria: Collection[str], stated: Collection[str]) -> list[str]:
    """The criteria of these of which no field is stated."""
    return sorted(name for name in criteria if fields_behind(name).isdisjoint(stated))


def _gaps(connection: Connection, today: date) -> Iterator[Question]:
    unknown = wanted_in(connection, today).unknown
    towns = sorted({town for _need, town in unknown if town})
    if not towns:
        return
    row = listing_overview.c
    chosen = sa.select(row.listing_id, row.needs, row.zones, row.municipality, listing.c.resolved["values"])
    chosen = chosen.join_from(listing_overview, listing, listing.c.id == row.listing_id)
    fresh = (listing.c.state == PUBLISHED, listing.c.check_on > today, row.municipality.in_(towns))
    for each in connection.execute(chosen.where(*fresh).execution_options(yield_per=500)):
        needs = each.needs.split()
        asked: dict[str, int] = {}
        for need in needs:
            for name, searches in unknown.get((need, each.municipality), {}).items():
                asked[name] = max(asked.get(name, 0), searches)
        missing = not_known(asked, {key.partition("@")[0] for key in each[4]})
        if missing:
            topic = f"gap:{each.listing_id}:{today.year}-{(today.month - 1) // 3 + 1}"
            urgency = min(1.0, max(asked[name] for name in missing) / 100)
            codes = (each.zones.split(), needs)
            yield Question("gap", topic, each.listing_id, urgency=urgency, codes=codes)
