import tracemalloc

import pytest

from service.errors import SourceError
from service.readers.csv import CsvTable
from service.readers.table import BadRow, Row


@pytest.fixture
def read(tmp_path):
    def read(content, **how):
        path = tmp_path / "lijst.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with CsvTable(path, path.name, **how) as table:
            return table.header, list(table.rows())

    return read


def test_rows_are_numbered_as_in_a_spreadsheet(read):
    _, rows = read("a,b\n1,2\n\n3,4\n")
    assert rows == [Row(2, ["1", "2"]), Row(4, ["3", "4"])]


def test_a_cell_may_hold_line_breaks_and_quotes(read):
    _, rows = read('a,b\n"eerste\ntweede","zei ""ja"""\n')
    assert rows == [Row(2, ["eerste\ntweede", 'zei "ja"'])]


def test_a_byte_order_mark_is_no_part_of_the_first_name(read):
    assert read(b"\xef\xbb\xbfkey,b\n1,2\n")[0] == ["key", "b"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_of_the_header(read, delimiter):
    header, rows = read(f"a{delimiter}b\n1{delimiter}2\n")
    assert (header, rows) == (["a", "b"], [Row(2, ["1", "2"])])


def test_lines_may_end_as_windows_ends_them(read):
    assert read("a,b\r\n1,2\r\n")[1] == [Row(2, ["1", "2"])]


@pytest.mark.parametrize("content", ["", "\n", "  \n"])
def test_an_empty_file_is_no_source(read, content):
    with pytest.raises(SourceError, match=r"lijst.csv is empty"):
        read(content)


@pytest.mark.parametrize("content", ["a,b\n1,2\n".encode("utf-16"), b"PK\x03\x04\x00\x00"])
def test_a_file_that_is_no_text_is_refused(read, content):
    with pytest.raises(SourceError, match="is not text in utf-8"):
        read(content)


def test_a_header_in_another_encoding_is_refused(read):
    with pytest.raises(SourceError, match="the first line is not utf-8"):
        read("clé,b\n1,2\n".encode("latin-1"))


def test_a_row_in_another_encoding_is_refused_and_the_others_are_read(read):
    _, (bad, good) = read(b"key,b\n1,caf\xe9\n2,ok\n")
    assert isinstance(bad, BadRow)
    assert (bad.number, bad.column, bad.reason) == (2, "b", "byte 0xe9 is not utf-8")
    assert (bad.cells, bad.sure_cells) == (("1", ""), 2)
    assert good == Row(3, ["2", "ok"])


def test_a_source_may_say_its_encoding(read):
    assert read(b"key,b\n1,caf\xe9 \x80\n", encoding="windows-1252")[1] == [Row(2, ["1", "café €"])]


def test_a_control_character_is_refused(read):
    _, (bad,) = read("key,b\n1,x\x07y\n")
    assert isinstance(bad, BadRow)
    assert "control character 0x07" in bad.reason


@pytest.mark.parametrize("row", ["1", "1,2,3"])
def test_a_ragged_row_is_refused_and_the_others_are_read(read, row):
    _, (bad, good) = read(f"a,b\n{row}\n3,4\n")
    assert isinstance(bad, BadRow)
    assert "cells where the header has 2" in bad.reason
    assert bad.sure_cells == 1
    assert good == Row(3, ["3", "4"])


def test_a_lost_quote_may_hide_rows_so_no_cell_is_sure(read):
    _, rows = read('a,b\n1,"lost\n2,x\n3,"found",4\n5,6\n')
    bad = [row for row in rows if isinstance(row, BadRow)]
    assert bad
    assert bad[0].sure_cells == 0
    assert rows[-1].cells == ["5", "6"]


def test_a_huge_cell_is_refused_in_little_memory(read, tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("w") as file:
        file.write("a,b\n1,")
        for _ in range(40):
            file.write("x" * 1_000_000)
        file.write("\n3,4\n")
    tracemalloc.start()
    with CsvTable(path, path.name) as table:
        bad, good = table.rows()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(bad, BadRow)
    assert "larger than field limit" in bad.reason
    assert good == Row(3, ["3", "4"])
    assert peak < 20_000_000
