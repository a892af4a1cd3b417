"""What happens to the files of the FTS5 index: kills, full disks, several processes at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.errors import Busy, IndexNotReady, StorageError
from service.search.engine.base import Document, EngineQuery
from service.search.engine.cache import ByteCache
from service.search.engine.fts5.reader import Fts5Engine
from service.search.engine.fts5.writer import Fts5Writer
from tests.contract.engine_samples import doc, filler, listing_id, names, word

ROOT = Path(__file__).resolve().parents[2]
HUUR = EngineQuery(words=(word("huur"),))


@contextmanager
def python(code: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process with the folder in ``folder`` and our samples at hand; it ends with the block."""
    lines = ["import sys, time", "from pathlib import Path", "folder = Path(sys.argv[1])",
             "from service.errors import NabijError",
             "from service.search.engine.base import EngineQuery",
             "from service.search.engine.fts5.reader import Fts5Engine",
             "from service.search.engine.fts5.writer import Fts5Writer",
             "from tests.contract.engine_samples import doc, filler, listing_id, names, word"]  # fmt: skip
    command = [sys.executable, "-c", "\n".join([*lines, code]), str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def first_line(process: subprocess.Popen[str]) -> str:
    """What it says first; waits for it."""
    assert process.stdout is not None
    return process.stdout.readline()


def databases(folder: Path) -> list[Path]:
    return sorted(folder.glob("search-*.db"))


class TestKilled:
    SLOW = """
def endless():
    yield from filler(5_000, "huur")
    print("writing", flush=True)
    while True:
        time.sleep(0.01)
        yield doc(str(time.monotonic()), "huur")
Fts5Writer(folder).build(endless(), 9)
"""

    @pytest.fixture
    def killed(self, tmp_path: Path) -> Path:
        Fts5Writer(tmp_path).build([doc("old", "huur")], 1)
        with python(self.SLOW, tmp_path) as building:
            assert first_line(building) == "writing\n"
            building.send_signal(signal.SIGKILL)
            building.wait()
        assert len(databases(tmp_path)) == 2
        return tmp_path

    def test_the_old_index_goes_on_answering(self, killed: Path) -> None:
        engine = Fts5Engine(killed)
        assert names(engine, HUUR) == ["old"]
        assert engine.status().position == 1

    def test_the_next_build_clears_away_what_was_half_built(self, killed: Path) -> None:
        Fts5Writer(killed).build([doc("new", "huur")], 2)
        assert names(Fts5Engine(killed), HUUR) == ["new"]
        assert len(databases(killed)) == 1

    def test_a_kill_while_changing_leaves_whole_batches(self, tmp_path: Path) -> None:
        Fts5Writer(tmp_path).build(filler(10, "ronde0"), 0)
        code = """
for position in range(1, 100_000):
    Fts5Writer(folder).update(filler(10, f"ronde{position}"), [], position)
    if position == 3:
        print("three", flush=True)
"""
        with python(code, tmp_path) as changing:
            first_line(changing)
            time.sleep(0.05)
            changing.send_signal(signal.SIGKILL)
            changing.wait()
        engine = Fts5Engine(tmp_path)
        status = engine.status()
        assert (status.documents, engine.terms()) == (10, {f"ronde{status.position}": 10})
        Fts5Writer(tmp_path).update([doc("more")], [], status.position + 1)
        assert engine.status().documents == 11


class TestSeveralProcesses:
    def test_a_reader_sees_whole_batches_of_another_process(self, tmp_path: Path) -> None:
        Fts5Writer(tmp_path).build(filler(10, "huur"), 0)
        engine = Fts5Engine(tmp_path)
        code = """
for position in range(1, 60):
    Fts5Writer(folder).update(filler(10, f"huur ronde{position}"), [], position)
"""
        totals = set()
        with python(code, tmp_path) as changing:
            while changing.poll() is None:
                totals.add(engine.search(HUUR).total)
        assert (changing.returncode, totals) == (0, {10})
        assert engine.search(EngineQuery(words=(word("ronde59"),))).total == 10

    def test_a_reader_meets_an_index_that_another_process_built(self, tmp_path: Path) -> None:
        Fts5Writer(tmp_path).build([doc("old", "huur")], 1)
        engine = Fts5Engine(tmp_path)
        assert names(engine, HUUR) == ["old"]
        with python("""Fts5Writer(folder).build([doc("new", "huur")], 2)""", tmp_path) as building:
            assert building.wait() == 0
        assert names(engine, HUUR) == ["new"]

    def test_two_processes_change_one_after_the_other(self, tmp_path: Path) -> None:
        Fts5Writer(tmp_path).build([], 0)
        code = """
for number in range(30):
    Fts5Writer(folder).update([doc(f"{NAME} {number}", "huur")], [], 5)
"""
        with (
            python(f"NAME = 'een'\n{code}", tmp_path) as one,
            python(f"NAME = 'twee'\n{code}", tmp_path) as two,
        ):
            assert [one.wait(), two.wait()] == [0, 0]
        assert Fts5Engine(tmp_path).status().documents == 60

    def test_threads_share_an_engine_while_it_changes(self, tmp_path: Path) -> None:
        writer = Fts5Writer(tmp_path)
        writer.build(filler(10, "huur"), 0)
        engine = Fts5Engine(tmp_path)
        wrong: list[object] = []
        stop = threading.Event()

        def ask() -> None:
            while not stop.is_set():
                found = engine.search(HUUR)
                bodies = engine.bodies(found.candidates.keys.tolist())
                if found.total != 10 or any(body is None for body in bodies):
                    wrong.append((found.total, bodies))

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for position in range(1, 40):
            if position % 10:
                writer.update(filler(10, f"huur ronde{position}"), [], position)
            else:
                writer.build(filler(10, "huur"), position)
        stop.set()
        for thread in threads:
            thread.join()
        assert wrong == []


class TestBuilds:
    def test_only_one_at_a_time(self, tmp_path: Path) -> None:
        writer = Fts5Writer(tmp_path)

        def documents() -> Iterator[Document]:
            with pytest.raises(Busy, match="wait for it"):
                writer.build([], 1)
            yield doc("a")

        assert writer.build(documents(), 1) == 1

    def test_one_file_is_left(self, tmp_path: Path) -> None:
        writer = Fts5Writer(tmp_path)
        for _again in range(3):
            writer.build([doc("a", "huur")], 1)
            names(Fts5Engine(tmp_path), HUUR)
        assert len(databases(tmp_path)) == 1

    def test_what_was_found_stays_readable_until_the_next_question(self, tmp_path: Path) -> None:
        writer, engine = Fts5Writer(tmp_path), Fts5Engine(tmp_path)
        writer.build([doc("old", hours="Mo 09:00-12:00")], 1)
        found = engine.search(EngineQuery()).candidates
        writer.build([doc("new")], 2)
        assert [body and body["name"] for body in engine.bodies(found.keys.tolist())] == ["old"]
        assert engine.open_codes("hours")[int(found.facts["hours"][0])] == "Mo 09:00-12:00"

    def test_keys_of_the_old_index_name_nothing_in_the_new_one(self, tmp_path: Path) -> None:
        writer, engine = Fts5Writer(tmp_path), Fts5Engine(tmp_path)
        writer.build([doc("old")], 1)
        keys = engine.search(EngineQuery()).candidates.keys.tolist()
        writer.build([doc("new")], 2)
        engine.search(EngineQuery())
        assert engine.bodies(keys) == [None]

    def test_a_damaged_file_is_said(self, tmp_path: Path) -> None:
        Fts5Writer(tmp_path).build([doc("a")], 1)
        databases(tmp_path)[0].write_bytes(b"not a database at all" * 1000)
        with pytest.raises(IndexNotReady, match="nabij index build"):
            Fts5Engine(tmp_path).search(EngineQuery())

    def test_a_missing_file_is_said(self, tmp_path: Path) -> None:
        Fts5Writer(tmp_path).build([doc("a")], 1)
        databases(tmp_path)[0].unlink()
        with pytest.raises(IndexNotReady, match="nabij index build"):
            Fts5Engine(tmp_path).search(EngineQuery())

    def test_a_code_that_no_column_has_stops_the_build(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="cost: 'cheap'"):
            Fts5Writer(tmp_path).build([doc("a", cost="cheap")], 1)
        assert databases(tmp_path) == []


class TestStorage:
    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(StorageError, match="cannot be written"):
            Fts5Writer(tmp_path / "file" / "home").build([], 1)

    def test_a_full_disk_leaves_the_old_index(self, tmp_path: Path) -> None:
        Fts5Writer(tmp_path).build([doc("old", "huur")], 1)
        # No file may grow beyond 200 kB: to SQLite that is a disk that takes no more.
        code = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    Fts5Writer(folder).build(filler(20_000, "huur"), 2)
except NabijError as error:
    print(type(error).__name__, str(error).count("\\n"))
"""
        with python(code, tmp_path) as full:
            said, _ = full.communicate()
        assert said == "StorageError 0\n"
        assert names(Fts5Engine(tmp_path), HUUR) == ["old"]
        assert len(databases(tmp_path)) == 1

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_without_write_rights_can_be_read(self, tmp_path: Path) -> None:
        Fts5Writer(tmp_path).build([doc("a", "huur")], 1)
        tmp_path.chmod(0o500)
        try:
            assert names(Fts5Engine(tmp_path), HUUR) == ["a"]
            with pytest.raises(StorageError):
                Fts5Writer(tmp_path).build([], 2)
        finally:
            tmp_path.chmod(0o700)


class TestByteCache:
    def test_forgets_what_was_used_longest_ago(self) -> None:
        cache: ByteCache[str] = ByteCache(20)
        cache.put("a", "A", 10)
        cache.put("b", "B", 10)
        cache.get("a")
        cache.put("c", "C", 10)
        assert [cache.get(key) for key in "abc"] == ["A", None, "C"]

    def test_keeps_nothing_larger_than_itself(self) -> None:
        cache: ByteCache[str] = ByteCache(20)
        cache.put("a", "A", 10)
        cache.put("big", "B", 21)
        assert [cache.get("a"), cache.get("big")] == ["A", None]

    def test_counts_a_value_once_when_it_is_replaced(self) -> None:
        cache: ByteCache[str] = ByteCache(20)
        for _again in range(5):
            cache.put("a", "A", 10)
        cache.put("b", "B", 10)
        assert [cache.get("a"), cache.get("b")] == ["A", "B"]


def test_what_was_removed_is_no_longer_in_the_words(tmp_path: Path) -> None:
    writer = Fts5Writer(tmp_path)
    writer.build([doc("hidden", "geheimestraat"), doc("other", "huur")], 1)
    engine = Fts5Engine(tmp_path)
    assert engine.search(EngineQuery(words=(word("geheimestraat"),))).total == 1
    writer.update([doc("hidden", "huur")], [], 2)
    assert engine.search(EngineQuery(words=(word("geheimestraat"),))).total == 0
    assert "geheimestraat" not in engine.terms()
    assert engine.body(listing_id("hidden")) is not None
