import os
import signal
from collections import Counter
from datetime import date

import pytest

import importers.beside
from importers.beside import read_beside
from importers.card import SourceCard
from importers.columns import read_columns
from importers.entry import Entry, Note
from importers.entry_reader import EntryReader
from importers.reading import Bad, Good, PartReader, RowReader
from importers.record import RecordReader
from service.errors import StorageError
from service.readers.table import BadRow, Row

HEADER = ("key", "organization.name", "service.name@nl", "address.postal_code", "phone.numbers")
TODAY = date(2026, 11, 24)
ROWS = 1_200


@pytest.fixture(autouse=True)
def others_soon(monkeypatch):
    """Processes beside this one from the hundredth row, however few cores there are."""
    monkeypatch.setattr(importers.beside, "ALONE", 100)
    monkeypatch.setattr(importers.beside, "AT_ONCE", 50)
    monkeypatch.setattr(importers.beside, "_cores", lambda: 2)


def rows():
    """Of a list of Molenbeek; one in a hundred has no name, and one cannot be read at all."""
    for number in range(2, ROWS + 2):
        if number == 1_000:
            yield BadRow(number, "key", "", "is cut off", "the whole row", ("half",), 1)
        else:
            name = "" if number % 100 == 0 else f"Opvang  {number}"
            yield Row(number, [f"brug-{number}", "Vzw De Brug", name, "1080", "02 411 22 33"])


def row_reader():
    columns = read_columns("lijst.csv", list(HEADER), SourceCard("lijst", "Lijst"))
    return RowReader("lijst.csv", RecordReader("lijst.csv", columns, TODAY))


def test_rows_read_beside_are_those_read_here():
    here = row_reader()
    assert list(read_beside(row_reader(), rows())) == [here.read(row) for row in rows()]


def test_what_was_changed_beside_is_counted():
    here, beside = row_reader(), row_reader()
    for row in rows():
        here.read(row)
    for _outcome in read_beside(beside, rows()):
        pass
    assert beside.changes["whitespace"] == here.changes["whitespace"] > 1_000


def test_entries_of_a_feed_keep_their_notes():
    cells = {"organization.name": "CAW", "service.name": "Onthaal", "phone.numbers": ("geen", "078 15 00 00")}

    def entries():
        for number in range(ROWS):
            is_note = number == 500
            note = Note("feed.json", 0, "meta", "", "is not read")
            yield note if is_note else Entry("feed.json", number, f"k{number}", cells)

    here = PartReader(EntryReader(TODAY, "nl"))
    assert list(read_beside(PartReader(EntryReader(TODAY, "nl")), entries())) == [
        here.read(each) for each in entries()
    ]


def test_a_short_source_is_read_here(monkeypatch):
    monkeypatch.setattr(importers.beside, "ALONE", ROWS)
    monkeypatch.setattr(importers.beside, "ProcessPoolExecutor", None)
    kinds = Counter(type(each) for each in read_beside(row_reader(), rows()))
    assert kinds == {Good: 1_188, Bad: 12}


class Ended:
    """Reads here, and ends the process where it is asked to read beside."""

    def __init__(self, process):
        self.changes = Counter()
        self._process = process

    def read(self, row):
        """The row, as long as this is the process of the test."""
        if os.getpid() != self._process:
            os.kill(os.getpid(), signal.SIGKILL)
        return row


def test_a_process_that_was_ended_is_told():
    with pytest.raises(StorageError, match="ended from outside"):
        list(read_beside(Ended(os.getpid()), rows()))
