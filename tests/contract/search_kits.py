"""The search engines that contract tests run on, as fixtures."""

from __future__ import annotations

import math
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from service.search.engine.meilisearch.find import LISTED
from service.search.engine.meilisearch.reader import MeilisearchEngine
from service.search.engine.meilisearch.wire import Wire
from tests.contract.engine_samples import FTS5, NOW, Kit
from tests.search_server import SearchServer, program


class Served(NamedTuple):
    """Where a search server is, and the key that may do everything there."""

    url: str
    key: str


@pytest.fixture(scope="session")
def search_server() -> Iterator[Served]:
    """That of NABIJ_TEST_SEARCH_URL and NABIJ_TEST_SEARCH_KEY, else one started for the tests."""
    pytest.importorskip("meilisearch", reason="no client of Meilisearch: install the extra `meilisearch`")
    if given := os.environ.get("NABIJ_TEST_SEARCH_URL"):
        yield Served(given, os.environ.get("NABIJ_TEST_SEARCH_KEY", ""))
        return
    found = program()
    if found is None:
        pytest.skip("no search server: put `meilisearch` on PATH or set NABIJ_TEST_SEARCH_URL")
    folder = Path(tempfile.mkdtemp(prefix="nabij-meilisearch-"))
    server = SearchServer(folder, found)
    try:
        server.start()
        yield Served(server.url, server.key)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def meilisearch_kit(search_server: Served) -> Iterator[Kit]:
    """An engine on an index of the test's own, which is deleted after it."""
    yield from _on_server(search_server, LISTED)


@pytest.fixture
def large_selections_kit(search_server: Served) -> Iterator[Kit]:
    """The same, which takes every selection for too large to be looked at whole."""
    yield from _on_server(search_server, 0)


@pytest.fixture
def server_order_kit(search_server: Served, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kit]:
    """The same, which never guesses how far the nearest or how old the newest are: the server puts all in
    order.
    """
    for guess in ("squares", "days"):
        monkeypatch.setattr(f"service.search.engine.meilisearch.{guess}._MORE", math.inf)
    yield from _on_server(search_server, 0)


def _on_server(search_server: Served, listed: int) -> Iterator[Kit]:
    from service.search.engine.meilisearch.server import Server
    from service.search.engine.meilisearch.writer import MeilisearchWriter

    index = f"nabij-test-{os.urandom(6).hex()}"
    wire, server = Wire(*search_server), Server(*search_server)
    yield Kit(
        lambda _folder: MeilisearchEngine(wire, index, follow_s=0, listed=listed),
        lambda folder: MeilisearchWriter(server, wire, index, folder, lambda: NOW),
        "service.search.engine.meilisearch.state.fingerprint",
    )
    wire.close()
    for each in server.indexes():
        if str(each["uid"]).startswith(index):
            server.delete(str(each["uid"]))


@pytest.fixture(
    params=[
        "fts5",
        pytest.param("meilisearch", marks=pytest.mark.meilisearch),
        pytest.param("large_selections", marks=pytest.mark.meilisearch),
        pytest.param("server_order", marks=pytest.mark.meilisearch),
    ]
)
def kit(request: pytest.FixtureRequest) -> Kit:
    if request.param == "fts5":
        return FTS5
    found: Kit = request.getfixturevalue(f"{request.param}_kit")
    return found
