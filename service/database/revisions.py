"""Which revision of the tables a database has, and which ones this Nabij knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.database.session import reading

_STEPS = Path(__file__).resolve().parent / "migrations" / "versions"
_KEPT = sa.table("alembic_version", sa.column("version_num"))


def revision_of(engine: Engine) -> str | None:
    """The revision of the tables, None for an empty database."""
    with reading(engine) as connection:
        return revision_in(connection)


def revision_in(connection: Connection) -> str | None:
    """The same, seen by this connection."""
    if not sa.inspect(connection).has_table(_KEPT.name):
        return None
    return connection.scalar(sa.select(_KEPT.c.version_num))


def newest_revision() -> str:
    """The revision that this Nabij works with."""
    return _known()[-1]


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
    return revision in _known()


@cache
def _known() -> tuple[str, ...]:
    """All revisions in order, by the names of the files (``r0013_recovery.py``).

    The library of migrations would read and run every file, and its templates bring half a hundred modules
    along that a web process never uses.
    """
    return tuple(sorted(path.name[1:5] for path in _STEPS.glob("r????_*.py")))
