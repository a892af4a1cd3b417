"""A search over made listings, and the API in front of it."""

import pytest
from flask import Flask

from service.api.blueprint import create_blueprint
from service.config import Settings
from service.database.session import connect_engine
from service.geo.places import gazetteer
from tests.api.made import Town, analyser


@pytest.fixture
def town(tmp_path, lexicon_home):
    """A function from listings to the search over them."""
    return lambda *listings: Town(tmp_path, analyser(lexicon_home), listings)


@pytest.fixture
def client(tmp_path, now):
    """A function from a search to a client of the API in front of it."""

    def make(town, clock=lambda: now):
        app = Flask("nabij-test")
        database = connect_engine(Settings(home=tmp_path))
        app.register_blueprint(create_blueprint(town.service, database, gazetteer(), clock))
        return app.test_client()

    return make
