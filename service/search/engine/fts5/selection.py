"""The documents that answer a question, before any are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

_COUNTED = 24_000
"""Bytes of what is counted over one: a dozen columns with some fifty codes each."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A flag for each row, row keys in ascending order, and per column what was counted over them so far."""

    flags: NDArray[np.bool_]
    rows: NDArray[np.int64]
    counts: dict[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def nbytes(self) -> int:
        """Bytes of its arrays, and of what will be counted."""
        return self.flags.nbytes + self.rows.nbytes + _COUNTED
