"""The data folder: one clear sentence where it cannot be used."""

import os
import subprocess
import sys

import pytest

from service.errors import Busy, StorageError
from service.home import held_secret, hold, prepare_home


def test_a_data_folder_is_made(tmp_path):
    prepare_home(tmp_path / "deep" / "var")
    assert list((tmp_path / "deep" / "var").iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path):
    (tmp_path / "var").write_text("")
    with pytest.raises(StorageError, match="is not a folder"):
        prepare_home(tmp_path / "var")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError, match="may not be written"):
        prepare_home(tmp_path)


def test_a_full_disk_is_said():
    with pytest.raises(StorageError, match="full disk"):
        raise_storage_error("/dev/full")


def raise_storage_error(path):
    from pathlib import Path

    from service.home import storage_error

    try:
        with open(path, "wb", buffering=0) as file:
            file.write(b"x")
    except OSError as error:
        raise storage_error(Path("var"), error) from None


def test_who_comes_second_hears_who_holds_it(tmp_path):
    with hold(tmp_path / "lock", "Busy: {note}"), pytest.raises(Busy, match=f"process {os.getpid()}"):
        other_process_holds(tmp_path / "lock")


def other_process_holds(lock):
    imports = "import sys; from pathlib import Path; from service.home import hold"
    code = f"{imports}\nwith hold(Path(sys.argv[1]), 'Busy: {{note}}'): pass"
    done = subprocess.run(
        [sys.executable, "-c", code, str(lock)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Busy(done.stderr)


def test_the_lock_is_free_again_afterwards(tmp_path):
    with hold(tmp_path / "lock", "Busy"):
        pass
    other_process_holds(tmp_path / "lock")


def test_the_secret_of_a_folder_is_made_once_and_read_by_nobody_else(tmp_path):
    first = held_secret(tmp_path / "new")
    assert held_secret(tmp_path / "new") == first
    assert len(first) == 64
    assert (tmp_path / "new" / "secret").stat().st_mode & 0o077 == 0
