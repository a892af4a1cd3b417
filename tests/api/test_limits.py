"""The limit of requests: who is limited, what is said, and when it passes."""

import pytest
from flask import Flask

from service.api.limits import Limit
from service.config import read_settings


class Clock:
    now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def client(clock):
    app = Flask("limits")
    app.before_request(Limit(2, ("/api/",), clock).check)
    app.add_url_rule("/api/x", "x", lambda: "x")
    app.add_url_rule("/nl/", "nl", lambda: "nl")
    return app.test_client()


def ask(client, path="/api/x", address="192.0.2.7", **headers):
    return client.get(path, environ_base={"REMOTE_ADDR": address}, headers=headers)


def test_third_request_in_a_minute_is_refused(client):
    statuses = [ask(client).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_refusal_says_when_to_come_back(client):
    refused = [ask(client) for _ in range(3)][-1]
    assert refused.headers["Retry-After"] == "31"
    assert refused.json["error"]["code"] == "too_many_requests"


def test_it_passes(client, clock):
    for _ in range(3):
        ask(client)
    clock.now += 31
    assert ask(client).status_code == 200


def test_others_are_not_held_up(client):
    for _ in range(3):
        ask(client)
    assert ask(client, address="192.0.2.8").status_code == 200


def test_pages_are_not_limited(client):
    assert {ask(client, "/nl/").status_code for _ in range(5)} == {200}


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_this_machine_is_not_limited(client, address):
    assert {ask(client, address=address).status_code for _ in range(5)} == {200}


def test_behind_a_proxy_the_reader_is_limited(client):
    header = {"X-Forwarded-For": "127.0.0.1, 192.0.2.9"}
    statuses = [ask(client, address="127.0.0.1", **header).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_there_is_no_limit_by_default():
    assert read_settings({}).requests_per_minute == 0
