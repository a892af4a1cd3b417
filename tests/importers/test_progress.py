from io import StringIO

import importers.progress as progress
from importers.progress import show_progress


def test_without_a_terminal_progress_is_plain_lines(monkeypatch):
    monkeypatch.setattr(progress, "EVERY_S", 0.0)
    stream = StringIO()
    with show_progress(stream) as shown:
        shown.start("importing lijst", 2_000, "rows")
        shown.reach(1_000)
    first, second = stream.getvalue().splitlines()
    assert first == "importing lijst: 2,000 rows"
    assert second.startswith("importing lijst: 1,000 of 2,000 rows, ")


def test_lines_come_only_now_and_then():
    stream = StringIO()
    with show_progress(stream) as shown:
        shown.start("importing lijst", 2_000, "rows")
        for done in range(2_000):
            shown.reach(done)
    assert len(stream.getvalue().splitlines()) == 1


def test_a_terminal_gets_a_bar():
    class Terminal(StringIO):
        def isatty(self):
            return True

    stream = Terminal()
    with show_progress(stream) as shown:
        shown.start("importing lijst", 2_000, "rows")
        shown.reach(2_000)
    assert "2000/2000" in stream.getvalue()


def test_a_total_that_nobody_knows_is_not_shown(monkeypatch):
    monkeypatch.setattr(progress, "EVERY_S", 0.0)
    stream = StringIO()
    with show_progress(stream) as shown:
        shown.start("fetching https://example.be", 0, "records")
        shown.reach(12)
    first, second = stream.getvalue().splitlines()
    assert (first, " of " in second, "left" in second) == ("fetching https://example.be", False, False)
