"""What is counted of a search: codes alone, no words, no person, no address."""

from __future__ import annotations

from typing import Literal, NamedTuple

DemandKind = Literal["asked", "shown", "unanswered", "unknown"]

KINDS: tuple[DemandKind, ...] = ("asked", "shown", "unanswered", "unknown")
"""``asked``: somebody looked for the need around the municipality. ``shown``: a search showed listings of the
need in the municipality. ``unanswered``: nothing fitting was found for the need around the municipality;
``b`` is what stood in the way most, empty where there was no listing at all. ``unknown``: somebody asked for
something (``criterion``, of ``b``) that nobody knows of listings of the need in the municipality."""

FEWEST = 5
"""Counts under this are shown to nobody: a few searches could be those of one person."""

KEPT_DAYS = 400
"""How long a count is kept: a year and a month, to lay two years' months side by side."""


class Tally(NamedTuple):
    """One thing counted of one search; what is not known is empty, ``need`` may be a theme."""

    kind: DemandKind
    need: str = ""
    municipality: str = ""
    b: str = ""
    criterion: str = ""
