"""The open data over catalogues of a few statements, and the whole bundled one."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.engine import Engine

from service.hsds.blueprint import create_blueprint as create_hsds
from service.opendata.blueprint import create_blueprint
from tests.contract.catalogue_factory import LATER
from tests.contract.conftest import empty, migrated_sqlite
from tests.hsds.conftest import bundled

__all__ = ["bundled", "migrated_sqlite"]


@pytest.fixture
def database(migrated_sqlite: Engine) -> Engine:
    """An empty catalogue."""
    empty(migrated_sqlite)
    return migrated_sqlite


@pytest.fixture
def client(database: Engine) -> FlaskClient:
    """A client of the open data and the HSDS API over it."""
    app = Flask("nabij-open-data-test")
    app.register_blueprint(create_blueprint(database, lambda: LATER))
    app.register_blueprint(create_hsds(database, lambda: LATER))
    return app.test_client()
