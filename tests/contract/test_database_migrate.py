"""Making and changing the tables, on both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from service.config import Settings
from service.database import migrate
from service.database.differences import differences
from service.database.migrate import upgrade
from service.database.revisions import is_current, knows, newest_revision, revision_of
from service.database.session import connect_engine, reading, writing
from service.errors import StorageError
from tests.contract.conftest import postgres_database


def test_empty_database_has_no_revision(blank: Engine) -> None:
    assert revision_of(blank) is None


def test_upgrade_from_empty_reaches_the_newest_revision(blank: Engine) -> None:
    upgrade(blank)
    assert is_current(blank)


def test_upgrade_twice_is_upgrade_once(blank: Engine) -> None:
    upgrade(blank)
    upgrade(blank)
    assert revision_of(blank) == newest_revision()


def test_migrated_tables_are_those_of_the_code(engine: Engine) -> None:
    with reading(engine) as connection:
        assert differences(connection) == []


def test_comparison_sees_a_missing_column(blank: Engine) -> None:
    upgrade(blank)
    with writing(blank) as connection:
        connection.execute(sa.text("ALTER TABLE source DROP COLUMN attribution"))
    with reading(blank) as connection:
        assert "attribution" in str(differences(connection))


@pytest.mark.postgis
def test_comparison_leaves_out_what_an_extension_brought(postgres_url: str) -> None:
    # As in the image of PostGIS: extensions with tables of their own, on the search path of the database.
    with postgres_database(postgres_url, "nabij_extended") as url:
        engine = connect_engine(Settings(database_url=url))
        with writing(engine) as connection:
            connection.execute(sa.text("CREATE EXTENSION postgis_topology CASCADE"))
            name = engine.url.database
            connection.execute(sa.text(f"ALTER DATABASE {name} SET search_path = public, topology"))
        engine.dispose()
        upgrade(engine)
        with reading(engine) as connection:
            assert "layer" in sa.inspect(connection).get_table_names()
            assert differences(connection) == []
        with writing(engine) as connection:
            connection.execute(sa.text("CREATE TABLE left_over (id integer)"))
        with reading(engine) as connection:
            assert "left_over" in str(differences(connection))
        engine.dispose()


def test_database_of_a_newer_nabij_says_so(blank: Engine) -> None:
    upgrade(blank)
    with writing(blank) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="newer Nabij"):
        upgrade(blank)


def test_broken_off_migration_leaves_nothing(blank: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = migrate.command.upgrade

    def upgrade_then_die(*arguments: object) -> None:
        whole(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(migrate.command, "upgrade", upgrade_then_die)
    with pytest.raises(KeyboardInterrupt):
        upgrade(blank)
    assert revision_of(blank) is None
    monkeypatch.undo()
    upgrade(blank)
    assert is_current(blank)


def test_known_revisions_are_those_of_the_migrations() -> None:
    scripts = list(ScriptDirectory.from_config(migrate._config()).walk_revisions())
    assert newest_revision() == scripts[0].revision
    assert all(knows(script.revision) for script in scripts)
