"""The keys of a search server: what each may do, and how they are renewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.errors import SearchRefused
from service.search.engine.base import EngineQuery
from service.search.engine.meilisearch.reader import MeilisearchEngine
from service.search.engine.meilisearch.wire import Wire
from tests.contract.engine_samples import doc, listing_id, names, word
from tests.contract.search_kits import Served

pytest.importorskip("meilisearch", reason="no client of Meilisearch: install the extra `meilisearch`")

from service.search.engine.meilisearch.keys import drop_older, keys_of
from service.search.engine.meilisearch.server import Server
from service.search.engine.meilisearch.writer import MeilisearchWriter

pytestmark = pytest.mark.meilisearch
HUUR = EngineQuery(words=(word("huur"),))


class TestKeys:
    def test_the_key_of_the_web_may_search_and_nothing_else(self, search_server: Served, index: str) -> None:
        keys = keys_of(Server(*search_server), index)
        held = {key.key: key for key in Server(*search_server).client.get_keys({"limit": 1000}).results}
        assert (held[keys.search].actions, held[keys.search].indexes) == (["search"], [index])

    def test_each_does_what_it_is_for(self, search_server: Served, index: str, tmp_path: Path) -> None:
        url = search_server.url
        keys = keys_of(Server(*search_server), index)
        filling, reading = Wire(url, keys.fill), Wire(url, keys.search)
        try:
            writer = MeilisearchWriter(Server(url, keys.fill), filling, index, tmp_path)
            writer.build([doc("a", "huur")], 1)
            writer.update([doc("b", "huur")], [listing_id("zzz")], 2)
            engine = MeilisearchEngine(reading, index)
            assert set(names(engine, HUUR)) == {"a", "b"}
            assert len(dict(engine.digests())) == engine.status().documents == engine.terms()["huur"] == 2
            with pytest.raises(SearchRefused, match="NABIJ_SEARCH_ADMIN_KEY"):
                MeilisearchWriter(Server(url, keys.search), reading, index, tmp_path).build([], 1)
        finally:
            filling.close()
            reading.close()

    def test_are_made_once(self, search_server: Served, index: str) -> None:
        server = Server(*search_server)
        assert keys_of(server, index) == keys_of(server, index)

    def test_renewed_ones_stand_beside_the_old_until_those_are_dropped(
        self, search_server: Served, index: str
    ) -> None:
        server = Server(*search_server)
        old, new = keys_of(server, index), keys_of(server, index, renew=True)
        held = {key.key for key in server.client.get_keys({"limit": 1000}).results}
        assert {*old, *new} <= held
        assert drop_older(server, index) == 2
        held = {key.key for key in server.client.get_keys({"limit": 1000}).results}
        assert not set(old) & held
        assert set(new) <= held

    def test_a_wrong_key_is_told(self, search_server: Served, index: str) -> None:
        wire = Wire(search_server.url, "wrong")
        with pytest.raises(SearchRefused, match="refuses the key"):
            MeilisearchEngine(wire, index).status()
        wire.close()
