"""An index of a test's own on a real server, and what writes and reads it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from service.search.engine.meilisearch.reader import MeilisearchEngine
from service.search.engine.meilisearch.wire import Wire
from tests.contract.engine_samples import NOW
from tests.contract.search_kits import Served

if TYPE_CHECKING:
    from service.search.engine.meilisearch.writer import MeilisearchWriter


@pytest.fixture
def index(search_server: Served) -> Iterator[str]:
    """The name of an index; it and its keys are gone after the test."""
    from service.search.engine.meilisearch.server import Server

    name = f"nabij-test-{time.monotonic_ns()}"
    yield name
    server = Server(*search_server)
    for each in server.indexes():
        if str(each["uid"]).startswith(name):
            server.delete(str(each["uid"]))
    for key in server.client.get_keys({"limit": 1000}).results:
        if (key.name or "").startswith(f"nabij {name}:"):
            server.client.delete_key(key.uid)


@pytest.fixture
def writer(search_server: Served, index: str, tmp_path: Path) -> Iterator[MeilisearchWriter]:
    from service.search.engine.meilisearch.server import Server
    from service.search.engine.meilisearch.writer import MeilisearchWriter

    wire = Wire(*search_server)
    yield MeilisearchWriter(Server(*search_server), wire, index, tmp_path, lambda: NOW)
    wire.close()


@pytest.fixture
def engine(search_server: Served, index: str) -> Iterator[MeilisearchEngine]:
    wire = Wire(*search_server)
    yield MeilisearchEngine(wire, index, follow_s=0)
    wire.close()
