"""Reads a whole source before anything is written: good rows set aside, bad ones noted with their reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from importers.clean.step import Draft
from importers.entry import Note
from importers.issues import Issues
from importers.progress import Progress
from importers.raw import RawFile
from importers.readers.open import readings
from importers.reading import Bad, Good
from importers.recognise import Source
from importers.rejects import Reject, RejectLog
from importers.spool import Spool
from service.catalogue.claims import Statement
from service.model.dates import PartialDate

MAX_WARNINGS = 1_000  # kept in memory; the first hundreds show what is wrong


@dataclass(slots=True)
class Prepared:
    """What the files of a source say.

    ``knows_all_keys`` is false when a row was refused whose key cannot be told: then nobody can say which
    records are gone.
    """

    spool: Spool
    log: RejectLog
    issues: Issues
    knows_all_keys: bool = True
    warnings: list[str] = field(default_factory=list)
    changes: Counter[str] = field(default_factory=Counter)

    def is_present(self, key: str) -> bool:
        """Whether the source still has this record, well or badly written."""
        return self.spool.keys.is_present(key)


def prepare(
    source: Source,
    files: Sequence[RawFile],
    today: date,
    spool: Spool,
    log: RejectLog,
    issues: Issues,
    progress: Progress,
) -> Prepared:
    """Read all files of a source; raises SourceError when one of them cannot be read at all."""
    prepared = Prepared(spool, log, issues)
    kept = {file.name: file.path.name for file in files}
    for reading in readings(source, files, today, progress):
        for outcome in reading.outcomes():
            if isinstance(outcome, Note):
                issues.add(outcome)
            elif isinstance(outcome, Bad):
                _refuse(outcome, prepared)
            else:
                _take(outcome, kept, prepared)
        prepared.changes += reading.changes
    prepared.warnings += list(issues.lines())[: MAX_WARNINGS - len(prepared.warnings)]
    return prepared


def _take(good: Good, kept: dict[str, str], prepared: Prepared) -> None:
    draft = good.draft
    statement = _statement(draft, kept.get(good.file, good.file))
    known = prepared.spool.add(statement, f"{good.file} row {draft.row}")
    if known is not None:
        reason = f"is the key of {known} too; that one is kept"
        suggestion = "every row has a key of its own"
        prepared.log.add([Reject(good.file, draft.row, good.key_column, draft.key, reason, suggestion)])
        return
    for note in good.notes:
        prepared.issues.add(note)
    for doubt in draft.doubts[: MAX_WARNINGS - len(prepared.warnings)]:
        hint = f" ({doubt.suggestion})" if doubt.suggestion else ""
        prepared.warnings.append(f"{good.file} row {draft.row}, {doubt.key}: {doubt.reason}{hint}")


def _refuse(bad: Bad, prepared: Prepared) -> None:
    prepared.log.add(bad.rejects)
    prepared.spool.keys.refuse(bad.keys)
    if not bad.keys and not bad.is_gone:
        prepared.knows_all_keys = False


def _statement(draft: Draft, file: str) -> Statement:
    said_on = PartialDate.parse(draft.said_on) if draft.said_on else None
    values = {str(key): value for key, value in draft.values.items()}
    # The words of the source stand in the raw file; a second copy in the database would double its size, and
    # hold the streets of hidden addresses.
    raw = {"file": file, "row": draft.row}
    return Statement(draft.key, values, said_on, draft.url, draft.publisher, draft.licence, raw)
