"""What a user reads when a database cannot be used."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from service.config import Settings
from service.database import session
from service.database.migrate import upgrade
from service.database.session import connect_engine, reading, writing
from service.errors import BadSetting, Busy, StorageError


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = connect_engine(Settings(home=tmp_path))
    upgrade(engine)
    yield engine
    engine.dispose()


def fill(engine: Engine, rows: int = 200) -> None:
    with writing(engine) as connection:
        for number in range(rows):
            row = {"id": f"s{number}", "name": "x" * 4_000, "precedence": 1}
            connection.execute(
                sa.text("INSERT INTO source (id, name, precedence) VALUES (:id, :name, :precedence)"), row
            )


def test_full_disk(engine: Engine) -> None:
    @sa.event.listens_for(engine, "begin")
    def _small(connection: sa.Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 90")

    with pytest.raises(StorageError, match="is full"):
        fill(engine)


def test_nothing_of_a_failed_transaction_stays(engine: Engine) -> None:
    @sa.event.listens_for(engine, "begin")
    def _small(connection: sa.Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 90")

    with pytest.raises(StorageError):
        fill(engine)
    with reading(engine) as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM source")) == 0


def test_read_only_database(engine: Engine, tmp_path: Path) -> None:
    engine.dispose()
    with sqlite3.connect(tmp_path / "nabij.db") as plain:
        plain.execute("PRAGMA journal_mode=DELETE")
    plain.close()
    address = f"sqlite:///file:{tmp_path / 'nabij.db'}?mode=ro&uri=true"
    closed = connect_engine(Settings(database_url=address))
    with pytest.raises(StorageError, match="cannot be written"):
        fill(closed)
    closed.dispose()


def test_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("not a folder")
    with pytest.raises(StorageError, match="cannot be made"):
        connect_engine(Settings(home=tmp_path / "var" / "nabij"))


def test_database_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    engine = connect_engine(Settings(database_url=f"sqlite:///{tmp_path}/nowhere/nabij.db"))
    with pytest.raises(StorageError, match="cannot be opened"):
        upgrade(engine)


def test_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "nabij.db").write_text("This is a letter, and a long one at that. " * 50)
    with pytest.raises(StorageError, match="not a database"):
        upgrade(connect_engine(Settings(home=tmp_path)))


def test_second_writer_is_told_that_the_first_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "BUSY_MS", 50)
    engine = connect_engine(Settings(home=tmp_path))
    upgrade(engine)
    with writing(engine), pytest.raises(Busy, match="Another command"), writing(engine):
        pass
    engine.dispose()


def test_reader_sees_the_old_state_while_a_writer_writes(engine: Engine) -> None:
    with writing(engine) as writer:
        writer.execute(sa.text("INSERT INTO source (id, name, precedence) VALUES ('a', 'A', 1)"))
        with reading(engine) as reader:
            assert reader.scalar(sa.text("SELECT count(*) FROM source")) == 0


def test_unreachable_postgresql_says_so_without_the_password() -> None:
    engine = connect_engine(Settings(database_url="postgresql://nabij:s3cret@127.0.0.1:1/nabij"))
    with pytest.raises(StorageError, match=r"127\.0\.0\.1:1/nabij cannot be reached") as failure:
        upgrade(engine)
    assert "s3cret" not in str(failure.value)


@pytest.mark.postgis
def test_unknown_postgresql_database_says_so(postgres_url: str) -> None:
    address = sa.engine.make_url(postgres_url).set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(StorageError, match="cannot be reached"):
        upgrade(connect_engine(Settings(database_url=address)))


@pytest.mark.postgis
def test_second_writer_of_postgresql_is_told_too(
    migrated_postgis: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(migrated_postgis), migrated_postgis.connect() as other, other.begin():
        other.execute(sa.text("SET LOCAL lock_timeout = '50ms'"))
        with pytest.raises(Busy, match="Another command"):
            other.execute(sa.select(sa.func.pg_advisory_xact_lock(session.WRITERS_LOCK)))


@pytest.mark.parametrize("address", ["mysql://host/nabij", "no address", "sqlite://"])
def test_address_of_another_kind(address: str) -> None:
    with pytest.raises(BadSetting):
        connect_engine(Settings(database_url=address))
