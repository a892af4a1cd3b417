"""Workbooks are read row by row, hostile ones refused in one sentence; the template that partners fill in."""

import csv
import zipfile
from datetime import date, time

import openpyxl
import pytest

from importers.template.labels import label_of, target_of, template_rows
from importers.template.write import write_template
from service.errors import SourceError
from service.readers.xlsx import XlsxTable

HEADER = ("key", "organization.name", "service.name", "address.postal_code")


def _book(path, *rows, header=HEADER):
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.worksheets[0].append(row)
    book.save(path)
    return path


def _filled(path, language, **cells):
    """The template with one row."""
    write_template(path, language)
    book = openpyxl.load_workbook(path)
    targets = [row["target"] for row in template_rows()]
    book.worksheets[0].append([cells.get(target.replace(".", "_").replace("@", "_")) for target in targets])
    book.save(path)
    return path


def _rows(path):
    with XlsxTable(path, path.name) as table:
        return [row.cells for row in table.rows()]


def test_a_workbook_lands(world, tmp_path):
    assert world.load(_book(tmp_path / "a.xlsx", ("1", "De Brug", "Voedselhulp", 1080))).created == 1


def test_numbers_dates_and_times_are_as_a_person_writes_them(tmp_path):
    path = _book(tmp_path / "a.xlsx", (1.0, date(2026, 8, 13), time(9, 30), True), (2.5, None, "  ", False))
    assert _rows(path) == [["1", "2026-08-13", "09:30", "yes"], ["2.5", "", "", "no"]]


def test_a_row_keeps_its_number_of_the_spreadsheet(world, tmp_path):
    path = _book(tmp_path / "a.xlsx", ("1", "De Brug", "Hulp"), (), ("3", "De Brug", ""))
    assert [reject.row for reject in world.load(path).rejects] == [4]


@pytest.mark.parametrize(("cell", "reason"), [("#REF!", "an error"), ("x" * 200_000, "more than")])
def test_a_bad_cell_refuses_its_row(world, tmp_path, cell, reason):
    path = _book(tmp_path / "a.xlsx", ("1", "De Brug", "Hulp"))
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    bad = f'<row r="3"><c r="A3" t="inlineStr"><is><t>{cell}</t></is></c></row></sheetData>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", bad.encode())
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    assert reason in world.load(path).rejects[0].reason


def test_a_cell_beyond_the_header_refuses_its_row(world, tmp_path):
    path = _book(tmp_path / "a.xlsx", ("1", "De Brug", "Hulp", None, "?"), ("2", "De Brug", "Hulp"))
    assert (world.load(path).created, world.load(path).rejected) == (1, 1)


def _with_part(path, name, content):
    _book(path, ("1", "De Brug", "Hulp"))
    with zipfile.ZipFile(path) as book:
        parts = {each: book.read(each) for each in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for each, old in parts.items():
            book.writestr(each, content if each == name else old)
    return path


_ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"
t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_xml_entities_are_refused(tmp_path, part):
    path = _with_part(tmp_path / "a.xlsx", part, _ENTITIES)
    with pytest.raises(SourceError, match="XML entities"):
        XlsxTable(path, path.name)


def test_a_zip_bomb_is_refused(tmp_path):
    path = _with_part(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", b" " * 5_000_000)
    with pytest.raises(SourceError, match="would unpack to"):
        XlsxTable(path, path.name)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"key,organization.name\n"])
def test_what_is_no_workbook_is_refused(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="no zip"):
        XlsxTable(path, path.name)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", "hello")
    with pytest.raises(SourceError, match="no workbook"):
        XlsxTable(path, path.name)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_label_of_the_template_leads_back_to_its_field(language):
    targets = [row["target"] for row in template_rows()]
    assert [target_of(label_of(target, language)) for target in targets] == targets


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_filled_template_lands(world, tmp_path, language):
    path = _filled(
        tmp_path / "a.xlsx", language, key="1", organization_name="De Brug", service_name_nl="Wasserette",
        service_needs="Douche en wassen", cost_option_kind="Gratuit", address_municipality="Ninove",
    )  # fmt: skip
    world.load(path)
    values = world.records()["1"]["values"]
    assert (values["service.needs"], values["cost_option.kind"]) == (["basic.shower"], "free")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_examples_of_the_template_land(world, tmp_path, language):
    examples = {row["target"].replace(".", "_").replace("@", "_"): row["example"] for row in template_rows()}
    report = world.load(_filled(tmp_path / "aanbod.xlsx", language, **examples))
    assert (report.created, report.warnings) == (1, [])


def test_the_template_offers_choices(tmp_path):
    write_template(tmp_path / "aanbod.xlsx", "nl")
    sheet = openpyxl.load_workbook(tmp_path / "aanbod.xlsx").worksheets[0]
    assert len(sheet.data_validations.dataValidation) >= 4


@pytest.mark.parametrize(("language", "words"), [("nl", "Straat zonder nummer."), ("fr", "Rue sans numéro.")])
def test_the_template_as_csv_has_its_help_beside_it(tmp_path, language, words):
    _path, help_path = write_template(tmp_path / "aanbod.csv", language)
    with help_path.open(encoding="utf-8-sig", newline="") as file:
        assert words in [row[1] for row in csv.reader(file)]
