"""Where PostgreSQL is away searches go on by the index, and pages of listings say so; it ends by itself."""

import json
import shutil
import tempfile
from pathlib import Path

import pytest

from service.app import create_app
from service.config import Settings
from service.database.migrate import upgrade
from service.database.session import connect_engine, let_go
from service.hsds.blueprint import PREFIX
from service.search.index.build import build_index
from service.search.index.factory import document_maker, open_writer
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import bring, listing_id, statement
from tests.postgres import Cluster, programs

pytestmark = pytest.mark.postgis
PAGE = f"/nl/l/{listing_id('pantry')}"


@pytest.fixture(scope="module")
def cluster():
    """A server of our own, since it is going to be stopped."""
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL: install postgresql-postgis")
    folder = Path(tempfile.mkdtemp(prefix="nabij-stopped-"))
    try:
        server = Cluster(folder, found)
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def held(cluster, tmp_path_factory, lexicon_home):
    """Settings of a catalogue of one listing on that server, with an index."""
    home = tmp_path_factory.mktemp("stopped")
    (home / "lexicon").symlink_to(lexicon_home / "lexicon")
    settings = Settings(home=home, database_url=cluster.url)
    database = connect_engine(settings)
    upgrade(database)
    bring(database, statement())
    build_index(database, open_writer(settings), document_maker(settings))
    database.dispose()
    return settings


@pytest.fixture(scope="module")
def client(held):
    app = create_app(held, lambda: FROZEN)
    yield app.test_client()
    let_go(app.extensions["database"])


@pytest.fixture
def stopped(cluster, client):
    """The server stopped under a process that has connections open; it runs again afterwards."""
    assert client.get(PAGE).status_code == 200
    cluster.stop()
    yield client
    cluster.start()
    assert client.get(PAGE).status_code == 200


def test_search_and_its_page_go_on_with_every_field_of_a_card(client, stopped):
    before = json.loads((client.get("/api/v1/search?need=food.parcel")).data)
    answer = stopped.get("/api/v1/search?need=food.parcel")
    assert answer.json["answered_by"] == "index"
    assert answer.json["results"] == before["results"]
    page = stopped.get("/nl/search?q=voedselpakket+laken")
    assert page.status_code == 200
    assert "De Voorraadkast" in page.get_data(as_text=True)


def test_a_process_that_starts_without_it_searches(held, stopped):
    late = create_app(held, lambda: FROZEN).test_client()
    assert late.get("/nl/search?q=voedselpakket").status_code == 200
    assert late.get("/ready").json == {"status": "degraded", "database": False, "index": True}


@pytest.mark.parametrize("path", [PAGE, "/nl/sources", f"/nl/compare?ids={listing_id('pantry')}"])
def test_a_page_from_the_database_says_so_calmly(stopped, path):
    answer = stopped.get(path)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Deze pagina kan nu even niet getoond worden" in html
    assert "127.0.0.1" not in html
    assert 'action="/nl/search"' in html


@pytest.mark.parametrize(
    "path", [f"/api/v1/listings/{listing_id('pantry')}", f"{PREFIX}/services", "/open-data/"]
)
def test_a_machine_is_told_without_the_address_of_the_server(stopped, path):
    answer = stopped.get(path)
    assert answer.status_code == 503
    assert answer.json["error"]["code"] == "database_away"
    assert "127.0.0.1" not in answer.get_data(as_text=True)


def test_neither_is_there_and_the_lines_to_call_are(held, stopped):
    for path in held.home.glob("search*"):
        path.rename(path.with_name(f"away-{path.name}"))
    try:
        answer = stopped.get("/nl/search?q=ik+wil+dood")
        assert answer.status_code == 503
        assert 'href="tel:1813"' in answer.get_data(as_text=True)
    finally:
        for path in held.home.glob("away-*"):
            path.rename(path.with_name(path.name.removeprefix("away-")))
