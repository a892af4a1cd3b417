"""Where the next page of an answer is, in the ways that APIs of services and open data number their pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

LISTS = ("contents", "content", "items", "results", "records", "data", "services", "member")
"""Keys under which an answer has its records."""


def records_of(answer: object) -> list[Any] | None:
    """The records of a page; None when it is no page."""
    if isinstance(answer, list):
        return answer
    if isinstance(answer, Mapping) and "id" not in answer:
        for key in LISTS:
            if isinstance(answer.get(key), list):
                return list(answer[key])
    return None


def next_page(url: str, answer: object, linked: str | None) -> str | None:
    """The address of the page after this one, None when it is the last.

    A link to it (Link header, ``next``, ``links.next``, ``_links.next.href``), else the next number where
    the answer says how many pages there are (HSDS 3: page_number of total_pages from 1; Open Referral UK 1:
    number of totalPages), else the next offset where it says how many records (Opendatasoft, UiTdatabank).
    """
    if linked:
        return linked
    if not isinstance(answer, Mapping):
        return None
    link = _link(answer)
    if link:
        return urljoin(url, link)
    found = records_of(answer) or []
    if not found or answer.get("last_page") is True or answer.get("last") is True:
        return None
    pages = answer.get("total_pages", answer.get("totalPages"))
    if isinstance(pages, int):
        page = _asked(url, "page", answer.get("page_number", answer.get("number", answer.get("page"))))
        return _with(url, "page", page + 1) if page < pages else None
    for total_name, name in (("total_count", "offset"), ("totalItems", "start")):
        if isinstance(total := answer.get(total_name), int):
            following = _asked(url, name, 0) + len(found)
            return _with(url, name, following) if following < total else None
    return None


def detail_url(url: str, id_: str) -> str:
    """The address of one record of a list."""
    parts = urlsplit(url)
    safe = urlencode({"": id_})[1:]
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{safe}", "", ""))


def below(url: str, name: str) -> str:
    """The address of a collection under the address of an API."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{name}", parts.query, ""))


def same_host(one: str, other: str) -> bool:
    """Whether both addresses are of one server."""
    return urlsplit(one)[:2] == urlsplit(other)[:2]


def _link(answer: Mapping[str, Any]) -> str | None:
    for holder in (answer, answer.get("links"), answer.get("_links"), answer.get("view")):
        if isinstance(holder, Mapping):
            found = holder.get("next") or holder.get("nextPage")
            found = found.get("href") if isinstance(found, Mapping) else found
            if isinstance(found, str) and found:
                return found
    return None


def _asked(url: str, name: str, told: object) -> int:
    """The number of this page: as we asked for it, else as it says, else the first."""
    asked = dict(parse_qsl(urlsplit(url).query)).get(name, "")
    if asked.isdigit():
        return int(asked)
    return told if isinstance(told, int) and not isinstance(told, bool) else 1


def _with(url: str, name: str, number: int) -> str:
    parts = urlsplit(url)
    query = [(key, text) for key, text in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit(parts._replace(query=urlencode([*query, (name, str(number))])))
