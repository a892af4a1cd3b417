"""What is exported and imported again is the same catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy.engine import Engine

from importers.progress import show_progress
from importers.run import run_import
from service.commands.export import export_command
from service.config import Settings
from service.database.migrate import upgrade
from service.database.session import connect_engine, reading
from service.hsds.directory import read_directory
from service.hsds.entries import Entry, read_entries
from tests.contract.catalogue_factory import LATER

INTERNAL = "service.remark"


def entries(database: Engine) -> list[Entry]:
    with reading(database) as connection:
        directory = read_directory(connection, 0)
        return list(read_entries(connection, directory.listings, LATER.date()))


def facts(entry: Entry) -> tuple[Any, ...]:
    """All that a listing says, without its id and without what stays inside."""
    said = {key: value for key, value in entry.values.items() if key != INTERNAL}
    return (sorted((key, str(value)) for key, value in said.items()), str(entry.listing.said_on))


@pytest.fixture(scope="module")
def exported(bundled: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    home = Path(str(bundled.url.database)).parent
    done = CliRunner().invoke(export_command, [str(folder)], env={"NABIJ_HOME": str(home)})
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def again(exported: Path, tmp_path: Path) -> Engine:
    settings = Settings(home=tmp_path)
    database = connect_engine(settings)
    upgrade(database)
    with show_progress() as progress:
        report = run_import(str(exported), settings, database, LATER, progress=progress)
    assert report.rejected == 0, report.lines()
    return database


def test_table_reads_back_as_the_same_catalogue(bundled: Engine, again: Engine) -> None:
    before, after = sorted(map(facts, entries(bundled))), sorted(map(facts, entries(again)))
    assert len(after) == len(before)
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == []


def test_tables_of_hsds_are_read_as_a_feed(exported: Path, bundled: Engine, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    database = connect_engine(settings)
    upgrade(database)
    with show_progress() as progress:
        run_import(str(exported / "hsds.zip"), settings, database, LATER, progress=progress)
    names = [entry.listing.service.name for entry in entries(bundled)]
    assert len(entries(database)) == len(names)


def test_sources_and_conditions_go_with_the_files(exported: Path) -> None:
    notice = (exported / "SOURCES.md").read_text(encoding="utf-8")
    assert "Nabij starter catalogue" in notice
    assert "not_stated" in notice
