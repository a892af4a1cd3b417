"""`nabij worker`: imports, matching, checks and the index, each when it is due, one at a time."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import click
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from importers.registry import sources
from importers.run import run_import
from service.accounts.audit import forget_old
from service.accounts.sessions import sweep
from service.catalogue.edits import expire_edits
from service.catalogue.follow_zones import follow_changes
from service.catalogue.matching.run import match
from service.catalogue.tasks.refresh import refresh_tasks
from service.commands.following import follower
from service.commands.ground import current_database, now, settings_in_force
from service.commands.index import drain, renew
from service.commands.memory import give_back, share_memory
from service.commands.schedule import STOPPED, due_sources
from service.commands.state import count_when_due
from service.commands.websites import look_at_websites
from service.config import TIMEZONE, Settings
from service.database.session import let_go, reading, writing
from service.desk.letters.failures import read_reports
from service.desk.letters.rhythm import keep_rhythm
from service.errors import Busy, NabijError
from service.home import hold
from service.mail.send import deliver

WORKER_LOCK = 0x6E6162696D
"""The advisory lock of PostgreSQL that a worker holds, whatever data folder it has ("nabim")."""

_BUSY = "A worker runs already ({note}); one is enough, and it needs no help."


class Stopped(NabijError):
    """The worker was asked to stop; what it was at is whole or not done, and the next one does the rest."""

    def __init__(self) -> None:
        super().__init__(STOPPED)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@click.option(
    "--every", type=click.IntRange(1, 3600), default=60, show_default=True, help="Seconds between looks."
)
def worker_command(once: bool, every: int) -> None:
    """Keep the catalogue up: imports, matching, checks, index, when due. Ctrl-C or SIGTERM stops it."""
    share_memory()
    settings = settings_in_force()
    database = current_database(settings)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with hold(settings.home / "worker.lock", _BUSY), _database_lock(database):
        _log("the worker is here")
        if once:
            work(settings, database, stop)
        else:
            _keep_working(settings, database, stop, every)
        _log("the worker has stopped")


def _keep_working(settings: Settings, database: Engine, stop: Event, every: int) -> None:
    """All that is due, again and again, while the index is followed at its side, also during an import."""
    failures: list[BaseException] = []

    def follow() -> None:
        try:
            follower(settings, database).keep_looking(stop, _log)
        except BaseException as error:
            failures.append(error)
            stop.set()  # a worker that follows no longer ends, so that who watches it starts another

    following = Thread(target=follow, name="follow")
    following.start()
    try:
        while not stop.is_set():
            work(settings, database, stop)
            let_go(database)  # with the pages that an import held
            give_back()
            stop.wait(every)
    finally:
        stop.set()
        following.join()
    for error in failures:
        raise error


def work(settings: Settings, database: Engine, stop: Event) -> None:
    """Do once all that is due; after a kill the next call does the rest."""
    steps: tuple[Callable[[Settings, Engine, Event], str], ...] = (
        _import,
        _zones,
        _match,
        _websites,
        _check,
        _forget,
        _bounces,
        _letters,
        _index,
        _state,
    )
    for step in steps:
        if stop.is_set():
            return
        try:
            told = step(settings, database, stop)
        except Stopped:
            return
        except NabijError as error:
            told = f"{step.__name__.strip('_')}: {error}"
        if told:
            _log(told)


class _Watch:
    """Progress of an import that ends when the worker is asked to stop."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop

    def start(self, _what: str, _total: int, _unit: str) -> None:
        self._look()

    def reach(self, _done: int) -> None:
        self._look()

    def _look(self) -> None:
        if self._stop.is_set():
            raise Stopped


def _import(settings: Settings, database: Engine, stop: Event) -> str:
    with reading(database) as connection:
        due = list(due_sources(connection, (each.card for each in sources().values()), now()))
    for source_id in due:
        try:
            report = run_import(source_id, settings, database, now(), progress=_Watch(stop))
        except Stopped:
            raise
        except NabijError as error:
            _log(f"import {source_id}: {error}")
            continue
        counts = ("created", "updated", "unchanged", "withdrawn", "rejected")
        _log(f"import {source_id}: " + ", ".join(f"{name} {getattr(report, name)}" for name in counts))
    return ""


def _match(_settings: Settings, database: Engine, stop: Event) -> str:
    watch = _Watch(stop)
    done = match(database, now(), progress=lambda done, _of: watch.reach(done))
    if not done.compared:
        return ""
    return (
        f"match: {done.compared} compared, {done.joined} joined, {done.parted} parted, {done.asked} to decide"
    )


def _websites(settings: Settings, database: Engine, stop: Event) -> str:
    return look_at_websites(settings, database, now(), stop)


def _zones(_settings: Settings, database: Engine, _stop: Event) -> str:
    """Places whose day has come move to their other zone, and the listings follow."""
    followed = follow_changes(database, now())
    return f"zones: {followed} listings followed" if followed else ""


def _check(_settings: Settings, database: Engine, _stop: Event) -> str:
    with writing(database) as connection:
        expired = expire_edits(connection, now())
    done = refresh_tasks(database, now())
    if not (expired or done.opened or done.dropped):
        return ""
    return f"check: {expired} edits ran out, {done.opened} tasks opened, {done.dropped} dropped"


def _forget(_settings: Settings, database: Engine, _stop: Event) -> str:
    """Sessions that ended and the audit of two years ago go."""
    with writing(database) as connection:
        sweep(connection, now())
        gone = forget_old(connection, now())
    return f"forget: {gone} lines of the audit" if gone else ""


def _bounces(settings: Settings, database: Engine, _stop: Event) -> str:
    taken = read_reports(database, settings, now())
    return f"bounces: {taken} letters did not arrive" if taken else ""


def _letters(settings: Settings, database: Engine, _stop: Event) -> str:
    """What is due to be asked or called about, then what waits to be sent."""
    told = []
    if asked := keep_rhythm(database, settings, now()):
        told.append(f"{asked.asked} asked, {asked.reminded} reminded, {asked.to_call} to call")
    done = deliver(database, settings, now())
    if done.sent or done.refused or done.kept:
        why = f" ({done.told})" if done.told else ""
        told.append(f"{done.sent} sent, {done.refused} refused, {done.kept} kept{why}")
    return f"letters: {'; '.join(told)}" if told else ""


def _index(settings: Settings, database: Engine, _stop: Event) -> str:
    taken = drain(settings, database)
    past = renew(settings)
    told = [f"{taken} changes taken"] * bool(taken) + [f"built anew, {past} rows were of the past"] * bool(
        past
    )
    return f"index: {', '.join(told)}" if told else ""


def _state(settings: Settings, database: Engine, stop: Event) -> str:
    watch = _Watch(stop)
    return count_when_due(settings, database, lambda done, _of: watch.reach(done))


@contextmanager
def _database_lock(database: Engine) -> Iterator[None]:
    """One worker for one database, on whatever machine; it goes with the connection."""
    if database.dialect.name != "postgresql":
        yield
        return
    with database.connect() as connection:
        if not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(WORKER_LOCK))):
            raise Busy(_BUSY.format(note="on another machine"))
        connection.commit()
        yield


def _log(text: str) -> None:
    click.echo(f"{now().astimezone(TIMEZONE):%Y-%m-%d %H:%M:%S} {text}")
