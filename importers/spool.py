"""Statements on their way to the database, in a nameless file: however many they are, memory stays small."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from types import TracebackType

import orjson

from importers.keys import Keys
from service.catalogue.claims import Statement
from service.errors import StorageError
from service.model.dates import PartialDate


class Spool:
    """Written from the start to the end, then read as often as needed; gone when closed or killed.

    ``folder`` None means the machine's own place for temporary files; ``rank`` gives of a key what statements
    can be ordered by. Raises StorageError when it is full.
    """

    def __init__(self, folder: Path | None, rank: Callable[[str], bytes] = str.encode) -> None:
        try:
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
            # Closed by __exit__; a nameless file has no other owner.
            self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        except OSError as error:
            raise StorageError(f"{folder} cannot be written: {error.strerror}.") from None
        self.keys = Keys(folder)
        self._rank = rank
        self._end = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self.keys.close()

    @property
    def count(self) -> int:
        """How many there are."""
        return self.keys.count

    def add(self, statement: Statement, stands: str = "") -> str | None:
        """Keep one more, of a row that ``stands`` somewhere in a file; one whose key is there already is not
        kept, and where that one stands is given.
        """
        known = self.keys.add(statement.key, stands, self._rank(statement.key), self._end)
        if known is not None:
            return known
        said_on = str(statement.said_on) if statement.said_on else None
        about = [said_on, statement.url, statement.publisher, statement.licence]
        line = orjson.dumps([statement.key, statement.values, *about, statement.raw]) + b"\n"
        try:
            self._file.write(line)
        except OSError as error:
            raise _full(error) from None
        self._end += len(line)
        return None

    def batches(self, size: int, *, by_rank: bool = False) -> Iterator[list[Statement]]:
        """All statements, ``size`` at a time, as they came or by their rank."""
        statements = map(self._read, self.keys.places(by_rank=by_rank))
        while batch := list(islice(statements, size)):
            yield batch

    def _read(self, place: int) -> Statement:
        try:
            self._file.seek(place)
        except OSError as error:  # seeking writes what was held back
            raise _full(error) from None
        return _statement(self._file.readline())


def _full(error: OSError) -> StorageError:
    return StorageError(f"The statements cannot be set aside: {error.strerror}.")


def _statement(line: bytes) -> Statement:
    key, values, said_on, url, publisher, licence, raw = orjson.loads(line)
    return Statement(key, values, _date(said_on) if said_on else None, url, publisher, licence, raw)


@lru_cache(maxsize=5_000)  # the days of some ten years; rows of a source share theirs
def _date(text: str) -> PartialDate:
    return PartialDate.parse(text)
