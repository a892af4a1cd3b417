"""What people looked for in a zone without a fitting answer, as counts of which none is small."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.engine import Connection

from service.catalogue.demand import demand_of
from service.desk.state.cell import Figures
from service.model.demand import FEWEST

DAYS = 365


def unanswered(connection: Connection, zone: str, today: date) -> Figures:
    """The searches of the last year in the municipalities of a zone that found nothing fitting.

    ``needs`` are [need, B, searches] and ``places`` [municipality (NIS), B, searches], the most first; an
    empty B: there was no listing at all. Two tables that cannot be laid over one another, so that nobody
    reckons a small count out of large ones; none under `service.model.demand.FEWEST` is in them.
    """
    since = today - timedelta(days=DAYS)
    by_need = demand_of(connection, since, today, zones=[zone], kinds=["unanswered"], by=("need", "b"))
    by_place = demand_of(
        connection, since, today, zones=[zone], kinds=["unanswered"], by=("municipality", "b")
    )
    return {
        "since": since.isoformat(),
        "fewest": FEWEST,
        "needs": [[each.need, each.b, each.searches] for each in by_need],
        "places": [[each.municipality, each.b, each.searches] for each in by_place],
    }
