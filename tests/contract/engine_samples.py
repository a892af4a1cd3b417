"""Small documents of named towns for the tests of search engines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from service.search.engine.base import Alternative, Document, Engine, EngineQuery, Word, Writer
from service.search.engine.fts5.reader import Fts5Engine
from service.search.engine.fts5.writer import Fts5Writer

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
TOWNS = {
    "Brussel": (50.8466, 4.3517, "21004"),
    "Molenbeek": (50.8545, 4.3280, "21012"),
    "Mechelen": (51.0281, 4.4803, "12025"),
    "Gent": (51.0538, 3.7250, "44021"),
    "Oostende": (51.2247, 2.9178, "35013"),
}
Indexed = Callable[..., Engine]
"""Builds an index of the documents given and opens it."""


@dataclass(frozen=True)
class Kit:
    """How one kind of engine is opened on a folder, and the name of what tells it of which fields it is."""

    open_engine: Callable[[Path], Engine]
    open_writer: Callable[[Path], Writer]
    fingerprint: str


FTS5 = Kit(
    Fts5Engine, lambda folder: Fts5Writer(folder, lambda: NOW), "service.search.engine.fts5.store.fingerprint"
)


def listing_id(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


def doc(name: str, words: str = "", *, town: str | None = None, texts: Mapping[str, str] | None = None,
        **facts: Any) -> Document:  # fmt: skip
    """A document called ``name`` whose running text is ``words``; in a town it has that town's point."""
    if town is not None:
        lat, lon, nis = TOWNS[town]
        facts = {"point": (lat, lon), "municipality": nis} | facts
    key = listing_id(name)
    return Document(key, {"body": words, **(texts or {})}, facts, {"id": str(key), "name": name})


def word(*terms: str | tuple[str, float]) -> Word:
    """A word with its alternatives; a plain text counts in full."""
    pairs = [(term, 1.0) if isinstance(term, str) else term for term in terms]
    return Word(pairs[0][0], tuple(Alternative(*pair) for pair in pairs))


def names(engine: Engine, query: EngineQuery) -> list[str]:
    """The names of the candidates, in their order."""
    found = engine.search(query)
    return [body["name"] if body else "" for body in engine.bodies(found.candidates.keys.tolist())]


def filler(count: int, words: str = "vulling", **facts: Any) -> list[Document]:
    """Documents that only make an index larger."""
    return [doc(f"vulling {number}", words, **facts) for number in range(count)]
