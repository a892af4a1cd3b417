"""A process follows the changes of an index, and a server that goes and comes."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

import pytest

from service.errors import IndexNotReady, SearchAway
from service.model.clauses import Has
from service.search.engine.base import EngineQuery
from service.search.engine.meilisearch.reader import MeilisearchEngine
from service.search.engine.meilisearch.wire import Wire
from tests.contract.engine_samples import doc, filler, names, word
from tests.contract.search_kits import Served
from tests.search_server import SearchServer, program

pytest.importorskip("meilisearch", reason="no client of Meilisearch: install the extra `meilisearch`")

from service.search.engine.meilisearch.server import Server
from service.search.engine.meilisearch.writer import MeilisearchWriter

pytestmark = pytest.mark.meilisearch
HUUR = EngineQuery(words=(word("huur"),))


class TestFollowing:
    def test_what_is_mended_at_the_same_position_is_counted(
        self, writer: MeilisearchWriter, engine: MeilisearchEngine
    ) -> None:
        writer.build([doc("a", cost="free")], 4)
        assert engine.search(EngineQuery(facets=("cost",))).facets == {"cost": {"free": 1}}
        assert writer.update([doc("a", cost="fixed")], [], 4, after=4)
        assert engine.search(EngineQuery(facets=("cost",))).facets == {"cost": {"fixed": 1}}

    def test_words_that_are_known_keep_their_count_when_room_is_made(
        self, writer: MeilisearchWriter, engine: MeilisearchEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("service.search.engine.meilisearch.known.MOST_KEPT", 0)
        writer.build([doc("a", "huur advies"), doc("b", "huur")], 1)
        assert engine.search(HUUR).total == 2
        assert engine.search(EngineQuery(words=(word("huur"), word("advies")))).total == 1
        assert engine.search(EngineQuery(words=(word("huur"), word("soep")))).total == 2

    def test_a_change_that_was_on_its_way_when_the_index_was_swapped_is_taken_again(
        self, writer: MeilisearchWriter, engine: MeilisearchEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from service.search.engine.meilisearch import writer as module

        writer.build([doc("a")], 5)
        before = module.look(engine._wire, engine._index)
        writer.build([doc("a"), doc("b")], 3)
        with monkeypatch.context() as late:
            late.setattr(module, "look", lambda *_: before)
            writer.update([doc("a", "nieuw")], [], 6)
        assert engine.status().position == 3

    def test_a_change_is_found_within_two_seconds(
        self, writer: MeilisearchWriter, search_server: Served, index: str
    ) -> None:
        wire = Wire(*search_server)
        engine = MeilisearchEngine(wire, index)
        writer.build([doc("a", "huur")], 1)
        assert engine.search(EngineQuery(facets=("cost",))).facets == {"cost": {}}
        begin = time.monotonic()
        writer.update([doc("b", "huur", cost="free")], [], 2)
        while engine.search(EngineQuery(facets=("cost",))).facets != {"cost": {"free": 1}}:
            assert time.monotonic() - begin < 2
            time.sleep(0.01)
        wire.close()

    def test_open_texts_that_came_with_a_change_are_known(
        self, writer: MeilisearchWriter, engine: MeilisearchEngine
    ) -> None:
        writer.build([doc("a", hours="Mo 09:00-10:00")], 1)
        assert set(engine.open_codes("hours")) == {"", "Mo 09:00-10:00"}
        writer.update([doc("b", hours="Tu 09:00-10:00")], [], 2)
        assert set(engine.open_codes("hours")) == {"", "Mo 09:00-10:00", "Tu 09:00-10:00"}
        assert names(engine, EngineQuery(where=(Has("hours", frozenset({"Tu 09:00-10:00"})),))) == ["b"]

    def test_many_documents_go_in_several_requests(
        self, writer: MeilisearchWriter, engine: MeilisearchEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("service.search.engine.meilisearch.feed.BATCH_BYTES", 20_000)
        assert writer.build(filler(60, "huur"), 1) == 60
        writer.update(filler(40, "advies"), [], 2)
        assert engine.terms() == {"huur": 20, "advies": 40}
        assert engine.status().position == 2


def test_a_server_that_stops_is_away_and_comes_back() -> None:
    found = program()
    if found is None:
        pytest.skip("no program `meilisearch` on PATH to stop and start")
    folder = Path(tempfile.mkdtemp(prefix="nabij-meilisearch-"))
    server = SearchServer(folder, found)
    wire = Wire(server.url, server.key)
    try:
        server.start()
        engine = MeilisearchEngine(wire, "nabij", follow_s=0)
        with pytest.raises(IndexNotReady, match="nabij index build"):
            engine.status()
        writer = MeilisearchWriter(Server(server.url, server.key), wire, "nabij", folder)
        writer.build([doc("a", "huur")], 4)
        server.stop()
        for ask in (lambda: engine.search(HUUR), engine.status, lambda: engine.open_codes("hours")):
            with pytest.raises(SearchAway, match="does not answer"):
                ask()
        with pytest.raises(SearchAway, match="does not answer"):
            writer.update([doc("b")], [], 5)
        server.start()
        assert names(engine, HUUR) == ["a"]
        assert engine.status().position == 4
    finally:
        wire.close()
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
