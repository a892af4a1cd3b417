"""The worker does what is due, one at a time, and can be stopped or killed at any moment."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from threading import Event

import pytest
import sqlalchemy as sa

from importers.card import SourceCard
from service.catalogue.runs import FAILED, FINISHED, close_run, open_run
from service.commands import worker
from service.commands.schedule import EVERY, RETRY, STOPPED, due_sources
from service.database.claims import source
from service.database.runs import import_run
from service.database.session import reading, writing
from service.database.tasks import task
from tests.conftest import FROZEN
from tests.importers.conftest import HEADER, pantry

CARD = SourceCard("lijst", "Lijst", frequency="daily")
YML = "id: lijst\nname: Lijst\nfrequency: {frequency}\nfiles: [lijst.csv]\n"


def run(engine, state, at, message=None):
    """A run of the source in the journal."""
    with writing(engine) as connection:
        if connection.scalar(sa.select(source.c.id)) is None:
            named = {"id": CARD.id, "name": CARD.name, "precedence": 0}
            connection.execute(sa.insert(source).values(named))
        run_id = open_run(connection, CARD.id, at)
        if state:
            close_run(connection, run_id, state, at, message)


def due(engine, now, card=CARD):
    with reading(engine) as connection:
        return list(due_sources(connection, [card], now))


@pytest.fixture
def kept(world, monkeypatch):
    """A source with a name that is read daily, imported once, and the clock of the worker."""
    folder = world.files / "lijst"
    world.write("lijst/lijst.csv", [pantry("a"), pantry("b", "Kruidenier Anderlecht")])
    (folder / "source.yml").write_text(YML.format(frequency="daily"))
    monkeypatch.setattr("importers.registry.ROOTS", (world.files,))
    world.load("lijst")
    world.clock = FROZEN
    monkeypatch.setattr(worker, "now", lambda: world.clock)
    return world


def work(world, stop=None):
    worker.work(world.settings, world.engine, stop or Event())


def runs(world):
    with reading(world.engine) as connection:
        return list(connection.scalars(sa.select(import_run.c.state).order_by(import_run.c.started_at)))


def test_what_nobody_imported_is_not_begun(world):
    assert due(world.engine, FROZEN) == []


def test_what_is_read_once_is_never_due_again(world):
    run(world.engine, FINISHED, FROZEN)
    assert due(world.engine, FROZEN + timedelta(days=999), SourceCard("lijst", "Lijst")) == []


@pytest.mark.parametrize("frequency", list(EVERY))
def test_a_source_is_due_as_often_as_it_says(world, frequency):
    card = SourceCard("lijst", "Lijst", frequency=frequency)
    run(world.engine, FINISHED, FROZEN)
    moment = FROZEN + EVERY[frequency]
    assert due(world.engine, moment - timedelta(seconds=1), card) == []
    assert due(world.engine, moment, card) == ["lijst"]


def test_a_source_that_failed_is_tried_again_later(world):
    run(world.engine, FAILED, FROZEN, "it cannot be read")
    assert due(world.engine, FROZEN + RETRY - timedelta(seconds=1)) == []
    assert due(world.engine, FROZEN + RETRY) == ["lijst"]


@pytest.mark.parametrize(("state", "message"), [(None, None), (FAILED, STOPPED)])
def test_an_import_that_was_broken_off_is_due_at_once(world, state, message):
    run(world.engine, state, FROZEN, message)
    assert due(world.engine, FROZEN) == ["lijst"]


def test_the_worker_imports_what_is_due(kept):
    kept.write("lijst/lijst.csv", [pantry("a", "Voedselpakket Laken"), pantry("b", "Kruidenier Anderlecht")])
    work(kept)
    assert kept.records()["a"]["values"]["service.name@nl"] == "Voedselhulp Molenbeek"
    kept.clock = FROZEN + timedelta(days=1)
    work(kept)
    assert kept.records()["a"]["values"]["service.name@nl"] == "Voedselpakket Laken"


def test_the_worker_opens_tasks(kept):
    work(kept)
    with reading(kept.engine) as connection:
        kinds = set(connection.scalars(sa.select(task.c.kind)))
    assert kinds == {"due_check"}


def test_working_twice_changes_nothing(kept, capsys):
    work(kept)
    capsys.readouterr()
    work(kept)
    assert capsys.readouterr().out == ""


def test_a_source_that_cannot_be_read_does_not_stop_the_rest(kept, capsys):
    (kept.files / "lijst" / "lijst.csv").write_text("key\n")
    kept.clock = FROZEN + timedelta(days=1)
    work(kept)
    told = capsys.readouterr().out
    assert "import lijst:" in told
    assert "check:" in told


def test_an_import_ends_when_the_worker_is_stopped(kept):
    class Soon(Event):
        def __init__(self):
            super().__init__()
            self.looks = 0

        def is_set(self):
            self.looks += 1
            return self.looks > 5

    kept.clock = FROZEN + timedelta(days=1)
    work(kept, Soon())
    assert len(kept.records()) == 2
    work(kept)
    assert runs(kept)[-1] == "finished"


def start(home, *options):
    command = [sys.executable, "-c", "from service.cli import main; main()", "worker", *options]
    return subprocess.Popen(
        command,
        env={**os.environ, "NABIJ_HOME": str(home), "NABIJ_WEBSITES_AN_HOUR": "0", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_once_is_once(world):
    started = start(world.home, "--once")
    told, _ = started.communicate(timeout=60)
    assert (started.returncode, "the worker has stopped" in told) == (0, True)


def test_one_worker_at_a_time(world):
    first = start(world.home)
    try:
        assert "the worker is here" in first.stdout.readline()
        second = start(world.home)
        told, _ = second.communicate(timeout=60)
        assert (second.returncode, "A worker runs already" in told) == (1, True)
    finally:
        first.kill()
        first.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_asked_to_stop_stops(world, number):
    started = start(world.home)
    assert "the worker is here" in started.stdout.readline()
    begun = time.monotonic()
    started.send_signal(number)
    told, _ = started.communicate(timeout=30)
    assert (started.returncode, "the worker has stopped" in told) == (0, True)
    assert time.monotonic() - begun < 20


def test_a_killed_worker_leaves_nothing_to_clear_away(world):
    started = start(world.home)
    assert "the worker is here" in started.stdout.readline()
    started.kill()
    started.communicate()
    again = start(world.home, "--once")
    told, _ = again.communicate(timeout=60)
    assert (again.returncode, "the worker is here" in told) == (0, True)


def test_a_row_that_two_sources_have_is_one(kept):
    folder = kept.files / "kaart"
    header = (*HEADER, "address.municipality")
    rows = [(*pantry("x"), "21012")]
    kept.write("kaart/kaart.csv", rows, header)
    (folder / "source.yml").write_text("id: kaart\nname: Kaart\nfrequency: daily\nfiles: [kaart.csv]\n")
    kept.write("lijst/lijst.csv", [(*pantry("a"), "21012"), (*pantry("b", "Anders"), "21012")], header)
    kept.load("kaart")
    kept.clock = FROZEN + timedelta(days=1)
    work(kept)
    records = kept.records()
    assert records["x"]["listing_id"] == records["a"]["listing_id"]
