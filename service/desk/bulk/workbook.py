"""The spreadsheet of listings as a workbook with typed cells, lists to choose from and help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from service.desk.bulk.cells import NO, YES, armed, cell_of, marked, right_for
from service.desk.bulk.columns import Column, choices_of, columns, title_of
from service.desk.bulk.sheet import MOST_ROWS, RULES, titles
from service.desk.bulk.taken import Taken, Version
from service.i18n.messages import translator
from service.model.values import Value

HELP_LANGUAGES = ("nl", "fr", "en")
LOCKED = PatternFill("solid", fgColor="FFE9EDF5")


def write_workbook(path: Path, listings: Iterable[Taken], language: str, now: datetime) -> int:
    """Write a workbook for readers of a language; gives how many listings it holds."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("listings")
    lists = book.create_sheet("lists")
    lists.sheet_state = "hidden"
    wanted = columns()
    styles = _Styles(sheet)
    _prepare(sheet, wanted, styles.free)
    _add_lists(sheet, lists, wanted, language)
    sheet.append([styles.head(title) for title in titles(wanted, language)])
    count = 0
    for each in listings:
        count += 1
        version = str(Version(each.mark, now))
        cells = [styles.locked(str(each.id)), styles.locked(version)]
        sheet.append([*cells, *(styles.open(each.values.get(key), key, language) for key in wanted)])
    for told in HELP_LANGUAGES:
        _add_help(book.create_sheet(f"help {told}"), wanted, told)
    book.save(path)
    return count


class _Styles:
    """Cells as text is text, dates are dates and only id and version are locked."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        free: Any = WriteOnlyCell(sheet)
        free.protection = Protection(locked=False)
        self.free = copy(free._style)
        free.quotePrefix = True
        self._quoted = copy(free._style)
        day: Any = WriteOnlyCell(sheet)
        day.protection = Protection(locked=False)
        day.number_format = "yyyy-mm-dd"
        self._day = copy(day._style)
        locked: Any = WriteOnlyCell(sheet)
        locked.fill = LOCKED
        self._locked = copy(locked._style)
        locked.font = Font(bold=True)
        self._head = copy(locked._style)

    def head(self, text: str) -> Any:  # noqa: ANN401 - the cells of openpyxl are made by a function
        return self._text(text, self._head)

    def locked(self, text: str) -> Any:  # noqa: ANN401
        return self._text(text, self._locked)

    def open(self, value: Value | None, key: str, language: str) -> Any:  # noqa: ANN401
        if value is None:
            return None
        held = cell_of(key.partition("@")[0], value, language)
        if isinstance(held, str):
            return self._text(marked(held), self._quoted if armed(held) != held else self.free)
        cell: Any = WriteOnlyCell(self._sheet, held)  # type: ignore[arg-type]  # dates are taken
        cell._style = self._day if isinstance(held, date) else self.free
        return cell

    def _text(self, text: str, style: object) -> Any:  # noqa: ANN401
        cell: Any = WriteOnlyCell(self._sheet, text)
        cell.data_type = "s"  # text that begins as a formula does is text
        cell._style = style
        return cell


def _prepare(sheet: Worksheet, wanted: Mapping[str, Column], free: object) -> None:
    sheet.freeze_panes = "D2"
    for number in range(1, len(wanted) + 3):
        width: Any = sheet.column_dimensions[get_column_letter(number)]
        width.width = 12 if number < 3 else 26
        if number > 2:
            width._style = copy(free)
    sheet.protection.enable()
    for allowed in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter", "deleteRows"):
        setattr(sheet.protection, allowed, False)  # false: this is not forbidden
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(wanted) + 2)}{MOST_ROWS + 1}"


def _add_lists(sheet: Worksheet, lists: Worksheet, wanted: Mapping[str, Column], language: str) -> None:
    """A list to choose from wherever one choice is what a cell takes."""
    offered = [
        (number, _choices(column, language))
        for number, column in enumerate(wanted.values(), start=3)
        if not column.field.many
    ]
    offered = [(number, choices) for number, choices in offered if choices]
    for at, (number, choices) in enumerate(offered, start=1):
        letter, own = get_column_letter(number), get_column_letter(at)
        rule = DataValidation(
            type="list", formula1=f"lists!${own}$1:${own}${len(choices) + 1}", allow_blank=True
        )
        rule.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
        sheet.data_validations.append(rule)
    longest = max(len(choices) for _number, choices in offered) + 1
    for row in range(longest):
        lists.append([[*choices, "?"][row] if row <= len(choices) else None for _number, choices in offered])


def _choices(column: Column, language: str) -> list[str]:
    t = translator(language)
    if column.field.type == "yes_no":
        return [t.gettext(YES), t.gettext(NO)]
    return [term.label(language) for term in choices_of(column.field).values()]


def _add_help(sheet: Worksheet, wanted: Mapping[str, Column], language: str) -> None:
    t = translator(language)
    for number, width in enumerate((46, 44, 90), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for rule in RULES:
        sheet.append([t.gettext(rule)])
    sheet.append([])
    for key, column in wanted.items():
        right = t.gettext(right_for(column.field.path))
        sheet.append([title_of(key, language), right, " | ".join(_choices(column, language))])
