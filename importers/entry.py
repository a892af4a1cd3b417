"""One record as a reader of feeds hands it on: texts by field, and what it had to leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

Cell = str | tuple[str, ...]
"""The text of a field, or the texts of a field that holds several."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was left out of a record that lands: where it stood, what it was, and why.

    ``row`` counts as a spreadsheet does in tables, and records from 1 elsewhere; ``reason`` is the same
    for all values of a kind, so that notes can be counted.
    """

    file: str
    row: int
    column: str
    value: str
    reason: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record: ``cells`` by field key (``service.name@nl``) or one of importers.columns.RECORD_COLUMNS.

    ``language`` is that of its sentences, where the source says it.
    """

    file: str
    row: int
    key: str
    cells: Mapping[str, Cell]
    notes: list[Note] = field(default_factory=list)
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot land. ``keys`` are of the records it stands for, none where they cannot be told.

    What they said before stays as it was, except where the source itself says that it ``is_gone``.
    """

    file: str
    row: int
    column: str
    value: str
    reason: str
    suggestion: str = ""
    keys: tuple[str, ...] = ()
    is_gone: bool = False


class Entries(Protocol):
    """A source of records, read from the start to the end without holding more than a few."""

    def entries(self) -> Iterator[Entry | Refusal | Note]:
        """Every record, and notes about what belongs to none."""
        ...


def as_text(cell: Cell) -> str:
    """A cell as the cell readers take it: several texts divided by ``|``, whatever stands in them.

    A closing ``|`` makes sure that a single text with a ``;`` is not divided.
    """
    if isinstance(cell, str):
        return cell
    return "".join(f"{text.replace('|', '/')}|" for text in cell)


def without_repeats(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that say something, each once, in their order."""
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
