"""Figures of the catalogue and its index, read when somebody looks: how far behind, how old, how many."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine as Database

from service.catalogue.due import ages_of
from service.catalogue.outbox import last_position, oldest_waiting
from service.catalogue.runs import last_endings
from service.config import TIMEZONE
from service.database.session import reading
from service.errors import NabijError
from service.search.engine.base import Engine, IndexStatus

if TYPE_CHECKING:
    from prometheus_client.core import Metric

HELD_S = 15.0
"""As often as Prometheus usually asks; counting a million listings takes half a second."""


class Figures:
    """A collector for Prometheus over one database and one index; of what is away it tells that alone."""

    def __init__(self, database: Database, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._database, self._engine, self._clock = database, engine, clock
        self._lock = Lock()
        self._held: list[Metric] = []
        self._until = 0.0

    def collect(self) -> Iterator[Metric]:
        """Every figure, at most fifteen seconds old."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._held = list(self._read())
                self._until = time.monotonic() + HELD_S
        yield from self._held

    def _read(self) -> Iterator[Metric]:
        status = self._status()
        yield _gauge("nabij_index_up", "Whether the search index answers", float(status is not None))
        if status is not None:
            yield _gauge("nabij_index_documents", "Listings in the search index", status.documents)
        try:
            found = list(self._of_database(status))
        except NabijError:
            found = []
        yield _gauge("nabij_database_up", "Whether the database answers", float(bool(found)))
        yield from found

    def _status(self) -> IndexStatus | None:
        try:
            return self._engine.status()
        except NabijError:
            return None

    def _of_database(self, status: IndexStatus | None) -> Iterator[Metric]:
        now = self._clock()
        with reading(self._database) as connection:
            ages = ages_of(connection, now.astimezone(TIMEZONE).date())
            yield _each("nabij_listings", "Published listings by freshness", "freshness", ages.states)
            ended = {name: at.timestamp() for name, at in last_endings(connection).items()}
            about = "When the last import of a source came to its end"
            yield _each("nabij_source_imported_timestamp_seconds", about, "source", ended)
            if status is not None:
                waiting = max(0, last_position(connection) - status.position)
                yield _gauge("nabij_outbox_waiting", "Changes that the index has not taken", waiting)
                since = oldest_waiting(connection, status.position)
                age_s = max(0.0, (now - since).total_seconds()) if since else 0.0
                yield _gauge("nabij_outbox_waiting_seconds", "Age of the oldest of these changes", age_s)


def _gauge(name: str, about: str, value: float) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(name, about, value)


def _each(name: str, about: str, label: str, values: Mapping[Any, float]) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(name, about, labels=[label])
    for each, value in values.items():
        family.add_metric([str(each)], value)
    return family
