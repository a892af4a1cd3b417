"""Which places a zone is made of, and those parts after places moved from one zone to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class ZonePart:
    """A municipality, or some postal codes of it, in a zone (none named: the whole)."""

    zone_id: str
    nis: str
    postal_codes: tuple[str, ...]
    part: str
    source: str
    as_of: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class ZoneMove:
    """A municipality, or some postal codes of it, lies in ``zone`` from now on, and in no other of its kind.

    None for the zone: in none of this ``kind``. ``part`` is what people call it, ``as_of`` the first day.
    """

    kind: str
    zone: str | None
    nis: str
    postal_codes: tuple[str, ...]
    part: str
    source: str
    as_of: str


def moved(
    parts: Iterable[ZonePart],
    moves: Iterable[ZoneMove],
    kinds: Mapping[str, str],
    codes_of: Callable[[str], tuple[str, ...]],
) -> tuple[ZonePart, ...]:
    """The parts after the moves, one after the other.

    ``kinds`` gives the kind of each zone (a move to another is left out), ``codes_of`` the postal codes of a
    municipality.
    """
    held = list(parts)
    for move in moves:
        if move.zone is None or kinds.get(move.zone) == move.kind:
            held = [left for part in held for left in _left(part, move, kinds, codes_of)]
            held += _taken(move)
    return tuple(held)


def _left(
    part: ZonePart, move: ZoneMove, kinds: Mapping[str, str], codes_of: Callable[[str], tuple[str, ...]]
) -> Iterable[ZonePart]:
    """What stays of a part when the move is made."""
    if part.nis != move.nis or kinds[part.zone_id] != move.kind:
        yield part
    elif move.postal_codes:
        codes = part.postal_codes or codes_of(part.nis)
        left = tuple(code for code in codes if code not in move.postal_codes)
        if left == codes:
            yield part
        elif left:
            yield replace(part, postal_codes=left)


def _taken(move: ZoneMove) -> Iterable[ZonePart]:
    if move.zone is not None:
        yield ZonePart(move.zone, move.nis, move.postal_codes, move.part, move.source, move.as_of, "high", "")
