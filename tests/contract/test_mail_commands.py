"""`nabij mail`: sending what waits, looking at letters, reports from files, and the step of the worker."""

import re
from threading import Event

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from service.cli import cli
from service.commands import worker
from service.config import Settings
from service.database.letters import letter
from service.database.migrate import upgrade
from service.database.session import connect_engine, reading, writing
from service.desk.letters.ask import ask_about
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import bring, listing_id, statement
from tests.contract.test_bounces import report
from tests.contract.test_letters import EMAIL


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("NABIJ_HOME", str(tmp_path))
    return Settings(home=tmp_path)


@pytest.fixture
def engine(settings):
    """A data folder with one letter that waits."""
    made = connect_engine(settings)
    upgrade(made)
    bring(made, statement(contact__email=EMAIL))
    with writing(made) as connection:
        ask_about(connection, settings, listing_id(), by="somebody", now=FROZEN)
    yield made
    made.dispose()


@pytest.fixture(autouse=True)
def frozen(monkeypatch):
    for module in ("service.commands.mail.now", "service.commands.worker.now"):
        monkeypatch.setattr(module, lambda: FROZEN)


def run(*arguments):
    answer = CliRunner().invoke(cli, ["mail", *arguments], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_what_waits_is_sent(engine):
    assert run("send") == "sent: 1, refused: 0, kept: 0\n"


def test_letters_are_shown_without_their_links(engine):
    told = run("show")
    assert EMAIL in told
    assert "waiting: 1" in told
    assert not re.search("confirm/", told)


def test_reports_are_taken_from_a_folder(engine, tmp_path):
    run("send")
    with reading(engine) as connection:
        sent = connection.scalar(sa.select(letter.c.id))
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.eml").write_bytes(report(to=sent.hex))
    (tmp_path / "reports" / "other.eml").write_bytes(b"Subject: Dag\n\nDag")
    assert run("bounces", str(tmp_path / "reports")) == "came back: 1\n"


def test_the_worker_sends_what_waits(engine, settings):
    assert worker._letters(settings, engine, Event()) == "letters: 1 sent, 0 refused, 0 kept"
