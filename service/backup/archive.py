"""The one file of a backup: a tar with the manifest first, packed whole or not at all."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

from service.backup.manifest import NAME, Manifest, checksum, read_manifest
from service.errors import StorageError
from service.home import storage_error

_LEVEL = 3  # of gzip: a database becomes a fifth, at the speed of a disk


def pack(staged: Path, manifest: Manifest, target: Path) -> None:
    """Write the files of a manifest that lie in ``staged``. Raises StorageError when the disk refuses."""
    part = target.with_name(f".{target.name}-{os.getpid()}")
    try:
        # It holds addresses that are secret: nobody but its owner may read it.
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=_LEVEL) as tar:
                told = manifest.text().encode()
                about = tarfile.TarInfo(NAME)
                about.size = len(told)
                tar.addfile(about, io.BytesIO(told))
                for each in manifest.files:
                    tar.add(staged / each.name, each.name, recursive=False)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise storage_error(target.parent, error) from None
    finally:
        part.unlink(missing_ok=True)


def unpack(source: Path, folder: Path) -> Manifest:
    """Take a backup apart into an empty folder and hold every file against the manifest.

    Raises StorageError for a file that is no backup, that is cut short or damaged, or that holds anything
    that its manifest does not name.
    """
    try:
        with tarfile.open(source, "r:gz") as tar:
            first = tar.next()
            told = tar.extractfile(first) if first is not None and first.name == NAME else None
            if told is None:
                raise StorageError(f"{source} is no backup of Nabij: it does not begin with a manifest.")
            manifest = read_manifest(told.read().decode())
            named = {each.name for each in manifest.files}
            while (member := tar.next()) is not None:
                if member.name not in named or not member.isfile():
                    raise StorageError(f"{source} holds {member.name!r}, which its manifest does not name.")
                tar.extract(member, folder, filter="data")
    except FileNotFoundError:
        raise StorageError(f"There is no file {source}.") from None
    except (tarfile.TarError, EOFError, UnicodeDecodeError) as error:
        raise StorageError(f"{source} is no backup of Nabij, or it is cut short: {error}.") from None
    except OSError as error:
        if error.errno is None:  # gzip says so what does not unpack
            raise StorageError(f"{source} is damaged: {error}.") from None
        raise storage_error(folder, error) from None
    for each in manifest.files:
        path = folder / each.name
        if not path.is_file() or path.stat().st_size != each.bytes or checksum(path) != each.sha256:
            raise StorageError(f"{source} is damaged: {each.name} is not what its manifest says.")
    return manifest
