"""What a search server's refusals and silences become."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from service.errors import BadSetting, IndexNotReady, SearchAway, SearchRefused
from service.search.engine.meilisearch.wire import Wire


class Canned(BaseHTTPRequestHandler):
    """Answers every question as it was told to, and says over how many connections it was asked."""

    protocol_version = "HTTP/1.1"
    status, told, keeps, says_so, waits_s = 200, {}, True, False, 0.0
    connections = 0

    @classmethod
    def answers(cls, _asked: bytes) -> object:
        return cls.told

    def setup(self) -> None:
        type(self).connections += 1
        super().setup()

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps(type(self).answers(asked)).encode()
        time.sleep(type(self).waits_s)
        self.send_response(type(self).status)
        if type(self).says_so:
            self.send_header("Connection", "close")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = not type(self).keeps

    def log_message(self, *_: object) -> None:
        pass


class Patient(ThreadingHTTPServer):
    """Says nothing of connections that are broken off."""

    def handle_error(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[tuple[Wire, type[Canned]]]:
    handler = type("Handler", (Canned,), {"connections": 0})
    with Patient(("127.0.0.1", 0), handler) as canned:
        threading.Thread(target=canned.serve_forever, args=(0.01,), daemon=True).start()
        wire = Wire(f"http://127.0.0.1:{canned.server_address[1]}/", "key")
        yield wire, handler
        wire.close()
        canned.shutdown()


@pytest.mark.parametrize(
    ("status", "code", "error", "says"),
    [
        (403, "invalid_api_key", SearchRefused, "NABIJ_SEARCH_KEY"),
        (401, "missing_authorization_header", SearchRefused, "nabij index keys"),
        (404, "index_not_found", IndexNotReady, "nabij index build"),
        (400, "invalid_search_filter", IndexNotReady, "nabij index build"),
        (503, "too_many_search_requests", SearchAway, "too_many|503"),
        (500, "internal", SearchAway, "500"),
        (400, "bad_request", SearchRefused, "status 400"),
    ],
)
def test_a_refusal_says_what_to_do(server, status: int, code: str, error: type[Exception], says: str) -> None:
    wire, handler = server
    handler.status, handler.told = status, {"code": code, "message": "so it is."}
    with pytest.raises(error, match=says) as raised:
        wire.ask("nabij", [{}])
    assert type(raised.value) is error


def test_every_failure_is_an_index_that_is_not_ready() -> None:
    assert issubclass(SearchAway, IndexNotReady)
    assert issubclass(SearchRefused, IndexNotReady)


def test_a_server_that_is_not_there_is_away() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(SearchAway, match=f"{port} does not answer"):
        Wire(f"http://127.0.0.1:{port}", "").ask("nabij", [{}])


def test_a_connection_is_kept(server) -> None:
    wire, handler = server
    handler.told = {"results": [{"hits": []}]}
    for _again in range(3):
        assert wire.ask("nabij", [{}]) == [{"hits": []}]
    assert handler.connections == 1


def test_a_connection_that_the_server_let_go_of_is_opened_anew(server) -> None:
    wire, handler = server
    handler.told, handler.keeps = {"results": []}, False
    for _again in range(3):
        assert wire.ask("nabij", []) == []
    assert handler.connections == 3


def test_a_connection_that_the_server_says_it_closes_leaves_its_time_to_the_next(server, monkeypatch) -> None:
    monkeypatch.setattr("service.search.engine.meilisearch.wire.CONNECT_S", 0.1)
    wire, handler = server
    handler.told, handler.keeps, handler.says_so, handler.waits_s = {"results": []}, False, True, 0.3
    for _again in range(2):
        assert wire.ask("nabij", []) == []


def test_long_questions_go_over_a_few_connections_and_come_back_in_their_order(server) -> None:
    wire, handler = server

    def repeated(body: bytes) -> dict[str, object]:
        return {"results": [each["filter"] for each in json.loads(body)["queries"]]}

    handler.answers = staticmethod(repeated)
    for _again in range(2):
        assert wire.ask_at_once("nabij", [{"filter": str(each)} for each in range(8)]) == list("01234567")
    assert handler.connections == 3


def test_a_connection_of_several_that_the_server_let_go_of_is_opened_anew(server) -> None:
    wire, handler = server
    handler.told, handler.keeps = {"results": [{}]}, False
    for _again in range(2):
        assert wire.ask_at_once("nabij", [{}, {}]) == [{}, {}]
    assert handler.connections == 4


def told_by_number(body: bytes) -> dict[str, object]:
    return {"results": [each["limit"] for each in json.loads(body)["queries"]]}


def test_many_come_one_by_one_in_their_order(server) -> None:
    wire, handler = server
    handler.answers = staticmethod(told_by_number)
    for _again in range(2):
        assert list(wire.ask_in_turn("nabij", [{"limit": each} for each in range(8)])) == list(range(8))
    assert handler.connections == 3


def test_while_one_is_read_the_next_are_asked(server) -> None:
    wire, handler = server
    asked: list[int] = []

    def noted(body: bytes) -> dict[str, object]:
        asked.extend(each["limit"] for each in json.loads(body)["queries"])
        return told_by_number(body)

    handler.answers = staticmethod(noted)
    answers = wire.ask_in_turn("nabij", [{"limit": each} for each in range(4)])
    assert next(answers) == 0
    end = time.monotonic() + 5
    while 3 not in asked:
        assert time.monotonic() < end, asked
        time.sleep(0.01)


def test_who_has_enough_of_many_leaves_no_answer_to_the_next_question(server) -> None:
    wire, handler = server
    handler.answers = staticmethod(told_by_number)
    for answer in wire.ask_in_turn("nabij", [{"limit": each} for each in range(8)]):
        if answer == 4:
            break
    assert wire.ask_at_once("nabij", [{"limit": 11}, {"limit": 12}]) == [11, 12]


def test_what_was_asked_first_may_be_waited_for_last(server) -> None:
    wire, handler = server
    handler.answers = staticmethod(told_by_number)
    with wire.asking("nabij", [{"limit": 1}]) as first:
        assert wire.ask("nabij", [{"limit": 2}]) == [2]
        assert (first(), first()) == ([1], [1])


def test_what_nobody_waits_for_is_not_the_answer_to_the_next_question(server) -> None:
    wire, handler = server
    handler.answers = staticmethod(told_by_number)
    with wire.asking("nabij", [{"limit": 1}]):
        pass
    with wire.asking("nabij", [{"limit": 2}]) as second:
        assert second() == [2]


def test_a_refusal_of_what_was_asked_first_is_raised_where_it_is_waited_for(server) -> None:
    wire, handler = server
    handler.status, handler.told = 404, {"code": "index_not_found", "message": "no."}
    with pytest.raises(IndexNotReady), wire.asking("nabij", [{}]) as first:
        first()


def test_a_server_that_goes_away_while_it_is_waited_for_is_away(server, monkeypatch) -> None:
    wire, handler = server
    handler.waits_s = 0.5
    monkeypatch.setattr("service.search.engine.meilisearch.wire.READ_S", 0.1)
    with pytest.raises(SearchAway), wire.asking("nabij", [{}]) as first:
        first()


def test_no_answer_is_left_for_the_next_question_by_one_that_was_broken_off(server, monkeypatch) -> None:
    wire, handler = server
    handler.told = {"results": [{"of": "the first"}]}
    with monkeypatch.context() as broken:
        broken.setattr("http.client.HTTPConnection.getresponse", lambda _connection: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            wire.ask_at_once("nabij", [{}, {}])
    handler.told = {"results": [{"of": "the second"}]}
    assert wire.ask("nabij", [{}]) == [{"of": "the second"}]


def test_no_key_is_told_in_an_error(server) -> None:
    wire, handler = server
    handler.status, handler.told = 403, {"code": "invalid_api_key", "message": "no."}
    with pytest.raises(SearchRefused) as raised:
        wire.ask("nabij", [{}])
    assert "Bearer" not in str(raised.value)


@pytest.mark.parametrize("url", ["localhost:7700", "ftp://localhost", "http://", "nonsense"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(BadSetting, match="NABIJ_SEARCH_URL"):
        Wire(url, "")


def test_a_server_that_says_nothing_is_left_sooner_by_who_waits_than_by_a_command(monkeypatch) -> None:
    monkeypatch.setattr("service.search.engine.meilisearch.wire.READ_S", 0.1)
    monkeypatch.setattr("service.search.engine.meilisearch.wire.PATIENT_S", 0.4)
    took = []
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for is_patient in (False, True):
            wire = Wire(f"http://127.0.0.1:{silent.getsockname()[1]}", "", is_patient)
            begin = time.monotonic()
            with pytest.raises(SearchAway):
                wire.ask("nabij", [{}])
            took.append(time.monotonic() - begin)
    assert took[0] < 0.4 <= took[1]
