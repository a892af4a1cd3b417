"""The index follows the catalogue: built from it, kept in step with it, compared with it, mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from service.catalogue.listings import iter_listings
from service.catalogue.outbox import last_position
from service.config import Settings
from service.database.outbox import outbox
from service.database.session import reading, writing
from service.errors import BadSetting, IndexNotReady
from service.model.listing import Listing
from service.search.engine.base import Document, Engine, EngineQuery, Writer
from service.search.engine.meilisearch.reader import MeilisearchEngine
from service.search.index.build import build_index
from service.search.index.compare import Differences, compare, repair
from service.search.index.document import document
from service.search.index.factory import open_engine, open_writer
from service.search.index.outbox import drain
from service.search.index.processes import made_by_processes
from tests.contract.catalogue_factory import bring, statement
from tests.contract.engine_samples import Kit, doc, word

TODAY = date(2026, 11, 24)
Meanwhile = Callable[[], object]


def make(listing: Listing) -> Document:
    return document(listing, lambda text, _language: text.lower().split(), TODAY)


@pytest.fixture
def search(kit: Kit, tmp_path: Path) -> Engine:
    return kit.open_engine(tmp_path)


@pytest.fixture
def writer(kit: Kit, tmp_path: Path) -> Writer:
    return kit.open_writer(tmp_path)


@pytest.fixture
def built(engine: sa.Engine, search: Engine, writer: Writer) -> Engine:
    """An index of two listings, in step."""
    bring(engine, statement("pantry"), statement("soup", service__name__at__nl="Soepbedeling"))
    build_index(engine, writer, make)
    return search


def found(search: Engine, term: str) -> int:
    return search.search(EngineQuery(words=(word(term),))).total


def make_all(database: sa.Engine) -> list[Document]:
    with reading(database) as connection:
        return [make(listing) for listing in iter_listings(connection)]


class Late:
    """A writer to which something happens just before (0) or just after (1) its first change.

    ``blind`` writes that change whatever position the index has by then.
    """

    def __init__(
        self, search: Engine, writer: Writer, moment: int, meanwhile: Meanwhile, blind: bool = False
    ) -> None:
        self._search, self._writer, self._moment, self._meanwhile = search, writer, moment, meanwhile
        self._blind = blind
        self.switched = False
        self.build = writer.build

    def update(
        self, changed: Sequence[Document], removed: Sequence[UUID], position: int, after: int = 0
    ) -> bool:
        first, self.switched = not self.switched, True
        if first and self._moment == 0:
            self._meanwhile()
        if first and self._blind:
            position = self._search.status().position
            after = position
        is_written = self._writer.update(changed, removed, position, after)
        if first and self._moment == 1:
            self._meanwhile()
        return is_written


class TestBuilding:
    def test_every_listing_is_in_it(self, built: Engine) -> None:
        assert (built.status().documents, found(built, "soepbedeling")) == (2, 1)

    def test_starts_from_the_newest_change(self, engine: sa.Engine, built: Engine) -> None:
        with reading(engine) as connection:
            assert built.status().position == last_position(connection) > 0

    def test_says_how_far_it_is(self, engine: sa.Engine, writer: Writer) -> None:
        bring(engine, statement("pantry"))
        said: list[tuple[int, int]] = []
        build_index(engine, writer, make, lambda done, total: said.append((done, total)))
        assert said == [(0, 1), (1, 1)]

    def test_of_an_empty_catalogue_is_empty(self, engine: sa.Engine, writer: Writer) -> None:
        assert build_index(engine, writer, make) == 0


class TestFollowing:
    def follow(self, engine: sa.Engine, search: Engine, writer: Writer) -> int:
        return drain(engine, search, writer, make)

    def test_nothing_changed(self, engine: sa.Engine, built: Engine, writer: Writer) -> None:
        assert self.follow(engine, built, writer) == 0

    def test_a_change(self, engine: sa.Engine, built: Engine, writer: Writer) -> None:
        bring(engine, statement("pantry", service__name__at__nl="Kruidenier"), statement("soup"))
        assert self.follow(engine, built, writer) > 0
        assert (found(built, "kruidenier"), built.status().documents) == (1, 2)
        assert not compare(engine, built, make)

    def test_what_was_withdrawn_leaves(self, engine: sa.Engine, built: Engine, writer: Writer) -> None:
        bring(engine, statement("pantry"))
        self.follow(engine, built, writer)
        assert (found(built, "soepbedeling"), built.status().documents) == (0, 1)

    def test_twice_is_once(self, engine: sa.Engine, built: Engine, writer: Writer) -> None:
        bring(engine, statement("pantry", service__name__at__nl="Kruidenier"), statement("soup"))
        self.follow(engine, built, writer)
        assert self.follow(engine, built, writer) == 0

    def test_an_address_that_becomes_hidden_leaves(
        self, engine: sa.Engine, built: Engine, writer: Writer, tmp_path: Path
    ) -> None:
        assert found(built, "bockstaellaan") == 2
        both = (statement(key, address__hidden=True) for key in ("pantry", "soup"))
        bring(engine, *both)
        self.follow(engine, built, writer)
        assert found(built, "bockstaellaan") == 0
        assert "bockstaellaan" not in built.terms()

    @pytest.mark.parametrize("moment", [0, 1])
    def test_nothing_is_lost_where_a_new_index_is_switched_in_meanwhile(
        self, engine: sa.Engine, built: Engine, writer: Writer, moment: int
    ) -> None:
        """A build began at the first position; two changes are taken; it ends while a third is on its way."""
        began = built.status().position
        older = make_all(engine)
        bring(engine, statement("pantry", service__name__at__nl="Kruidenier"), statement("soup"))
        self.follow(engine, built, writer)
        bring(engine, statement("pantry", service__name__at__nl="Kruidenier"), statement("bread"))
        late = Late(built, writer, moment, lambda: writer.build(older, began))
        drain(engine, built, late, make)
        assert late.switched
        assert not compare(engine, built, make)

    def test_what_reached_a_newer_index_than_it_was_read_for_is_written_again(
        self, engine: sa.Engine, built: Engine, writer: Writer
    ) -> None:
        """An engine on a server looks first and writes then: a newer index can come in between."""
        bring(engine, statement("pantry", service__name__at__nl="Kruidenier"), statement("soup"))

        def newer() -> None:
            bring(engine, statement("pantry", service__name__at__nl="Winkel"), statement("soup"))
            build_index(engine, writer, make)

        late = Late(built, writer, 0, newer, blind=True)
        drain(engine, built, late, make)
        assert found(built, "winkel") == 1
        assert not compare(engine, built, make)

    def test_an_index_of_another_database_must_be_built(
        self, engine: sa.Engine, built: Engine, writer: Writer
    ) -> None:
        writer.update([], [], 10_000)
        with pytest.raises(IndexNotReady, match="another database"):
            self.follow(engine, built, writer)

    def test_an_index_that_is_too_far_behind_must_be_built(
        self, engine: sa.Engine, built: Engine, writer: Writer
    ) -> None:
        with writing(engine) as connection:
            last = last_position(connection)
            rows = {"position": last + 50, "listing_id": uuid4(), "changed_at": sa.func.now()}
            connection.execute(sa.delete(outbox))
            connection.execute(sa.insert(outbox).values(rows))
        with pytest.raises(IndexNotReady, match="too far behind"):
            self.follow(engine, built, writer)


class TestComparing:
    def test_in_step(self, engine: sa.Engine, built: Engine) -> None:
        assert compare(engine, built, make) == Differences()

    def test_finds_and_mends_each_kind(self, engine: sa.Engine, built: Engine, writer: Writer) -> None:
        pantry, soup = sorted(each for each, _digest in built.digests())
        stranger = doc("stranger")
        wrong = Document(soup, {"body": "anders"}, {}, {"id": str(soup)})
        writer.update([stranger, wrong], [pantry], built.status().position)
        differences = compare(engine, built, make)
        assert differences == Differences((pantry,), (stranger.id,), (soup,))
        assert repair(engine, built, writer, make, differences) == 3
        assert not compare(engine, built, make)

    def test_there_is_nothing_to_mend(self, engine: sa.Engine, built: Engine, writer: Writer) -> None:
        assert repair(engine, built, writer, make, Differences()) == 0


class TestFactory:
    def test_the_embedded_engine_is_the_default(self, tmp_path: Path) -> None:
        settings = Settings(home=tmp_path)
        open_writer(settings).build([doc("a")], 1)
        assert open_engine(settings).status().documents == 1

    def test_an_address_names_a_search_server(self) -> None:
        assert isinstance(open_engine(Settings(search_url="http://localhost:7700")), MeilisearchEngine)

    @pytest.mark.parametrize("opened", [open_engine, open_writer])
    def test_an_address_that_is_none_is_refused(self, opened: object) -> None:
        assert callable(opened)
        with pytest.raises(BadSetting, match="NABIJ_SEARCH_URL"):
            opened(Settings(search_url="localhost:7700"))


def test_processes_make_the_same_documents(
    migrated_sqlite: sa.Engine, lexicon_home: Path, tmp_path: Path
) -> None:
    from service.catalogue.listings import iter_listings, published_ids
    from service.search.index.maker import DocumentMaker
    from tests.contract.conftest import empty

    empty(migrated_sqlite)
    bring(migrated_sqlite, *(statement(f"pantry {number}") for number in range(5)))
    settings = Settings(home=lexicon_home, database_url=str(migrated_sqlite.url))
    maker = DocumentMaker(settings, TODAY)
    with reading(migrated_sqlite) as connection:
        expected = [maker(listing) for listing in iter_listings(connection)]
        ids = list(published_ids(connection))
    assert list(made_by_processes(settings, TODAY, ids, 2)) == expected
    assert list(made_by_processes(settings, TODAY, ids[::-1], 2)) == expected[::-1]
