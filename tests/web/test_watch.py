"""What an operator can see of a running Nabij, and that nothing of what anybody asks is in it."""

import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace

import pytest

from service.app import create_app
from service.database.session import let_go
from service.watch.log import JsonLines
from tests.conftest import FROZEN
from tests.postgres import free_port
from tests.web.made import path

TOKEN = "a-token-for-the-tests"
OPENED = {"Authorization": f"Bearer {TOKEN}"}
QUESTION = "mijn geheime vraag over schulden"


@pytest.fixture(scope="module")
def watched(settings):
    app = create_app(replace(settings, metrics_token=TOKEN, log="json"), lambda: FROZEN)
    yield app.test_client()
    let_go(app.extensions["database"])


def figures(client):
    """Every figure by its name and labels."""
    text = client.get("/metrics", headers=OPENED).get_data(as_text=True)
    pairs = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


def test_metrics_are_closed_by_default(client):
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("given", [None, "Bearer", "Bearer wrong", f"Basic {TOKEN}x"])
def test_metrics_open_to_their_token_alone(watched, given):
    headers = {"Authorization": given} if given else {}
    assert watched.get("/metrics", headers=headers).status_code == 404
    assert watched.get("/metrics", headers=OPENED).status_code == 200


def test_a_request_is_counted_by_route_method_and_status(watched):
    name = 'nabij_requests_total{method="GET",route="web.listing",status="200"}'
    before = figures(watched).get(name, 0)
    watched.get(path("pantry"))
    after = figures(watched)
    assert after[name] == before + 1
    assert after['nabij_request_seconds_count{route="web.listing"}'] >= 1


@pytest.mark.parametrize(("asked", "results"), [("voedselpakket", "some"), ("qwzxkjhv", "none")])
def test_a_search_is_counted_with_or_without_results(watched, asked, results):
    name = f'nabij_searches_total{{answered_by="index",results="{results}"}}'
    before = figures(watched)
    watched.get(f"/api/v1/search?q={asked}&understand=false")
    after = figures(watched)
    assert after[name] == before.get(name, 0) + 1
    assert after["nabij_engine_seconds_count"] > before["nabij_engine_seconds_count"]


def test_the_catalogue_is_counted_by_freshness(watched):
    found = figures(watched)
    counts = {name: value for name, value in found.items() if name.startswith("nabij_listings{")}
    assert set(re.findall('freshness="([a-z]+)"', " ".join(counts))) == {
        "fresh", "due", "overdue", "stale", "undated"
    }  # fmt: skip
    assert sum(counts.values()) == found["nabij_index_documents"]


def test_the_last_import_of_a_source_is_told(watched):
    name = 'nabij_source_imported_timestamp_seconds{source="catalogue"}'
    assert figures(watched)[name] == FROZEN.timestamp()


def test_an_index_in_step_lags_by_nothing(watched):
    found = figures(watched)
    assert (found["nabij_outbox_waiting"], found["nabij_outbox_waiting_seconds"]) == (0, 0)
    assert (found["nabij_index_up"], found["nabij_database_up"]) == (1, 1)


def test_metrics_hold_nothing_of_what_is_asked(watched):
    watched.get(f"/nl/search?q={QUESTION}")
    watched.get(f"/nl/{QUESTION}")
    watched.get(path("hidden"))
    text = watched.get("/metrics", headers=OPENED).get_data(as_text=True)
    assert "geheime" not in text
    assert path("hidden").rpartition("/")[2] not in text


@pytest.fixture
def lines(caplog):
    """A function that gives every line of JSON logged so far."""
    caplog.set_level(logging.INFO, "nabij.request")
    form = JsonLines()
    return lambda: [json.loads(form.format(record)) for record in caplog.records]


def test_a_request_is_a_line_without_anything_personal(watched, lines):
    watched.post(
        "/nl/search",
        data={"q": QUESTION, "situation": "no_papers"},
        headers={"User-Agent": "Eigen Browser 7"},
        environ_base={"REMOTE_ADDR": "203.0.113.9"},
    )
    (line,) = lines()
    assert (line["route"], line["status"], line["event"]) == ("web.search", 200, "request")
    assert set(line) == {
        "time", "level", "logger", "event", "process", "route", "method", "status", "ms"
    } | ({"request_id"} & set(line))  # fmt: skip
    for secret in ("geheime", "203.0.113.9", "Eigen Browser", "no_papers"):
        assert secret not in json.dumps(line)


def test_an_error_is_logged_by_kind_and_place_alone(lines, caplog):
    try:
        raise ValueError(QUESTION)
    except ValueError:
        logging.getLogger("nabij").exception("Failed")
    (line,) = lines()
    assert line["error"] == "ValueError"
    assert "test_watch.py" in line["where"][-1]
    assert "geheime" not in json.dumps(line)


def test_a_request_has_a_number(client):
    assert re.fullmatch("[0-9a-f]{32}", client.get("/health").headers["X-Request-Id"])


@pytest.mark.parametrize(
    ("given", "kept"), [("abcd-1234-efgh", True), ("two words", False), ("x" * 65, False)]
)
def test_the_number_that_a_proxy_gave_is_kept_where_it_is_one(client, given, kept):
    answer = client.get("/health", headers={"X-Request-Id": given})
    assert (answer.headers["X-Request-Id"] == given) is kept


def test_ready_says_what_stands(client):
    answer = client.get("/ready")
    assert (answer.status_code, answer.json) == (200, {"status": "ready", "database": True, "index": True})


def _get(address, headers=None):
    request = urllib.request.Request(address, headers=headers or {})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read().decode()


def _wait_for(address):
    for _ in range(600):
        try:
            return _get(address)
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {address}")


@pytest.mark.slow
def test_web_processes_count_together(settings):
    port = free_port()
    environ = {
        **os.environ, "NABIJ_HOME": str(settings.home), "PORT": str(port), "NABIJ_WORKERS": "2",
        "NABIJ_METRICS_TOKEN": TOKEN, "NABIJ_LOG": "json",
    }  # fmt: skip
    command = [sys.executable, "-c", "from service.cli import main; main()", "serve"]
    server = subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True)
    try:
        _wait_for(f"http://127.0.0.1:{port}/health")
        for _ in range(40):
            _get(f"http://127.0.0.1:{port}/ready?q=geheime")
        told = _get(f"http://127.0.0.1:{port}/metrics", OPENED)
    finally:
        server.send_signal(signal.SIGTERM)
        written = server.communicate(timeout=30)[1]
    assert 'nabij_requests_total{method="GET",route="ready",status="200"} 40.0' in told
    assert "geheime" not in written
    requests = [json.loads(line) for line in written.splitlines() if '"event":"request"' in line]
    assert len([line for line in requests if line["route"] == "ready"]) == 40
    assert len({line["process"] for line in requests}) == 2
