"""Connecting to PostgreSQL: how many connections a process keeps, and how long it waits for what."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from service.database.beside import wait_before
from service.database.json_text import dump_json, load_json
from service.errors import Busy

POSTGRESQL = ("postgresql", "postgres")
"""Names of it in an address."""

BUSY_MS = 10_000
"""How long a command waits for another one that writes; a batch of an import takes well under a second."""

CONNECT_S = 5
"""How long a server may take to accept a connection, and a request waits for one that is free."""


class _Pool(QueuePool):
    """A pool that says in our words that all its connections are in use."""

    def connect(self) -> PoolProxiedConnection:
        """A connection. Raises Busy where none becomes free in time."""
        try:
            return super().connect()
        except PoolTimeout:
            raise Busy(
                "All connections of this process to the database are in use: is the database slow? If not, "
                "NABIJ_DATABASE_CONNECTIONS is too small."
            ) from None


def connect_postgresql(url: URL, connections: int, statement_ms: int, idle_ms: int = 0) -> Engine:
    """An engine that keeps ``connections`` and opens as many again for a rush.

    A statement may take ``statement_ms``, a transaction may do nothing for ``idle_ms`` (0: for ever).
    """
    options = {
        "statement_timeout": statement_ms,
        "lock_timeout": min(BUSY_MS, statement_ms),
        "idle_in_transaction_session_timeout": idle_ms,
        "timezone": "UTC",
    }
    engine = sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        poolclass=_Pool,
        pool_size=connections,
        max_overflow=connections,
        pool_timeout=CONNECT_S,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": CONNECT_S,
            "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
            "application_name": "nabij",
        },
        json_serializer=dump_json,
        json_deserializer=load_json,
    )
    sa.event.listen(engine, "before_cursor_execute", wait_before)
    return engine
