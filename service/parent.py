"""Ends a process beside another one when that other is gone."""

from __future__ import annotations

import os
from multiprocessing import parent_process
from threading import Thread


def end_with_parent() -> None:
    """End this process when the one that started it has ended, however it did.

    A killed parent leaves its children waiting for work for ever, unless they look.
    """
    Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
