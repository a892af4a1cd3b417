"""Imports one source from its files to the catalogue: all or nothing per record, never half a truth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from sqlalchemy.engine import Engine

from importers.compare import differences, live_keys
from importers.http.client import Client
from importers.http.present import present_source
from importers.issues import Issues
from importers.lock import import_lock
from importers.prepare import Prepared, prepare
from importers.progress import NoProgress, Progress
from importers.raw import keep_raw, look_at_raw
from importers.recognise import Source
from importers.rejects import Reject, RejectLog
from importers.report import SHOWN, Difference, Report
from importers.spool import Spool
from service.catalogue.claims import Statement
from service.catalogue.ids import record_id
from service.catalogue.intake import BATCH, foresee, take
from service.catalogue.runs import Counts
from service.config import TIMEZONE, Settings
from service.errors import SourceError

MAX_DROP = 0.2
"""The part of a source's records that may vanish at once; more is most often a broken export."""

MAX_DIFFERENCES = 1_000
"""Differences that a dry run looks up; who has more reads the first ones and the counts."""


def run_import(
    target: str,
    settings: Settings,
    engine: Engine,
    now: datetime,
    *,
    dry_run: bool = False,
    accept_drop: bool = False,
    as_source: str | None = None,
    kept: bool = False,
    client: Client | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import a source by its name, an address, a file or a folder, at the aware moment ``now``.

    Everything is read and checked before anything is written. ``dry_run`` writes nothing, keeps no raw file,
    and reports the differences. ``accept_drop`` lets more than MAX_DROP of the records vanish. ``as_source``
    names the source whose files the target holds, ``kept`` reads what was fetched last instead of asking the
    publisher; ``client`` is who asks. Raises NotFound, SourceError (the last good data stay), Busy when
    another import runs, and StorageError.
    """
    progress = progress or NoProgress()
    if dry_run:
        there = present_source(
            target, settings.home, client, progress, as_source=as_source, kept=kept, remember=False
        )
        with there as source, Spool(None) as spool:
            prepared = _prepare(source, None, now, spool, progress)
            return _foresee(source, engine, prepared, accept_drop)
    with (
        import_lock(settings.home, engine),
        present_source(target, settings.home, client, progress, as_source=as_source, kept=kept) as source,
        Spool(settings.home, lambda key: record_id(source.card.id, key).bytes) as spool,
    ):
        prepared = _prepare(source, settings.home, now, spool, progress)
        return _write(source, engine, prepared, now, accept_drop, progress)


def _prepare(source: Source, home: Path | None, now: datetime, spool: Spool, progress: Progress) -> Prepared:
    """Read all files; without a ``home`` nothing is kept."""
    today = now.astimezone(TIMEZONE).date()
    name = f"{now.astimezone(TIMEZONE):%Y-%m-%d-%H%M%S}.csv"
    log = RejectLog(home / "rejects" / source.card.id / name if home else None)
    issues = Issues(RejectLog(home / "left-out" / source.card.id / name if home else None))
    try:
        files = [
            keep_raw(home, source.card.id, path, today) if home else look_at_raw(path)
            for path in source.files
        ]
        prepared = prepare(source, files, today, spool, log, issues, progress)
    finally:
        log.close()
        issues.log.close()
    _check_minimum(source, prepared)
    return prepared


def _foresee(source: Source, engine: Engine, prepared: Prepared, accept_drop: bool) -> Report:
    gone = _gone(source, engine, prepared, accept_drop)
    statements = (each for batch in prepared.spool.batches(BATCH) for each in batch)
    counts = foresee(engine, source.card, statements)
    report = _report(source, prepared, counts)
    report.is_dry_run = True
    report.withdrawn = len(gone)
    found = differences(engine, source.card.id, prepared.spool.batches(BATCH))
    vanished = (Difference(key, "", key, None) for key in sorted(gone))
    report.differences = list(islice(chain(vanished, found), MAX_DIFFERENCES))
    return report


def _write(
    source: Source, engine: Engine, prepared: Prepared, now: datetime, accept_drop: bool, progress: Progress
) -> Report:
    _gone(source, engine, prepared, accept_drop)
    progress.start(f"importing {source.card.id}", prepared.spool.count, "rows")
    counts = take(
        engine,
        source.card,
        _statements(prepared),
        now,
        withdraw_missing=prepared.knows_all_keys,
        still_there=prepared.spool.keys.refused(),
        progress=lambda so_far: progress.reach(so_far.created + so_far.updated + so_far.unchanged),
    )
    return _report(source, prepared, counts)


def _statements(prepared: Prepared) -> Iterator[Statement | Reject]:
    """In the order of their ids, so that the rows of a batch lie together in every table and index."""
    yield from prepared.log.first_of_rows
    for batch in prepared.spool.batches(BATCH, by_rank=True):
        yield from batch


def _check_minimum(source: Source, prepared: Prepared) -> None:
    least, good = source.card.assertions.minimum, prepared.spool.count
    if good < least:
        told = "".join(f"\n{each}" for each in [*prepared.log.first[:SHOWN], *prepared.warnings[:SHOWN]])
        raise SourceError(
            f"{source.card.id}: {good} rows are good and at least {least} are expected; nothing is written."
            f" rejected: {prepared.log.rows}{told}"
        )
    most = source.card.assertions.maximum
    if most is not None and good > most:
        prepared.warnings.insert(0, f"{good} rows are good and at most {most} were expected")


def _gone(source: Source, engine: Engine, prepared: Prepared, accept_drop: bool) -> set[str]:
    """The keys that the source no longer has. Raises SourceError when they are too many to be believed."""
    gone: set[str] = set()
    live = 0
    with live_keys(engine, source.card.id) as keys:
        for key in keys:
            live += 1
            if not prepared.is_present(key):
                gone.add(key)
    if not prepared.knows_all_keys:
        if live:
            prepared.warnings.insert(0, _KEYS_LOST)
        return set()
    if len(gone) > MAX_DROP * live and not accept_drop:
        raise SourceError(
            f"{source.card.id}: {len(gone)} of its {live} records are gone from the file, more than a"
            " fifth; nothing is written and the last good data stay. If that is right: --accept-drop."
        )
    return gone


def _report(source: Source, prepared: Prepared, counts: Counts) -> Report:
    return Report(
        source.card.id,
        created=counts.created,
        updated=counts.updated,
        unchanged=counts.unchanged,
        withdrawn=counts.withdrawn,
        rejected=prepared.log.rows,
        rejects=prepared.log.first,
        rejects_path=prepared.log.path if prepared.log.rows else None,
        warnings=prepared.warnings,
        left_out_path=prepared.issues.log.path if prepared.issues.log.rows else None,
        changes=prepared.changes,
    )


_KEYS_LOST = "the key of a rejected row cannot be read, so nothing is withdrawn until that row is repaired"
