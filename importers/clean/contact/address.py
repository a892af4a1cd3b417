"""Takes an address cell apart: street, number, box, postal code, municipality, and what has no place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from importers.clean.contact.localities import (
    NOWHERE,
    Locality,
    Place,
    agree,
    codes,
    name_of,
    names,
    quarters,
    squeeze,
)
from importers.clean.contact.street import full_street, looks_like_street
from importers.clean.contact.words import is_nothing, pattern
from service.written.words import LOST, fold

MAX_NUMBER = 9_999  # the longest chaussées of Belgium have numbers under 2,000
_MONTHS = (
    "jan|feb|fév|mrt|mar|mars|apr|avr|mei|mai|may|jun|juin|jul|juil|aug|aoû|aou"
    "|sep|sept|okt|oct|nov|dec|déc|dez"
)
_DAMAGE = re.compile(rf"\b(\d{{1,2}}[-/. ]?(?:{_MONTHS})\.?|(?:{_MONTHS})-\d{{2}})(?![\w])", re.IGNORECASE)
_CODE = re.compile(r"(?<![\d/])(?:(?:B|BE)\s?[- ]\s?|(?<!\w)BE?)?(\d{4})(?![\d/])(?!-\d)", re.IGNORECASE)
_NUMBER = (
    r"\d+(?:\s?(?:bis|ter)\b|[A-Za-z](?![A-Za-z])|\s[A-Za-z](?=\s+(?:bus|bte|boîte)\b))?"
    r"(?:\s?[-+&]\s?\d+[A-Za-z]?(?![A-Za-z]))?"
)
_BOX = r"(?:(?:bte|boîte|boite|bt|bus|box|b)\.?\s*(?:/\s*(?:bte|boîte|bus)\.?\s*)?(?:n[°r]\.?\s*)?)"
_BOX_ANY = (
    rf"(?:\s*(?:,\s*)?{_BOX}(?P<box>\d+[./]\d+|[A-Za-z]?\d+[A-Za-z]?|[A-Za-z](?![A-Za-z]))"
    r"|\s?/\s?(?P<box2>[A-Za-z]?\d+[A-Za-z]?(?!\w)|[A-Za-z](?!\w)))?"
)
_AFTER = re.compile(
    rf"^(?P<street>.*?[^\d\s,].*?)[\s,]+(?:n[°r]\.?\s*|nr\s+|no\.\s*)?(?P<number>{_NUMBER}){_BOX_ANY}(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_GLUED = re.compile(r"(?<=[a-zé]\.)(?=\d)")
_BEFORE = re.compile(rf"^(?P<number>{_NUMBER}){_BOX_ANY}\s*,?\s+(?P<street>\D.*)$", re.IGNORECASE | re.DOTALL)
_NO_NUMBER = re.compile(
    r"(?i)[\s,]+(?:z\.?/?\.?n\.?|s\.?/n\.?|zonder (?:nummer|nr\.?)|sans (?:num[ée]ro|n°|nr)|geen nummer)"
    r"(?=[\s,]|$)"
)
_TWICE = re.compile(r"^(.*?\D)\s(\d+\w?)\s*[-/]\s*(.*?\D)\s\2$")
_COUNTRY = re.compile(r"(?i)[\s,\-–(]+(?:belgi[eëu]m?|belgique|belgien|be)\)?[\s.]*$")
_LABEL = re.compile(r"(?i)^(?:adres|adresse|address|lieu|locatie|plaats|où|waar)\s*:\s*")
_BOX_ALONE = re.compile(rf"(?i)\s*{_BOX}\s*\w{{1,5}}\s*")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


@dataclass
class Address:
    """The parts that were said; ``rejects`` are reasons for what was left out."""

    street: str | None = None
    house_number: str | None = None
    box: str | None = None
    postal_code: str | None = None
    municipality: str | None = None
    rejects: list[str] = field(default_factory=list)


def read_address(text: str) -> Address:
    """The parts of a tidied address cell that holds an address, or the reason why there is none."""
    found = Address()
    if is_nothing("address", text):
        return found
    folded = fold(text)
    if pattern("address_words", "secret").search(folded):
        found.rejects.append("secret address")
        return found
    if pattern("address_words", "online").fullmatch(folded.strip(" .()")):
        found.rejects.append("no place (online)")
        return found
    text = _COUNTRY.sub("", _LABEL.sub("", text))
    body = _GLUED.sub(" ", _brackets(text, found).replace("\n", ", ").replace(";", ","))
    body, code, name = _locality(body, found)
    _street(body.strip(" ,-–—|"), found)
    where = agree(code, name, found.street or "")
    _settle(where, found)
    _drop_known_quarters(found)
    return found


def _settle(where: Locality, found: Address) -> None:
    found.postal_code = where.postal_code
    found.municipality = name_of(where.nis) if where.nis else None
    if where.problem:
        found.rejects.append(where.problem)


def _brackets(text: str, found: Address) -> str:
    """The text without its brackets; what stood in them is a place, or a remark without a field."""

    def take(match: re.Match[str]) -> str:
        inside = match[1].strip()
        if squeeze(inside) in names():
            return " "
        if _BOX_ALONE.fullmatch(inside):
            return f" {inside} "
        if inside:
            found.rejects.append(_remark(inside))
        return " "

    return _BRACKETS.sub(take, text)


def _remark(text: str) -> str:
    kind = "floor" if pattern("address_words", "floor").search(fold(text)) else "remark"
    return f"{kind} has no field ({text.strip(' ,-–')})"


def _locality(text: str, found: Address) -> tuple[str, str | None, Place]:
    """The text without postal code and place, and those two."""
    matches = [match for match in _CODE.finditer(text) if _is_code_here(text, match)]
    if not matches:
        rest, name = _place_at_end(text)
        if not name.nis:
            name, left = _place_at_start(text)
            if not left.lstrip().startswith((",", "-", "–")):
                return text, None, NOWHERE
            rest = left
        return rest.strip(" ,-–"), None, name
    if len({match[1] for match in matches if _has_place(text[match.end() :])}) > 1:
        found.rejects.append("holds two addresses")
        return "", None, NOWHERE
    match = max(matches, key=lambda each: (_has_place(text[each.end() :]), each.start()))
    before, after = text[: match.start()], text[match.end() :]
    name, left = _place_at_start(after)
    if not name.nis:
        before, name = _place_at_end(before) if not left.strip(" ,") else (before, name)
    if not name.nis and left.strip(" ,.-–"):
        left = _unknown_place(left, match[1], found)
    before = re.sub(r"(?i)[\s,]+(?:te|in|à|a)\s*$", "", before)
    return f"{before.rstrip(' ,-–—/')}, {left}".strip(" ,"), match[1], name


def _is_code_here(text: str, match: re.Match[str]) -> bool:
    """Whether four digits are a postal code: known, or where a postal code stands."""
    number = match[1]
    if number in codes():
        before = text[: match.start()].rstrip(" ,")
        is_only_number = not re.search(r"\d", before + text[match.end() :])
        return not (is_only_number and before and not _has_place(text[match.end() :]) and "," not in text)
    is_set_off = not match.start() or text[: match.start()].rstrip(" ")[-1:] in (",", "-", "–")
    return _has_place(text[match.end() :]) or (
        is_set_off and bool(re.match(r"[ ,]+[^\W\d]", text[match.end() :]))
    )


def _has_place(text: str) -> bool:
    return bool(_place_at_start(text)[0].nis)


def _place_at_start(text: str) -> tuple[Place, str]:
    """The longest known place that the text begins with (in one or two languages), and what is left."""
    lead = re.match(r"[\s,\-–—]*", text)
    start = lead.end() if lead else 0
    pieces = list(re.finditer(r"[^\s,/()\-–—]+", text[start:]))
    for count in range(min(len(pieces), 6), 0, -1):
        end = start + pieces[count - 1].end()
        name = names().get(squeeze(text[start:end]))
        if name:
            rest = text[end:]
            other = re.match(r"\s*[/\-–]\s*", rest)
            if other:
                second, left = _place_at_start(rest[other.end() :])
                if second.nis:
                    return (second if second.nis < name.nis else name), left
            return name, rest
    return NOWHERE, text


def _place_at_end(text: str) -> tuple[str, Place]:
    """The text before a known place at its end, and that place; a street keeps its last words."""
    trimmed = text.rstrip(" ,.-–")
    pieces = list(re.finditer(r"[^\s,/()\-–—]+", trimmed))
    for count in range(min(len(pieces), 6), 0, -1):
        start = pieces[-count].start()
        name = names().get(squeeze(trimmed[start:]))
        before = trimmed[:start].rstrip()
        if name and _may_end(before):
            return re.sub(r"(?i)[\s,]+(?:te|in|à|a)$", "", before).rstrip(" ,-–—/"), name
    return text, NOWHERE


def _may_end(before: str) -> bool:
    """Whether a place can begin here: at the start, after a comma, a number, a dash or "te"."""
    return (
        not before or before[-1] in ",-–—/\n" or bool(re.search(r"(?i)(?:\d\w?|\s(?:te|in|à|z/?n))$", before))
    )


def _unknown_place(left: str, code: str, found: Address) -> str:
    """Words after a postal code that are no place known: a quarter goes, a remark is left for the street."""
    words = left.strip(" ,.-–")
    if code in quarters().get(squeeze(words), ()):
        return ""
    if re.search(r"\d", words) or looks_like_street(words):
        return left
    found.rejects.append(_remark(words))
    return ""


def _street(text: str, found: Address) -> None:
    """Street, number and box of what is left."""
    twice = _TWICE.match(text)
    if twice:
        text = f"{twice[1]} / {twice[3]} {twice[2]}"
    text = _leading_remarks(text, found)
    folded = fold(text)
    if not text:
        return
    if pattern("address_words", "pobox").match(folded):
        found.rejects.append("post office box, not a place")
        return
    if pattern("address_words", "corner").match(folded):
        found.rejects.append("street corner without number")
        return
    if pattern("address_words", "description").match(folded) and not looks_like_street(
        folded.split(" ", 1)[0]
    ):
        found.rejects.append("a description, no street")
        return
    damage = _DAMAGE.search(text)
    if damage:
        found.rejects.append(f"house number turned into a date ({damage[1]})")
        text = f"{text[: damage.start()]} {text[damage.end() :]}".strip(" ,")
        _bare_street(text, found)
        return
    is_without = _NO_NUMBER.search(text)
    if is_without:
        _bare_street(text[: is_without.start()], found)
        _leftover(text[is_without.end() :], found)
        return
    match = _BEFORE.match(text) or _AFTER.match(text)
    if match is None:
        _bare_street(text, found)
        return
    _numbered(match, found)


def _numbered(match: re.Match[str], found: Address) -> None:
    number = re.sub(r"\s", "", match["number"])
    street = match["street"].strip(" ,")
    rest = match.groupdict().get("rest") or ""
    box = match["box"] or match["box2"]
    letter = re.match(r"\s([A-Za-z])(?=\s*(?:,|$))", rest)
    if letter and box is None:
        number, rest = number + letter[1].upper(), rest[letter.end() :]
    value = int(re.match(r"\d+", number)[0])  # type: ignore[index]
    if not 0 < value <= MAX_NUMBER:
        found.rejects.append(f"house number {number} cannot be right")
    else:
        found.house_number = number[:-1] + number[-1].upper() if number[-1].isalpha() else number
        found.box = box
    _set_street(street, found)
    _leftover(rest, found)


def _bare_street(text: str, found: Address) -> None:
    """A street without a number, where a word says that it is one."""
    text = text.strip(" ,")
    if not text:
        return
    if not looks_like_street(text):
        found.rejects.append(f"a description, no street ({text})")
        return
    _set_street(text, found)


def _set_street(text: str, found: Address) -> None:
    if LOST in text:
        found.rejects.append("a letter was lost in the street name")
        return
    parts = text.split(",")
    if len(parts) > 1:
        nearest = reversed(parts) if found.house_number else parts
        kept = next((part for part in nearest if looks_like_street(part)), parts[-1])
        found.rejects += [_remark(part) for part in parts if part is not kept and part.strip()]
        text = kept
    found.street = full_street(text) or None


def _leading_remarks(text: str, found: Address) -> str:
    """The text without "p/a ..." before the street; a name of a building there has no field."""
    match = pattern("address_words", "care_of").match(fold(text))
    if match and "," in text:
        return text.split(",", 1)[1].strip()
    head, comma, tail = text.partition(",")
    is_name = comma and not re.search(r"\d", head) and not looks_like_street(head)
    if is_name and re.search(r"\d", tail) and looks_like_street(tail):
        found.rejects.append(_remark(head))
        return tail.strip()
    return text


def _leftover(text: str, found: Address) -> None:
    words = text.strip(" ,.-–—/|\n")
    if words:
        found.rejects.append(_remark(words))


def _drop_known_quarters(found: Address) -> None:
    """A remark that only repeats the quarter of the postal code is nothing left out."""
    kept = []
    for reason in found.rejects:
        words = re.search(r"has no field \((.*)\)$", reason)
        if words and found.postal_code and found.postal_code in quarters().get(squeeze(words[1]), ()):
            continue
        kept.append(reason)
    found.rejects = kept
