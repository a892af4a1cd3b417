"""Taking what a source says into the catalogue, batch by batch, each batch whole or not at all."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.catalogue.claims import SourceCard, Statement
from service.catalogue.edits import expire_edits
from service.catalogue.ground import Ground, ground_of
from service.catalogue.groups import Group
from service.catalogue.identity_store import regroup
from service.catalogue.ids import record_id
from service.catalogue.matching.store import Seen, write_sketches
from service.catalogue.project import project
from service.catalogue.records import Incoming, insert_records, known_records, replace_records, set_withdrawn
from service.catalogue.runs import FAILED, FINISHED, Counts, Reject, close_run, note, open_run
from service.catalogue.seen import SeenIds
from service.catalogue.terms import store_terms
from service.database.beside import beside
from service.database.bulk import AnyRow, chunks
from service.database.claims import source, source_record
from service.database.session import reading, writing

BATCH = 1_000
"""Records in one transaction: a few tenths of a second, so that an edit made meanwhile hardly waits."""


@dataclass(frozen=True, slots=True)
class _Twice:
    """A key that came before in the same import."""

    value: str
    file: str = ""
    row: int = 0
    column: str = "key"
    reason: str = "the same key came before in this import; the first one was taken"
    suggestion: str = "one record per key"


def take(
    engine: Engine,
    card: SourceCard,
    statements: Iterable[Statement | Reject],
    now: datetime,
    *,
    withdraw_missing: bool = True,
    still_there: Iterable[str] = (),
    ground: Ground | None = None,
    progress: Callable[[Counts], None] | None = None,
) -> Counts:
    """Take in everything that a source says at ``now``; gives what came of it.

    What a statement says replaces what the source said under its key before; the earlier version is kept.
    A reject among the statements is written into the journal. With ``withdraw_missing`` the records whose
    key did not come are withdrawn; leave it out for a part of a source. ``still_there`` are keys whose record
    came but could not be taken: it stays as it was. Each batch is one transaction: after
    a kill the rerun finishes the rest, and what is in already counts as unchanged. When ``statements``
    raises, the batches before it stay, nothing is withdrawn, and the run is noted as failed.
    """
    intake = _Intake(engine, card, now, ground or ground_of(engine))
    try:
        for batch in _batches(statements):
            with _without_collector():
                intake.take_batch(batch)
                batch.clear()  # while nobody looks for circles in it
            if progress:
                progress(intake.counts)
        if withdraw_missing:
            intake.withdraw_missing(still_there)
    except BaseException as error:
        with writing(engine) as connection:
            close_run(connection, intake.run_id, FAILED, now, str(error) or type(error).__name__)
        raise
    with writing(engine) as connection:
        close_run(connection, intake.run_id, FINISHED, now)
    return intake.counts


def foresee(engine: Engine, card: SourceCard, statements: Iterable[Statement | Reject]) -> Counts:
    """What `take` would count, without writing anything (withdrawals of missing keys included)."""
    counts, seen = Counts(), SeenIds()
    with reading(engine) as connection:
        for batch in _batches(statements):
            fresh, rejects = _sift(card, batch, seen)
            _count(counts, fresh, known_records(connection, [each.id for each in fresh]))
            counts.rejected += len(rejects)
        counts.withdrawn = len(_missing(connection, card.id, seen))
    return counts


class _Intake:
    """One import while it runs."""

    def __init__(self, engine: Engine, card: SourceCard, now: datetime, ground: Ground) -> None:
        self.counts = Counts()
        self._engine, self._card, self._now, self._ground = engine, card, now, ground
        self._seen = SeenIds()
        with writing(engine) as connection:
            store_terms(connection)
            expire_edits(connection, now, ground)
            self._store_source(connection)
            self.run_id = open_run(connection, card.id, now)

    def take_batch(self, batch: list[Statement | Reject]) -> None:
        """One transaction: records, listings, outbox and journal together."""
        fresh, rejects = _sift(self._card, batch, self._seen)
        with writing(self._engine, is_bulk=True) as connection, beside(connection):
            known = known_records(connection, [each.id for each in fresh])
            _count(self.counts, fresh, known)
            self.counts.rejected += len(rejects)
            created = [each for each in fresh if each.id not in known]
            insert_records(connection, created, self._now)
            new = {each.id: Group([each.record(self._card, self._now)]) for each in created}
            changed = [each for each in fresh if each.id in known and each.differs_from(known[each.id])]
            replace_records(connection, changed, self._now)
            touched = {*new, *(known[each.id].listing_id for each in changed)}
            sketch = partial(self._sketch, connection, created)
            project(connection, touched, self._now, self._ground, new=new, meanwhile=sketch)
            note(connection, self.run_id, self.counts, rejects)

    def _sketch(self, connection: Connection, created: list[Incoming]) -> None:
        """Note what new records are compared by, now that they are at hand: matching need not read them."""
        seen = [Seen(each.id, each.checksum, each.statement.values) for each in created]
        write_sketches(connection, seen, self._ground)

    def withdraw_missing(self, still_there: Iterable[str]) -> None:
        """Withdraw the source's records that did not come in this import, well or badly written."""
        still = {record_id(self._card.id, key) for key in still_there}
        with reading(self._engine) as connection:
            missing = [each for each in _missing(connection, self._card.id, self._seen) if each not in still]
        for some in chunks(missing, BATCH):
            with writing(self._engine, is_bulk=True) as connection:
                listings = set_withdrawn(connection, some, self._now)
                project(connection, listings, self._now, self._ground)
                self.counts.withdrawn += len(some)
                note(connection, self.run_id, self.counts)

    def _store_source(self, connection: Connection) -> None:
        """Keep the card; what follows from a changed one (whom to believe, its name) is worked out again."""
        card = self._card
        values = {
            "id": card.id, "name": card.name, "publisher": card.publisher, "licence": card.licence,
            "url": card.url, "attribution": card.attribution, "precedence": card.precedence,
            "role": card.role,
        }  # fmt: skip
        stored = connection.execute(sa.select(source).where(source.c.id == card.id)).mappings().first()
        if stored is None:
            connection.execute(sa.insert(source).values(values))
        elif dict(stored) != values:
            connection.execute(sa.update(source).where(source.c.id == card.id).values(values))
            ids = connection.scalars(
                sa.select(source_record.c.id).where(source_record.c.source_id == card.id)
            )
            regroup(connection, list(ids), self._now, self._ground)


