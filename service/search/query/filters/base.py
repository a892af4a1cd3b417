"""What a parameter of a search is: name, parser, what it excludes, how it is counted and explained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from service.model.clauses import Clause

Effect = Literal["asks", "excludes", "ranks", "answers"]
"""``asks``: what and where; ``excludes``: a fence; ``ranks``: the person; ``answers``: form of the answer."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause may depend on besides its own value.

    ``centre`` is (lat, lon); ``mode`` the way of travelling; ``now`` an aware time; ``open_hours`` gives the
    opening-hours texts of the index that are open at a time; ``fits`` gives the clause of one of the 8 B's
    for the person of this search.
    """

    centre: tuple[float, float] | None
    mode: str
    now: datetime
    open_hours: Callable[[datetime], frozenset[str]]
    fits: Callable[[str], Clause]


@dataclass(frozen=True, slots=True)
class Filter:
    """One parameter.

    ``parse`` takes (name, text) and gives a typed value or raises BadParameter; ``write`` is its inverse.
    ``clause`` gives what must hold for one value (None: the parameter excludes nothing); the clauses of
    several values hold ``together`` all, or any. ``facet`` names the column to count for it, ``label`` is a
    msgid, ``doc`` one English sentence and ``example`` a value for the documentation.
    """

    name: str
    parse: Callable[[str, str], Any]
    effect: Effect
    label: str
    doc: str
    example: str
    repeatable: bool = False
    together: Literal["all", "any"] = "any"
    clause: Callable[[Any, Context], Clause] | None = None
    facet: str | None = None
    write: Callable[[Any], str] = str
