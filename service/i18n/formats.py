"""Dates, ages, distances, times and lists as a reader of a language writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from babel.dates import TIMEDELTA_UNITS, format_skeleton, format_timedelta
from babel.dates import format_date as cldr_date
from babel.dates import format_time as cldr_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

from service.config import TIMEZONE
from service.i18n.direction import isolated, runs_to_the_left
from service.i18n.locales import LOCALES
from service.i18n.messages import translator
from service.model.dates import PartialDate

Unit = Literal["year", "month", "week", "day"]
_SECONDS = dict(TIMEDELTA_UNITS)
_ARABIC_MARKS = {",": "\N{ARABIC COMMA}", ";": "\N{ARABIC SEMICOLON}"}
_NO_COARSER = 1_000_000  # keeps CLDR at the unit chosen here instead of rounding 21 months up to 2 years


def number(value: float, language: str) -> str:
    """A number with the separators of the language."""
    return str(format_decimal(value, locale=LOCALES[language].cldr))


def euro(amount: float, language: str) -> str:
    """An amount in euro where the language puts the sign, without cents where there are none: € 5, € 2,50."""
    cldr = LOCALES[language].cldr
    pattern = cldr.currency_formats["standard"].pattern
    form = pattern if amount % 1 else pattern.replace(".00", "")
    written = str(format_currency(amount, "EUR", form, cldr, currency_digits=bool(amount % 1)))
    return written.replace("EUR", "€")  # the sign on the coin, where a language's CLDR has only the code


def distance(metres: float, language: str) -> str:
    """A distance for a person: metres to the nearest ten below a kilometre, then kilometres."""
    cldr = LOCALES[language].cldr
    if metres < 995:  # rounds to 990 m at most; beyond that it reads as one kilometre
        return format_unit(max(10, round(metres, -1)), "length-meter", "short", locale=cldr)
    form = "#,##0.#" if metres < 9_950 else "#,##0"
    return format_unit(metres / 1000, "length-kilometer", "short", format=form, locale=cldr)


def minutes(count: float, language: str) -> str:
    """A length of time in whole minutes, or hours and minutes from 90 minutes on."""
    cldr, whole = LOCALES[language].cldr, round(count)
    if whole < 90:
        return format_unit(whole, "duration-minute", "short", locale=cldr)
    hours, rest = divmod(whole, 60)
    parts = [format_unit(hours, "duration-hour", "short", locale=cldr)]
    if rest:
        parts.append(format_unit(rest, "duration-minute", "short", locale=cldr))
    return " ".join(parts)


def day(moment: date, language: str) -> str:
    """A date in full, as 13 August 2026."""
    return _bare(cldr_date(moment, "long", locale=LOCALES[language].cldr))


def weekday(moment: date, language: str) -> str:
    """A day of the week with its date, as Thursday 13 August, in the order that the language has."""
    cldr = LOCALES[language].cldr
    name, date_ = cldr_date(moment, "EEEE", locale=cldr), format_skeleton("MMMMd", moment, locale=cldr)
    whole = str(cldr.date_formats["full"])
    return f"{name} {date_}" if whole.index("E") < whole.index("d") else f"{date_} {name}"


def clock(moment: datetime, language: str) -> str:
    """The time of day in Belgium, without leading zero: 9:05."""
    local = moment.astimezone(TIMEZONE)
    return cldr_time(local.time(), "H:mm", locale=LOCALES[language].cldr)


def partial_date(stated: PartialDate, language: str) -> str:
    """A date to the precision it was given: 13 August 2026, August 2026 or 2026."""
    cldr = LOCALES[language].cldr
    if stated.precision == "day":
        return day(stated.earliest, language)
    if stated.precision == "month":
        return _bare(str(format_skeleton("yMMMM", stated.earliest, locale=cldr)))
    return str(stated.year)


def age(stated: PartialDate | date, today: date, language: str) -> str:
    """How long ago, in whole units and never finer than the date itself: 3 months ago, this year."""
    t = translator(language)
    if isinstance(stated, date):
        stated = PartialDate(stated.year, stated.month, stated.day)
    count, unit = _elapsed(stated, today)
    if count <= 0:
        return {
            "year": t.gettext("this year"),
            "month": t.gettext("this month"),
            "day": t.gettext("today"),
        }[stated.precision]
    length = timedelta(seconds=count * _SECONDS[unit])
    cldr = LOCALES[language].cldr
    return format_timedelta(-length, unit, threshold=_NO_COARSER, add_direction=True, locale=cldr)


def _bare(written: str) -> str:
    """Without the point of an abbreviated "year" (Ukrainian), which would double that of a sentence."""
    return written.removesuffix("\N{NARROW NO-BREAK SPACE}р.")


def _elapsed(stated: PartialDate, today: date) -> tuple[int, Unit]:
    """Whole days under two weeks, weeks under two months, months under two years, then years."""
    years = today.year - stated.year
    if stated.precision == "year":
        return years, "year"
    months = 12 * years + today.month - (stated.month or 1) - (today.day < (stated.day or 1))
    if months >= 24:
        return months // 12, "year"
    if stated.precision == "month" or months >= 2:
        return months, "month"
    days = (today - stated.earliest).days
    return (days // 7, "week") if days >= 14 else (days, "day")


def joined(items: Sequence[str], language: str, style: Literal["standard", "or"] = "standard") -> str:
    """Several things in one phrase: a, b and c (``or``: a, b or c)."""
    apart = [isolated(item, language) for item in items]
    return str(format_list(apart, style, locale=LOCALES[language].cldr))


def listed(items: Iterable[str], language: str, mark: Literal[",", ";"] = ",") -> str:
    """Several things after one another, with the comma (or semicolon) of the script between them: a, b, c."""
    between = f"{stop(mark, language)} "
    return between.join(isolated(item, language) for item in items if item)


def stop(mark: Literal[",", ";"], language: str) -> str:
    """The comma or the semicolon as the script of the language writes it."""
    return _ARABIC_MARKS[mark] if runs_to_the_left(language) else mark
