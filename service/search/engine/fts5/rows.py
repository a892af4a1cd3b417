"""Putting documents into the tables of an index and taking them out again."""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from uuid import UUID

import orjson

from service.search.engine.base import Document
from service.search.engine.fts5.facts import Packer
from service.search.index.fields import TEXT_COLUMNS

BATCH = 2_000  # documents at a time: some 5 MB
_NAMES = ", ".join(TEXT_COLUMNS)
_MARKS = ", ".join("?" for _ in TEXT_COLUMNS)
# The names are those of our own table of fields.
_ADD_WORDS = f"INSERT INTO words (rowid, {_NAMES}) VALUES (?, {_MARKS})"  # noqa: S608
_DROP_WORDS = f"INSERT INTO words (words, rowid, {_NAMES}) VALUES ('delete', ?, {_MARKS})"  # noqa: S608
_COUNT = """INSERT INTO term VALUES (?, ?)
  ON CONFLICT (term) DO UPDATE SET documents = documents + excluded.documents"""


def open_packer(connection: sqlite3.Connection) -> Packer:
    """A packer that goes on from the texts that an index has interned so far."""
    return Packer(connection.execute("SELECT column_name, number, text FROM interned"))


def add(
    connection: sqlite3.Connection, documents: Iterable[Document], packer: Packer, first_key: int
) -> tuple[int, Counter[str]]:
    """Insert documents under ascending keys from ``first_key``.

    Gives how many, and per term in how many of them it stands, for `count_terms`.
    """
    counts: Counter[str] = Counter()
    remaining, key = iter(documents), first_key
    while batch := list(islice(remaining, BATCH)):
        keyed = list(enumerate(batch, key))
        texts = [[document.texts.get(name, "") for name in TEXT_COLUMNS] for document in batch]
        for columns in texts:
            counts.update(_terms(columns))
        pairs = zip(keyed, texts, strict=True)
        connection.executemany(_ADD_WORDS, ((k, *columns) for (k, _document), columns in pairs))
        records = b"".join(packer.pack(document) for document in batch)
        connection.execute("INSERT INTO fact VALUES (?, ?)", (key, records))
        rows = zip(keyed, texts, strict=True)
        connection.executemany("INSERT INTO doc VALUES (?, ?, ?, ?, ?)", (_doc(*row) for row in rows))
        key += len(batch)
    connection.executemany("INSERT INTO interned VALUES (?, ?, ?)", packer.added)
    packer.added.clear()
    return key - first_key, counts


def remove(connection: sqlite3.Connection, ids: Iterable[UUID]) -> tuple[int, Counter[str]]:
    """Take documents out; ids that the index does not hold are passed over. Gives the same as `add`."""
    counts: Counter[str] = Counter()
    removed = 0
    for each in ids:
        row = connection.execute("SELECT key, texts FROM doc WHERE id = ?", (each.bytes,)).fetchone()
        if row is None:
            continue
        key, columns = row[0], orjson.loads(zlib.decompress(row[1]))
        counts.update(_terms(columns))
        connection.execute(_DROP_WORDS, (key, *columns))
        connection.execute("DELETE FROM doc WHERE key = ?", (key,))
        connection.execute("INSERT INTO gone (key, id) VALUES (?, ?)", (key, each.bytes))
        removed += 1
    return removed, counts


def count_terms(connection: sqlite3.Connection, counts: Counter[str]) -> None:
    """Add to the number of documents of each term; a term in no document any more is forgotten."""
    connection.executemany(_COUNT, ((term, count) for term, count in sorted(counts.items()) if count))
    fewer = ((term,) for term, count in counts.items() if count < 0)
    connection.executemany("DELETE FROM term WHERE term = ? AND documents <= 0", fewer)


def next_key(connection: sqlite3.Connection) -> int:
    """The key after the last that was ever given out."""
    last = "SELECT max((SELECT coalesce(max(key), 0) FROM doc), (SELECT coalesce(max(key), 0) FROM gone))"
    return int(connection.execute(last).fetchone()[0]) + 1


def _terms(columns: list[str]) -> set[str]:
    return {term for column in columns for term in column.split()}


def _doc(keyed: tuple[int, Document], columns: list[str]) -> tuple[int, bytes, str, bytes, bytes]:
    key, document = keyed
    # FTS5 without content needs the terms once more to take a document out.
    texts = zlib.compress(orjson.dumps(columns), 1)
    return key, document.id.bytes, document.digest(), orjson.dumps(document.body), texts
