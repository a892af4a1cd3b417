"""A feed of HSDS 1.0 to 3.x, in tables or in JSON, in files or in a zip, as entries."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from importers.card import SourceCard
from importers.entry import Entry, Note, Refusal
from importers.progress import Progress
from importers.raw import RawFile
from importers.readers.archive import LIST_NAME, is_zip, unpack
from importers.readers.hsds.assemble import Assembly
from importers.readers.hsds.home import home_of
from importers.readers.hsds.loose_ends import loose_ends
from importers.readers.hsds.nested import stage_json
from importers.readers.hsds.staging import Staging
from importers.readers.hsds.tabular import stage_table

_JSON = (".json", ".jsonl", ".ndjson")
_NO_DATA = frozenset({"datapackage.json", "openapi.json", "pages.csv"})
_TELL_EVERY = 200  # listings between two looks at how far the joining is


class HsdsFeed:
    """All files of a feed together: they are set aside first, joined then."""

    def __init__(self, card: SourceCard, files: Sequence[RawFile], today: date, progress: Progress) -> None:
        self._card = card
        self._files = files
        self._today = today
        self._progress = progress

    def entries(self) -> Iterator[Entry | Refusal | Note]:
        """Every listing, what cannot be one, and what was left out."""
        with Staging() as staging:
            for file in self._files:
                yield from self._stage(staging, file)
            staging.settle()
            yield from loose_ends(staging)
            assembly = Assembly(staging, home_of(staging, self._card), self._today)
            self._progress.start("joining services", staging.count("service"), "services")
            for number, each in enumerate(assembly.entries(), start=1):
                yield each
                if number % _TELL_EVERY == 0:
                    self._progress.reach(number)

    def _stage(self, staging: Staging, file: RawFile) -> Iterator[Note | Refusal]:
        if not is_zip(file.path):
            yield from self._stage_file(staging, file)
            return
        with tempfile.TemporaryDirectory() as folder:
            for member in unpack(file, Path(folder)):
                yield from self._stage_file(staging, member)
                member.path.unlink()

    def _stage_file(self, staging: Staging, file: RawFile) -> Iterator[Note | Refusal]:
        name = file.name.lower()
        if name in _NO_DATA or name.startswith(LIST_NAME):
            return
        self._progress.start(f"reading {file.name}", file.size_bytes, "bytes")
        if name.endswith(_JSON):
            yield from stage_json(staging, file, self._progress.reach)
        elif name.endswith((".csv", ".tsv", ".txt")):
            yield from stage_table(staging, file, self._card, self._progress.reach)
        else:
            yield Note(file.name, 0, "", "", "is neither CSV nor JSON and is left out")
        self._progress.reach(file.size_bytes)
