"""The newest of large selections, looked for since a day."""

from __future__ import annotations

from collections.abc import Mapping

from service.search.engine.meilisearch.days import Days
from service.search.engine.meilisearch.filters import no_older
from service.search.engine.meilisearch.marks import marked, marks_of
from service.search.engine.meilisearch.wire import Wire

_FEW = 2  # times as many as are wanted: all of them are told
_WIDER = 3  # times as many are looked for where too few were found


class Latest:
    """Looks for as many as are ``wanted`` in the index called ``index``, of so many ``documents``.

    To tell 400 listings in the order of their days takes the server 17 ms, and their marks 5; ``days`` are
    those of all listings.
    """

    def __init__(self, wire: Wire, index: str, wanted: int, days: Days, documents: int) -> None:
        self._wire, self._index, self._wanted = wire, index, wanted
        self._days, self._documents = days, documents

    def newest(self, totals: Mapping[str, int]) -> dict[str, dict[int, str]]:
        """For each selection, of which there are so many, keys and ids of as many as are wanted, or of all:
        none older than any that is left out. Where a day does not tell them apart a selection is left out.

        Raises as `Wire.ask`.
        """
        found: dict[str, dict[int, str]] = {}
        looked_for = dict.fromkeys(totals, self._wanted)
        while looked_for:
            filters = {each: self._filter(each, totals[each], count) for each, count in looked_for.items()}
            asked = {each: filter_ for each, filter_ in filters.items() if filter_ is not None}
            answers = self._wire.ask_at_once(self._index, [marks_of(each) for each in asked.values()])
            for (each, filter_), answer in zip(asked.items(), answers, strict=True):
                marks = marked(answer)
                if filter_ != each:
                    self._days.learn(len(marks.ids))
                if len(marks.ids) >= self._wanted or filter_ == each:
                    found[each] = marks.newest(self._wanted)
            looked_for = {each: _WIDER * looked_for[each] for each in asked if each not in found}
        return found

    def _filter(self, selection: str, total: int, looked_for: int) -> str | None:
        """What holds so many of the newest of a selection."""
        if total <= _FEW * self._wanted:
            return selection
        since = self._days.since(looked_for, total / max(self._documents, 1))
        return None if since is None else f"{selection} AND {no_older(since)}"