@contextmanager
def _without_collector() -> Iterator[None]:
    """A batch makes a million objects and hardly a circle among them; looking for circles took an eighth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _batches(statements: Iterable[Statement | Reject]) -> Iterator[list[Statement | Reject]]:
    rest = iter(statements)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _sift(
    card: SourceCard, batch: list[Statement | Reject], seen: SeenIds
) -> tuple[list[Incoming], list[Reject]]:
    """The statements with a key that did not come before, and everything that is refused."""
    fresh: list[Incoming] = []
    rejects: list[Reject] = []
    for each in batch:
        if not isinstance(each, Statement):
            rejects.append(each)
            continue
        key_id = record_id(card.id, each.key)
        if key_id in seen:
            rejects.append(_Twice(each.key))
            continue
        seen.add(key_id)
        fresh.append(Incoming.of(key_id, card.id, each))
    return fresh, rejects


def _count(counts: Counts, fresh: list[Incoming], known: dict[UUID, AnyRow]) -> None:
    for each in fresh:
        if each.id not in known:
            counts.created += 1
        elif each.differs_from(known[each.id]):
            counts.updated += 1
        else:
            counts.unchanged += 1


def _missing(connection: Connection, source_id: str, seen: SeenIds) -> list[UUID]:
    live = sa.select(source_record.c.id).where(
        source_record.c.source_id == source_id, source_record.c.withdrawn_at.is_(None)
    )
    return [each for each in connection.scalars(live) if each not in seen]
