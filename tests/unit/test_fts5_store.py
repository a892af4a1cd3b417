"""Tests for the stored form of the embedded index."""

from __future__ import annotations

import gc
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.errors import IndexNotReady
from service.search.engine.base import EngineQuery
from service.search.engine.fts5 import store
from service.search.engine.fts5.facts import record_type
from service.search.engine.fts5.table import Table
from tests.contract.engine_samples import FTS5, doc, filler, listing_id, names


def rows_of(folder: Path) -> list[tuple[int, int]]:
    """Of each row of facts its first key, and how many documents it holds."""
    path = store.Store(folder).path(store.Store(folder).generation())
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT first_key, facts FROM fact").fetchall()
    return [(first, len(facts) // record_type().itemsize) for first, facts in found]


class TestFacts:
    def test_those_of_a_batch_lie_in_one_row(self, tmp_path: Path) -> None:
        FTS5.open_writer(tmp_path).build(filler(2_500), 1)
        assert rows_of(tmp_path) == [(1, 2_000), (2_001, 500)]

    def test_what_comes_later_lies_behind(self, tmp_path: Path) -> None:
        writer = FTS5.open_writer(tmp_path)
        writer.build(filler(3), 1)
        writer.update([doc("Voedselbank", town="Gent")], [], 2)
        assert rows_of(tmp_path) == [(1, 3), (4, 1)]

    def test_who_opens_it_late_sees_nothing_of_what_went(self, tmp_path: Path) -> None:
        writer = FTS5.open_writer(tmp_path)
        writer.build([doc("Gaat", town="Gent"), doc("Blijft", town="Mechelen")], 1)
        writer.update([doc("Komt", town="Oostende")], [listing_id("Gaat")], 2)
        writer.update([], [listing_id("Komt")], 3)
        assert names(FTS5.open_engine(tmp_path), EngineQuery(limit=9)) == ["Blijft"]


class TestStates:
    def test_a_thread_that_has_nothing_to_do_holds_none(self, tmp_path: Path) -> None:
        writer = FTS5.open_writer(tmp_path)
        writer.build(filler(3), 1)
        engine = FTS5.open_engine(tmp_path)
        with ThreadPoolExecutor(1) as other:
            other.submit(engine.search, EngineQuery()).result()
            writer.update([doc("Komt", town="Oostende")], [], 2)
            engine.search(EngineQuery())
            gc.collect()
            tables = [each for each in gc.get_objects() if isinstance(each, Table)]
        own = store.Store(tmp_path).generation()
        assert [each.version for each in tables if each.generation == own] == [1]

    def test_what_comes_later_is_counted_under_its_own_town(self, tmp_path: Path) -> None:
        writer = FTS5.open_writer(tmp_path)
        writer.build([doc("Eerst", town="Gent")], 1)
        engine = FTS5.open_engine(tmp_path)
        engine.search(EngineQuery())
        writer.update([doc("Dan", town="Mechelen"), doc("Ook", town="Gent")], [], 2)
        counts = engine.search(EngineQuery(facets=("municipality",))).facets["municipality"]
        assert counts == {"44021": 2, "12025": 1}


class TestForm:
    def test_an_index_of_another_form_is_not_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        FTS5.open_writer(tmp_path).build(filler(1), 1)
        monkeypatch.setattr(store, "FORM", "later")
        with pytest.raises(IndexNotReady, match="nabij index build"):
            FTS5.open_engine(tmp_path).search(EngineQuery())
