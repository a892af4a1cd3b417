"""What the API says of itself is true, complete, and changes only when somebody means it to."""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from werkzeug.serving import make_server

from service.api.asking import body_schema
from service.api.openapi import openapi
from service.search.query.filters.table import FILTERS
from tests.api.made import listing
from tests.contract.catalogue_factory import bring, listing_id, statement

SNAPSHOT = Path(__file__).with_name("openapi_snapshot.json")
MANY = 60  # codes; a longer list is told by its length, so that a new zone is no new API


def outline(content):
    """The description with long lists of codes as their length."""
    if isinstance(content, dict):
        return {key: outline(each) for key, each in content.items()}
    if isinstance(content, list):
        return f"{len(content)} codes" if len(content) > MANY else [outline(each) for each in content]
    return content


@pytest.fixture
def made(town):
    return town(
        listing("Pakketten", "Gent", languages=("nl",), opening_hours="24/7"),
        listing("Lijn", needs=["mental_health.talk"], coverage="belgium"),
    )


@pytest.fixture
def api(made, client):
    return client(made)


def test_description_is_as_agreed():
    """Written anew by NABIJ_WRITE_SNAPSHOT=1; look at the difference before you commit it."""
    found = json.dumps(outline(openapi()), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("NABIJ_WRITE_SNAPSHOT"):
        SNAPSHOT.write_text(found, encoding="utf-8")
    assert found == SNAPSHOT.read_text(encoding="utf-8")


def test_every_parameter_of_a_search_is_described():
    assert set(body_schema()["properties"]) == set(FILTERS)


def test_every_address_is_described(api):
    rules = [str(rule) for rule in api.application.url_map.iter_rules() if rule.endpoint.startswith("api.")]
    own = (
        "/api/v1/",
        "/api/v1/<path:_rest>",
        "/api/v1/openapi.json",
        "/api/v1/docs",
        "/api/v1/docs/style.css",
    )
    told = {path.replace("{", "<").replace("}", ">") for path in openapi()["paths"]}
    assert {rule for rule in rules if rule not in own} == told


@pytest.mark.parametrize("name", list(FILTERS))
def test_example_of_a_parameter_is_allowed(name):
    if name in ("lat", "lon"):
        pytest.skip("in a body a coordinate is a number; the schemas of an address are tried over HTTP")
    schema = body_schema()["properties"][name]
    example = FILTERS[name].example
    value = (
        [example]
        if FILTERS[name].repeatable
        else int(example)
        if schema.get("type") == "integer"
        else example
    )
    Draft202012Validator(schema).validate(value)


@pytest.mark.parametrize("example", [e for p in openapi()["paths"] if (e := p) and "{" not in p])
def test_described_address_answers(api, example):
    answer = api.get(
        example, query_string={"q": "gent"} if example.endswith(("places", "search", "suggest")) else {}
    )
    assert answer.status_code in (200, 503)


def validator(name):
    components = {"components": openapi()["components"]}
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", **components})


def test_search_answers_as_described(api):
    validator("Answer").validate(api.get("/api/v1/search?q=pakket&near=Gent&explain=true").json)


def test_zone_answers_as_described(api):
    validator("Zone").validate(api.get("/api/v1/zones/bxl-noord").json)


def test_failure_answers_as_described(api):
    validator("Error").validate(api.get("/api/v1/search?page=0").json)


def test_page_for_people_shows_real_answers_without_script(api):
    page = api.get("/api/v1/docs").text
    assert "<script" not in page
    assert "&#34;zones&#34;" in page
    assert all(re.search(rf"<code>{name}</code>", page) for name in FILTERS)


def test_listing_answers_as_described(tmp_path, made, client):
    from service.config import Settings
    from service.database.migrate import upgrade
    from service.database.session import connect_engine

    database = connect_engine(Settings(home=tmp_path))
    upgrade(database)
    bring(database, statement())
    validator("Listing").validate(client(made).get(f"/api/v1/listings/{listing_id()}").json)


@pytest.fixture
def address(api):
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, api.application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.mark.parametrize(
    "options",
    [
        ("--phases", "examples,fuzzing,stateful", "-n", "5"),
        pytest.param(("-n", "40"), marks=pytest.mark.slow),
    ],
    ids=["some", "many"],
)
def test_arbitrary_requests_answer_as_described(tmp_path, address, options):
    from service.config import Settings
    from service.database.migrate import upgrade
    from service.database.session import connect_engine

    upgrade(connect_engine(Settings(home=tmp_path)))
    schemathesis = shutil.which("schemathesis", path=str(Path(sys.executable).parent))
    assert schemathesis is not None, "schemathesis is not installed beside Python"
    command = [schemathesis, "run", f"{address}/api/v1/openapi.json", "--seed", "20261122", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-4000:]
