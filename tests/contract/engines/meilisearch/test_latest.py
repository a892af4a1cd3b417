"""Questions without a place, of so many that the newest are looked for since a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.model.clauses import Within
from service.search.engine.base import EngineQuery
from service.search.engine.meilisearch.marks import marks_of
from service.search.engine.meilisearch.wire import Query
from tests.contract.engine_samples import TOWNS, Kit, doc, filler, names, word

pytestmark = pytest.mark.meilisearch


class TestLatest:
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
