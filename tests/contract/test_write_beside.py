"""Rows that are written beside are there for whatever comes after, and a failure takes all of them along."""

import sys

import pytest
import sqlalchemy as sa

from service.catalogue.matching.store import changed_records
from service.database.beside import beside
from service.database.bulk import insert_rows
from service.database.claims import source
from service.database.matches import sketch
from service.database.session import reading, writing
from tests.contract.catalogue_factory import bring, statement

COLUMNS = ("id", "name", "precedence")


def rows(first, last):
    return [(f"list-{number}", f"List {number}", 1) for number in range(first, last)]


def count(connection):
    return connection.scalar(sa.select(sa.func.count()).select_from(source))


def test_what_is_read_in_the_block_waits_for_what_was_put_before(engine):
    with writing(engine) as connection, beside(connection):
        for first in range(0, 5_000, 500):
            insert_rows(connection, source, COLUMNS, rows(first, first + 500))
        assert count(connection) == 5_000


def test_all_is_there_after_the_block(engine):
    with writing(engine) as connection:
        with beside(connection):
            insert_rows(connection, source, COLUMNS, rows(0, 500))
        assert count(connection) == 500


def test_a_row_that_cannot_be_written_takes_the_transaction_along(engine):
    def write():
        with writing(engine) as connection, beside(connection):
            insert_rows(connection, source, COLUMNS, rows(0, 3))
            insert_rows(connection, source, COLUMNS, rows(2, 5))  # the third again
            insert_rows(connection, source, COLUMNS, rows(10, 12))

    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        write()
    with reading(engine) as connection:
        assert count(connection) == 0


def test_an_error_of_the_block_is_the_one_that_is_told(engine):
    def write():
        with writing(engine) as connection, beside(connection):
            insert_rows(connection, source, COLUMNS, rows(0, 3))
            raise ValueError("the next row makes no sense")

    with pytest.raises(ValueError, match="no sense"):
        write()
    with reading(engine) as connection:
        assert count(connection) == 0


def test_threads_take_turns_as_before_afterwards(engine):
    usual = sys.getswitchinterval()
    with writing(engine) as connection, beside(connection):
        insert_rows(connection, source, COLUMNS, rows(0, 3))
    assert sys.getswitchinterval() == usual


def test_an_import_notes_what_its_new_records_are_compared_by(engine):
    bring(engine, statement("pantry"), statement("kitchen"))
    with reading(engine) as connection:
        assert changed_records(connection, 10, None) == []
        assert connection.scalar(sa.select(sa.func.count()).select_from(sketch)) == 2
