"""An index is built beside the one in use, by one builder at a time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from service.errors import Busy, SearchRefused
from service.search.engine.meilisearch.settings import index_settings
from service.search.engine.meilisearch.wire import Wire
from tests.contract.engine_samples import doc
from tests.contract.search_kits import Served

pytest.importorskip("meilisearch", reason="no client of Meilisearch: install the extra `meilisearch`")

from service.search.engine.meilisearch.server import Server
from service.search.engine.meilisearch.writer import MeilisearchWriter

pytestmark = pytest.mark.meilisearch


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
