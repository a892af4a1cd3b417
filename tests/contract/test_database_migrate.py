"""Making and changing the tables, on both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from service.database import migrate
from service.database.differences import differences
from service.database.migrate import upgrade
from service.database.revisions import is_current, knows, newest_revision, revision_of
from service.database.session import reading, writing
from service.errors import StorageError


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
