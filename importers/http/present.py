"""Makes a source present: its files as they lie there, or fetched from the address of its feed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from importers.card import feed_card
from importers.http.client import Client
from importers.http.harvest import Harvest
from importers.http.memory import Memory
from importers.progress import Progress
from importers.recognise import Source, recognised_file
from importers.registry import find_source, source_as
from service.errors import NotFound


@contextmanager
def present_source(
    target: str,
    home: Path,
    client: Client | None,
    progress: Progress,
    *,
    as_source: str | None = None,
    kept: bool = False,
    remember: bool = True,
) -> Iterator[Source]:
    """The source with its files there to read, until the end of the block.

    A target is what find_source takes, or an address; an address without a card is recognised by what it
    gives. ``as_source`` reads the files as that source; ``kept`` takes what was fetched last, ``remember``
    keeps answers for the next time. Raises what find_source and Client.fetch raise.
    """
    is_address = target.startswith(("http://", "https://"))
    if is_address:
        source = Source(feed_card(target), ())
    else:
        source = source_as(as_source, target) if as_source else find_source(target)
    if source.files:
        yield source
        return
    raw = home / "raw" / source.card.id
    with tempfile.TemporaryDirectory() as folder:
        if not source.card.feed and not kept:
            wanted = f"nabij import FILE --as {source.card.id}"
            raise NotFound(f"{source.card.id} has no address to fetch from; give its file: {wanted}")
        if kept or not source.card.feed:
            path = _last_kept(raw, source)
        else:
            progress.start(f"fetching {source.card.feed}", 0, "records")
            memory = Memory(raw / "fetched", is_kept=remember)
            with nullcontext(client) if client else Client() as asking:
                path = Harvest(asking, memory, Path(folder), progress).all_of(source.card.feed)
        yield _with_file(source, path)


def _last_kept(raw: Path, source: Source) -> Path:
    files = [path for path in raw.glob("????-??-??-*") if path.suffix != ".part"]
    if not files:
        raise NotFound(f"{source.card.id}: nothing was fetched before; import it without --kept first.")
    return max(files, key=lambda path: (path.name[:10], path.stat().st_mtime))


def _with_file(source: Source, path: Path) -> Source:
    if source.card.url != source.card.feed:
        return Source(source.card, (path,), source.code)
    found = recognised_file(path).card
    card = replace(
        source.card,
        format=found.format,
        name=found.name if found.name != path.stem else source.card.name,
        publisher=found.publisher,
        licence=found.licence,
    )
    return Source(card, (path,))
