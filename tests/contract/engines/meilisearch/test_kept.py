"""What a process reads ahead of documents and keeps of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pytest

from service.search.engine.base import EngineQuery
from service.search.engine.meilisearch.reader import MeilisearchEngine
from service.search.engine.meilisearch.wire import Found, Query, Wire
from tests.contract.engine_samples import doc, filler, names, word
from tests.contract.search_kits import Served

if TYPE_CHECKING:
    from service.search.engine.meilisearch.writer import MeilisearchWriter

pytestmark = pytest.mark.meilisearch
HUUR = EngineQuery(words=(word("huur"),))


class TestReadAhead:
    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """The fields of each question to the server from here on."""
        fields: list[str] = []
        for name in ("ask", "ask_at_once", "ask_in_turn"):
            asks = getattr(Wire, name)

            def noted(
                wire: Wire, index: str, queries: Sequence[Query], *, asks: Callable[..., list[Found]] = asks
            ) -> list[Found]:
                fields.extend(field for each in queries for field in each.get("attributesToRetrieve", ()))
                return asks(wire, index, queries)

            monkeypatch.setattr(Wire, name, noted)
        return fields

    def test_what_was_read_is_not_asked_for_again(
        self, writer: MeilisearchWriter, engine: MeilisearchEngine, asked: list[str]
    ) -> None:
        writer.build(filler(30, "huur"), 1)
        assert len(engine.ahead(20)) == 20
        assert "slip" in asked
        asked.clear()
        assert len(names(engine, HUUR)) == 30
        assert "slip" not in asked

    def test_every_listing_is_read_share_by_share(
        self, writer: MeilisearchWriter, engine: MeilisearchEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("service.search.engine.meilisearch.selection._SHARE", 2)
        writer.build(filler(300, "huur"), 1)
        assert len(engine.ahead(400)) == 300
        assert len(dict(engine.digests())) == 300

    @pytest.mark.parametrize(("limit", "value"), [("AHEAD_S", -1), ("ROOM", 29)], ids=["no time", "no room"])
    def test_where_there_is_no_time_or_no_room_nothing_is_read_ahead(
        self, writer: MeilisearchWriter, engine: MeilisearchEngine, monkeypatch: pytest.MonkeyPatch,
        limit: str, value: int,
    ) -> None:  # fmt: skip
        monkeypatch.setattr(f"service.search.engine.meilisearch.slips.{limit}", value)
        writer.build(filler(30, "huur"), 1)
        assert len(engine.ahead(20)) == 0
        assert len(names(engine, HUUR)) == 30


class TestKept:
    @pytest.mark.parametrize(("limit", "value"), [("ROOM", 8), ("_ROOM_OF_TERMS", 10)])
    def test_a_process_that_keeps_few_records_finds_the_same(
        self, search_server: Served, writer: MeilisearchWriter, index: str, monkeypatch: pytest.MonkeyPatch,
        limit: str, value: int,
    ) -> None:  # fmt: skip
        monkeypatch.setattr(f"service.search.engine.meilisearch.slips.{limit}", value)
        texts = {"huur": 6, "fiets": 6, "advies": 12}
        writer.build([doc(f"{text} {each}", text) for text, many in texts.items() for each in range(many)], 1)
        wire = Wire(*search_server)
        engine = MeilisearchEngine(wire, index, follow_s=0)
        for text, many in [*texts.items()] * 3:
            found = names(engine, EngineQuery(words=(word(text),)))
            assert sorted(found) == sorted(f"{text} {each}" for each in range(many))
        wire.close()

    def test_of_what_is_kept_and_what_changed_since_both_are_found(
        self, writer: MeilisearchWriter, engine: MeilisearchEngine
    ) -> None:
        writer.build(filler(20, "huur"), 1)
        before = names(engine, HUUR)
        writer.update([doc("new", "huur")], [], 2)
        assert sorted(names(engine, HUUR)) == sorted([*before, "new"])

    @pytest.mark.parametrize("told", [1, 5, 10])
    def test_what_is_told_share_by_share_is_whole(
        self, writer: MeilisearchWriter, engine: MeilisearchEngine, monkeypatch: pytest.MonkeyPatch, told: int
    ) -> None:
        monkeypatch.setattr("service.search.engine.meilisearch.slips._MOST_MISSED", 2.0)
        monkeypatch.setattr("service.search.engine.meilisearch.marks._ALONE", 10)
        monkeypatch.setattr("service.search.engine.meilisearch.marks._TOLD", told)
        held = [doc(f"huur {number}", "huur") for number in range(20)]
        writer.build([*filler(60), *held], 1)
        assert sorted(names(engine, HUUR)) == sorted(f"huur {number}" for number in range(20))
