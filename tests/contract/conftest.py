"""The two databases that every contract test runs on, each migrated once and emptied before each test."""

from __future__ import annotations

import contextlib
import os
import shutil
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
from tests.contract.search_kits import (  # noqa: F401 - fixtures
    kit,
    large_selections_kit,
    meilisearch_kit,
    search_server,
    server_order_kit,
)
from tests.postgres import Cluster, programs


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
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL: set NABIJ_TEST_POSTGRES_URL or install postgresql-postgis")
    folder = Path(tempfile.mkdtemp(prefix="nabij-postgres-"))
    try:
        cluster = Cluster(folder, found)
        cluster.start()
        yield cluster.url
        cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgis", marks=pytest.mark.postgis)])
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without tables."""
    if request.param == "sqlite":
        engine = connect_engine(Settings(home=tmp_path))
        yield engine
        engine.dispose()
        return
    with postgres_database(request.getfixturevalue("postgres_url"), "nabij_blank") as url:
        engine = connect_engine(Settings(database_url=url))
        yield engine
        engine.dispose()
