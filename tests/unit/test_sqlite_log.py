"""How much SQLite keeps in its log of changes before it moves them into the file."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from service.config import read_settings
from service.database import session
from service.database.session import connect_engine, let_go, writing

PAGES = 64
"""Of four kilobytes: what is kept in the log of one that writes a little."""


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr(session, "CHECKPOINT_PAGES", PAGES)
    engine = connect_engine(read_settings({"NABIJ_HOME": str(tmp_path)}))
    with writing(engine) as connection:
        connection.execute(sa.text("CREATE TABLE held (text TEXT)"))
    yield engine
    let_go(engine)


def write(engine: Engine, *, is_bulk: bool) -> int:
    """Write a hundred pages; gives how many pages the file has, without its log."""
    with writing(engine, is_bulk=is_bulk) as connection:
        connection.execute(sa.text("INSERT INTO held VALUES (:text)"), [{"text": "x" * 4_000}] * 100)
    return Path(str(engine.url.database)).stat().st_size // 4_096


def test_a_large_change_is_moved_at_once(engine: Engine) -> None:
    assert write(engine, is_bulk=False) > 100


def test_one_of_many_stays_in_the_log(engine: Engine) -> None:
    assert write(engine, is_bulk=True) < 10


def test_whoever_writes_after_many_moves_them(engine: Engine) -> None:
    write(engine, is_bulk=True)
    with writing(engine) as connection:
        connection.execute(sa.text("INSERT INTO held VALUES ('y')"))
    assert Path(str(engine.url.database)).stat().st_size > 100 * 4_096


def test_the_log_of_many_becomes_small_again(engine: Engine) -> None:
    log = Path(f"{engine.url.database}-wal")
    write(engine, is_bulk=True)
    assert log.stat().st_size > 100 * 4_096
    for _twice in range(2):  # the first moves the pages, the second begins the log anew
        with writing(engine) as connection:
            connection.execute(sa.text("INSERT INTO held VALUES ('y')"))
    assert log.stat().st_size <= PAGES * 4_096


def test_what_stays_in_the_log_can_be_read(engine: Engine) -> None:
    write(engine, is_bulk=True)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM held")) == 100
