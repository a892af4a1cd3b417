"""A spreadsheet that is taken out, changed and brought back: what it changes, what it does not, and undo."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest

from service.catalogue.edits import state_edit
from service.catalogue.history import history_of
from service.config import Settings
from service.database.session import reading, writing
from service.desk.bulk.batches import carry_out, read_batch, undo
from service.desk.bulk.columns import key_of
from service.desk.bulk.compare import compare
from service.desk.bulk.plans import plan_import
from service.desk.bulk.sheet import csv_lines
from service.desk.bulk.taken import take
from service.desk.bulk.workbook import write_workbook
from service.errors import Forbidden, NotFound, SourceError
from service.i18n.labels import term_label
from service.readers.csv import CsvTable
from service.readers.xlsx import XlsxTable
from tests.contract.catalogue_factory import (
    NOW,
    SECRETS,
    bring,
    found,
    hidden_statement,
    listing_id,
    statement,
)
from tests.contract.desk_people import COORDINATOR, ELSEWHERE, person

SOON = NOW + timedelta(hours=1)
SHOP = statement(
    "shop", **{"service.name@nl": "=Kringwinkel", "service.description@nl": "Eén\n\nTwee | drie"}
)


class Desk:
    """What a coordinator does with a spreadsheet: take it out, write cells, bring it back."""

    def __init__(self, engine, folder, person, kind):
        self.engine, self.folder, self.person, self.kind = engine, folder, person, kind
        self.number = 0

    def take_out(self, *keys, language="nl", now=NOW):
        self.number += 1
        path = self.folder / f"zone{self.number}.{self.kind}"
        with reading(self.engine) as connection:
            listings = take(connection, [listing_id(key) for key in keys])
            if self.kind == "xlsx":
                write_workbook(path, listings, language, now)
            else:
                path.write_text("".join(csv_lines(listings, language, now)), encoding="utf-8", newline="")
        return path

    def write(self, path, row, **cells):
        """Write cells of a row (2 is the first listing) by key, with __ for the dot."""
        told = {name.replace("__", ".").replace(".at.", "@"): text for name, text in cells.items()}
        if self.kind == "xlsx":
            book = openpyxl.load_workbook(path)
            sheet = book.worksheets[0]
            for cell in sheet[1]:
                if key_of(cell.value) in told:
                    sheet.cell(row, cell.column).value = told[key_of(cell.value)]
            book.save(path)
            return
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        for at, title in enumerate(rows[0]):
            if key_of(title) in told:
                rows[row - 1][at] = told[key_of(title)]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    def bring_back(self, path):
        reader = XlsxTable if self.kind == "xlsx" else CsvTable
        with reader(path, path.name) as table, reading(self.engine) as connection:
            return compare(connection, table, self.person)

    def do(self, compared, now=SOON, **how):
        with writing(self.engine) as connection:
            preview = plan_import(connection, self.person, "zone.xlsx", compared, now)
            return carry_out(connection, Settings(), preview, self.person, now, **how)


@pytest.fixture(params=["xlsx", "csv"])
def desk(engine, tmp_path, request):
    pantry = statement(
        cost_option__amount="2.50",
        service__minimum_age=18,
        schedule__valid_to="2027-01-31",
        service__anonymous=True,
    )
    bring(engine, pantry, SHOP, hidden_statement())
    return Desk(engine, tmp_path, COORDINATOR, request.param)


def said(changes):
    return [(each.listing, each.key, each.new) for each in changes]


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar"])
def test_what_nobody_touched_changes_nothing(desk, language):
    compared = desk.bring_back(desk.take_out("pantry", "shop", language=language))
    assert (compared.changes, compared.rejected, compared.rows) == ([], [], 2)


def test_a_cell_that_says_something_new_is_a_change(desk):
    path = desk.take_out("pantry")
    needed = term_label("appointment", "required", "fr")
    desk.write(path, 2, service__appointment=needed, service__languages="nl | fr")
    compared = desk.bring_back(path)
    assert said(compared.changes) == [
        (listing_id(), "service.languages", ["nl", "fr"]),
        (listing_id(), "service.appointment", "required"),
    ]


def test_an_empty_cell_leaves_the_field(desk):
    path = desk.take_out("pantry")
    desk.write(path, 2, phone__numbers="")
    assert desk.bring_back(path).changes == []


@pytest.mark.parametrize("word", ["?", "onbekend", "On ne sait pas", "unknown"])
def test_the_word_for_not_known_takes_a_value_away(desk, word):
    path = desk.take_out("pantry")
    desk.write(path, 2, phone__numbers=word)
    assert said(desk.bring_back(path).changes) == [(listing_id(), "phone.numbers", None)]


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("cost_option__amount", "3,5", "3.50"),
        ("service__minimum_age", "16", 16),
        ("schedule__valid_to", "2027-02-28", "2027-02-28"),
        ("service__anonymous", "non", False),
        ("phone__numbers", "02 512 34 56", ["+3225123456"]),
        ("location__point", "50.85, 4.35", [50.85, 4.35]),
        ("service__name__at__fr", "Colis alimentaires", "Colis alimentaires"),
    ],
)
def test_cells_are_read_by_the_type_of_their_column(desk, key, cell, value):
    path = desk.take_out("pantry")
    desk.write(path, 2, **{key: cell})
    assert [change[2] for change in said(desk.bring_back(path).changes)] == [value]


def test_a_cell_that_cannot_be_is_told_with_row_column_and_what_would_be_right(desk):
    path = desk.take_out("pantry", "shop")
    desk.write(path, 3, service__minimum_age="volwassen", service__languages="nl")
    compared = desk.bring_back(path)
    assert [(r.row, r.column, r.value) for r in compared.rejected] == [
        (3, "service.minimum_age", "volwassen")
    ]
    assert compared.rejected[0].suggestion == "a whole number"
    assert len(compared.changes) == 1


@pytest.mark.parametrize("desk", ["csv"], indirect=True)  # of a workbook what a formula shows is read
def test_a_formula_that_somebody_typed_is_refused(desk):
    path = desk.take_out("pantry")
    desk.write(path, 2, service__audience_note="=HYPERLINK(0)")
    assert [r.column for r in desk.bring_back(path).rejected] == ["service.audience_note"]


def test_nothing_in_the_file_begins_as_a_formula(desk):
    path = desk.take_out("pantry", "shop")
    if desk.kind == "csv":
        rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        assert [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r") and cell] == []
        return
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}
    risky = [cell for row in sheet for cell in row if str(cell.value)[:1] in tuple("=+-@")]
    assert risky
    assert all(cell.quotePrefix for cell in risky)


def test_a_name_that_begins_as_a_formula_comes_back_right(desk, engine):
    path = desk.take_out("shop")
    desk.write(path, 2, service__name__at__fr="'=Boutique")
    desk.do(desk.bring_back(path))
    assert found(engine, "shop").values["service.name@fr"] == "=Boutique"
    assert found(engine, "shop").values["service.name@nl"] == "=Kringwinkel"


def test_a_secret_address_is_in_no_spreadsheet(desk):
    path = desk.take_out("shelter")
    if desk.kind == "csv":
        text = path.read_text(encoding="utf-8")
    else:
        sheet = openpyxl.load_workbook(path).worksheets[0]
        text = " ".join(str(cell.value) for row in sheet for cell in row)
    assert [secret for secret in SECRETS if secret in text] == []


def test_a_listing_of_another_zone_is_not_taken(desk):
    path = desk.take_out("pantry")
    desk.write(path, 2, service__languages="nl")
    desk.person = ELSEWHERE
    compared = desk.bring_back(path)
    assert compared.changes == []
    assert [r.reason for r in compared.rejected] == ["This listing is not in your zone."]


def test_what_somebody_changed_meanwhile_is_a_conflict(desk, engine):
    path = desk.take_out("pantry")
    with writing(engine) as connection:
        state_edit(connection, listing_id(), "service.appointment", "no", by="An", why="x", now=SOON)
        state_edit(connection, listing_id(), "service.languages", ["nl"], by="An", why="x", now=SOON)
    desk.write(path, 2, service__appointment="required")
    (change,) = desk.bring_back(path).changes
    assert (change.is_conflict, change.was, change.old, change.new) == (True, None, "no", "required")


def test_what_somebody_else_changed_and_i_did_not_touch_stays(desk, engine):
    path = desk.take_out("pantry")
    with writing(engine) as connection:
        state_edit(connection, listing_id(), "phone.numbers", ["+3225123456"], by="An", why="x", now=SOON)
    assert desk.bring_back(path).changes == []


def test_what_a_source_said_meanwhile_is_seen_as_changed_too(desk, engine):
    path = desk.take_out("pantry")
    bring(engine, statement(phone__numbers=["+3225123456"]), SHOP, hidden_statement(), now=SOON)
    desk.write(path, 2, phone__numbers="02 513 00 00")
    (change,) = desk.bring_back(path).changes
    assert (change.is_conflict, change.was) == (True, ["+3222123456"])


def test_a_conflict_is_left_unless_somebody_says_otherwise(desk, engine):
    path = desk.take_out("pantry")
    with writing(engine) as connection:
        state_edit(connection, listing_id(), "service.appointment", "no", by="An", why="x", now=SOON)
    desk.write(path, 2, service__appointment="required")
    compared = desk.bring_back(path)
    desk.do(compared)
    assert found(engine).listing.service.appointment == "no"
    desk.do(compared, over_others=True, now=SOON + timedelta(minutes=1))
    assert found(engine).listing.service.appointment == "required"


def test_a_batch_is_done_in_one_go_and_undone_in_one_go(desk, engine):
    path = desk.take_out("pantry", "shop")
    desk.write(path, 2, service__languages="nl")
    desk.write(path, 3, service__languages="fr")
    batch = desk.do(desk.bring_back(path))
    assert found(engine).listing.service.languages == ("nl",)
    with writing(engine) as connection:
        assert undo(connection, batch, COORDINATOR, SOON) == 2
        assert read_batch(connection, batch, COORDINATOR).undone_at is not None
    assert found(engine).listing.service.languages == ()


def test_one_listing_of_a_batch_can_be_undone(desk, engine):
    path = desk.take_out("pantry", "shop")
    desk.write(path, 2, service__languages="nl")
    desk.write(path, 3, service__languages="fr")
    batch = desk.do(desk.bring_back(path))
    with writing(engine) as connection:
        undo(connection, batch, COORDINATOR, SOON, listing=listing_id("shop"))
    assert found(engine).listing.service.languages == ("nl",)
    assert found(engine, "shop").listing.service.languages == ()


def test_the_edits_of_a_batch_are_the_person_s_and_name_it(desk, engine):
    path = desk.take_out("pantry")
    desk.write(path, 2, service__languages="nl")
    batch = desk.do(desk.bring_back(path))
    with reading(engine) as connection:
        last = history_of(connection, listing_id())[-1]
    assert (last.kind, last.who, last.why) == ("stated", "coordinator", f"batch {batch}")


def test_a_preview_is_of_the_person_who_made_it(desk, engine):
    compared = desk.bring_back(desk.take_out("pantry"))
    with writing(engine) as connection:
        preview = plan_import(connection, COORDINATOR, "zone.xlsx", compared, SOON)
        with pytest.raises(NotFound):
            carry_out(connection, Settings(), preview, person(name="Ann"), SOON)


def test_a_preview_runs_out(desk, engine):
    compared = desk.bring_back(desk.take_out("pantry"))
    with writing(engine) as connection:
        preview = plan_import(connection, COORDINATOR, "zone.xlsx", compared, NOW)
        with pytest.raises(NotFound):
            carry_out(connection, Settings(), preview, COORDINATOR, NOW + timedelta(hours=13))


def test_a_preview_is_said_yes_to_once(desk, engine):
    compared = desk.bring_back(desk.take_out("pantry"))
    with writing(engine) as connection:
        preview = plan_import(connection, COORDINATOR, "zone.xlsx", compared, SOON)
        carry_out(connection, Settings(), preview, COORDINATOR, SOON)
        with pytest.raises(NotFound):
            carry_out(connection, Settings(), preview, COORDINATOR, SOON)


def test_who_lost_the_zone_meanwhile_does_nothing(desk, engine):
    path = desk.take_out("pantry")
    desk.write(path, 2, service__languages="nl")
    compared = desk.bring_back(path)
    moved = person(zone="bxl-zuid")
    with writing(engine) as connection:
        preview = plan_import(connection, moved, "zone.xlsx", compared, SOON)
    with pytest.raises(Forbidden), writing(engine) as connection:
        carry_out(connection, Settings(), preview, moved, SOON)
    assert found(engine).listing.service.languages == ()


@pytest.mark.parametrize("desk", ["csv"], indirect=True)
def test_a_row_twice_is_taken_once(desk):
    path = desk.take_out("pantry")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    assert [r.reason for r in desk.bring_back(path).rejected] == ["This listing has a row already."]


def test_a_column_that_is_not_ours_is_named(desk):
    path = desk.take_out("pantry")
    if desk.kind == "xlsx":
        book = openpyxl.load_workbook(path)
        book.worksheets[0].cell(1, 4).value = "Mijn nota's"
        book.save(path)
    else:
        text = path.read_text(encoding="utf-8-sig")
        path.write_text(text.replace("[organization.name]", "[mine]", 1), encoding="utf-8")
    assert len(desk.bring_back(path).unknown_columns) == 1


def test_a_file_without_ids_is_refused(desk, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("name,phone\nA,02\n", encoding="utf-8")
    desk.kind = "csv"
    with pytest.raises(SourceError, match="id and version"):
        desk.bring_back(path)


@pytest.mark.parametrize("version", ["", "yes", "0123456789abcdef"])
def test_a_row_without_its_version_is_refused(desk, version):
    path = desk.take_out("pantry")
    desk.write(path, 2, version=version, service__languages="nl")
    compared = desk.bring_back(path)
    assert (compared.changes, [r.column for r in compared.rejected]) == ([], ["version"])
