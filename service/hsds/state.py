"""What the API stands on: the database, the clock, and what is kept in memory of the newest state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from service.config import TIMEZONE
from service.database.outbox import outbox
from service.hsds.directory import Directories, Directory, Ids
from service.hsds.parameters import Asked
from service.hsds.select import select_ids
from service.hsds.taxonomies import taxonomies

_MOST_SELECTIONS = 64
_NOT_FILTERS = ("page", "per_page", "after", "format", "minimal", "full", "full_service")


@dataclass
class Catalogue:
    """The open part of the catalogue, as one process reads it."""

    database: Engine
    clock: Callable[[], datetime]
    directories: Directories = field(default_factory=Directories)
    _selections: dict[object, Ids] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def today(self) -> date:
        """The day it is in Belgium."""
        return self.clock().astimezone(TIMEZONE).date()

    def directory(self, connection: Connection) -> Directory:
        """The directory of the newest state."""
        return self.directories.of(connection)

    def select(self, connection: Connection, directory: Directory, collection: str, asked: Asked) -> Ids:
        """The ids that answer a request; of a question asked again, page after page, from memory."""
        today = self.today()
        filters = tuple(
            sorted((name, str(value)) for name, value in asked.items() if name not in _NOT_FILTERS)
        )
        key = (directory.version, today, collection, filters)
        found = self._selections.get(key)
        if found is None:
            found = select_ids(connection, directory, collection, asked, today)
            with self._lock:
                if len(self._selections) >= _MOST_SELECTIONS:
                    self._selections.clear()
                self._selections[key] = found
        return found

    def changed_at(self, connection: Connection) -> datetime | None:
        """When a listing changed last."""
        newest = sa.select(outbox.c.changed_at).order_by(outbox.c.position.desc()).limit(1)
        return connection.scalar(newest)

    def mark(self, connection: Connection) -> str:
        """Tells two states apart: the newest change, the day (verdicts depend on it) and the taxonomies."""
        position = connection.scalar(sa.select(sa.func.max(outbox.c.position))) or 0
        versions = ",".join(str(each["version"]) for each in taxonomies().values())
        return f"{position}/{self.today()}/{versions}"
