"""The data folder of one Nabij: making it, saying clearly when it cannot be used, and holding it."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from service.errors import Busy, NabijError, StorageError

_EXPLAINED = {
    errno.EACCES: "may not be written by this user",
    errno.EPERM: "may not be written by this user",
    errno.EROFS: "is on a read-only disk",
    errno.ENOSPC: "is on a full disk",
    errno.EDQUOT: "is over its quota",
    errno.ENOTDIR: "is not a folder",
    errno.EEXIST: "is not a folder",
}


def prepare_home(home: Path) -> None:
    """Make the data folder and see that it can be written.

    Raises StorageError in one sentence when it cannot.
    """
    probe = home / f".probe-{os.getpid()}"
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"nabij" * 1000)
    except OSError as error:
        raise storage_error(home, error) from None
    finally:
        probe.unlink(missing_ok=True) if home.is_dir() and probe.exists() else None


def storage_error(path: Path, error: OSError) -> NabijError:
    """The sentence for a failure of the disk, in place of a traceback."""
    reason = _EXPLAINED.get(error.errno or 0, f"cannot be used ({error.strerror})")
    advice = (
        "Free some space" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "Choose another with NABIJ_HOME"
    )
    return StorageError(f"The data folder {path} {reason}. {advice}, then run this again.")


@contextmanager
def hold(lock: Path, busy: str) -> Iterator[None]:
    """Hold a lock file for as long as the block runs; the kernel lets go of it when the process dies.

    ``busy`` is the sentence for when another process holds it; ``{note}`` in it becomes what that process
    wrote with `note`. Raises Busy, or StorageError when the file cannot be written.
    """
    try:
        file = lock.open("a+", encoding="utf-8")
    except OSError as error:
        raise storage_error(lock.parent, error) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise Busy(busy.format(note=file.read().strip() or "another process")) from None
        note(lock, f"process {os.getpid()}")
        yield


@contextmanager
def in_turn(lock: Path) -> Iterator[None]:
    """Run the block when no other process holds the lock file any more; the kernel lets go of it.

    Raises StorageError when the file cannot be written.
    """
    try:
        file = lock.open("a", encoding="utf-8")
    except OSError as error:
        raise storage_error(lock.parent, error) from None
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def note(lock: Path, text: str) -> None:
    """Write into a lock file, for whoever finds it held, who holds it."""
    lock.write_text(text, encoding="utf-8")


def note_of(lock: Path) -> str:
    """What stands in a lock file that some process holds now; empty where none does."""
    try:
        with lock.open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read().strip()
    except OSError:
        pass
    return ""


def held_secret(home: Path) -> bytes:
    """The secret of a data folder, made where there is none yet; all processes over the folder have the same.

    Raises StorageError when it cannot be written.
    """
    path, draft = home / "secret", home / f".secret-{secrets.token_hex(4)}"
    try:
        if not path.exists():
            home.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_hex(32).encode())
            with suppress(FileExistsError):
                os.link(draft, path)  # whole at once, and the first that comes is everybody's
            draft.unlink()
        return path.read_bytes()
    except OSError as error:
        raise storage_error(home, error) from None
