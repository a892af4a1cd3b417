"""Reads the texts of an entry into typed values; what cannot be read is left out with a note."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache

from importers.clean.cells import cell_reader
from importers.clean.hidden import SECRET_PATHS, may_be_hidden
from importers.clean.step import Draft
from importers.clean.steps import RECORD_STEPS
from importers.columns import RECORD_COLUMNS
from importers.entry import Entry, Note, as_text
from importers.record import FORMULA_SIGNS, MAX_KEY, is_unknown, near_codes, refuse_formula
from importers.rejects import Reject
from service.errors import BadValue
from service.model.dates import PartialDate
from service.model.fields import FieldKey, parse_key
from service.readers.table import shorten

_NEEDED = ("organization.name", "service.name")


class EntryReader:
    """Reads the entries of a feed, whose publisher cannot repair a cell for us as a partner can.

    A value that cannot be read is left out with a note and the record lands without it; without a key or a
    name it does not. ``changes`` counts, per clean-up step, the cells or records it changed.
    """

    def __init__(self, today: date, language: str | None = None) -> None:
        self._today = today
        self._language = language
        self.changes: Counter[str] = Counter()

    def read(self, entry: Entry) -> Draft | list[Reject]:
        """The record that the entry makes, or why it makes none."""
        draft = Draft(entry.row, entry.key, {}, {}, language=entry.language or self._language)
        for target, cell in entry.cells.items():
            text = as_text(cell)
            if not text.strip():
                continue
            if target in RECORD_COLUMNS:
                self._read_about(entry, draft, target, text)
            else:
                self._read_field(entry, draft, target, text)
        return self._refused(entry, draft) or self._clean(entry, draft) or draft

    def _read_field(self, entry: Entry, draft: Draft, target: str, text: str) -> None:
        key = _field_key(target)
        draft.columns[key] = target
        try:
            if text[0] in FORMULA_SIGNS:
                refuse_formula(key.path, text)
            cell = cell_reader(key.path)(text)
        except BadValue as error:
            is_secret = key.path in SECRET_PATHS and may_be_hidden(draft)
            value = "(hidden)" if is_secret else shorten(text)
            entry.notes.append(Note(entry.file, entry.row, target, value, error.reason, near_codes(error)))
            return
        if cell.changed:
            self.changes.update(cell.changed)
        if cell.value is not None:
            draft.values[key] = cell.value
        elif cell.words:
            draft.words[key] = cell.words

    def _read_about(self, entry: Entry, draft: Draft, target: str, text: str) -> None:
        if is_unknown(text):
            return
        try:
            if target == "said_on":
                if PartialDate.parse(text).earliest > self._today:
                    raise BadValue("said_on", text, "lies in the future", f"at most {self._today}")
                draft.said_on = text
            else:
                path = "contact.website" if target == "url" else "organization.name"
                setattr(draft, target, str(cell_reader(path)(text).value))
        except BadValue as error:
            entry.notes.append(
                Note(entry.file, entry.row, target, shorten(text), error.reason, error.suggestion)
            )

    def _refused(self, entry: Entry, draft: Draft) -> list[Reject]:
        if not draft.key:
            return [Reject(entry.file, entry.row, "id", "", "is empty", "an id of its own, that stays")]
        if len(draft.key) > MAX_KEY:
            short, suggestion = shorten(draft.key), f"at most {MAX_KEY} characters"
            return [Reject(entry.file, entry.row, "id", short, "is too long", suggestion)]
        said = {key.path for key in draft.values}
        bad = {note.column.partition("@")[0]: note for note in entry.notes}
        return [
            Reject(entry.file, entry.row, path, *_why(bad.get(path))) for path in _NEEDED if path not in said
        ]

    def _clean(self, entry: Entry, draft: Draft) -> list[Reject]:
        for step in RECORD_STEPS:
            try:
                self.changes[step.name] += step.clean(draft)
            except BadValue as error:
                what = (error.field, str(error.value), error.reason, error.suggestion)
                return [Reject(entry.file, entry.row, *what)]
        return []


def _why(note: Note | None) -> tuple[str, str, str]:
    if note is None:
        return "", "is empty", "every listing has a name and an organization"
    return note.value, note.reason, note.suggestion


@lru_cache(maxsize=1_000)
def _field_key(target: str) -> FieldKey:
    return parse_key(target)
