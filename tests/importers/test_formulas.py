"""A cell that a spreadsheet would run is refused; a text that begins with a mark is not."""

import pytest

from tests.importers.conftest import pantry


@pytest.mark.parametrize(
    "cell", ["=1+1", '=HYPERLINK("http://evil.example")', "@SUM(A1)", "+cmd|' /C calc'!A0"]
)
def test_a_formula_of_a_spreadsheet_is_refused(world, cell):
    path = world.write("hulp.csv", [pantry("1"), pantry("2", name=cell)])
    assert [(r.row, r.reason) for r in world.load(path).rejects] == [(3, "is a formula of a spreadsheet")]


@pytest.mark.parametrize("cell", ["- Voedselhulp", "+ soep", "@home in Gent"])
def test_a_text_that_begins_with_a_mark_is_no_formula(world, cell):
    assert world.load(world.write("hulp.csv", [pantry("1", name=cell)])).created == 1
