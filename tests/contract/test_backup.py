"""A backup is one consistent file that is put back whole or not at all, of either database."""

import gzip
import io
import json
import os
import stat
import tarfile
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from service.backup.manifest import NAME
from service.backup.run import COUNTED, check_backup, make_backup, restore_backup
from service.catalogue.listings import published_ids
from service.cli import cli
from service.config import Settings
from service.database.claims import source_record
from service.database.migrate import upgrade
from service.database.outbox import outbox
from service.database.revisions import newest_revision
from service.database.schema import metadata
from service.database.session import connect_engine, reading
from service.errors import BadSetting, StorageError
from tests.contract.catalogue_factory import NOW, bring, listing_id, statement
from tests.contract.conftest import postgres_database

KINDS = ["sqlite", pytest.param("postgis", marks=pytest.mark.postgis)]


@pytest.fixture(params=KINDS)
def places(request, tmp_path):
    """A function that gives settings of a new data folder with a new, empty database."""
    opened = []

    def make(name):
        home = tmp_path / name
        home.mkdir()
        if request.param == "sqlite":
            return Settings(home=home)
        server = request.getfixturevalue("postgres_url")
        made = postgres_database(server, f"nabij_{name}")
        opened.append(made)
        return Settings(home=home, database_url=made.__enter__())

    yield make
    for each in opened:
        each.__exit__(None, None, None)


@pytest.fixture
def full(places):
    """A catalogue of two listings with the other files of a data folder."""
    settings = places("full")
    database = connect_engine(settings)
    upgrade(database)
    bring(database, statement("pantry"), statement("soup", **{"service.name@nl": "Soep"}))
    (settings.home / "raw" / "lijst").mkdir(parents=True)
    (settings.home / "raw" / "lijst" / "2026-11-22-abc.csv").write_text("key;name\n")
    (settings.home / "secret").write_text("a secret of forms")
    (settings.home / "search.current").write_text("some index")
    yield settings, database
    database.dispose()


@pytest.fixture
def scratch(places):
    settings = places("scratch")
    database = connect_engine(settings)
    yield settings, database
    database.dispose()


def contents(database):
    """Every row of every table."""
    with reading(database) as connection:
        return {
            name: sorted(map(repr, connection.execute(sa.select(*columns)).all()))
            for name, table in metadata.tables.items()
            if (columns := [column for column in table.columns if column.name != "point"])  # of both numbers
        }


def test_everything_comes_back_in_another_place(full, scratch, tmp_path):
    file = tmp_path / "kept.tar.gz"
    made = make_backup(*full, file, NOW, replace=False)
    restored = restore_backup(*scratch, file, replace=False)
    assert contents(scratch[1]) == contents(full[1])
    home = scratch[0].home
    assert (home / "raw" / "lijst" / "2026-11-22-abc.csv").read_text() == "key;name\n"
    assert (home / "secret").read_text() == "a secret of forms"
    assert not (home / "search.current").exists()
    assert (restored, restored.counts["listing"], restored.revision) == (made, 2, newest_revision())


def test_what_comes_back_can_be_worked_with(full, scratch, tmp_path):
    make_backup(*full, tmp_path / "kept", NOW, replace=False)
    restore_backup(*scratch, tmp_path / "kept", replace=False)
    bring(scratch[1], statement("pantry", **{"service.name@nl": "Anders"}), now=NOW + timedelta(days=1))
    with reading(scratch[1]) as connection:
        assert listing_id("pantry") in set(published_ids(connection))
        positions = list(connection.scalars(sa.select(outbox.c.position)))
    assert len(positions) == len(set(positions))


