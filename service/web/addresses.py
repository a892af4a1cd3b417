"""The addresses of pages: a search is an address and an address is a search."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from flask import url_for

from service.search.query.criteria import Criteria, write

PERSONAL = ("speaks", "situation", "audience", "age", "household", "budget", "tariff", "papers", "diet")
"""What is asked about the person; it may travel in the body of a request so that no address holds it."""


def search_query(criteria: Criteria) -> str:
    """The query of the address of a search, without the language, which stands in the path."""
    return urlencode(write(replace(criteria, lang=None)))


def search_url(language: str, criteria: Criteria) -> str:
    """The address of the page of a search."""
    query = search_query(criteria)
    return url_for("web.search", lang=language) + (f"?{query}" if query else "")


def is_personal(criteria: Criteria) -> bool:
    """Whether the search says something about the person."""
    return any(getattr(criteria, name) not in (None, ()) for name in PERSONAL)
