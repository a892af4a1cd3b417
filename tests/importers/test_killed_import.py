"""An import that is killed at any statement leaves nothing that a rerun does not put right."""

import signal
import subprocess
import sys

import pytest
import sqlalchemy as sa

from service.config import Settings
from service.database.claims import listing, source_record
from service.database.outbox import outbox
from service.database.runs import import_run
from service.database.session import connect_engine, reading
from tests.conftest import FROZEN

IMPORT_AND_DIE = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
import sqlalchemy as sa
import service.catalogue.intake as intake
from importers.run import run_import
from service.config import Settings
from service.database.session import connect_engine

home, moment, last = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), float(sys.argv[3])
intake.BATCH = 100
settings = Settings(home=home)
engine = connect_engine(settings)
written = 0

def count(*_):
    global written
    written += 1
    if written == last:
        os.kill(os.getpid(), signal.SIGKILL)

sa.event.listen(engine, "before_cursor_execute", count)
run_import("catalogue", settings, engine, moment)
print(written)
"""


def import_and_die(home, now, statement="inf"):
    command = [sys.executable, "-c", IMPORT_AND_DIE, str(home), now.isoformat(), str(statement)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def held(engine):
    """All that was said and what is believed, without the numbers that tell in which order."""
    with reading(engine) as connection:
        records = connection.execute(sa.select(source_record).order_by(source_record.c.id)).all()
        listings = connection.execute(sa.select(listing).order_by(listing.c.id)).all()
        waiting = set(connection.scalars(sa.select(outbox.c.listing_id)))
    return records, listings, waiting


@pytest.fixture(scope="module")
def one_run(empty_database, tmp_path_factory):
    """What one import that nobody disturbs gives, and how many statements it takes."""
    home = tmp_path_factory.mktemp("whole")
    (home / "nabij.db").write_bytes(empty_database.read_bytes())
    statements = int(import_and_die(home, FROZEN).stdout)
    engine = connect_engine(Settings(home=home))
    yield held(engine), statements
    engine.dispose()


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_rerun_after_a_kill_gives_what_one_run_gives(world, one_run, share):
    expected, statements = one_run
    killed = import_and_die(world.home, FROZEN, int(statements * share))
    begun = len(world.records())
    assert killed.returncode == -signal.SIGKILL
    assert 0 < begun < 709

    report = world.load("catalogue")
    assert (report.created, report.unchanged) == (709 - begun, begun)
    assert held(world.engine) == expected


def test_a_killed_import_is_in_the_journal(world):
    import_and_die(world.home, FROZEN, 60)
    world.load("catalogue")
    with reading(world.engine) as connection:
        states = connection.scalars(sa.select(import_run.c.state).order_by(import_run.c.state)).all()
    assert states == ["broken_off", "finished"]
