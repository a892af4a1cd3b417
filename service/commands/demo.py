"""`nabij demo`: all of it in one command, again and again: database, bundled catalogue, index, pages."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import click
from sqlalchemy.engine import Engine

from importers.progress import show_progress
from importers.run import run_import
from service.accounts.person import Grant
from service.accounts.store import add_account, find_by_email
from service.catalogue.matching.run import match
from service.catalogue.tasks.refresh import refresh_tasks
from service.commands.ground import now, settings_in_force
from service.commands.index import build, drain
from service.commands.progress import say
from service.commands.serve import refuse_busy_port, serve
from service.commands.setup import initialise
from service.commands.state import count_when_due
from service.commands.users import demo_lock, link_for
from service.config import Settings
from service.database.session import connect_engine, writing
from service.errors import IndexNotReady
from service.home import hold, note
from service.i18n.locales import DEFAULT
from service.mail.ways import LOOPBACK
from service.search.index.factory import open_engine
from service.search.words.lexicon import LISTING_LANGUAGES

BUNDLED = "catalogue"
DEMO = "demo@nabij.invalid"
"""The administrator of a demo; no letter can ever reach an address under .invalid (RFC 2606), and there is no
password, so that the account opens nothing for anybody but who sits at the machine."""


@click.command("demo")
def demo_command() -> None:
    """Install the bundled catalogue and serve it: http://127.0.0.1:8000 (PORT, NABIJ_HOME)."""
    settings = settings_in_force()
    address = f"http://{settings.host}:{settings.port}"
    lock = demo_lock(settings)
    busy = (
        f"Nabij runs from {settings.home} already ({{note}}). Open that, or start a second one beside it: "
        f"PORT={settings.port + 1} NABIJ_HOME={settings.home}-2 make demo"
    )
    with hold(lock, busy):
        note(lock, address)
        refuse_busy_port(settings)
        prepare(settings)
        _prepare_other_languages(settings)
        _send_letters_beside(settings)
        say(f"\n  Nabij is open at {address}   (stop it with Ctrl-C)")
        say(_way_to_the_desk(settings) + "\n")
        limits = "off" if settings.host in LOOPBACK else settings.limits
        # see service/web/desk/letters/mailbox.py for whom it is open
        serve(replace(settings, mailbox="open", limits=limits))


def _way_to_the_desk(settings: Settings) -> str:
    """How whoever sits at this machine comes to the desk: by a link that is on this terminal alone.

    Where others can reach Nabij, nobody is made administrator by starting it.
    """
    if settings.host not in LOOPBACK:
        return "  The desk: make an administrator with `nabij user add`."
    with writing(connect_engine(settings)) as connection:
        found = find_by_email(connection, DEMO)
        grants = [Grant("administrator")]
        person = (
            found.person
            if found
            else add_account(connection, DEMO, "Demo", DEFAULT, grants, now(), active=True)
        )
        link = link_for(connection, settings, person)
    return f"  The desk, as administrator, once: {link}\n  Once more: nabij user link {DEMO}"


def prepare(settings: Settings) -> None:
    """Bring a data folder, new, half-built or of yesterday, to where it can be served."""
    database = initialise(settings, LISTING_LANGUAGES)
    with show_progress() as progress:
        report = run_import(BUNDLED, settings, database, now(), progress=progress)
    say(f"Catalogue: {report.created} new, {report.updated} changed, {report.unchanged} as they were.")
    match(database, now())
    refresh_tasks(database, now())
    count_when_due(settings, database, lambda _done, _of: None)  # once a week, as the worker does
    _bring_index_up(settings, database)


def _prepare_other_languages(settings: Settings) -> None:
    """Build the word lists of the languages that questions alone are in, while pages are served already."""
    subprocess.Popen(
        [sys.executable, "-c", "from service.cli import main; main()", "init", "--quiet"],
        env={**os.environ, "NABIJ_HOME": str(settings.home)},
        preexec_fn=lambda: os.nice(10),
    )


def _send_letters_beside(settings: Settings) -> None:
    """Hand over letters for as long as this process lives: in the demo no worker does."""
    code = "from service.cli import main; main()"
    command = [sys.executable, "-c", code, "mail", "send", "--keep", "--with-parent"]
    subprocess.Popen(command, env={**os.environ, "NABIJ_HOME": str(settings.home)})  # noqa: S603 - our own


def _bring_index_up(settings: Settings, database: Engine) -> None:
    try:
        open_engine(settings).status()
        drain(settings, database)
    except IndexNotReady:
        build(settings, database)
