"""E-mail and web addresses: what can only be meant one way is repaired, the first of several is taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from rapidfuzz.distance import OSA

from importers.clean.contact.words import is_nothing
from importers.clean.lists import DATA
from service.geo.tables import rows_of

_AT = re.compile(
    r"\s*[\[({<]\s*(?:at|arobase|arobas|apenstaart|a|@)\s*[\])}>]\s*|\s+(?:at|arobase|apenstaartje)\s+",
    re.IGNORECASE,
)
_DOT = re.compile(r"\s*[\[({<]\s*(?:dot|punt|point|\.)\s*[\])}>]\s*|\s+(?:dot|punt|point)\s+", re.IGNORECASE)
_ENDINGS = (
    "be|com|org|net|eu|brussels|vlaanderen|info|fr|nl|de|gent|gov|ly|gle|me|link|site|online|shop|tv|ch|es|it|at"
    "|pl|ro|bg|coop|social|care|health|asbl|vzw|uk|lu|io|app"
)
_NO_ENDINGS = frozenset({"con", "cim", "cpm", "vom", "xom", "comm", "bee", "bbe", "bel", "ocm"})
_LONGEST_ENDING = 4  # letters; longer ones exist, but a word run into the address is likelier
_LEADS = re.compile(
    r"(?i)zie|op|via|of|voir|sur|par|ou|see|on|or|en|et|and|(?:web)?sites?|web|webstek|internet|pagina|page|url"
    r"|adresse?|link"
)
_COMMA = re.compile(rf",(?=(?:{_ENDINGS})\b)|(?<=www),", re.IGNORECASE)
_SPACES = re.compile(r"\s*([@.])\s*")
_MAIL = re.compile(r"[A-Za-z0-9._%+'&-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
_WEB = re.compile(
    rf"(?:https?://|www\.)\S+|(?<![@\w.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:{_ENDINGS})(?![\w@-])\S*",
    re.IGNORECASE,
)
_SCHEME = re.compile(
    r"^\s*h?t{1,3}p{1,3}(s?)\s*[:;.]?\s*[/\\]{1,3}\s*[:;]?\s*[/\\]{0,2}\s*(?=\w)|^\s*(?:hhttp|htpp|htp|htttp|hhtp|hppt|http|ttp)(s?)\s*[:;]\s*[/\\]{0,3}\s*(?=\w)",
    re.IGNORECASE,
)
_WWW = re.compile(r"^(w{2,5})[.,;\s]+(?=[\w-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """An address or None, and the reason for what was left out."""

    value: str | None = None
    reject: str = ""


def holds_email(text: str) -> bool:
    """Whether an e-mail address stands in the text."""
    return bool(_MAIL.search(text))


def holds_web(text: str) -> bool:
    """Whether a web address and no e-mail address stands in the text."""
    return "@" not in text and bool(_WEB.search(text))


def read_email(text: str) -> Found:
    """The first e-mail address of a tidied cell, in small letters."""
    if is_nothing("email", text):
        return Found()
    text = re.sub(r"(?i)^\s*(?:e-?mail|mail|courriel)\s*[:.]\s*|mailto:\s*", "", text)
    text = _DOT.sub(".", _AT.sub("@", text)) if "@" not in text else _DOT.sub(".", text)
    brackets = re.search(r"<([^<>]*@[^<>]*)>", text)
    if brackets:
        text = brackets[1]
    text = _COMMA.sub(".", _SPACES.sub(r"\1", text)).strip(" .;,<>()[]\"'")
    if "@" not in text:
        return Found(None, "no address")
    parts = [part for part in re.split(r"[\s;,|/]+", text) if "@" in part]
    first = parts[0].strip(" .;,<>()[]\"'").lower()
    problem = _mail_problem(first)
    if problem:
        return Found(None, problem)
    others = {part.lower().strip(" .;,<>") for part in parts[1:]} - {first}
    return Found(first, "second address left out" if others else "")


def _mail_problem(mail: str) -> str:
    if mail.count("@") > 1:
        return "two @ signs"
    name, _, domain = mail.partition("@")
    if not mail.isascii():
        return f"letters outside ASCII ({name})"
    if not name:
        return "nothing before the @"
    if not domain:
        return "nothing after the @"
    ending = domain.rpartition(".")[2]
    if "." not in domain:
        return "no top-level domain"
    if ending in _NO_ENDINGS or (len(ending) > _LONGEST_ENDING and ending not in _ENDINGS.split("|")):
        return f"no top-level domain is called {ending}"
    if not _MAIL.fullmatch(mail) or ".." in mail or name[0] == "." or name[-1] == ".":
        return "not an address"
    return f"domain looks misspelt ({domain})" if _is_misspelt(domain) else ""


@cache
def _is_misspelt(domain: str) -> bool:
    """Whether it lies a slip away from a domain that very many people have."""
    known = [row["domain"] for row in rows_of(DATA / "mail_domains.csv")]
    if domain in known:
        return False
    name, _, ending = domain.rpartition(".")
    for right in known:
        right_name, _, right_ending = right.rpartition(".")
        if (
            name == right_name
            and OSA.distance(ending, right_ending) == 1
            and ending not in ("be", "fr", "nl", "de")
        ):
            return True
        slips = OSA.distance(name, right_name)
        if ending == right_ending and len(right_name) > 4 and 0 < slips <= (2 if len(right_name) > 6 else 1):
            return True
    return False


def read_web(text: str) -> Found:
    """The first web address of a tidied cell, without tracking parameters and a bare last stroke."""
    if is_nothing("web", text):
        return Found()
    text = _repaired(text)
    parts = [
        part for part in re.split(r"\s*[;|\n]\s*|,\s+|\s+(?:-|–|/|of|ou|or|en|et|and|&)\s+|\s+", text) if part
    ]
    sites = [part.strip(" ,.()[]<>\"'") for part in parts if _WEB.match(part.strip(" ,.()[]<>\"'"))]
    if not sites:
        return Found(None, "not an address")
    first = _normal(sites[0])
    after = parts[parts.index(next(part for part in parts if sites[0] in part)) + 1 :]
    before = parts[: len(parts) - len(after) - 1]
    is_bare = not re.match(r"(?i)https?://|www\.", sites[0])
    if is_bare and before and before[-1].isalnum() and not _LEADS.fullmatch(before[-1]):
        return Found(None, "spaces in the address")  # social house.be: what stands before may belong to it
    if after and after[0].isalpha() and re.search(r"\w/\w", sites[0].partition("://")[2] or sites[0]):
        return Found(None, "spaces in the address")
    if first is None:
        return Found(None, "not an address")
    others = [part for part in sites[1:] if _normal(part) != first]
    return Found(first, "second address left out" if others else "")


def _repaired(text: str) -> str:
    text = re.sub(r"(?i)^\s*(?:web(?:site|stek)?|site(?: web| internet)?|url)\s*:\s*", "", text.strip())
    scheme = _SCHEME.match(text)
    if scheme:
        secure = "s" if (scheme[1] or scheme[2]) else ""
        text = f"http{secure}://{text[scheme.end() :].lstrip('/: ')}"
    text = _COMMA.sub(".", text)
    head, mark, tail = text.rpartition("://")
    tail = _WWW.sub("www.", tail)
    tail = re.sub(rf"\s*\.\s*(?=(?:{_ENDINGS})\b)", ".", tail, flags=re.IGNORECASE)
    return f"{head}{mark}{tail}"


def _normal(text: str) -> str | None:
    url = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if not re.fullmatch(
        r"(?:www\.)?(?!www\.)(?:[a-z0-9-]+\.)+[a-z]{2,}", host
    ) or parts.scheme.lower() not in ("http", "https"):
        return None
    query = "&".join(each for each in parts.query.split("&") if each and not _tracks(each))
    path = "" if parts.path == "/" and not (query or parts.fragment) else parts.path
    tail = f"{f'?{query}' if query else ''}{f'#{parts.fragment}' if parts.fragment else ''}"
    return f"{parts.scheme.lower()}://{host}{port}{path}{tail}"


def _tracks(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return any(name == known or (known.endswith("_") and name.startswith(known)) for known in _tracking())


@cache
def _tracking() -> tuple[str, ...]:
    return tuple(row["parameter"] for row in rows_of(DATA / "tracking_parameters.csv"))
