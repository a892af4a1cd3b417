"""Building the whole index in a process of its own, whose memory goes when it ends."""

from __future__ import annotations

import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from service.config import Settings
from service.database.session import connect_engine
from service.errors import StorageError
from service.parent import end_with_parent
from service.search.index.build import build_index
from service.search.index.factory import document_maker, open_writer


def build_aside(settings: Settings) -> int:
    """Build the index as `build_index` does, for a process that lives on; gives how many listings it holds.

    What a build needs for a moment lies between what a process keeps, so that little of it goes back: 20 to
    30 MB stayed in a worker at 10,000 listings. Raises StorageError where the process was ended from outside.
    """
    try:
        with ProcessPoolExecutor(1, get_context("spawn"), _begin) as pool:
            return pool.submit(_build, settings).result()
    except BrokenProcessPool:
        raise StorageError(
            "The process that built the index was ended from outside, perhaps for want of memory;"
            " the index of before stays in use."
        ) from None


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that waits
    end_with_parent()


def _build(settings: Settings) -> int:
    return build_index(connect_engine(settings), open_writer(settings), document_maker(settings))
