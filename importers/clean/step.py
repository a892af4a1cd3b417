"""What a clean-up step is: a small rule over cells of some kinds, or over a whole record, that is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from service.model.fields import FieldKey
from service.model.values import Value


@dataclass(frozen=True, slots=True)
class CellStep:
    """Rewrites the text of a cell whose field has one of the ``kinds`` (field types; empty means all).

    ``clean`` is given the field's type and the text, and returns the text, changed or not. It never raises:
    what stays wrong is refused when the value is read.
    """

    name: str
    kinds: frozenset[str]
    clean: Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something doubtful about a field that stays as it is; ``suggestion`` says what would be right."""

    key: FieldKey
    reason: str
    suggestion: str = ""


@dataclass(slots=True)
class Draft:
    """A record on its way: what one row says by field, and which column said it.

    ``words`` are texts of fields where a sentence may stand, not read yet; ``language`` is the source's.
    """

    row: int
    key: str
    values: dict[FieldKey, Value]
    columns: dict[FieldKey, str]
    said_on: str | None = None
    url: str | None = None
    publisher: str | None = None
    licence: str | None = None
    doubts: list[Doubt] = field(default_factory=list)
    words: dict[FieldKey, str] = field(default_factory=dict)
    language: str | None = None


@dataclass(frozen=True, slots=True)
class RecordStep:
    """Looks at a whole record; returns whether it changed it. May raise BadValue, which rejects the row."""

    name: str
    clean: Callable[[Draft], bool]
