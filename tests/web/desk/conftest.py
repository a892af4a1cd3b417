"""People who are signed in, for the pages of the desk."""

from __future__ import annotations

from uuid import uuid4

import pytest
import sqlalchemy as sa

from service.accounts.person import Grant
from service.accounts.sessions import begin_session
from service.accounts.store import add_account, find_account
from service.accounts.tokens import form_token
from service.app import create_app
from service.catalogue.ground import data_ground
from service.database.accounts import attempt
from service.database.session import connect_engine, writing
from service.desk.state.count import count_state
from service.desk.state.points import postal_homes
from service.search.index.document import facts_of
from service.web.desk.door import COOKIE
from tests.conftest import FROZEN
from tests.web.conftest import copied, served
from tests.web.states import break_a_page


@pytest.fixture(scope="module")
def settings(untouched, tmp_path_factory):
    """A data folder for each file of tests, since at the desk things are changed."""
    return copied(untouched, tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def app(settings):
    made = create_app(settings, lambda: FROZEN)
    break_a_page(made)
    return made


@pytest.fixture(scope="module")
def address(app):
    with served(app) as where:
        yield where


class Desk:
    """A browser in which somebody is signed in: `get` and `post` with the word of its forms."""

    def __init__(self, client, person, token, settings):
        self.client, self.person, self.token, self._settings = client, person, token, settings

    def get(self, address, **options):
        return self.client.get(address, **options)

    def post(self, address, data=None, **options):
        held = {"token": form_token(self._settings, self.token), **(data or {})}
        return self.client.post(address, data=held, **options)


@pytest.fixture
def desk_client(app, settings):
    """A function from a role (and its zone or organization) to a signed-in `Desk`."""

    def sign_in(role="coordinator", zone=None, organization=None, name="Noor", language="nl"):
        engine = connect_engine(settings)
        with writing(engine) as connection:
            grant = Grant(role, zone, organization)
            made = add_account(
                connection,
                f"{uuid4().hex[:12]}@zone.example.be",
                name,
                language,
                [grant],
                FROZEN,
                active=True,
            )
            token = begin_session(connection, made, "password", FROZEN)
            person = find_account(connection, made.id).person
        engine.dispose()
        client = app.test_client()
        client.set_cookie(COOKIE, token)
        return Desk(client, person, token, settings)

    return sign_in


@pytest.fixture
def engine(settings):
    """The database of the pages; what was tried too often in a test is forgiven after it."""
    made = connect_engine(settings)
    yield made
    with writing(made) as connection:
        connection.execute(sa.delete(attempt))
    made.dispose()


@pytest.fixture(scope="module")
def counted(settings):
    """Every zone, counted over the catalogue of these tests."""
    made = connect_engine(settings)
    count_state(made, facts_of, FROZEN, postal_homes(data_ground()))
    made.dispose()


@pytest.fixture
def enter_as(chromium, address):
    """A function from a `Desk` and an address to its page in a browser, which notes all that it says."""
    contexts = []

    def open_page(desk, where, **options):
        context = chromium.new_context(**{"reduced_motion": "reduce", "locale": "nl-BE"} | options)
        contexts.append(context)
        context.add_cookies([{"name": COOKIE, "value": desk.token, "url": address}])
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        assert page.goto(address + where).status == 200, where
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def coordinator(desk_client):
    """Somebody who coordinates the zone of Anderlecht, Vorst and Sint-Gillis."""
    return desk_client("coordinator", zone="bxl-zuid")
