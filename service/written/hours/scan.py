"""Cuts a text about hours into tokens: times, dates, numbers, known phrases, marks and words nobody knows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from service.written.hours.clock import Clock
from service.written.hours.lexicon import compound, language_of, misspelt, phrases, stems
from service.written.words import fold, unmangled

MAX_LENGTH = 1_000  # characters; a text about hours that is longer is a story

_WRITTEN = (  # ways of writing that points and strokes take apart, as one word
    (re.compile(r"\bt\s?[./]\s?e\s?[./]?\s?m\b\.?"), "tem"),
    (re.compile(r"\bt\s?[./]\s?m\b\.?"), "tm"),
    (re.compile(r"\bv\s?[./]\s?d\b\.?"), "vd"),
    (re.compile(r"\bm\.?u\.?v\b\.?"), "met uitzondering van"),
    (re.compile(r"\ba\.u\.b\b\.?"), "aub"),
    (re.compile(r"\bs\.v\.p\b\.?"), "svp"),
    (re.compile(r"\bv\.\s?a\b\.?"), "vanaf"),
    (re.compile(r"\b([nv])\.\s?m\b\.?"), r"\1m"),
    (re.compile(r"\br\.?\s?-?d\.?\s?-?v\b\.?"), "rdv"),
    (re.compile(r"\br[/.]v\b\.?"), "rdv"),
    (re.compile(r"\ba\.\s?m\b\.?"), "am"),
    (re.compile(r"\bp\.\s?m\b\.?"), "pm"),
    (re.compile(r"\ben/of\b|\bet/ou\b|\band/or\b"), " / "),
    (re.compile(r"->|=>|>>"), ">"),
    (re.compile(r"--+"), "-"),
    (re.compile(r"(?<=\d)\s*½"), "u30"),
)
_SPACES = re.compile(r"[^\S\n]+")
_ALL_DAY = (
    r"24\s*(?:uur|heures|hours|hrs|u|h)?\.?\s*(?:/|op|sur|x)\s*(?:24\s*(?:uur|heures|u|h)?|7(?!\s*[dj]))\b"
)
_ALL_DAY += r"|24\s*(?:uur|uren|heures|hours|hrs|u|h)\s*(?:per dag|a day|par jour|per day)\b"
_ALL_WEEK = r"7\s*(?:dagen|jours|days|d|j)?\.?\s*(?:/|op|sur)\s*7(?:\s*(?:dagen|jours|d|j))?\b"
_ABBREVIATED = ("day", "month", "part", "letter", "phone")  # a point after these ends a word and no sentence
_UNIT = r"(?:uur|uren|uhr|heures|heure|hours|hrs|hr|u|h)"
_HALF = r"(?:\s?(?P<half>am|pm)\b)?"
_TIME = (
    rf"(?P<h>\d{{1,2}})\s?(?:[:.](?P<m>\d{{2}})(?::00)?(?:\s?{_UNIT}\b\.?)?"
    rf"|,(?P<m2>\d{{2}})\s?{_UNIT}\b\.?"
    rf"|\s?{_UNIT}\.?(?P<m3>\d{{2}})(?:\s?min)?\b"
    rf"|(?<=\s){_UNIT}\.?\s(?P<m4>[0-5][05])(?!\s?(?:{_UNIT}\b|[:.,]\d))"
    rf"|\s?{_UNIT}\.?\s(?P<m5>[345][05])(?!\s?(?:{_UNIT}\b|[:.,/]\d))"
    rf"|\s?{_UNIT}(?![a-z])\.?){_HALF}|(?P<h2>\d{{1,2}})\s?(?P<half2>am|pm)\b|(?P<mil>(?!20[123]\d)[012]\d[0-5]\d(?=\s?(?:-|tot|u\b|h\b|hrs))|(?<=[-\s])(?!20[123]\d)(?<=\d{{4}}.)[012]\d[0-5]\d)(?!\d)"
)
_TOKEN = re.compile(
    rf"(?P<url>https?://\S+|www\.\S+|\b[a-z0-9-]+\.(?:be|brussels|com|org|eu|net)\b\S*)|(?P<email>\S+@\S+)"
    rf"|(?P<date>\d{{1,2}}(?P<dm>[/.-])\d{{1,2}}(?P=dm)(?:20\d\d|\d\d)\b|20\d\d-\d\d-\d\d)"
    rf"|(?P<callnumber>(?<![\d+])(?!\d{{1,2}}[.:]\d\d\s?-)(?:\+32|0032|0)[\s(]{{0,2}}"
    rf"\d(?:[ ./()-]{{0,2}}\d){{7,8}}(?![.:]?\d|\s?[uh]\b))"
    rf"|(?P<allday>{_ALL_DAY})|(?P<allweek>{_ALL_WEEK})"
    rf"|(?P<ages>\d{{1,3}}\s?(?:-|tot|a|to)\s?\d{{1,3}}\s?(?:jaar|jarigen|jr|j|ans|years)\b|\d{{1,3}}\s?(?:jaar|ans|years)\b|(?<![\d:.])\d\d\+(?!\d)|(?<!\d)\+\d\d(?![\d.:uh]))"
    rf"|(?P<ordinal>(?<![\d.:])\d{{1,2}}(?:\s?(?:ste|eme|ieme|ere|er)|emes|iemes|ers|ier|de|re|nd|rd|st|th|e|°)(?![a-z0-9]))"
    rf"|(?P<slash>(?!(?<=\d-)\d{{1,2}}/\d{{1,2}}\s?-\s?\d)(?<![\d/.:])\d{{1,2}}/\d{{1,2}}(?![\d/.:uh]))"
    rf"|(?P<time>(?<![\d]){_TIME})"
    rf"|(?P<number>\d+)|(?P<word>[^\W\d_]+'?|'s\b)|(?P<newline>\n)|(?P<mark>\S)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: what it can do in a sentence (kind to value), and whether it was misspelt."""

    text: str
    means: dict[str, object] = field(default_factory=dict)
    is_repaired: bool = False
    is_ambiguous: bool = False

    def has(self, *kinds: str) -> bool:
        """Whether it can be one of these."""
        return not self.means.keys().isdisjoint(kinds)


