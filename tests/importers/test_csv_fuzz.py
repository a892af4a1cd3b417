import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.clean.cells import read_cell
from service.errors import BadValue, SourceError
from service.model.fields import fields
from service.readers.csv import CsvTable
from service.readers.table import Row

PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz") / "fuzz.csv"


def read_all(path):
    with CsvTable(path, path.name) as table:
        return table.header, list(table.rows())


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_rows_or_a_clear_refusal(path, content):
    path.write_bytes(b"key,b\n" + content)
    try:
        _, rows = read_all(path)
    except SourceError as error:
        assert str(error)  # noqa: PT017
        return
    assert all(len(row.cells) == 2 if isinstance(row, Row) else row.reason for row in rows)


@given(st.lists(st.lists(PRINTABLE, min_size=3, max_size=3), max_size=8), st.sampled_from(",;\t"))
@settings(deadline=None)
def test_what_was_written_is_what_is_read(path, rows, delimiter):
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([["key", "b", "c"], *rows])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    _, read = read_all(path)
    assert [row.cells for row in read] == [row for row in rows if any(row)]


@given(st.sampled_from(sorted(fields())), st.text(max_size=60))
@settings(deadline=None, max_examples=400)
def test_any_text_is_a_value_or_a_clear_refusal(path_of_field, text):
    try:
        value = read_cell(path_of_field, text).value
    except BadValue as error:
        assert error.field == path_of_field  # noqa: PT017
        return
    assert value is None or isinstance(value, str | int | bool | list)
