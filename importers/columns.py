"""Which column of a table says what: every column is taken, ignored on purpose, or named as a problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from importers.card import SourceCard
from importers.template.labels import target_of
from service.errors import BadValue, SourceError
from service.model.fields import FieldKey, fields, parse_key

RECORD_COLUMNS = ("key", "said_on", "url", "publisher", "licence")
"""What is said about the record itself; all other columns are fields of a listing."""

REQUIRED = ("key", "organization.name", "service.name")
"""Without these a row is no listing; the service's name may come in any language."""

SHOWN = 12
"""Problems of a header that are told; a table that is not ours at all has as many as columns."""


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A column that feeds a field: its name, its place in the row, the field.

    ``lookup`` turns what the source writes into our value.
    """

    name: str
    position: int
    target: FieldKey
    lookup: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A column that feeds one of RECORD_COLUMNS."""

    name: str
    position: int
    target: str
    lookup: Mapping[str, str]


AnyColumn = FieldColumn | RecordColumn


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table, read strictly."""

    key: RecordColumn
    record: tuple[RecordColumn, ...]
    fields: tuple[FieldColumn, ...]
    language: str | None = None


def read_columns(file: str, header: list[str], card: SourceCard) -> Columns:
    """Say where each column goes.

    Raises SourceError with the problems of the header together, SHOWN of them at most: columns that are
    missing, without a name, there twice or unknown, and lines of the card about columns that are not there.
    """
    problems = _problems(header, card)
    unknown: list[str] = []
    taken: list[AnyColumn] = []
    for position, name in enumerate(header):
        if name and name not in card.ignore:
            try:
                taken.append(_column(name, position, card))
            except BadValue:
                unknown.append(_unknown(name))
    problems += [*_clashes(taken), *unknown]
    if problems:
        more = f"; and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        raise SourceError(f"{file}: {'; '.join(problems[:SHOWN])}{more}.")
    about = {column.target: column for column in taken if isinstance(column, RecordColumn)}
    key = about.pop("key")
    mapped = tuple(each for each in taken if isinstance(each, FieldColumn))
    return Columns(key, tuple(about.values()), mapped, card.language)


def _column(name: str, position: int, card: SourceCard) -> AnyColumn:
    target, lookup = card.mapping.get(name) or _target(name), card.lookups.get(name, {})
    if target in RECORD_COLUMNS:
        return RecordColumn(name, position, target, lookup)
    return FieldColumn(name, position, parse_key(target), lookup)


def _target(name: str) -> str:
    """What a column without a mapping says: a field by its path, else by its label."""
    is_path = name in RECORD_COLUMNS or name.partition("@")[0] in fields()
    return name if is_path else target_of(name) or name


def _problems(header: list[str], card: SourceCard) -> list[str]:
    found = [f"column {at} has no name" for at, name in enumerate(header, 1) if not name]
    found += [f"column {name} is there {n} times" for name, n in Counter(header).items() if name and n > 1]
    named = dict.fromkeys((*card.mapping, *card.ignore, *card.lookups))
    found += [f"column {name} of source.yml is not in the file" for name in named if name not in header]
    return found


def _clashes(taken: list[AnyColumn]) -> list[str]:
    """Targets that are missing, or that two columns of different names feed."""
    targets = [str(column.target) for column in taken]
    paths = {target.partition("@")[0] for target in targets}
    found = [f"column {name} is missing" for name in REQUIRED if name not in paths]
    for target, times in Counter(targets).items():
        names = dict.fromkeys(column.name for column in taken if str(column.target) == target)
        if times > 1 and len(names) > 1:
            found.append(f"columns {' and '.join(names)} both feed {target}")
    return found


def _unknown(name: str) -> str:
    path, _, language = name.partition("@")
    near = get_close_matches(path, [*fields(), *RECORD_COLUMNS], n=1)
    hint = f"did you mean {near[0]}{f'@{language}' if language and near[0] != path else ''}?" if near else ""
    hint = hint or "map or ignore it in a source.yml beside the file, or leave it out"
    return f"column {name} is unknown ({hint})"
