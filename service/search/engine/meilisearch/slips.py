"""The records of documents that a process has met, kept by row key, and the open texts of the index."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from operator import itemgetter
from threading import Lock
from typing import TypeVar

import numpy as np

from service.model.clauses import AllOf, Clause
from service.search.engine.base import Candidates
from service.search.engine.masks import Masks
from service.search.engine.meilisearch.documents import OPEN_COLUMNS
from service.search.engine.meilisearch.marks import marked, shares_of
from service.search.engine.meilisearch.records import Slip, unpacked
from service.search.engine.meilisearch.selection import HITS, by_ids, circled, share_hits
from service.search.engine.meilisearch.state import State
from service.search.engine.meilisearch.table import Held, Table
from service.search.engine.meilisearch.wire import Found, Wire
from service.search.index.fields import COLUMNS

ROOM = 110_000
"""Documents whose records are kept all at once, at 1.7 kB each with their terms."""

_ROOM_OF_TERMS = 13_000_000

AHEAD_S = 4.0
"""How many seconds a server that starts may wait for records: 100,000 come in some three."""

_MANY_MISSED = 0.15  # share of what was found lately
_MOST_MISSED = 0.5
_NEWEST_COUNTS = 0.2  # how much the last question weighs in that
_IDS = 100  # in one filter; of a thousand each costs several times as much
Item = TypeVar("Item")
_FIELDS = ("key", "slip", *OPEN_COLUMNS, *(f"{name}_text" for name in OPEN_COLUMNS))


class Slips:
    """Finds records by row key: one that was met is kept, since a key names the same facts for ever."""

    def __init__(self, wire: Wire, index: str) -> None:
        self._wire, self._index = wire, index
        self._table = Table(ROOM, _ROOM_OF_TERMS)
        self._open = {name: _OpenTexts() for name in OPEN_COLUMNS}
        self._read_to = ("", -1, "")
        self._lock = Lock()
        self._missed = 1.0

    @property
    def fields(self) -> Sequence[str]:
        """What to ask of listings that are found: their records too, while many of them are not kept.

        To tell 400 records with the search takes the server 4 ms, to look them up afterwards 28.
        """
        return ("id", *_FIELDS) if self._missed > _MANY_MISSED else HITS

    @property
    def are_mostly_kept(self) -> bool:
        """Whether most of what is found has its record here, so that it need not come along."""
        return self._missed < _MOST_MISSED

    def take(self, hits: Sequence[Found]) -> None:
        """Keep the records that came with what was found, and note how many there were no records of."""
        held = self._table.find([hit["key"] for hit in hits])
        new = list(compress(hits, ~held.is_there))
        self._note(len(new), len(hits))
        self._keep([hit for hit in new if "slip" in hit])

    def _note(self, missing: int, found: int) -> None:
        if found:
            self._missed += (missing / found - self._missed) * _NEWEST_COUNTS

    def listed(self, selection: str, most: int, expected: int) -> dict[int, str]:
        """The keys and ids of all that is selected, ``expected`` at most as far as is known, in the order of
        the ids; of more than ``most`` perhaps only one more than those.

        That order decides among equals in every engine. Where most records are not kept they come along: 20
        microseconds each, and 40 when they are asked for by id; by their marks listings take one.
        """
        if self.are_mostly_kept:
            return marked(*self._wire.ask_at_once(self._index, shares_of(selection, expected))).listed()
        hits = self._hits({"filter": selection, "limit": most + 1, "attributesToRetrieve": self.fields})
        self.take(hits)
        return {hit["key"]: hit["id"] for hit in sorted(hits, key=itemgetter("id"))}

    def read_ahead(self, documents: int) -> Held:
        """Keep the records of an index of so many documents where they have room, as many as come within
        AHEAD_S; give what is kept.
        """
        keys: list[int] = []
        end = time.monotonic() + AHEAD_S
        shares = share_hits(documents, ("id", *_FIELDS)) if documents <= ROOM else []
        for answer in self._wire.ask_in_turn(self._index, shares):
            if time.monotonic() > end:
                break
            self._keep(answer["hits"])
            keys += [hit["key"] for hit in answer["hits"]]
        held = self._table.find(keys)
        if keys:
            self._missed = 1 - min(int(held.is_there.sum()) / max(documents, 1), 1.0)
        return held.some(held.is_there)

    def of(self, ids: Mapping[int, str]) -> Held:
        """Records by key, in the order asked.

        A document that was changed since is there as what it has become, one that was removed is left out.
        """
        held = self._table.find(ids)
        missing = list(compress(ids.values(), ~held.is_there))
        self._note(len(missing), len(held))
        now = {each: key for key, each in ids.items()} if missing else {}
        while missing:
            came = self._read(missing)
            for removed in set(missing) - came.keys():
                del now[removed]
            now |= came
            held = self._table.find(now.values())
            # What has no room beside what was there has it when all are read at once.
            missing = [] if held.is_there.all() else list(now)
        return held

    def inside(self, where: Sequence[Clause], ids: Mapping[int, str]) -> Mapping[int, str]:
        """Those of the listings that pass the clauses which look at circles."""
        clauses = circled(where)
        if not clauses:
            return ids
        held = self.of(ids)
        records = held.records()
        nothing = np.full(len(held), np.nan)
        facts = {name: records[name] for name in COLUMNS}
        masks = Masks(Candidates(held.keys(), nothing, nothing, nothing, facts), self.texts)
        inside = held.some(masks.passing(AllOf(tuple(clauses))))
        return dict(zip(inside.keys().tolist(), inside.ids(), strict=True))

    def id_of(self, key: int) -> str | None:
        """The id of the listing that a key names, None where it is not kept."""
        held = self._table.find([key])
        return held.ids()[0] if held.is_there[0] else None

    def texts(self, column: str) -> Sequence[str]:
        """The texts of an open column that the numbers in records name; none for another column."""
        return self._open[column].texts if column in self._open else ()

    def open_texts(self, column: str, state: State) -> Sequence[str]:
        """All texts of an open column by their numbers here, of the index in this state or a later one."""
        with self._lock:
            if state.version != self._read_to:
                generation, position, _change = self._read_to
                since = position if generation == state.generation else -1
                query = {
                    "filter": f'kind = "text" AND since >= {since}',
                    "limit": 1_000_000,
                    "attributesToRetrieve": ["column", "text"],
                }
                hits = self._hits(query)
                for name, texts in self._open.items():
                    texts.add([hit["text"] for hit in hits if hit["column"] == name])
                self._read_to = state.version
        return self._open[column].texts

    def _read(self, ids: Sequence[str]) -> dict[str, int]:
        """Keep what these listings are now; give the keys of those that are there."""
        asked = [by_ids(some, *_FIELDS) for some in _batched(ids, _IDS)]
        hits = [hit for answer in self._wire.ask_in_turn(self._index, asked) for hit in answer["hits"]]
        self._keep(hits)
        return {hit["id"]: hit["key"] for hit in hits}

    def _keep(self, hits: Sequence[Found]) -> None:
        self._table.add({hit["key"]: self._slip(hit) for hit in hits})

    def _slip(self, hit: Found) -> Slip:
        texts = {name: hit.get(f"{name}_text") or hit.get(name) or "" for name in OPEN_COLUMNS}
        numbers = {name: self._open[name].number(text) for name, text in texts.items()}
        return unpacked(hit["id"], hit["slip"], numbers)

    def _hits(self, query: Mapping[str, object]) -> list[Found]:
        (found,) = self._wire.ask(self._index, [query])
        hits: list[Found] = found["hits"]
        return hits


class _OpenTexts:
    """Numbers for texts in the order that they were met; ``texts`` is another tuple whenever one came."""

    def __init__(self) -> None:
        self.texts: tuple[str, ...] = ("",)
        self._numbers = {"": 0}
        self._lock = Lock()

    def number(self, text: str) -> int:
        if text not in self._numbers:
            self.add([text])
        return self._numbers[text]

    def add(self, texts: Sequence[str]) -> None:
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._numbers]
            if new:
                first = len(self.texts)
                self.texts = (*self.texts, *new)
                self._numbers |= {text: first + place for place, text in enumerate(new)}


def _batched(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items in their order, so many at a time."""
    return (items[at : at + size] for at in range(0, len(items), size))
