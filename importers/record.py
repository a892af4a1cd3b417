"""Maps one row to a record: every cell taken where its column says, or refused with its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from importers.clean.cells import cell_reader, read_cell
from importers.clean.hidden import SECRET_PATHS, may_be_hidden
from importers.clean.step import Draft
from importers.clean.steps import RECORD_STEPS
from importers.clean.texts import spaced
from importers.columns import REQUIRED, AnyColumn, Columns, FieldColumn, RecordColumn
from importers.rejects import Reject
from service.errors import BadValue
from service.model.dates import PartialDate
from service.model.fields import parse_key
from service.readers.table import Row, shorten

FORMULA_SIGNS = "=+-@"
# A list may begin with a dash, a number with a plus.
_FORMULA = re.compile(r"=|[+@-](?:[A-Z]{2,}\(|[A-Za-z]\w*\|)")
MAX_KEY = 200  # characters
_UNKNOWN = frozenset({"unknown", "onbekend", "inconnu", "unbekannt", "?", "-"})
_LONG = 160  # characters of a suggestion; a list of seventy codes helps nobody, the nearest ones do


class RecordReader:
    """Reads the rows of one file; ``changes`` counts, per clean-up step, the cells or records it changed."""

    def __init__(self, file: str, columns: Columns, today: date) -> None:
        self._file = file
        self._columns = columns
        self._today = today
        self._readers = [(column, cell_reader(column.target.path)) for column in columns.fields]
        self._names = [_columns_of(path, columns) for path in REQUIRED if path != "key"]
        self.changes: Counter[str] = Counter()

    def __reduce__(self) -> tuple[type[RecordReader], tuple[str, Columns, date]]:
        return RecordReader, (self._file, self._columns, self._today)

    @property
    def key_column(self) -> RecordColumn:
        """The column that the key stands in."""
        return self._columns.key

    def key(self, cells: list[str] | tuple[str, ...]) -> str:
        """The key that a row gives, empty when it gives none."""
        position = self._columns.key.position
        return spaced("key", cells[position]) if position < len(cells) else ""

    def read(self, row: Row) -> Draft | list[Reject]:
        """The record that the row makes, or everything that is wrong with it."""
        draft = Draft(row.number, self.key(row.cells), {}, {}, language=self._columns.language)
        wrong = [*self._read_key(draft), *self._read_fields(draft, row), *self._read_about(draft, row)]
        wrong += self._missing(draft, wrong)
        return wrong or self._clean(draft) or draft

    def _read_key(self, draft: Draft) -> Iterator[Reject]:
        if not draft.key:
            yield self._reject(draft, self._columns.key, "", "is empty", "a key of its own, that stays")
        elif len(draft.key) > MAX_KEY:
            reason, suggestion = "is too long", f"at most {MAX_KEY} characters"
            yield self._reject(draft, self._columns.key, draft.key, reason, suggestion)

    def _read_fields(self, draft: Draft, row: Row) -> list[Reject]:
        wrong: list[tuple[FieldColumn, BadValue]] = []
        cells = row.cells
        for column, read in self._readers:
            text = cells[column.position]
            if not text:
                continue
            key = column.target
            draft.columns[key] = column.name
            if column.lookup:
                text = column.lookup.get(text.strip(), text)
            try:
                if text[0] in FORMULA_SIGNS:
                    refuse_formula(key.path, text)
                cell = read(text)
            except BadValue as error:
                wrong.append((column, error))
                continue
            if cell.changed:
                self.changes.update(cell.changed)
            if cell.value is not None:
                draft.values[key] = cell.value
            elif cell.words:
                draft.words[key] = cell.words
        return [self._refuse(draft, column, row, error) for column, error in wrong]

    def _refuse(self, draft: Draft, column: FieldColumn, row: Row, error: BadValue) -> Reject:
        is_secret = column.target.path in SECRET_PATHS
        value = "(hidden)" if is_secret and may_be_hidden(draft) else row.cells[column.position]
        return self._reject(draft, column, value, error.reason, near_codes(error))

    def _read_about(self, draft: Draft, row: Row) -> Iterator[Reject]:
        """What the row says about itself: date, page, publisher, licence."""
        for column in self._columns.record:
            text = spaced("", row.cells[column.position])
            text = column.lookup.get(text, text)
            if not text or is_unknown(text):
                continue
            try:
                if column.target == "said_on":
                    self._check_date(text)
                    draft.said_on = text
                elif column.target == "url":
                    draft.url = str(read_cell("contact.website", text).value)
                else:
                    setattr(draft, column.target, str(read_cell("organization.name", text).value))
            except BadValue as error:
                yield self._reject(draft, column, text, error.reason, error.suggestion)

    def _check_date(self, text: str) -> None:
        if PartialDate.parse(text).earliest > self._today:
            raise BadValue("said_on", text, "lies in the future", f"at most {self._today}")

    def _missing(self, draft: Draft, wrong: list[Reject]) -> Iterator[Reject]:
        for columns in self._names:
            is_said = any(column.target in draft.values for column in columns)
            if not is_said and not {c.name for c in columns} & {reject.column for reject in wrong}:
                yield self._reject(draft, columns[0], "", "is empty", "every row has a name here")

    def _clean(self, draft: Draft) -> list[Reject]:
        for step in RECORD_STEPS:
            try:
                self.changes[step.name] += step.clean(draft)
            except BadValue as error:
                column = draft.columns[parse_key(error.field)]
                value = str(error.value)
                return [Reject(self._file, draft.row, column, value, error.reason, error.suggestion)]
        return []

    def _reject(self, draft: Draft, column: AnyColumn, value: str, reason: str, suggestion: str) -> Reject:
        return Reject(self._file, draft.row, column.name, shorten(value), reason, suggestion)


def _columns_of(path: str, columns: Columns) -> list[FieldColumn]:
    return [column for column in columns.fields if column.target.path == path]


def refuse_formula(path: str, text: str) -> None:
    """Raise BadValue for a text that a spreadsheet would run (CSV injection, OWASP), and nothing else."""
    if _FORMULA.match(text):
        raise BadValue(path, text, "is a formula of a spreadsheet", "the words or numbers that it shows")


def is_unknown(text: str) -> bool:
    """Whether the text is a word for not knowing."""
    return text.strip().casefold() in _UNKNOWN


def near_codes(error: BadValue) -> str:
    """The suggestion, cut down to the nearest codes where it lists very many."""
    if len(error.suggestion) <= _LONG or not error.suggestion.startswith("one of "):
        return error.suggestion
    codes = error.suggestion.removeprefix("one of ").split(", ")
    near = get_close_matches(str(error.value), codes, n=3, cutoff=0.4)
    return f"did you mean {' or '.join(near)}?" if near else "a code of data/taxonomy"
