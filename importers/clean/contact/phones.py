"""Telephone numbers of a cell in the order written, each once, without fax and personal numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from importers.clean.contact.words import is_nothing, pattern
from service.errors import BadValue
from service.model.phone import parse_phone
from service.written.words import fold

_TIMES = re.compile(
    r"24\s?[uh]?\s?/\s?(?:24|7)\s?[uh]?|7\s?[dj]?\s?/\s?7\s?[dj]?|\b\d{1,2}\s?[uh:]\s?\d{0,2}(?:\s?(?:-|tot|à|a)\s?\d{1,2}\s?[uh:]?\s?\d{0,2})?(?![\d/])"
)
_ZERO = re.compile(r"(?<![a-z])o(?=[\s/.-]?\d)|(?<=\d)o(?=\d)", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)
_FLOAT = re.compile(r"(?<=\d{8})\.0+\b")
_RUN = re.compile(r"[+(]?\d[\d\s./()\-–+,\u2044]*\d|\d+")
_PARTS = re.compile(r"\s*[,;|\n]\s*|\s+[-–/]\s+|\s{2,}")
_SHORT = re.compile(r"1\d{2,3}|116\d{3}")  # emergency, help lines, and the European 116 numbers
_STRUCTURE = re.compile(r"0(?:4[5-9]\d{7}|(?!4[5-9])[1-9]\d{7})")
_FEWEST, _MOST = 9, 15  # digits of a number with its zero or country code


@dataclass
class Phones:
    """The numbers, and reasons for what was left out."""

    numbers: list[str] = field(default_factory=list)
    rejects: list[str] = field(default_factory=list)

    def add(self, number: str) -> None:
        """Take a number once."""
        if number not in self.numbers:
            self.numbers.append(number)


def read_phones(text: str) -> Phones:
    """The numbers of a tidied cell."""
    found = Phones()
    if is_nothing("phone", text):
        return found
    if _SCIENTIFIC.search(text):
        found.rejects.append("digits lost in scientific notation")
        return found
    text = _FLOAT.sub("", _ZERO.sub("0", text))
    text = _TIMES.sub(" ", text) if _has_letters_beside(text) else text
    runs = list(_RUN.finditer(text))
    if not runs:
        found.rejects.append("no number")
    for number, run in enumerate(runs):
        before = text[runs[number - 1].end() if number else 0 : run.start()]
        after = text[run.end() : runs[number + 1].start() if number + 1 < len(runs) else len(text)]
        label = _label_after(after, is_last=number + 1 == len(runs))
        _take(run.group(), _label_before(before, is_first=number == 0), label, found)
    return found


def _has_letters_beside(text: str) -> bool:
    return bool(re.search(r"[a-z(]", text, re.IGNORECASE))


def _label_before(text: str, *, is_first: bool) -> str:
    """The words that announce a number: what stands before it and after the brackets of the one before."""
    if not is_first:
        text = re.sub(r"^\s*[(\[][^)\]]*[)\]]", "", text)
        text = re.split(r"[,;|\n]", text)[-1]
    return fold(text)


def _label_after(text: str, *, is_last: bool) -> str:
    """The words about a number after it: in brackets, or at the end of the cell."""
    brackets = re.match(r"\s*[,-]?\s*[(\[]([^)\]]*)", text)
    if brackets:
        return fold(brackets[1])
    return fold(re.split(r"[;|\n]", text)[0]).strip(" ,-") if is_last else ""


def _take(run: str, before: str, after: str, found: Phones) -> None:
    digits = re.sub(r"\D", "", run)
    if pattern("phone_words", "extension").search(before) and len(digits) < _FEWEST:
        found.rejects.append(f"extension {digits} has no field")
        return
    is_both = re.search(r"t[ée]l\w*\.?\s*(?:/|&|\+|en|et|-)\s*fax", before)
    if (not is_both and pattern("phone_words", "fax").search(before)) or (
        pattern("phone_words", "fax").fullmatch(after.strip(" :.")) and after
    ):
        found.rejects.append("fax number left out")
        return
    personal = pattern("phone_words", "personal")
    if personal.search(before) or personal.search(re.split(r"\d", after)[0]):
        found.rejects.append("marked as a personal number")
        return
    _read_run(run.strip(" .,/-–"), found)


def _read_run(run: str, found: Phones) -> None:
    whole = _number(run)
    if whole:
        found.add(whole)
        return
    last = ""
    for part in _parts(run):
        digits = re.sub(r"\D", "", part)
        number = _number(part)
        if number and not (last and len(digits) <= 4 and not _is_short(digits)):
            found.add(number)
            last = number
        elif last and len(digits) <= 4:
            found.add(_tail(last, digits, found))
        else:
            reason = (
                "too few digits"
                if len(digits) < _FEWEST
                else "too many digits"
                if len(digits) > _MOST
                else "no number"
            )
            found.rejects.append(reason)
            last = ""
    if "" in found.numbers:
        found.numbers.remove("")


def _parts(run: str) -> list[str]:
    """The pieces of a run of digits: whole numbers where they are, else cut at each stroke."""
    pieces: list[str] = []
    for piece in _PARTS.split(run):
        tail = re.match(r"(.*\d)\s*[/-]\s*(\d{1,4})$", piece)
        if (not _number(piece) and tail and _number(tail[1].split("/")[-1])) or (tail and _number(tail[1])):
            pieces += [*_parts(tail[1]), tail[2]] if not _number(piece) else [piece]
        else:
            pieces += [piece] if _number(piece) or "/" not in piece else piece.split("/")
    return [piece for piece in pieces if piece.strip(" .()-")]


def _tail(number: str, digits: str, found: Phones) -> str:
    """The number with its last digits changed: 12 34 57 / 58."""
    changed = number[: -len(digits)] + digits
    if changed == number:
        found.rejects.append("no number")
    return changed


def _is_short(digits: str) -> bool:
    return bool(_SHORT.fullmatch(digits)) and _parsed(digits) is not None


def _number(text: str) -> str | None:
    """The E.164 or short number that a text writes, or None."""
    plain = re.sub(r"\(0\)", "", text)
    plain = re.sub(r"[^\d+]", "", plain)
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    if plain.startswith("+"):
        if plain.startswith("+320"):
            plain = f"+32{plain[4:]}"
        return _parsed(plain) if plain.count("+") == 1 else None
    if _SHORT.fullmatch(plain):
        return _parsed(plain)
    if plain.startswith("32") and len(plain) in (10, 11):
        return _parsed(f"+{plain}")
    if not plain.startswith("0") and len(plain) in (8, 9):
        plain = f"0{plain}"  # a spreadsheet took the zero for nothing
    if not _STRUCTURE.fullmatch(plain):
        return None
    return _parsed(plain) or f"+32{plain[1:]}"


def _parsed(text: str) -> str | None:
    try:
        return parse_phone(text)
    except BadValue:
        return None
