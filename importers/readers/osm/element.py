"""One element of OpenStreetMap, whatever file it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TYPES = ("node", "way", "relation")


@dataclass(frozen=True, slots=True)
class Element:
    """A node, way or relation: its ``key`` (``way/12``), its tags, and the point that stands for it.

    ``point`` is latitude and longitude as text, that of a way or relation the middle of its box; empty where
    the file does not tell. ``edited_on`` is the date of its last version (2026-08-13), empty when not said.
    """

    key: str
    tags: Mapping[str, str]
    point: str
    edited_on: str = ""


def element_of(
    kind: str, number: object, tags: Mapping[str, str], point: str, edited_on: str
) -> Element | None:
    """The element; None where it has no type or number of OpenStreetMap."""
    if kind not in TYPES or not isinstance(number, int) or isinstance(number, bool) or number <= 0:
        return None
    return Element(f"{kind}/{number}", tags, point, edited_on)
