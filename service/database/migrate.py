"""Bringing a database to the newest revision of its tables."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Engine

from service.database.revisions import knows, newest_revision, revision_in
from service.database.session import writing
from service.errors import StorageError

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Make or change the tables in one transaction, so that a kill leaves the old state or the new one.

    Raises StorageError for a database that a newer Nabij made, or a PostgreSQL without PostGIS.
    """
    with writing(engine) as connection:
        if revision_in(connection) == newest_revision():
            return
        _refuse_newer(connection)
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
            _make_postgis(connection)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _refuse_newer(connection: Connection) -> None:
    revision = revision_in(connection)
    if revision is not None and not knows(revision):
        raise StorageError(
            f"The database was made by a newer Nabij (revision {revision}); this one knows up to "
            f"{newest_revision()}: install the newer one."
        )


def _make_postgis(connection: Connection) -> None:
    has_postgis = sa.text("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'")
    if connection.scalar(has_postgis):
        return
    available = sa.text("SELECT count(*) FROM pg_available_extensions WHERE name = 'postgis'")
    if not connection.scalar(available):
        raise StorageError(
            "PostgreSQL has no PostGIS: install it on the server (Debian: postgresql-postgis)."
        )
    connection.execute(sa.text("CREATE EXTENSION postgis"))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
