"""A web process reads from a hot standby and writes to the database itself, on two real servers."""

import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.catalogue.listings import published_ids
from service.config import Settings
from service.database.claims import source
from service.database.migrate import upgrade
from service.database.postgresql import connect_postgresql
from service.database.revisions import is_usable
from service.database.session import connect_engine, connect_web, let_go, primary_of, reading, writing
from service.errors import BadSetting, Busy, DatabaseAway
from service.search.engine.base import EngineQuery
from service.search.standby.engine import DatabaseEngine
from tests.contract.catalogue_factory import NOW, bring, listing_id, statement
from tests.postgres import Cluster, programs


@pytest.fixture(scope="module")
def servers():
    """A server and its hot standby."""
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL: install postgresql-postgis")
    folders = [Path(tempfile.mkdtemp(prefix="nabij-replica-")) for _ in range(2)]
    try:
        primary = Cluster(folders[0], found)
        primary.start()
        database = connect_engine(Settings(database_url=primary.url))
        upgrade(database)
        bring(database, statement())
        database.dispose()
        standby = Cluster(folders[1], found, of=primary)
        standby.start()
        yield primary, standby
        standby.stop()
        primary.stop()
    finally:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def web(servers):
    """The engine of a web process with a replica."""
    primary, standby = servers
    engine = connect_web(Settings(database_url=primary.url, database_read_url=standby.url))
    yield engine
    let_go(engine)


def port_of(connection):
    return connection.scalar(sa.text("SELECT inet_server_port()"))


def eventually(what):
    for _ in range(200):
        if what():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.postgis
def test_reads_go_to_the_standby(web, servers):
    with reading(web) as connection:
        assert port_of(connection) == servers[1].port
        assert connection.scalar(sa.text("SELECT pg_is_in_recovery()")) is True


@pytest.mark.postgis
def test_writes_go_to_the_database_and_are_read_a_moment_later(web, servers):
    with writing(web) as connection:
        assert port_of(connection) == servers[0].port
        connection.execute(sa.insert(source).values(id="new", name="New", precedence=1))

    def arrived():
        with reading(web) as connection:
            return connection.scalar(sa.select(sa.func.count()).where(source.c.id == "new")) == 1

    assert eventually(arrived)


@pytest.mark.postgis
def test_searches_without_an_index_are_answered_by_the_standby(web):
    found = DatabaseEngine(web).search(EngineQuery(needs={"food.parcel": 1.0}, point=(50.88, 4.35)))
    assert found.total >= 1
    assert is_usable(web)


@pytest.mark.postgis
def test_an_import_reaches_the_standby(web, servers):
    database = connect_engine(Settings(database_url=servers[0].url))
    bring(database, statement(), statement("later"), now=NOW + timedelta(days=1))
    database.dispose()

    def arrived():
        with reading(web) as connection:
            return listing_id("later") in set(published_ids(connection))

    assert eventually(arrived)


@pytest.mark.postgis
def test_addresses_of_both_make_a_web_process_outlive_the_standby(servers):
    primary, standby = servers
    hosts = f"host=127.0.0.1:{standby.port}&host=127.0.0.1:{primary.port}&target_session_attrs=prefer-standby"
    both = f"postgresql://nabij@/postgres?{hosts}"
    engine = connect_web(Settings(database_url=primary.url, database_read_url=both))
    with reading(engine) as connection:
        assert port_of(connection) == standby.port
    standby.stop()
    try:
        with reading(engine) as connection:
            assert port_of(connection) == primary.port
    finally:
        let_go(engine)
        standby.start()


@pytest.mark.postgis
def test_without_a_replica_everything_goes_to_the_database(servers):
    engine = connect_web(Settings(database_url=servers[0].url))
    assert primary_of(engine) is engine
    let_go(engine)


@pytest.mark.postgis
def test_a_statement_that_takes_long_ends_as_busy(servers):
    url = sa.make_url(servers[0].url)
    engine = connect_postgresql(url, 1, statement_ms=50)
    with engine.connect() as connection, pytest.raises(sa.exc.OperationalError, match="statement timeout"):
        connection.execute(sa.text("SELECT pg_sleep(5)"))
    engine.dispose()


@pytest.mark.postgis
def test_a_lock_that_is_held_long_ends_the_wait_as_busy(web, servers, monkeypatch):
    monkeypatch.setattr("service.database.session.WEB_STATEMENT_MS", 100)
    impatient = connect_web(Settings(database_url=servers[0].url))
    with writing(web), pytest.raises(Busy), writing(impatient):
        pass
    let_go(impatient)


@pytest.mark.postgis
def test_a_process_whose_connections_are_all_in_use_says_so(servers, monkeypatch):
    monkeypatch.setattr("service.database.postgresql.CONNECT_S", 0.1)
    engine = connect_postgresql(sa.make_url(servers[0].url), 1, 1_000)
    with engine.connect(), engine.connect(), pytest.raises(Busy, match="NABIJ_DATABASE_CONNECTIONS"):
        engine.connect()
    engine.dispose()


def test_a_replica_of_sqlite_is_refused(tmp_path):
    given = Settings(home=tmp_path, database_read_url="postgresql://nabij@127.0.0.1/nabij")
    with pytest.raises(BadSetting, match="NABIJ_DATABASE_READ_URL"):
        connect_web(given)


def test_a_replica_that_is_no_postgresql_is_refused(tmp_path):
    given = Settings(database_url="postgresql://nabij@127.0.0.1/nabij", database_read_url="sqlite:///x.db")
    with pytest.raises(BadSetting, match="names no PostgreSQL"):
        connect_web(given)


def test_a_replica_that_is_away_is_said_without_its_password():
    url = "postgresql://nabij:hidden@127.0.0.1:1/nabij"
    engine = connect_web(Settings(database_url=url, database_read_url=url))
    with pytest.raises(DatabaseAway) as failure, reading(engine):
        pass
    assert "hidden" not in str(failure.value)
