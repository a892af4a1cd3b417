"""/dev/full takes every file and no byte, as a full disk does."""

from pathlib import Path

import pytest

from importers.lock import import_lock
from importers.raw import keep_raw
from importers.rejects import Reject, RejectLog
from service.config import Settings
from service.database.session import connect_engine
from service.errors import SourceError, StorageError

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has /dev/full")
def test_rejects_that_cannot_be_written_are_told():
    log = RejectLog(FULL)
    log.add([Reject("lijst.csv", 2, "key", "", "is empty")])
    with pytest.raises(StorageError, match="No space left"):
        log.close()


def test_a_data_folder_that_is_a_file_is_told(tmp_path, world):
    home = tmp_path / "file"
    home.write_text("")
    with pytest.raises(StorageError, match="cannot be kept"):
        keep_raw(home, "lijst", world.write("lijst.csv", []), None)


def test_a_lock_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    engine = connect_engine(Settings(database_url=f"sqlite:///{tmp_path}/file/nabij.db"))
    with pytest.raises(StorageError, match="cannot be written"), import_lock(tmp_path, engine):
        pass


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(SourceError, match=r"weg\.csv cannot be read"):
        keep_raw(tmp_path, "lijst", tmp_path / "weg.csv", None)
