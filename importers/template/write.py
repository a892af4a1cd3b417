"""Writes the template that a partner fills in: a workbook with help and lists to choose from, or a CSV."""

from __future__ import annotations

import csv
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from importers.columns import REQUIRED
from importers.template.labels import label_of, template_rows
from service.errors import StorageError
from service.model import terms
from service.model.fields import fields

_WORDS = {
    "nl": ("Aanbod", "Uitleg", ("Kolom", "Uitleg", "Voorbeeld", "Nodig", "Keuzes"), "ja"),
    "fr": ("Offre", "Aide", ("Colonne", "Aide", "Exemple", "Obligatoire", "Choix"), "oui"),
}
_ROWS = 2_000  # with a list to choose from
_NEEDED = PatternFill("solid", start_color="FFF2CC")


def write_template(path: Path, language: str) -> list[Path]:
    """Write the template in nl or fr; gives the files that were written (a CSV has its help beside it).

    Raises StorageError when they cannot be written.
    """
    try:
        return _workbook(path, language) if path.suffix.lower() == ".xlsx" else _tables(path, language)
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.") from None


def _workbook(path: Path, language: str) -> list[Path]:
    listings, help_name, titles, _yes = _WORDS[language]
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = listings
    choices = book.create_sheet(help_name)
    lists = book.create_sheet("lists")
    lists.sheet_state = "hidden"
    sheet.freeze_panes = "A2"
    for number, row in enumerate(template_rows(), start=1):
        cell = sheet.cell(1, number, label_of(row["target"], language))
        cell.font = Font(bold=True)
        if _is_needed(row["target"]):
            cell.fill = _NEEDED
        sheet.column_dimensions[get_column_letter(number)].width = 26
        _offer_choices(sheet, lists, number, _choices(row["target"], language), row["target"])
    choices.append(list(titles))
    for line in _help(language):
        choices.append(line)
    for number, width in enumerate((34, 70, 30, 10, 90), start=1):
        choices.column_dimensions[get_column_letter(number)].width = width
    book.save(path)
    return [path]


def _offer_choices(sheet: Worksheet, lists: Worksheet, number: int, choices: list[str], target: str) -> None:
    """A list to choose from, where one choice is what the cell takes."""
    if not choices or fields()[target.partition("@")[0]].many:
        return
    letter = get_column_letter(number)
    for at, choice in enumerate(choices, start=1):
        lists.cell(at, number, choice)
    offered = DataValidation(
        type="list", formula1=f"lists!${letter}$1:${letter}${len(choices)}", allow_blank=True
    )
    offered.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(offered)


def _tables(path: Path, language: str) -> list[Path]:
    help_path = path.with_name(f"{path.stem}-{_WORDS[language][1].lower()}{path.suffix}")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerow(label_of(row["target"], language) for row in template_rows())
    with help_path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_WORDS[language][2], *_help(language)])
    return [path, help_path]


def _help(language: str) -> list[list[str]]:
    return [
        [
            label_of(row["target"], language),
            row[f"help_{language}"],
            row["example"],
            _WORDS[language][3] if _is_needed(row["target"]) else "",
            "; ".join(_choices(row["target"], language)),
        ]
        for row in template_rows()
    ]


def _is_needed(target: str) -> bool:
    return target.partition("@")[0] in REQUIRED


def _choices(target: str, language: str) -> list[str]:
    """The labels that the column takes; none where it takes any text."""
    field = fields().get(target.partition("@")[0])
    if field is None:
        return []
    kind, _, list_name = field.type.partition(":")
    if kind == "need":
        return [term.labels[language] for term in terms.needs().values()]
    return [term.labels[language] for term in terms.values(list_name).values()] if kind == "code" else []
