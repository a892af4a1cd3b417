"""What matching reads from the database and writes into it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.ground import Ground
from service.catalogue.ids import record_id
from service.catalogue.matching.compare import Likeness, Side
from service.catalogue.matching.decide import Ends, Node, Pair
from service.catalogue.matching.face import Face, block_of, face_of
from service.database.bulk import AnyRow, chunks, delete_rows, insert_rows
from service.database.claims import link, source_record
from service.database.matches import identifier, likeness, sketch
from service.database.tasks import distinction
from service.model.values import Value

IDENTIFIERS = "service.identifiers"
"""The field in which a record names what others know it by, as source:key."""

_SKETCH = ("record_id", "checksum", "is_live", "is_compared", "block", "face")
_LIKENESS = ("record_a", "record_b", "rule", "score", "is_sure", "evidence")


class Seen(NamedTuple):
    """A record that is to be sketched; ``was_there`` where it has a sketch already."""

    id: UUID
    checksum: str
    values: Mapping[str, Value]
    is_live: bool = True
    was_there: bool = False


def changed_records(connection: Connection, limit: int, after: UUID | None) -> list[Seen]:
    """Records that have no sketch, or changed, vanished or came back since it was made, in order of ids.

    ``after`` is the last one that was seen: without it each call would look again through all before it.
    """
    record, own = source_record.c, sketch.c
    is_live = record.withdrawn_at.is_(None)
    was_there = own.record_id.is_not(None).label("was_there")
    wanted = sa.select(record.id, record.checksum, record["values"], is_live.label("is_live"), was_there)
    outdated = sa.or_(own.record_id.is_(None), own.checksum != record.checksum, own.is_live != is_live)
    joined = wanted.outerjoin_from(source_record, sketch, own.record_id == record.id).where(outdated)
    if after is not None:
        joined = joined.where(record.id > after)
    return [Seen(*row) for row in connection.execute(joined.order_by(record.id).limit(limit))]


def write_sketches(connection: Connection, records: Collection[Seen], ground: Ground) -> None:
    """Note what records are compared by; whether they are compared is then still to be done."""
    ids = [each.id for each in records if each.was_there]
    delete_rows(connection, sketch.c.record_id, ids)
    delete_rows(connection, identifier.c.record_id, ids)
    sketches, names = [], []
    for each in records:
        face = face_of(each.values, ground)
        block = block_of(each.values, face)
        sketches.append((each.id, each.checksum, each.is_live, False, block, face.as_json()))
        names += [(each.id, str(name)) for name in dict.fromkeys(_named(each.values))]
    insert_rows(connection, sketch, _SKETCH, sketches)
    insert_rows(connection, identifier, ("record_id", "identifier"), names)


def _named(values: Mapping[str, Value]) -> list[Any]:
    held = values.get(IDENTIFIERS)
    return held if isinstance(held, list) else []


def waiting_blocks(connection: Connection) -> list[tuple[str, int]]:
    """The blocks with records that wait to be compared, and how many."""
    counted = sa.select(sketch.c.block, sa.func.count().label("records")).where(
        sketch.c.is_compared.is_(False)
    )
    rows = connection.execute(counted.group_by(sketch.c.block).order_by(sketch.c.block))
    return [(row.block, row.records) for row in rows]


def read_block(connection: Connection, block: str) -> tuple[dict[UUID, Side], dict[UUID, str]]:
    """The records of a block as they are compared, and those that wait for it, with their checksum."""
    sides: dict[UUID, Side] = {}
    fresh: dict[UUID, str] = {}
    # As they come: a large town has so many that their rows would take more room than what is made of them.
    some = _SIDES.where(sketch.c.block == block).execution_options(yield_per=2_000)
    for row in connection.execute(some):
        sides[row.record_id] = _side(row)
        if not row.is_compared:
            fresh[row.record_id] = row.checksum
    return sides, fresh


def read_sides(connection: Connection, records: Collection[UUID]) -> dict[UUID, Side]:
    """Records as they are compared; those without a sketch are left out."""
    found = {}
    for some in chunks(records):
        rows = connection.execute(_SIDES.where(sketch.c.record_id.in_(some)))
        found.update({row.record_id: _side(row) for row in rows})
    return found


_SIDES = sa.select(
    sketch.c.record_id,
    sketch.c.checksum,
    sketch.c.is_live,
    sketch.c.is_compared,
    sketch.c.face,
    source_record.c.source_id,
).join_from(sketch, source_record, sketch.c.record_id == source_record.c.id)


def _side(row: AnyRow) -> Side:
    return Side(row.source_id, row.is_live, Face.from_json(row.face))


def named_pairs(connection: Connection, fresh: Collection[UUID]) -> set[Ends]:
    """Pairs of which one record names the other's number, or both name the same, with a fresh one in each."""
    found: set[Ends] = set()
    if connection.scalar(sa.select(identifier.c.record_id).limit(1)) is None:
        return found
    for some in chunks(fresh):
        own = sa.select(source_record.c.id, source_record.c.source_id, source_record.c.key)
        names = {row.id: {f"{row.source_id}:{row.key}"} for row in
                 connection.execute(own.where(source_record.c.id.in_(some)))}  # fmt: skip
        stated = sa.select(identifier).where(identifier.c.record_id.in_(some))
        for row in connection.execute(stated):
            names[row.record_id].add(row.identifier)
        by_name: dict[str, set[UUID]] = {}
        for record, each in names.items():
            for name in each:
                by_name.setdefault(name, set()).add(record)
        found |= {_ends(record, other) for name, other in _known_as(connection, by_name)
                  for record in by_name[name] if record != other}  # fmt: skip
    return found


