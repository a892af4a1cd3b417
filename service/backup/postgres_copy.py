"""A dump of a PostgreSQL database while others write to it, and restoring one in a single transaction."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, make_url

from service.database.schema import metadata
from service.errors import StorageError

TABLES = tuple(sorted(metadata.tables))
"""Our tables; what else lies in the database is left alone."""

VERSION_TABLE = "alembic_version"
_SAFE = ("--set=ON_ERROR_STOP=1", "--no-psqlrc", "--quiet", "--single-transaction")


def copy_out(address: str, snapshot: str, target: Path) -> None:
    """Dump the state of our tables that a transaction exported, in PostgreSQL's own format; writers go on.

    Raises StorageError where pg_dump is missing, older than the server, or says no.
    """
    named = [f"--table=public.{name}" for name in (*TABLES, VERSION_TABLE)]
    how = ["--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}", f"--file={target}"]
    _run("pg_dump", [*how, *named], address)


def copy_in(copy: Path, address: str) -> None:
    """Put the tables of a dump in the place of ours, all in one transaction: a kill leaves the old ones.

    Raises StorageError where a program is missing or says no.
    """
    drop, fill = copy.with_suffix(".drop.sql"), copy.with_suffix(".sql")
    names = ", ".join(f'public."{name}"' for name in (*TABLES, VERSION_TABLE))
    drop.write_text(f"SET lock_timeout = '60s';\nDROP TABLE IF EXISTS {names} CASCADE;\n", encoding="utf-8")
    _run("pg_restore", ["--no-owner", "--no-acl", f"--file={fill}", str(copy)], None)
    _run("psql", [*_SAFE, f"--file={drop}", f"--file={fill}"], address)


def version_of(connection: Connection) -> str:
    """The version of the server."""
    return str(connection.scalar(sa.text("SHOW server_version")))


def snapshot_of(connection: Connection) -> str:
    """A name by which other connections see what this one sees, for as long as its transaction is open."""
    return str(connection.scalar(sa.select(sa.func.pg_export_snapshot())))


def _run(program: str, arguments: Sequence[str], address: str | None) -> None:
    if shutil.which(program) is None:
        raise StorageError(f"{program} is not installed: install the client of PostgreSQL of your server.")
    environ = {**os.environ, **(_environ(make_url(address)) if address else {})}
    done = subprocess.run([program, *arguments], env=environ, capture_output=True, text=True)  # noqa: S603
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["it said nothing"]
        raise StorageError(f"{program} did not succeed: {said[0]}")


def _environ(url: URL) -> dict[str, str]:
    """Where the programs connect to; on their command line others could read the password."""
    given = {
        "PGHOST": url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
        "PGSSLMODE": url.query.get("sslmode"),
        "PGCONNECT_TIMEOUT": "10",
        "PGOPTIONS": "-c client_min_messages=warning",
    }
    return {name: str(value) for name, value in given.items() if value}