@dataclass(frozen=True, slots=True)
class Scanned:
    """The tokens of a text and the language that they are read in."""

    tokens: list[Token]
    language: str | None


def scan(text: str, said_language: str | None) -> Scanned:
    """The tokens of a text, in ``said_language`` unless its days are plainly in another."""
    folded = _SPACES.sub(" ", fold(unmangled(text))).strip()
    for form, word in _WRITTEN:
        folded = form.sub(word, folded)
    raw = [(match.lastgroup or "mark", _Found(match)) for match in _TOKEN.finditer(folded)]
    words = [found.text for kind, found in raw if kind == "word"]
    language = language_of([part for word in words for part in compound(word) or (word,)], said_language)
    return Scanned(list(_tokens(raw, language)), language)


class _Found:
    __slots__ = ("match", "text")

    def __init__(self, match: re.Match[str]) -> None:
        self.match = match
        self.text = match.group()


def _tokens(raw: list[tuple[str, _Found]], language: str | None) -> list[Token]:
    made: list[Token] = []
    at = 0
    while at < len(raw):
        kind, found = raw[at]
        if kind in ("word", "number", "ordinal"):
            length, token = _phrase(raw, at, language)
            if token:
                made.append(token)
                at += length
                continue
        if kind == "word":
            made += _lone_word(found.text, language)
        elif kind == "mark" and found.text == "." and made and made[-1].has(*_ABBREVIATED):
            pass
        else:
            made.append(_plain(kind, found))
        at += 1
    return made


