"""Bringing a database to the newest revision of its tables, and telling which revision it has."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from service.database.session import reading, writing
from service.errors import StorageError

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Make or change the tables in one transaction, so that a kill leaves the old state or the new one.

    Raises StorageError for a database that a newer Nabij made, or a PostgreSQL without PostGIS.
    """
    with writing(engine) as connection:
        if _revision(connection) == newest_revision():
            return
        _refuse_newer(connection)
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
            _make_postgis(connection)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def revision_of(engine: Engine) -> str | None:
    """The revision of the tables, None for an empty database."""
    with reading(engine) as connection:
        return _revision(connection)


def newest_revision() -> str:
    """The revision that this Nabij works with."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def is_current(engine: Engine) -> bool:
    """Whether the tables are those that this Nabij works with."""
    return revision_of(engine) == newest_revision()


def is_usable(engine: Engine) -> bool:
    """Whether this Nabij can read and write the tables: its own, or those of the next one.

    A migration takes nothing away that the version before it uses, so that both run at the same time.
    """
    revision = revision_of(engine)
    return revision == newest_revision() or (revision is not None and not knows(revision))


def knows(revision: str) -> bool:
    """Whether this Nabij can bring tables of that revision up to its own."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(connection: Connection) -> None:
    revision = _revision(connection)
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
