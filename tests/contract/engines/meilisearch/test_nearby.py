"""Questions with a place, of so many that the nearest are looked for in boxes."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.model.clauses import AllOf, Known, Not, Within
from service.search.engine.base import EngineQuery
from tests.contract.engine_samples import TOWNS, Kit, doc, filler, names, word

pytestmark = pytest.mark.meilisearch


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