def _phrase(raw: list[tuple[str, _Found]], at: int, language: str | None) -> tuple[int, Token | None]:
    """The longest phrase that starts here, in the language of the text before others."""
    best: dict[str, dict[str, set[object]]] = {}
    longest = 0
    for each in phrases().get(_first(raw[at]), ()):
        if each.kind == "stem":
            continue
        length = _length(raw, at, each.words)
        if length and length >= longest:
            if length > longest:
                best, longest = {}, length
            best.setdefault(each.language, {}).setdefault(each.kind, set()).add(each.value)
    if not longest:
        return 0, None
    chosen = [best[language]] if language in best else list(best.values())
    merged: dict[str, set[object]] = {}
    for meanings in chosen:
        for kind, values in meanings.items():
            merged.setdefault(kind, set()).update(values)
    text = " ".join(found.text for _, found in raw[at : at + longest])
    is_ambiguous = any(len(values) > 1 for values in merged.values())
    return longest, Token(text, {k: next(iter(v)) for k, v in merged.items()}, is_ambiguous=is_ambiguous)


def _first(item: tuple[str, _Found]) -> str:
    kind, found = item
    if kind == "ordinal":
        return re.sub(r"\D.*", "", found.text)
    return found.text


def _length(raw: list[tuple[str, _Found]], at: int, words: tuple[str, ...]) -> int:
    """How many raw tokens the words take up from here; a dash or point may stand between them."""
    here = at
    for number, word in enumerate(words):
        if number and here < len(raw) and raw[here][0] == "mark" and raw[here][1].text in "-.":
            here += 1
        if here >= len(raw) or raw[here][1].text != word:
            # an ordinal such as 1er is one raw token and two words in the table
            if here < len(raw) and raw[here][0] == "ordinal" and number + 1 < len(words):
                joined = raw[here][1].text.replace(" ", "")
                if joined == word + words[number + 1] and number + 2 == len(words):
                    return here + 1 - at
            return 0
        here += 1
    return here - at


def _lone_word(text: str, language: str | None) -> list[Token]:
    pair = compound(text)
    if pair:
        return [token for word in pair for token in _lone_word(word, language)] if pair[0] != text else []
    found = phrases().get(text, ())
    single = [each for each in found if len(each.words) == 1 and each.kind != "stem"]
    if single:
        own = [each for each in single if each.language == language] or single
        return [Token(text, {each.kind: each.value for each in own})]
    stem = next((each for each in stems() if text.startswith(each.words[0])), None)
    if stem:
        return [Token(text, {stem.value: ""})]
    right = misspelt(text)
    return (
        [Token(text, {right[0]: right[1]}, is_repaired=True)] if right else [Token(text, {"unknown": text})]
    )


def _plain(kind: str, found: _Found) -> Token:
    text = found.text
    if kind == "time":
        return Token(text, {"time": _clock(found.match)})
    if kind == "slash":
        first, second = text.split("/")
        return Token(text, {"slash": (int(first), int(second))})
    if kind == "ordinal":
        place = int(re.sub(r"\D", "", text))
        return Token(text, {"ordinal": place, "ord": str(place)} if place <= 5 else {"ordinal": place})
    if kind == "number":
        return Token(text, {"number": int(text) if len(text) < 9 else 10**9})
    if kind == "mark":
        return Token(text, {"mark": text})
    return Token(text, {kind: text})


def _clock(match: re.Match[str]) -> Clock:
    if match["mil"]:
        return Clock(int(match["mil"][:2]) * 60 + int(match["mil"][2:]), is_full=True)
    hour_text = match["h"] or match["h2"]
    hour = int(hour_text)
    minute = int(match["m"] or match["m2"] or match["m3"] or match["m4"] or match["m5"] or 0)
    if hour > 24 or minute > 59:
        return Clock(10**6)
    half = match["half"] or match["half2"] or ""
    is_full = not half and (hour >= 13 or hour == 0 or (len(hour_text) == 2 and hour_text[0] == "0"))
    return Clock(hour * 60 + minute, half, is_full=is_full)
