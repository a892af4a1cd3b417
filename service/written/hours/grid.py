"""Reads a row of days above a row of cells as one statement for each day."""

from __future__ import annotations

from service.written.hours.atoms import Atom, Selector
from service.written.hours.clock import Unreadable
from service.written.hours.times import Times

_FEWEST_DAYS = 3


def unfold_grid(atoms: list[Atom]) -> list[Atom]:
    """The atoms with such a table written out; as they were where there is none.

    A table is a row of days and nothing but hours and "closed" after it, at least one cell closed. Raises
    Unreadable when the cells are not as many as the days.
    """
    rows = [atom for atom in atoms if atom.kind != "label"]
    if not rows or rows[0].kind != "days":
        return atoms
    days: Selector = rows[0].value
    if days.is_broad or days.nth or len(days.items) < _FEWEST_DAYS:
        return atoms
    cells = [atom for atom in rows[1:] if atom.kind != "sep"]
    if any(atom.kind not in ("times", "closed") for atom in cells):
        return atoms
    if not any(atom.kind == "closed" for atom in cells) or len(cells) == 1:
        return atoms
    hours = [pair for atom in cells for pair in _pairs(atom)]
    if len(hours) != len(days.items):
        raise Unreadable("contradictory")
    unfolded: list[Atom] = []
    for day, cell in zip(days.items, hours, strict=True):
        unfolded += [Atom("sep", ";"), Atom("days", Selector((day,), items=(day,), parts=("",))), cell]
    return unfolded


def _pairs(atom: Atom) -> list[Atom]:
    if atom.kind == "closed":
        return [atom]
    times: Times = atom.value
    if times.until:
        raise Unreadable("incomplete_times")
    return [Atom("times", Times((pair,))) for pair in times.pairs]