def test_a_backup_made_while_others_write_is_of_one_state(full, scratch, tmp_path):
    stop, done = threading.Event(), []

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            keys = (f"a{number}", f"b{number}", f"c{number}")  # three records in each transaction
            bring(full[1], *map(statement, keys), now=NOW + timedelta(minutes=number))
            done.append(number)

    writing = threading.Thread(target=write)
    writing.start()
    try:
        while len(done) < 2:
            stop.wait(0.01)
        make_backup(*full, tmp_path / "kept", NOW, replace=False)
        begun = len(done)
        while len(done) < begun + 2:
            stop.wait(0.01)
    finally:
        stop.set()
        writing.join()
    restore_backup(*scratch, tmp_path / "kept", replace=False)
    with reading(scratch[1]) as connection:
        keys = set(connection.scalars(sa.select(source_record.c.key))) - {"pantry", "soup"}
        speaking = connection.scalar(
            sa.select(sa.func.count())
            .select_from(source_record)
            .where(source_record.c.withdrawn_at.is_(None))
        )
    numbers = {key[1:] for key in keys}
    assert keys == {f"{letter}{number}" for letter in "abc" for number in numbers}
    assert speaking in (3, 6)  # an import takes its records, then withdraws those of before


def test_a_file_that_is_there_is_not_written_over(full, tmp_path):
    (tmp_path / "kept").write_text("something else")
    with pytest.raises(StorageError, match="--replace"):
        make_backup(*full, tmp_path / "kept", NOW, replace=False)
    assert (tmp_path / "kept").read_text() == "something else"
    make_backup(*full, tmp_path / "kept", NOW, replace=True)
    assert check_backup(tmp_path / "kept").counts["listing"] == 2


def test_a_catalogue_that_is_there_is_not_given_up(full, tmp_path):
    make_backup(*full, tmp_path / "kept", NOW, replace=False)
    bring(full[1], statement("later"), now=NOW + timedelta(days=1))
    before = contents(full[1])
    with pytest.raises(StorageError, match="--replace"):
        restore_backup(*full, tmp_path / "kept", replace=False)
    assert contents(full[1]) == before
    restore_backup(*full, tmp_path / "kept", replace=True)
    assert contents(full[1]) != before


def test_only_its_owner_may_read_it(full, tmp_path):
    make_backup(*full, tmp_path / "kept", NOW, replace=False)
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o600


def test_nothing_else_is_left_behind(full, tmp_path):
    make_backup(*full, tmp_path / "kept", NOW, replace=False)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.fixture
def kept(tmp_path):
    """A backup of a SQLite catalogue, and what is needed to restore one."""
    home = tmp_path / "made"
    settings = Settings(home=home)
    database = connect_engine(settings)
    upgrade(database)
    bring(database, statement())
    make_backup(settings, database, tmp_path / "kept", NOW, replace=False)
    database.dispose()
    return tmp_path / "kept"


def refused(file, tmp_path, error=StorageError):
    """The sentence with which a file is refused; nothing is made of it."""
    settings = Settings(home=tmp_path / "target")
    settings.home.mkdir()
    with pytest.raises(error) as failure:
        restore_backup(settings, connect_engine(settings), file, replace=False)
    assert [path.name for path in settings.home.iterdir() if "nabij.db" not in path.name] == []
    return str(failure.value)


def repacked(file, change):
    """The backup with its members changed: name to bytes."""
    with tarfile.open(file) as tar:
        members = {m.name: tar.extractfile(m).read() for m in tar}
    change(members)
    with tarfile.open(file, "w:gz") as tar:
        for name, content in members.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    return file


def _manifest(**values):
    def change(members):
        members[NAME] = json.dumps(json.loads(members[NAME]) | values).encode()

    return change


