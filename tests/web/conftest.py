"""The pages over the bundled catalogue and a few made listings, in a real database with a real index."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
from dataclasses import replace
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from importers.run import run_import
from service.app import create_app
from service.config import Settings
from service.database.migrate import upgrade
from service.database.session import connect_engine
from service.home import in_turn
from service.search.index.build import build_index
from service.search.index.factory import document_maker, open_writer
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import CITY, LATER, bring
from tests.web.browser import chromium, visit  # noqa: F401 (fixtures of the journeys)
from tests.web.made import GONE, SAID_BY_THE_CITY, SAID_BY_THE_ZONE
from tests.web.made_letters import send_letters
from tests.web.signed_in import let_in
from tests.web.states import EXTRA, break_a_page


@pytest.fixture(scope="session")
def untouched(tmp_path_factory, lexicon_home):
    """A data folder with the bundled catalogue, the made listings and an index of both; to be copied.

    The processes that run tests side by side share it: the first makes it, the others wait.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    held, made = Settings(home=shared / "web"), shared / "web-is-made"
    with in_turn(shared / "web-lock"):
        if not made.exists():
            _make(held, lexicon_home)
            made.touch()
    return held


def _make(held, lexicon_home):
    held.home.mkdir()
    (held.home / "lexicon").symlink_to(lexicon_home / "lexicon")
    database = connect_engine(held)
    upgrade(database)
    run_import("catalogue", held, database, FROZEN)
    bring(database, *SAID_BY_THE_ZONE, *EXTRA, GONE)
    bring(database, *SAID_BY_THE_ZONE, *EXTRA, now=LATER)
    bring(database, *SAID_BY_THE_CITY, card=CITY)
    send_letters(database, held)
    let_in(database)
    build_index(database, open_writer(held), document_maker(held))
    database.dispose()


@pytest.fixture(scope="session")
def settings(untouched, tmp_path_factory):
    """A copy of that folder for the pages of visitors, who change little."""
    return copied(untouched, tmp_path_factory.mktemp("visited"))


def copied(settings, home):
    """The settings of a copy of a data folder."""
    shutil.copytree(settings.home, home, symlinks=True, dirs_exist_ok=True)
    return replace(settings, home=home)


@pytest.fixture(scope="session")
def app(settings):
    made = create_app(settings, lambda: FROZEN)
    break_a_page(made)
    return made


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def page(client):
    """A function from an address to the text of its page, which has to be there (200)."""

    def read(address, **options):
        answer = client.get(address, **options)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.get_data(as_text=True)

    return read


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def served(app):
    """The address of an application on this machine, for a browser."""
    with make_server("127.0.0.1", 0, app, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(app):
    """The address of the pages on this machine, for a browser."""
    with served(app) as where:
        yield where
