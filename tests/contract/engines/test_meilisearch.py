"""What only an engine on a server has: keys, tasks, other builders, and a server that goes and comes."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from service.errors import Busy, IndexNotReady, SearchAway, SearchRefused
from service.model.clauses import AllOf, Has, Known, Not, Within
from service.search.engine.base import EngineQuery
from service.search.engine.meilisearch.marks import marks_of
from service.search.engine.meilisearch.reader import MeilisearchEngine
from service.search.engine.meilisearch.settings import index_settings
from service.search.engine.meilisearch.wire import Found, Query, Wire
from tests.contract.engine_samples import NOW, TOWNS, Kit, doc, filler, listing_id, names, word
from tests.contract.search_kits import Served
from tests.search_server import SearchServer, program

pytest.importorskip("meilisearch", reason="no client of Meilisearch: install the extra `meilisearch`")

from service.search.engine.meilisearch.keys import drop_older, keys_of
from service.search.engine.meilisearch.server import Server
from service.search.engine.meilisearch.writer import MeilisearchWriter

pytestmark = pytest.mark.meilisearch
HUUR = EngineQuery(words=(word("huur"),))


@pytest.fixture
def index(search_server: Served) -> Iterator[str]:
    """The name of an index; it and its keys are gone after the test."""
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
    wire = Wire(*search_server)
    yield MeilisearchWriter(Server(*search_server), wire, index, tmp_path, lambda: NOW)
    wire.close()


@pytest.fixture
def engine(search_server: Served, index: str) -> Iterator[MeilisearchEngine]:
    wire = Wire(*search_server)
    yield MeilisearchEngine(wire, index, follow_s=0)
    wire.close()


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


class TestBuilding:
    def test_the_settings_are_those_of_the_code(
        self, search_server: Served, index: str, writer: MeilisearchWriter
    ) -> None:
        writer.build([doc("a")], 1)
        held = Server(*search_server).client.index(index).get_settings()
        for name, ours in index_settings().items():
            theirs = held[name]
            if isinstance(ours, dict):
                theirs = {key: theirs[key] for key in ours}
            assert theirs == ours, name

    def test_nothing_is_left_beside(
        self, search_server: Served, index: str, writer: MeilisearchWriter
    ) -> None:
        for _again in range(2):
            writer.build([doc("a")], 1)
        server = Server(*search_server)
        end = time.monotonic() + 10
        while len(held := [e for e in server.indexes() if index in str(e["uid"])]) > 1:
            assert time.monotonic() < end, held
            time.sleep(0.02)

    def test_what_a_killed_build_left_is_cleared_by_the_next(
        self, search_server: Served, index: str, writer: MeilisearchWriter
    ) -> None:
        server = Server(*search_server)
        left, of_another = f"{writer._ours}20260101T000000-abc", f"{writer._beside}00000000-20260101"
        for uid in (left, of_another):
            server.create(uid, 10)
        writer.build([doc("a")], 1)
        end = time.monotonic() + 10
        while left in (held := {str(each["uid"]) for each in server.indexes()}):
            assert time.monotonic() < end
            time.sleep(0.02)
        assert of_another in held

    def test_an_older_version_is_refused(
        self, writer: MeilisearchWriter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("service.search.engine.meilisearch.server.OLDEST", (99, 0))
        with pytest.raises(SearchRefused, match=r"needs 99\.0 or later"):
            writer.build([], 1)

    def test_two_builds_of_one_data_folder_exclude_each_other(
        self, writer: MeilisearchWriter, search_server: Served, index: str, tmp_path: Path
    ) -> None:
        wire = Wire(*search_server)
        other = MeilisearchWriter(Server(*search_server), wire, index, tmp_path)

        def documents():
            with pytest.raises(Busy, match="wait for it"):
                other.build([], 1)
            yield doc("a")

        assert writer.build(documents(), 1) == 1
        wire.close()


class TestNearby:
    @pytest.mark.parametrize("more", [0.01, 1.5, 15.0])
    def test_the_nearest_are_found_however_wrong_the_guess(
        self, large_selections_kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: float
    ) -> None:
        monkeypatch.setattr("service.search.engine.meilisearch.squares._MORE", more)
        lat, lon = TOWNS["Gent"][:2]
        points = [(lat + 40 * 1.06**number / 111_195, lon) for number in range(100)]
        documents = [doc(str(number), point=point) for number, point in enumerate(points)]
        large_selections_kit.open_writer(tmp_path).build(documents, 1)
        engine = large_selections_kit.open_engine(tmp_path)
        found = names(engine, EngineQuery(point=(lat, lon), limit=5))
        assert found == ["0", "1", "2", "3", "4"]

    def test_of_many_at_one_spot_the_newest(self, large_selections_kit: Kit, tmp_path: Path) -> None:
        said = [doc(str(number), town="Gent", said_on=20_000 + number % 30) for number in range(60)]
        large_selections_kit.open_writer(tmp_path).build(said, 1)
        engine = large_selections_kit.open_engine(tmp_path)
        found = names(engine, EngineQuery(point=TOWNS["Gent"][:2], limit=4))
        assert sorted(found) == ["28", "29", "58", "59"]

    def test_far_from_everything(self, large_selections_kit: Kit, tmp_path: Path) -> None:
        placed = [doc(str(number), town="Oostende") for number in range(30)]
        large_selections_kit.open_writer(tmp_path).build(placed, 1)
        engine = large_selections_kit.open_engine(tmp_path)
        assert len(names(engine, EngineQuery(point=TOWNS["Brussel"][:2], limit=5))) == 5

    def test_a_word_that_few_hold_is_found_beyond_the_nearest(
        self, large_selections_kit: Kit, tmp_path: Path
    ) -> None:
        near = [doc(f"gent {number}", "voedsel", town="Gent") for number in range(40)]
        far = doc("pakket", "voedsel pakket", town="Oostende")
        large_selections_kit.open_writer(tmp_path).build([*near, far], 1)
        engine = large_selections_kit.open_engine(tmp_path)
        query = EngineQuery(words=(word("voedsel"), word("pakket")), point=TOWNS["Gent"][:2], limit=10)
        assert "pakket" in names(engine, query)

    def test_of_what_hardly_ever_has_a_place_as_many_are_found_as_of_anything(
        self, large_selections_kit: Kit, tmp_path: Path
    ) -> None:
        elsewhere = [doc(f"gent {number}", town="Gent", needs=("food.meal",)) for number in range(200)]
        placeless = [doc(f"phone {number}", needs=("food.parcel",)) for number in range(40)]
        placed = [doc(f"here {number}", town="Gent", needs=("food.parcel",)) for number in range(3)]
        large_selections_kit.open_writer(tmp_path).build([*elsewhere, *placeless, *placed], 1)
        engine = large_selections_kit.open_engine(tmp_path)
        found = names(engine, EngineQuery(needs={"food.parcel": 1.0}, point=TOWNS["Gent"][:2], limit=20))
        assert len(found) == 20
        assert {"here 0", "here 1", "here 2"} <= set(found)

    def test_from_another_part_of_the_world_no_box_is_looked_through(
        self, large_selections_kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        placed = [doc(str(number), town="Oostende") for number in range(30)]
        large_selections_kit.open_writer(tmp_path).build(placed, 1)
        engine = large_selections_kit.open_engine(tmp_path)
        monkeypatch.setattr("service.search.engine.meilisearch.near.marks_of", lambda _selection: 1 / 0)
        assert len(names(engine, EngineQuery(point=(0.0, 0.0), limit=5))) == 5

    def test_who_asks_from_between_a_circle_and_its_box_finds_what_lies_in_the_circle(
        self, large_selections_kit: Kit, tmp_path: Path
    ) -> None:
        lat, lon = TOWNS["Gent"][:2]
        corner = (lat + 0.085, lon + 0.135)  # 13 km away, 9.4 to the north and to the east
        outside = [doc(f"corner {number}", point=corner) for number in range(30)]
        inside = [doc(f"gent {number}", town="Gent") for number in range(8)]
        large_selections_kit.open_writer(tmp_path).build([*outside, *inside], 1)
        engine = large_selections_kit.open_engine(tmp_path)
        circle = Not(AllOf((Not(Within(lat, lon, 10_000)), Known("point"))))
        for clause in (Within(lat, lon, 10_000), circle):
            query = EngineQuery(point=corner, where=(clause,), limit=5, facets=("municipality",))
            assert [name.split()[0] for name in names(engine, query)] == ["gent"] * 5
            assert engine.search(query).total == 8

    def test_of_what_has_no_place_the_surest_need_is_kept(
        self, large_selections_kit: Kit, tmp_path: Path
    ) -> None:
        sure = doc("sure", needs=("food.parcel",), said_on=1)
        newer = filler(30, needs=("food.meal",), said_on=20_000)
        placed = [doc(f"gent {number}", town="Gent", needs=("food.meal",)) for number in range(30)]
        large_selections_kit.open_writer(tmp_path).build([sure, *newer, *placed], 1)
        engine = large_selections_kit.open_engine(tmp_path)
        needs = {"food.parcel": 0.9, "food.meal": 0.3}
        assert "sure" in names(engine, EngineQuery(needs=needs, point=TOWNS["Gent"][:2], limit=8))


class TestLatest:
    """Questions without a place, of so many that the newest are looked for since a day."""

    @pytest.fixture
    def marks(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """What the newest are looked for in, from here on; a process that keeps most records looks so."""
        asked: list[str] = []
        monkeypatch.setattr("service.search.engine.meilisearch.slips._MOST_MISSED", 2.0)

        def noted(selection: str) -> Query:
            asked.append(selection)
            return marks_of(selection)

        monkeypatch.setattr("service.search.engine.meilisearch.latest.marks_of", noted)
        return asked

    @pytest.mark.parametrize("more", [0.01, 1.2, 15.0])
    def test_the_newest_are_found_however_wrong_the_guess(
        self, large_selections_kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marks: list[str],
        more: float,
    ) -> None:  # fmt: skip
        monkeypatch.setattr("service.search.engine.meilisearch.days._MORE", more)
        said = [doc(str(number), said_on=20_000 - number) for number in range(100)]
        large_selections_kit.open_writer(tmp_path).build(said, 1)
        engine = large_selections_kit.open_engine(tmp_path)
        assert names(engine, EngineQuery(limit=5)) == ["0", "1", "2", "3", "4"]
        assert all("said_on >=" in each for each in marks)
        assert marks

    def test_a_check_makes_a_listing_as_new(
        self, large_selections_kit: Kit, tmp_path: Path, marks: list[str]
    ) -> None:
        said = [doc(str(number), said_on=20_000 - number) for number in range(60)]
        checked = doc("checked", said_on=18_000, checked_on=20_001)
        large_selections_kit.open_writer(tmp_path).build([*said, checked], 1)
        engine = large_selections_kit.open_engine(tmp_path)
        assert names(engine, EngineQuery(limit=3)) == ["checked", "0", "1"]
        assert marks

    def test_of_many_of_one_day_as_many_as_are_wanted(
        self, large_selections_kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marks: list[str]
    ) -> None:
        monkeypatch.setattr("service.search.engine.meilisearch.days._MOST", 20)
        said = [doc(str(number), said_on=20_000) for number in range(60)]
        large_selections_kit.open_writer(tmp_path).build(said, 1)
        engine = large_selections_kit.open_engine(tmp_path)
        assert len(names(engine, EngineQuery(limit=5))) == 5
        assert not marks

    def test_what_holds_two_words_or_one_in_its_name_is_found_however_old(
        self, large_selections_kit: Kit, tmp_path: Path, marks: list[str]
    ) -> None:
        new = [doc(f"new {number}", "huur", said_on=20_000 + number % 9) for number in range(40)]
        new += [doc(f"other {number}", "advies", said_on=20_000 + number % 9) for number in range(40)]
        new += filler(500, said_on=20_000)
        both = doc("both", "huur advies", said_on=15_000)
        named = doc("named", texts={"name": "advies"}, said_on=15_000)
        large_selections_kit.open_writer(tmp_path).build([*new, both, named], 1)
        engine = large_selections_kit.open_engine(tmp_path)
        found = names(engine, EngineQuery(words=(word("huur"), word("advies")), limit=10))
        assert found[:2] == ["both", "named"]
        assert len(found) == 10
        assert marks

    def test_in_a_circle_those_are_found_that_lie_in_it(
        self, large_selections_kit: Kit, tmp_path: Path, marks: list[str]
    ) -> None:
        lat, lon = TOWNS["Gent"][:2]
        corner = (lat + 0.085, lon + 0.135)  # 13 km away, 9.4 to the north and to the east
        outside = [doc(f"corner {number}", point=corner, said_on=20_000) for number in range(30)]
        inside = [doc(f"gent {number}", town="Gent", said_on=19_000) for number in range(8)]
        large_selections_kit.open_writer(tmp_path).build([*outside, *inside], 1)
        engine = large_selections_kit.open_engine(tmp_path)
        query = EngineQuery(where=(Within(lat, lon, 10_000),), limit=5)
        assert [name.split()[0] for name in names(engine, query)] == ["gent"] * 5
        assert marks


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
