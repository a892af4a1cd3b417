"""Comparing what changed with what is there: sure matches are joined, doubtful ones become questions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.catalogue.ground import Ground, ground_of
from service.catalogue.identity_store import regroup
from service.catalogue.matching.candidates import candidates
from service.catalogue.matching.compare import Likeness, Side, compare, rules
from service.catalogue.matching.decide import Decision, Ends, decide
from service.catalogue.matching.store import (
    Component,
    Seen,
    changed_records,
    mark_compared,
    named_pairs,
    read_block,
    read_sides,
    undo_links,
    waiting_blocks,
    write_likenesses,
    write_links,
    write_sketches,
)
from service.catalogue.tasks.questions import NABIJ, Question, keep_step
from service.database.matches import sketch
from service.database.session import reading, writing
from service.database.tasks import CLOSED, task

BATCH = 1_000
"""Records compared at once, or those of one municipality."""

SETTLED_AT_ONCE = 300
"""Records decided about in one transaction: a second at most, so that an edit made meanwhile hardly waits."""

Progress = Callable[[int, int], None]
"""Called with how many records are compared and how many there are to compare."""


@dataclass(slots=True)
class Matched:
    """What came of it: records compared, joins that rules made and undid, questions opened and closed."""

    compared: int = 0
    joined: int = 0
    parted: int = 0
    asked: int = 0
    dropped: int = 0


def match(
    engine: Engine,
    now: datetime,
    *,
    everything: bool = False,
    ground: Ground | None = None,
    progress: Progress | None = None,
) -> Matched:
    """Compare every record that changed since it was last compared, or all of them with ``everything``.

    The outcome depends on the records and on people's decisions, not on what came first: what a rule joined
    it parts again when its reason is gone. Each batch is one transaction; after a kill the next run does the
    rest. Cheap when nothing changed.
    """
    known = ground or ground_of(engine)
    if everything:
        with writing(engine) as connection:
            connection.execute(sa.update(sketch).values(is_compared=False, checksum=""))
    after: UUID | None = None
    while rows := _sketch_some(engine, known, after):
        after = rows[-1].id
    with reading(engine) as connection:
        blocks = waiting_blocks(connection)
    total, matched = sum(records for _block, records in blocks), Matched()
    for batch in _batches(blocks):
        _match_blocks(engine, batch, now, known, matched)
        if progress:
            progress(matched.compared, total)
    return matched


def settle(connection: Connection, seeds: Collection[UUID], now: datetime, ground: Ground) -> Matched:
    """Decide again about records and all that hang together with them, in a transaction that writes."""
    matched = Matched()
    _settle(connection, seeds, now, ground, matched)
    return matched


def _sketch_some(engine: Engine, ground: Ground, after: UUID | None) -> list[Seen]:
    with writing(engine) as connection:
        rows = changed_records(connection, BATCH, after)
        write_sketches(connection, rows, ground)
        return rows


def _batches(blocks: list[tuple[str, int]]) -> Iterator[list[str]]:
    batch: list[str] = []
    held = 0
    for block, records in blocks:
        if held + records > BATCH and batch:
            yield batch
            batch, held = [], 0
        batch.append(block)
        held += records
    if batch:
        yield batch


def _match_blocks(engine: Engine, blocks: list[str], now: datetime, ground: Ground, matched: Matched) -> None:
    """Compare what waits in blocks while others may write, then write in short transactions.

    A record is marked as compared when all that concerns it is decided; until then a next run does it again.
    """
    with reading(engine) as connection:
        fresh, found = _found(connection, blocks)
    sure = [name for name, rule in rules().items() if rule.joins]
    with writing(engine) as connection:
        others = write_likenesses(connection, fresh, found, sure)
        ends = dict.fromkeys(record for pair in found for record in pair)
        seeds = [*ends, *(others.keys() - ends.keys())]
        mark_compared(connection, {record: fresh[record] for record in fresh.keys() - set(seeds)})
    waiting = {**others, **fresh}
    for at in range(0, len(seeds), SETTLED_AT_ONCE):
        some = seeds[at : at + SETTLED_AT_ONCE]
        with writing(engine) as connection:
            _settle(connection, some, now, ground, matched)
            mark_compared(connection, {record: waiting[record] for record in some if record in waiting})
    matched.compared += len(fresh)


def _found(connection: Connection, blocks: list[str]) -> tuple[dict[UUID, str], dict[Ends, Likeness]]:
    """The records that wait in blocks, with their checksum, and what they are like."""
    found: dict[Ends, Likeness] = {}
    every: dict[UUID, str] = {}
    for block in blocks:
        sides, fresh = read_block(connection, block)
        every |= fresh
        found.update(_compared(sides, candidates(sides, fresh.keys()), named=False))
    named = named_pairs(connection, every)
    if named:
        sides = read_sides(connection, {record for ends in named for record in ends})
        found.update(_compared(sides, named, named=True))
    return every, found


def _compared(
    sides: dict[UUID, Side], pairs: Collection[Ends] | Iterator[Ends], *, named: bool
) -> Iterator[tuple[Ends, Likeness]]:
    for a, b in pairs:
        if a in sides and b in sides and (found := compare(sides[a], sides[b], named=named)):
            yield (a, b), found


def _settle(
    connection: Connection, seeds: Collection[UUID], now: datetime, ground: Ground, matched: Matched
) -> None:
    component = Component(connection, seeds)
    decision = decide(component.nodes, component.pairs.values(), component.joined, component.apart)
    held = {ends: link_id for link_id, (ends, _rule) in component.by_rule.items()}
    new = {ends: rule for ends, rule in decision.joins.items() if ends not in held}
    gone = {ends: link_id for ends, link_id in held.items() if ends not in decision.joins}
    reasons = {name: rule.reason for name, rule in rules().items()}
    write_links(connection, new, reasons, NABIJ, now)
    undo_links(connection, gone.values(), NABIJ, "its reason holds no more", now)
    touched = {record for ends in (*new, *gone) for record in ends}
    if touched:
        regroup(connection, touched, now, ground)
    opened, dropped = _keep_questions(connection, component, decision, now)
    matched.joined += len(new)
    matched.parted += len(gone)
    matched.asked += opened
    matched.dropped += dropped


def _keep_questions(
    connection: Connection, component: Component, decision: Decision, now: datetime
) -> tuple[int, int]:
    questions = [
        Question(
            "duplicate",
            topic(ends),
            ends[0],
            ends[1],
            about={"rule": pair.rule, "score": pair.score, "evidence": component.evidence[ends]},
            urgency=pair.score / 100,
        )
        for ends, pair in decision.questions.items()
    ]
    open_ones = sa.select(task.c.topic).where(task.c.kind == "duplicate", task.c.state != CLOSED)
    held = [
        each
        for some in _some(list(component.nodes))
        for each in connection.scalars(
            open_ones.where(sa.or_(task.c.record_id.in_(some), task.c.other_id.in_(some)))
        )
    ]
    return keep_step(connection, held, questions, now)


def topic(ends: Ends) -> str:
    """What the question is about whether two records are one; the smaller id first."""
    return f"duplicate:{ends[0]}:{ends[1]}"


def _some(ids: list[UUID]) -> Iterator[list[UUID]]:
    return (ids[at : at + 500] for at in range(0, len(ids), 500))
