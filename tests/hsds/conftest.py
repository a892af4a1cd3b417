"""The HSDS API over catalogues of a few statements, and over the bundled one on a real port."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.engine import Engine
from werkzeug.serving import make_server

from importers.progress import show_progress
from importers.run import run_import
from service.config import Settings
from service.database.migrate import upgrade
from service.database.session import connect_engine
from service.hsds.blueprint import create_blueprint
from tests.contract.catalogue_factory import LATER
from tests.contract.conftest import empty, engine, migrated_postgis, migrated_sqlite, postgres_url

__all__ = ["engine", "migrated_postgis", "migrated_sqlite", "postgres_url"]

ROOT = Path(__file__).resolve().parents[2]
KIT = ROOT.parent / "shared" / "hsds"


def app_over(database: Engine) -> Flask:
    """Nothing but the HSDS API."""
    app = Flask("nabij-hsds-test")
    app.register_blueprint(create_blueprint(database, lambda: LATER))
    return app


@pytest.fixture
def client(migrated_sqlite: Engine) -> FlaskClient:
    """A client of the API over an empty catalogue; fill it through ``database``."""
    empty(migrated_sqlite)
    return app_over(migrated_sqlite).test_client()


@pytest.fixture
def database(client: FlaskClient, migrated_sqlite: Engine) -> Engine:
    """The catalogue behind the client."""
    return migrated_sqlite


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The bundled catalogue, imported."""
    settings = Settings(home=tmp_path_factory.mktemp("bundled"))
    database = connect_engine(settings)
    upgrade(database)
    with show_progress() as progress:
        run_import("catalogue", settings, database, LATER, progress=progress)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def address(bundled: Engine) -> Iterator[str]:
    """Where the API over the bundled catalogue answers."""
    server = make_server("127.0.0.1", 0, app_over(bundled), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hsds/v3"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def kit() -> Path:
    """The conformance kit where it lies beside the project."""
    if not (KIT / "validate_api.py").is_file():
        pytest.skip(f"the conformance kit is not at {KIT}: nothing here says whether the API conforms")
    return KIT
