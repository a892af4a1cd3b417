"""The journal of imports: what came of each run, and the rows that it refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.database.bulk import insert_rows
from service.database.runs import import_run, rejected_row

RUNNING, FINISHED, FAILED, BROKEN_OFF = "running", "finished", "failed", "broken_off"

_REJECTED = ("run_id", "file", "row", "column", "value", "reason", "suggestion")


@dataclass(slots=True)
class Counts:
    """What came of an import, in records; ``rejected`` counts cells and rows that could not be taken."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    rejected: int = 0


class Reject(Protocol):
    """A cell or row that cannot be taken; ``row`` counts as a spreadsheet does, the header is 1."""

    @property
    def file(self) -> str:
        """The file it stands in."""

    @property
    def row(self) -> int:
        """Which row."""

    @property
    def column(self) -> str:
        """Which column; empty for the row as a whole."""

    @property
    def value(self) -> str:
        """What stands there."""

    @property
    def reason(self) -> str:
        """What is wrong."""

    @property
    def suggestion(self) -> str:
        """What would be right."""


def open_run(connection: Connection, source_id: str, now: datetime) -> UUID:
    """Note that an import begins; runs of the source that are still open were broken off."""
    table = import_run.c
    broken = sa.update(import_run).where(table.source_id == source_id, table.state == RUNNING)
    connection.execute(broken.values(state=BROKEN_OFF, finished_at=now))
    run_id = uuid4()
    begun = {"id": run_id, "source_id": source_id, "state": RUNNING, "started_at": now}
    connection.execute(sa.insert(import_run).values(begun))
    return run_id


def note(connection: Connection, run_id: UUID, counts: Counts, rejects: Iterable[Reject] = ()) -> None:
    """Write down how far the run is, in the transaction of the batch that it counts."""
    numbers = {name: getattr(counts, name) for name in Counts.__slots__}
    connection.execute(sa.update(import_run).where(import_run.c.id == run_id).values(numbers))
    rows = [
        (run_id, r.file or None, r.row, r.column or None, r.value, r.reason, r.suggestion or None)
        for r in rejects
    ]
    insert_rows(connection, rejected_row, _REJECTED, rows)


def close_run(
    connection: Connection, run_id: UUID, state: str, now: datetime, message: str | None = None
) -> None:
    """Note that the import ended, finished or failed; ``message`` says why it failed."""
    ended = {"state": state, "finished_at": now, "message": message}
    connection.execute(sa.update(import_run).where(import_run.c.id == run_id).values(ended))


def last_endings(connection: Connection) -> dict[str, datetime]:
    """Per source when its last import that finished came to its end (aware)."""
    table = import_run.c
    ended = sa.select(table.source_id, sa.func.max(table.finished_at).label("at"))
    rows = connection.execute(ended.where(table.state == FINISHED).group_by(table.source_id))
    return {row.source_id: row.at for row in rows}
