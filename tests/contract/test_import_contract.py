"""An import does the same on both databases."""

import pytest
import sqlalchemy as sa

from importers.lock import import_lock
from importers.run import run_import
from service.config import Settings
from service.database.claims import listing
from service.database.session import reading
from service.errors import Busy


@pytest.fixture
def load(engine, tmp_path, now):
    def load(home="home", **how):
        return run_import("catalogue", Settings(home=tmp_path / home), engine, now, **how)

    return load


def test_the_whole_catalogue_lands_and_a_second_run_changes_nothing(engine, load):
    assert (load().created, load().unchanged) == (709, 709)
    with reading(engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(listing)) == 709


def test_a_dry_run_writes_nothing(engine, load):
    assert load(dry_run=True).created == 709
    with reading(engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(listing)) == 0


def test_two_data_folders_do_not_import_into_one_database_at_once(engine, load, tmp_path):
    with import_lock(tmp_path / "other", engine), pytest.raises(Busy, match="is running"):
        load()
    assert load().created == 709
