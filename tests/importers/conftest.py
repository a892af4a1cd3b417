"""A catalogue of its own for each test, and files to import into it."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from importers.run import run_import
from service.config import Settings
from service.database.claims import source_record
from service.database.migrate import upgrade
from service.database.session import connect_engine, reading
from tests.conftest import FROZEN
from tests.importers.server import serving

HEADER = ("key", "organization.name", "service.name@nl", "service.needs", "phone.numbers")


@dataclass
class World:
    """A data folder with a database, and what the tests of importers do with it."""

    home: Path
    settings: Settings
    engine: sa.Engine
    files: Path
    header: tuple[str, ...] = field(default=HEADER)

    def write(self, name, rows, header=None):
        """A CSV file of ours: a header and rows."""
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header or self.header, *rows])
        return path

    def load(self, target, **how):
        """Import it at the frozen moment."""
        return run_import(str(target), self.settings, self.engine, how.pop("now", FROZEN), **how)

    def records(self):
        """What sources say now, by key."""
        wanted = sa.select(source_record).where(source_record.c.withdrawn_at.is_(None))
        with reading(self.engine) as connection:
            return {row["key"]: dict(row) for row in connection.execute(wanted).mappings()}


def pantry(key, name="Voedselhulp Molenbeek", needs="food.parcel", phone="02 411 22 33"):
    """A row of a food pantry."""
    return (key, "Vzw De Brug", name, needs, phone)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """A migrated database to copy: making the tables takes longer than most tests."""
    home = tmp_path_factory.mktemp("empty")
    engine = connect_engine(Settings(home=home))
    upgrade(engine)
    engine.dispose()
    return home / "nabij.db"


@pytest.fixture
def world(tmp_path, empty_database):
    home = tmp_path / "home"
    home.mkdir()
    (home / "nabij.db").write_bytes(empty_database.read_bytes())
    settings = Settings(home=home, websites_an_hour=0)  # nobody is called
    engine = connect_engine(settings)
    yield World(home, settings, engine, tmp_path / "files")
    engine.dispose()


@pytest.fixture
def site():
    with serving() as found:
        yield found
