"""Knows what a spreadsheet makes of hours when it takes them for dates or numbers."""

from __future__ import annotations

import re

from service.written.words import fold

_MONTH = (
    r"(?:jan|feb|fev|mrt|mar|mars|maa|apr|avr|mei|mai|may|jun|juin|jui|juil|jul|aug|aou|aout|sep|sept|okt|oct|nov"
    r"|dec|dez)[a-z]*"
)
_DATE = re.compile(rf"\b\d{{1,2}}[-/]{_MONTH}\.?(?:[-/]\d{{2,4}})?\b|\b{_MONTH}-\d{{2}}\b")
_NUMBER = re.compile(
    r"(?<![\d.,])0[.,]\d{2,}|(?<!\d)4\d{4}(?!\d)(?:[.,]\d+)?|\d[.,]\d+e[+-]?\d+|#[a-z?]+[!?]?|#{3,}"
)
_FRACTION = re.compile(r"(?<![\d.,])0[.,]\d(?!\d)")
_WHOLE_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|\d{4}-\d\d-\d\d(?:[ t]\d\d:\d\d(?::\d\d)?)?"
)
_EPOCH = re.compile(r"\b(?:30/12/1899|31/12/1899|0?[01]/0?1/1900|1900-01-0\d|1899-12-3\d)\b")
_DAYS_AND_MARKS = re.compile(r"[a-z]{0,10}[\s:.,/-]*")


def is_spreadsheet_damage(text: str) -> bool:
    """Whether the cell holds a date or a number where hours were typed."""
    folded = fold(text).strip()
    if not any(letter.isdigit() or letter == "#" for letter in folded):
        return False
    if _WHOLE_DATE.fullmatch(folded) or _EPOCH.search(folded) or _NUMBER.search(folded):
        return True
    rest = _FRACTION.sub("", folded)
    if rest != folded and not re.sub(r"[\s\-,;/.:]", "", rest):
        return True
    rest = _DATE.sub("", folded)
    return rest != folded and bool(_DAYS_AND_MARKS.fullmatch(rest.strip()))
