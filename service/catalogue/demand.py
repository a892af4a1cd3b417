"""Keeping and reading what people look for, as counts per day, need, municipality and B."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.database.demand import demand
from service.geo.places import gazetteer
from service.model.demand import FEWEST, KEPT_DAYS, DemandKind, Tally

Part = Literal["need", "municipality", "b", "criterion"]
"""What counts can be divided by."""

_PARTS: tuple[Part, ...] = ("need", "municipality", "b", "criterion")
_NAMES = ("day", *Tally._fields)
_ADD = sa.text(
    f"INSERT INTO demand ({', '.join(_NAMES)}, searches) "  # noqa: S608 (the names are ours)
    f"VALUES ({', '.join(f':{name}' for name in _NAMES)}, :searches) "
    f"ON CONFLICT ({', '.join(_NAMES)}) DO UPDATE SET searches = demand.searches + excluded.searches"
).bindparams(sa.bindparam("day", type_=sa.Date()))


class Demand(NamedTuple):
    """How many searches there were of one kind; parts by which was not divided are empty."""

    kind: DemandKind
    need: str
    municipality: str
    b: str
    criterion: str
    searches: int


def demand_of(
    connection: Connection,
    since: date,
    until: date,
    *,
    zones: Collection[str] = (),
    municipalities: Collection[str] = (),
    kinds: Collection[DemandKind] = (),
    by: Collection[Part] = ("need", "municipality", "b"),
) -> list[Demand]:
    """What people looked for from the day ``since`` to the day ``until``, both counted, the most first.

    Of the municipalities (NIS codes) named and of those that lie, wholly or in part, in the ``zones``; of
    everywhere, also where no place was said, when neither is named. ``kinds`` are those of
    `service.model.demand.KINDS`, all when none is named. Counts are summed over every part that is not in
    ``by``, and only then those under `FEWEST` are left out, so that nobody sees the searches of a few.

    A search counts once in ``asked`` and at most once in ``unanswered`` for each need it names, in ``shown``
    and ``unknown`` for each need, municipality and criterion of what it showed: sums of these over
    municipalities are not numbers of searches. A need is a code of the needs, or a theme where only that was
    chosen, or empty. Raises NotFound for a zone that there is not.
    """
    table = demand.c
    where = [table.day.between(since, until)]
    if zones or municipalities:
        where.append(table.municipality.in_(sorted(set(_in_zones(zones)) | set(municipalities))))
    if kinds:
        where.append(table.kind.in_(list(kinds)))
    parts = [table.kind, *(table[name] for name in _PARTS if name in by)]
    searches = sa.func.sum(table.searches).label("searches")
    summed = sa.select(*parts, searches).where(*where).group_by(*parts).having(searches >= FEWEST)
    empty = dict.fromkeys(_PARTS, "")
    rows = connection.execute(summed.order_by(searches.desc(), *parts))
    return [Demand(**{**empty, **row._mapping, "searches": int(row.searches)}) for row in rows]


def add_demand(connection: Connection, counts: Mapping[tuple[date, Tally], int]) -> None:
    """Add counts to those that are kept, in the connection's transaction."""
    rows = [{"day": day, **tally._asdict(), "searches": n} for (day, tally), n in sorted(counts.items())]
    if rows:
        connection.execute(_ADD, rows)


def forget_demand(connection: Connection, today: date) -> int:
    """Let go of counts that are older than they are kept; gives how many rows."""
    old = sa.delete(demand).where(demand.c.day < today - timedelta(days=KEPT_DAYS))
    return connection.execute(old).rowcount


def _in_zones(zones: Collection[str]) -> Iterator[str]:
    for zone in zones:
        yield from gazetteer().zones.municipalities_of(zone)
