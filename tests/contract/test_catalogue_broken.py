"""A process that dies or a connection that breaks leaves the old state or the new; a rerun does the rest."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from importers.lock import import_lock
from service.catalogue.claims import Statement
from service.catalogue.matching.run import match
from service.catalogue.tasks.refresh import refresh_tasks
from service.config import Settings
from service.database.runs import import_run
from service.database.session import reading
from service.database.tasks import task
from service.errors import Busy, NabijError, StorageError
from tests.contract.catalogue_factory import CITY, LATER, NOW, bring, derived, statement
from tests.contract.conftest import empty

KEYS = [f"pantry-{number}" for number in range(12)]
SHARES = (0.2, 0.5, 0.8)
"""How much of the work is done when it breaks."""

DIE = """
import os, signal, sys
import sqlalchemy as sa
from service.config import Settings
from service.database.session import connect_engine
from service.catalogue.matching.run import match
from service.catalogue.tasks.refresh import refresh_tasks
from tests.contract.catalogue_factory import LATER

engine = connect_engine(Settings(database_url=sys.argv[1]))
last, begun = int(sys.argv[2]), 0

def count(*_):
    global begun
    begun += 1
    if begun == last:
        os.kill(os.getpid(), signal.SIGKILL)

sa.event.listen(engine, "before_cursor_execute", count)
match(engine, LATER)
refresh_tasks(engine, LATER)
"""


def pantries(**values: Any) -> list[Statement]:
    """One pantry in each of several streets, so that each of one source has one of the other."""
    return [
        statement(key, **{"address__street.at.nl": f"{key} straat", "service__name.at.nl": key, **values})
        for key in KEYS
    ]


def heard(engine: Engine) -> None:
    """Two sources that know the same pantries, not yet compared; one is asked about."""
    empty(engine)
    hear(engine)


def hear(engine: Engine) -> None:
    bring(engine, *pantries())
    bring(engine, *pantries(contact__email="a@stad.example.be"), statement("moved"), card=CITY)


def hear_and_follow(engine: Engine) -> None:
    hear(engine)
    follow(engine)


def follow(engine: Engine) -> None:
    match(engine, LATER)
    refresh_tasks(engine, LATER)


def held(engine: Engine) -> tuple[Any, ...]:
    with reading(engine) as connection:
        open_tasks = connection.execute(sa.select(task.c.topic, task.c.state, task.c.worth)).all()
    return derived(engine), sorted(open_tasks)


def statements_of(engine: Engine, work: Callable[[], object]) -> int:
    counted = 0

    def count(*_: object) -> None:
        nonlocal counted
        counted += 1

    sa.event.listen(engine, "before_cursor_execute", count)
    work()
    sa.event.remove(engine, "before_cursor_execute", count)
    return counted


def break_at(engine: Engine, number: int) -> Callable[[], None]:
    """Cut every connection of the engine from the server's side at its n-th statement; gives how to stop."""
    begun = 0
    cutter = sa.create_engine(engine.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    cut = sa.text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    def count(*_: object) -> None:
        nonlocal begun
        begun += 1
        if begun == number:
            with cutter.connect() as connection:
                connection.execute(cut)

    sa.event.listen(engine, "before_cursor_execute", count)
    return lambda: sa.event.remove(engine, "before_cursor_execute", count)


@pytest.mark.parametrize("share", SHARES)
def test_a_killed_match_is_finished_by_the_next(engine: Engine, share: float) -> None:
    heard(engine)
    total = statements_of(engine, lambda: follow(engine))
    expected = held(engine)
    heard(engine)
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", DIE, url, str(int(total * share))]
    killed = subprocess.run(command, check=False, capture_output=True, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    follow(engine)
    assert held(engine) == expected


@pytest.mark.postgis
@pytest.mark.parametrize("share", SHARES)
def test_an_import_whose_connection_breaks_is_finished_by_the_next(
    migrated_postgis: Engine, share: float
) -> None:
    engine = migrated_postgis
    empty(engine)
    total = statements_of(engine, lambda: bring(engine, *pantries()))
    expected = derived(engine)
    empty(engine)
    stop = break_at(engine, int(total * share))
    with pytest.raises(StorageError, match="cannot be reached"):
        bring(engine, *pantries())
    stop()
    bring(engine, *pantries())
    assert derived(engine) == expected


@pytest.mark.postgis
def test_an_import_whose_connection_broke_is_in_the_journal(migrated_postgis: Engine) -> None:
    engine = migrated_postgis
    empty(engine)
    total = statements_of(engine, lambda: bring(engine, *pantries()))
    empty(engine)
    stop = break_at(engine, int(total * SHARES[-1]))
    with pytest.raises(NabijError):
        bring(engine, *pantries())
    stop()
    bring(engine, *pantries())
    with reading(engine) as connection:
        states = sorted(connection.scalars(sa.select(import_run.c.state)))
    assert states in (["broken_off", "finished"], ["failed", "finished"])


@pytest.mark.postgis
@pytest.mark.parametrize("share", SHARES)
def test_a_match_whose_connection_breaks_is_finished_by_the_next(
    migrated_postgis: Engine, share: float
) -> None:
    engine = migrated_postgis
    heard(engine)
    total = statements_of(engine, lambda: follow(engine))
    expected = held(engine)
    heard(engine)
    stop = break_at(engine, int(total * share))
    with pytest.raises(StorageError):
        follow(engine)
    stop()
    follow(engine)
    assert held(engine) == expected


@pytest.mark.parametrize("room", [1, 8, 20, 40])
def test_what_a_full_disk_broke_off_is_finished_when_there_is_room(
    migrated_sqlite: Engine, tmp_path: Any, room: int
) -> None:
    engine = migrated_sqlite
    heard(engine)
    follow(engine)
    expected = held(engine)
    empty(engine)
    with full_disk(engine, room), pytest.raises(StorageError, match="is full"):
        hear_and_follow(engine)
    hear_and_follow(engine)
    assert held(engine) == expected


@contextmanager
def full_disk(engine: Engine, room: int) -> Iterator[None]:
    """The file of the database cannot grow by more than some pages; what was deleted leaves no room in it."""
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("VACUUM")
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
        connection.exec_driver_sql("BEGIN")

    def limit(connection: Any) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + room}")

    def free(connection: Any) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=1073741823")

    sa.event.listen(engine, "begin", limit)
    try:
        yield
    finally:
        sa.event.remove(engine, "begin", limit)
        engine.dispose()  # no connection that is kept still has the limit
        sa.event.listen(engine, "begin", free)
        with engine.connect() as connection, connection.begin():
            pass
        sa.event.remove(engine, "begin", free)


def test_a_second_import_says_that_one_runs(engine: Engine, tmp_path: Any) -> None:
    settings = Settings(home=tmp_path)
    with (
        import_lock(settings.home, engine),
        pytest.raises(Busy, match="import"),
        import_lock(settings.home, engine),
    ):
        pass


@pytest.mark.postgis
def test_a_second_import_from_another_machine_says_that_one_runs(
    migrated_postgis: Engine, tmp_path: Any
) -> None:
    with (
        import_lock(tmp_path / "one", migrated_postgis),
        pytest.raises(Busy, match="An import into this database is running"),
        import_lock(tmp_path / "other", migrated_postgis),
    ):
        pass


def test_what_is_matched_in_any_order_is_the_same(engine: Engine) -> None:
    heard(engine)
    follow(engine)
    expected = held(engine)
    empty(engine)
    bring(engine, *pantries(contact__email="a@stad.example.be"), statement("moved"), card=CITY)
    match(engine, NOW)
    bring(engine, *pantries())
    follow(engine)
    assert held(engine) == expected
