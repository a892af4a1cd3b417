"""The two databases that every contract test runs on, each migrated once and emptied before each test."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url

from service.config import Settings
from service.database.migrate import upgrade
from service.database.schema import metadata
from service.database.session import connect_engine, writing

UNPRIVILEGED = ("postgres", "nobody")
"""Users that a server is started as when the tests run as root, which PostgreSQL refuses."""


@pytest.fixture(params=["sqlite", pytest.param("postgis", marks=pytest.mark.postgis)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """An empty, migrated database of each kind."""
    migrated: Engine = request.getfixturevalue(f"migrated_{request.param}")
    empty(migrated)
    return migrated


def empty(engine: Engine) -> None:
    """Take every row out of every table."""
    with writing(engine) as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(sa.delete(table))


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = connect_engine(Settings(home=tmp_path_factory.mktemp("home")))
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_postgis(postgres_url: str) -> Iterator[Engine]:
    with postgres_database(postgres_url, "nabij_test") as url:
        engine = connect_engine(Settings(database_url=url))
        upgrade(engine)
        yield engine
        engine.dispose()


@contextlib.contextmanager
def postgres_database(server: str, name: str) -> Iterator[str]:
    """A new database on the server, dropped afterwards; gives its address."""
    name = f"{name}_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server with PostGIS: that of NABIJ_TEST_POSTGRES_URL, else one started for the tests."""
    given = os.environ.get("NABIJ_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL: set NABIJ_TEST_POSTGRES_URL or install postgresql-postgis")
    folder = Path(tempfile.mkdtemp(prefix="nabij-postgres-"))
    try:
        with _server(programs, folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl: Debian's newest, or that of PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(debian[-1]) if debian else shutil.which("initdb")
    return Path(found).parent if found else None


@contextlib.contextmanager
def _server(programs: Path, folder: Path) -> Iterator[str]:
    user = _unprivileged_user()
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", _free_port()

    def run(*command: str | Path) -> None:
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, timeout=60)

    run(programs / "initdb", "-D", data, "-A", "trust", "-U", "nabij", "--no-sync", "-E", "UTF8")
    # a crash loses nothing that matters here, so nothing is forced to the disk
    options = f"-p {port} -k {folder} -h 127.0.0.1 -c fsync=off -c synchronous_commit=off"
    run(programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql://nabij@127.0.0.1:{port}/postgres"
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in UNPRIVILEGED if name in known), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