def test_a_file_that_is_none_says_so(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all")
    assert "no backup of Nabij" in refused(tmp_path / "letter.txt", tmp_path)


def test_a_file_that_is_not_there_says_so(tmp_path):
    assert "There is no file" in refused(tmp_path / "nothing", tmp_path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_backup_cut_short_is_refused(kept, tmp_path, share):
    content = kept.read_bytes()
    kept.write_bytes(content[: int(len(content) * share)])
    assert "cut short" in refused(kept, tmp_path)


def test_a_changed_byte_is_noticed(kept, tmp_path):
    content = bytearray(gzip.decompress(kept.read_bytes()))
    content[len(content) // 2] ^= 1
    kept.write_bytes(gzip.compress(bytes(content)))
    assert "database.sqlite is not what its manifest says" in refused(kept, tmp_path)


def test_a_file_that_the_manifest_does_not_name_is_refused(kept, tmp_path):
    file = repacked(kept, lambda members: members.update({"../../evil": b"x"}))
    assert "does not name" in refused(file, tmp_path)


def test_a_backup_of_a_newer_nabij_is_refused(kept, tmp_path):
    assert "newer Nabij" in refused(repacked(kept, _manifest(revision="r9999")), tmp_path)


def test_a_later_format_is_refused(kept, tmp_path):
    assert "newer Nabij" in refused(repacked(kept, _manifest(format=2)), tmp_path)


def test_a_backup_of_the_other_database_says_which_it_is(kept, tmp_path):
    assert "is of postgresql" in refused(
        repacked(kept, _manifest(database="postgresql")), tmp_path, BadSetting
    )


def test_counts_are_held_against_the_manifest(kept, tmp_path):
    wrong = dict.fromkeys(COUNTED, 7)
    assert "has 1 rows after restoring" in refused(repacked(kept, _manifest(counts=wrong)), tmp_path)


def test_a_damaged_database_is_put_aside_and_replaced(kept, tmp_path):
    settings = Settings(home=tmp_path / "broken")
    settings.home.mkdir()
    (settings.home / "nabij.db").write_bytes(b"no database at all " * 500)
    database = connect_engine(settings)
    restore_backup(settings, database, kept, replace=True)
    with reading(database) as connection:
        assert len(list(published_ids(connection))) == 1
    assert (settings.home / "nabij.db.damaged").exists()
    database.dispose()


def test_who_reads_goes_on_reading_and_sees_what_was_put_back(kept, tmp_path):
    settings = Settings(home=tmp_path / "read")
    database, reader = connect_engine(settings), connect_engine(settings)
    upgrade(database)
    with reading(reader) as connection:
        assert list(published_ids(connection)) == []
        restore_backup(settings, database, kept, replace=False)
        assert list(published_ids(connection)) == []
    with reading(reader) as connection:
        assert len(list(published_ids(connection))) == 1
    reader.dispose()
    database.dispose()


def test_an_empty_place_has_nothing_to_copy(tmp_path):
    settings = Settings(home=tmp_path)
    with pytest.raises(StorageError, match="nabij init"):
        make_backup(settings, connect_engine(settings), tmp_path / "kept", NOW, replace=False)


@pytest.mark.postgis
def test_without_the_programs_of_postgresql_it_says_what_to_install(postgres_url, tmp_path, monkeypatch):
    with postgres_database(postgres_url, "nabij_programs") as url:
        settings = Settings(home=tmp_path, database_url=url)
        database = connect_engine(settings)
        upgrade(database)
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(StorageError, match="pg_dump is not installed"):
            make_backup(settings, database, tmp_path / "kept", NOW, replace=False)
        database.dispose()


def test_the_commands_make_check_and_restore(kept, tmp_path, monkeypatch, lexicon_home):
    home = tmp_path / "by-command"
    home.mkdir()
    (home / "lexicon").symlink_to(lexicon_home / "lexicon")
    monkeypatch.setenv("NABIJ_HOME", str(home))
    assert "listing: 1" in CliRunner().invoke(cli, ["backup", "--check", str(kept)]).output
    done = CliRunner().invoke(cli, ["restore", str(kept)])
    assert (done.exit_code, "The index holds 1 listings" in done.output) == (0, True)
    again = CliRunner().invoke(cli, ["backup", str(home / "again.tar.gz")])
    assert (again.exit_code, "listing: 1" in again.output) == (0, True)
    assert os.listdir(home).count("nabij.db") == 1
    assert Path(home / "search.current").exists()
