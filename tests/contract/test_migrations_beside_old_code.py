"""A migration takes nothing away that the version before it uses, so that both run side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from service.config import Settings
from service.database import migrate, revisions
from service.database.session import connect_engine, writing

STEPS = [
    (script.down_revision, script.revision)
    for script in reversed(list(ScriptDirectory.from_config(migrate._config()).walk_revisions()))
    if script.down_revision
]
GIVEN_UP: dict[str, set[str]] = {}
"""By revision what it drops or makes stricter, once no version since the one before last uses it: a column is
first left out of the code (expand), and dropped a release later (contract)."""


def bring_to(engine: Engine, revision: str) -> None:
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            migrate._make_postgis(connection)
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def columns_of(connection: Connection) -> dict[str, sa.engine.interfaces.ReflectedColumn]:
    found = sa.inspect(connection)
    tables = [name for name in found.get_table_names() if name != "spatial_ref_sys"]
    return {f"{table}.{column['name']}": column for table in tables for column in found.get_columns(table)}


def taken_away(before, after) -> set[str]:
    """What old code would miss or stumble over."""
    gone = {name for name in before if name not in after}
    stricter = {n for n in before if n in after and before[n]["nullable"] and not after[n]["nullable"]}
    other = {n for n in before if n in after and str(before[n]["type"]) != str(after[n]["type"])}
    tables = {name.partition(".")[0] for name in before}
    needed = {
        name
        for name, column in after.items()
        if name not in before
        and name.partition(".")[0] in tables
        and not column["nullable"]
        and column.get("default") is None
        and not column.get("computed")
    }
    return gone | stricter | other | needed


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # reflection knows no geography
def test_every_step_keeps_what_the_version_before_uses(blank: Engine) -> None:
    bring_to(blank, STEPS[0][0])
    for former, revision in STEPS:
        with blank.connect() as connection:
            before = columns_of(connection)
        bring_to(blank, revision)
        with blank.connect() as connection:
            lost = taken_away(before, columns_of(connection))
        assert lost == GIVEN_UP.get(revision, set()), f"{former} to {revision}"


def test_what_is_taken_away_is_noticed() -> None:
    def column(nullable=True, kind="TEXT", default=None):
        return {"nullable": nullable, "type": kind, "default": default}

    before = {"t.kept": column(), "t.dropped": column(), "t.strict": column(), "t.typed": column()}
    after = {
        "t.kept": column(), "t.strict": column(nullable=False), "t.typed": column(kind="INTEGER"),
        "t.free": column(), "t.filled": column(nullable=False, default="0"),
        "t.needed": column(nullable=False), "new.own": column(nullable=False),
    }  # fmt: skip
    assert taken_away(before, after) == {"t.dropped", "t.strict", "t.typed", "t.needed"}


def test_a_process_of_before_stays_in_use_after_a_migration(tmp_path: Path) -> None:
    engine = connect_engine(Settings(home=tmp_path))
    migrate.upgrade(engine)
    with writing(engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'of_a_newer_nabij'"))
    assert revisions.is_usable(engine)
    assert not revisions.is_current(engine)
    engine.dispose()


def test_a_process_of_after_is_not_ready_before_the_migration(tmp_path: Path) -> None:
    engine = connect_engine(Settings(home=tmp_path))
    bring_to(engine, STEPS[-1][0])
    assert not revisions.is_usable(engine)
    engine.dispose()