def _known_as(connection: Connection, names: Collection[str]) -> Iterable[tuple[str, UUID]]:
    """Every record that has one of these names of its own, or states it."""
    every = list(names)
    for at in range(0, len(every), 500):
        some = every[at : at + 500]
        rows = connection.execute(sa.select(identifier).where(identifier.c.identifier.in_(some)))
        yield from ((row.identifier, row.record_id) for row in rows)
        own = {record_id(*name.split(":", 1)): name for name in some if ":" in name}
        known = sa.select(source_record.c.id).where(source_record.c.id.in_(own))
        yield from ((own[each], each) for each in connection.scalars(known))


def write_likenesses(
    connection: Connection, fresh: Collection[UUID], found: Mapping[Ends, Likeness], sure: Collection[str]
) -> dict[UUID, str]:
    """Put what was found in the place of what fresh records were like before.

    Gives the others that are concerned, with their checksum. They wait from then on too, so that after a
    kill nobody is forgotten about whom something has to be decided again.
    """
    concerned = {record for ends in found for record in ends}
    if connection.scalar(sa.select(likeness.c.record_a).limit(1)) is not None:
        for column in (likeness.c.record_a, likeness.c.record_b):
            for some in chunks(fresh):
                before = sa.select(likeness.c.record_a, likeness.c.record_b).where(column.in_(some))
                concerned |= {record for ends in connection.execute(before) for record in ends}
            delete_rows(connection, column, fresh)
    rows = [
        (a, b, each.rule, each.score, each.rule in sure, list(each.evidence))
        for (a, b), each in found.items()
    ]
    insert_rows(connection, likeness, _LIKENESS, rows)
    others: dict[UUID, str] = {}
    for some in chunks(concerned.difference(fresh)):
        held = sa.select(sketch.c.record_id, sketch.c.checksum).where(sketch.c.record_id.in_(some))
        others.update({row.record_id: row.checksum for row in connection.execute(held)})
        connection.execute(sa.update(sketch).where(sketch.c.record_id.in_(some)).values(is_compared=False))
    return others


def mark_compared(connection: Connection, records: Mapping[UUID, str]) -> None:
    """Note that records were compared as they were with this checksum; one that changed since waits."""
    for some in chunks(records, 400):
        as_it_was = sketch.c.checksum.in_([records[each] for each in some])  # a new one is another one
        same = sa.update(sketch).where(sketch.c.record_id.in_(some), as_it_was)
        connection.execute(same.values(is_compared=True))


class Component:
    """Records that hang together through likenesses, links and people's distinctions, and all of these."""

    def __init__(self, connection: Connection, seeds: Collection[UUID]) -> None:
        self.pairs: dict[Ends, Pair] = {}
        self.evidence: dict[Ends, list[str]] = {}
        self.joined: set[Ends] = set()
        self.by_rule: dict[UUID, tuple[Ends, str]] = {}
        self.apart: set[Ends] = set()
        seen: set[UUID] = set()
        fresh = set(seeds)
        while fresh:
            seen |= fresh
            for some in chunks(fresh):
                self._read(connection, some)
            ends = (*self.pairs, *self.joined, *self.apart, *(ends for ends, _rule in self.by_rule.values()))
            fresh = {record for each in ends for record in each} - seen
        self.nodes: dict[UUID, Node] = {}
        own = sa.select(source_record.c.id, source_record.c.source_id, source_record.c.withdrawn_at)
        for some in chunks(seen):
            for row in connection.execute(own.where(source_record.c.id.in_(some))):
                self.nodes[row.id] = Node(row.source_id, row.withdrawn_at is None)

    def _read(self, connection: Connection, some: list[UUID]) -> None:
        for row in _touching(connection, likeness, some):
            ends = row.record_a, row.record_b
            self.pairs[ends] = Pair(*ends, row.rule, row.score)
            self.evidence[ends] = row.evidence
        for row in _touching(connection, link, some, link.c.undone_at.is_(None)):
            if row.rule is None:
                self.joined.add((row.record_a, row.record_b))
            else:
                self.by_rule[row.id] = ((row.record_a, row.record_b), row.rule)
        for row in _touching(connection, distinction, some, distinction.c.undone_at.is_(None)):
            self.apart.add((row.record_a, row.record_b))


def _touching(
    connection: Connection, table: sa.Table, some: list[UUID], *conditions: sa.ColumnElement[bool]
) -> Iterable[AnyRow]:
    for column in (table.c.record_a, table.c.record_b):
        yield from connection.execute(sa.select(table).where(column.in_(some), *conditions))


def write_links(
    connection: Connection, joins: Mapping[Ends, str], reasons: Mapping[str, str], by: str, now: datetime
) -> None:
    """Note what rules join."""
    rows: list[tuple[Any, ...]] = [
        (uuid4(), a, b, by, reasons[rule], rule, now) for (a, b), rule in joins.items()
    ]
    columns = ("id", "record_a", "record_b", "by", "why", "rule", "linked_at")
    insert_rows(connection, link, columns, rows)


def undo_links(connection: Connection, ids: Collection[UUID], by: str, why: str, now: datetime) -> None:
    """Note that what rules joined holds no more."""
    for some in chunks(ids):
        undone = sa.update(link).where(link.c.id.in_(some))
        connection.execute(undone.values(undone_at=now, undone_by=by, undone_why=why))


def _ends(one: UUID, other: UUID) -> Ends:
    return (one, other) if one.int < other.int else (other, one)
