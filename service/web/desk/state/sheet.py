"""A table of figures, the same on the page and as CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_timedelta
from babel.numbers import format_percent
from markupsafe import Markup

from service.desk.bulk.cells import armed
from service.i18n import formats
from service.i18n.locales import LOCALES
from service.i18n.messages import translator

_UNITS: tuple[tuple[formats.Unit, int, float], ...] = (
    ("day", 1, 61),
    ("month", 30, 1_096),
    ("year", 365, math.inf),
)
"""Units of time, their days as CLDR's arithmetic has them, and under how many days they are used."""

_NO_COARSER = 1_000_000  # keeps CLDR at the unit chosen here


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: words for a reader (``soft`` ones beside them), and one or more cells of CSV."""

    words: str | Markup
    csv: tuple[str, ...]
    soft: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """``words`` stand above it on the page, ``keys`` above its cells in CSV."""

    words: str
    keys: tuple[str, ...]
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; ``says`` is what its figures say and what not, in plain words."""

    code: str
    title: str
    says: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Forms:
    """Cells and numbers as a reader of one language writes them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._t = translator(language)
        self._cldr = LOCALES[language].cldr

    def words(self, text: str | Markup) -> Cell:
        """A text."""
        plain = text.striptags() if isinstance(text, Markup) else text
        return Cell(text, (armed(plain),))

    def count(self, number: float | None) -> Cell:
        """A number of things; none known is a dash on the page and empty in CSV."""
        if number is None:
            return self.nothing()
        whole = round(number)
        return Cell(formats.number(whole, self.language), (str(whole),))

    def share(self, some: float, of: float) -> Cell:
        """A share, with how many of how many beside it; of nothing there is no share."""
        told = (f"{100 * some / of:.1f}" if of else "", _plain(some), _plain(of))
        if not of:
            return Cell("–", told)
        beside = self._t.gettext(
            "%(some)s of %(all)s",
            some=formats.number(round(some), self.language),
            all=formats.number(round(of), self.language),
        )
        return Cell(self.percent(some / of), told, beside)

    def days(self, days: float | None) -> Cell:
        """A length of time."""
        return self.nothing() if days is None else Cell(self.span(days), (_plain(days),))

    def day(self, day: date) -> Cell:
        """A day."""
        return Cell(formats.day(day, self.language), (day.isoformat(),))

    def nothing(self) -> Cell:
        """A figure that is not known."""
        return Cell("–", ("",))

    def percent(self, share: float) -> str:
        """A share in whole parts of a hundred; neither none nor all by rounding."""
        shown = min(max(share, 0.01), 0.99) if 0 < share < 1 else share
        return str(format_percent(round(shown, 2), locale=self._cldr))

    def span(self, days: float) -> str:
        """Days under two months, months under three years, then years."""
        unit, length = next((unit, length) for unit, length, below in _UNITS if days < below)
        whole = timedelta(days=round(days / length) * length)
        return format_timedelta(whole, unit, threshold=_NO_COARSER, locale=self._cldr)


def _plain(number: float) -> str:
    """A number for machines: a point, no zero behind it."""
    return f"{number:.1f}".removesuffix(".0")


def as_csv(sheet: Sheet, heading: Sequence[str]) -> str:
    """The table as CSV: a line that says what it is, the names of the columns, the rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([armed(" · ".join([*heading, sheet.title, sheet.says]))])
    writer.writerow([key for column in sheet.columns for key in column.keys])
    writer.writerows([text for cell in row for text in cell.csv] for row in sheet.rows)
    return out.getvalue()
