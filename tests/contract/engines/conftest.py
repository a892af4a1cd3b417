"""Every search engine, empty or filled with the documents of a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.search.engine.base import Document, Engine, Writer
from tests.contract.engine_samples import Indexed, Kit


@pytest.fixture
def writer(kit: Kit, tmp_path: Path) -> Writer:
    return kit.open_writer(tmp_path)


@pytest.fixture
def engine(kit: Kit, tmp_path: Path) -> Engine:
    return kit.open_engine(tmp_path)


@pytest.fixture
def indexed(writer: Writer, engine: Engine) -> Indexed:
    def build(*documents: Document) -> Engine:
        writer.build(documents, position=1)
        return engine

    return build
