"""The spreadsheet of listings: what its rows and columns are, and the lines of it as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from service.desk.bulk.cells import armed, cell_of, text_of
from service.desk.bulk.columns import ID, VERSION, Column, columns, title_of
from service.desk.bulk.taken import Taken, Version
from service.i18n.messages import N_
from service.model.values import Value

MOST_ROWS = 5_000
"""Listings in one workbook; more come as CSV. This many are written in some ten seconds."""

RULES = (
    N_("An empty cell leaves the field as it is."),
    N_("The word for not known takes a value away: write ? or not known."),
    N_("Several values stand with | between them."),
    N_("Leave the columns id and version as they are: they say which listing it is and what you saw."),
)


def csv_lines(listings: Iterable[Taken], language: str, now: datetime) -> Iterator[str]:
    """The same as CSV, line by line; a byte order mark tells spreadsheets that it is UTF-8."""
    held = io.StringIO()
    writer = csv.writer(held)
    wanted = columns()
    held.write("\ufeff")
    writer.writerow(titles(wanted, language))
    for number, each in enumerate(listings, start=1):
        row = [str(each.id), str(Version(each.mark, now))]
        writer.writerow(row + [_csv_cell(each.values.get(key), key, language) for key in wanted])
        if number % 200 == 0:
            yield _emptied(held)
    yield _emptied(held)


def _emptied(held: io.StringIO) -> str:
    text = held.getvalue()
    held.seek(0)
    held.truncate()
    return text


def _csv_cell(value: Value | None, key: str, language: str) -> str:
    return "" if value is None else armed(text_of(cell_of(key.partition("@")[0], value, language)))


def titles(wanted: Mapping[str, Column], language: str) -> list[str]:
    """The header: id and version, then each column as its readers call it."""
    return [ID, VERSION, *(title_of(key, language) for key in wanted)]
