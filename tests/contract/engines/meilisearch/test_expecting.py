"""What a question will need is looked up on the server while the question is understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from service.search.engine.base import EngineQuery
from service.search.engine.meilisearch.reader import MeilisearchEngine
from service.search.engine.meilisearch.selection import counting
from service.search.engine.meilisearch.wire import Query
from tests.contract.engine_samples import doc, names, word

if TYPE_CHECKING:
    from service.search.engine.meilisearch.writer import MeilisearchWriter

pytestmark = pytest.mark.meilisearch
HUUR, ADVIES = word("huur"), word("advies")
BOTH = EngineQuery(words=(HUUR, ADVIES))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that are counted, from here on."""
    asked: list[str] = []

    def noted(selection: str, facets: Sequence[str]) -> Query:
        asked.extend(re.findall(r'terms IN \["(\w+)"\]', selection))
        return counting(selection, facets)

    monkeypatch.setattr("service.search.engine.meilisearch.known.counting", noted)
    return asked


@pytest.fixture
def some(writer: MeilisearchWriter, engine: MeilisearchEngine) -> MeilisearchEngine:
    """One listing holds both words, and one each of them."""
    writer.build([doc("both", "huur advies"), doc("huur", "huur"), doc("advies", "advies")], 1)
    return engine


def test_words_that_were_expected_are_not_counted_again(some: MeilisearchEngine, counted: list[str]):
    with some.expecting(lambda: (HUUR, ADVIES)):
        assert sorted(counted) == ["advies", "huur"]
    assert names(some, BOTH) == ["both"]
    assert sorted(counted) == ["advies", "huur"]


def test_what_was_not_expected_is_counted_when_it_is_asked(some: MeilisearchEngine, counted: list[str]):
    with some.expecting(lambda: (HUUR,)):
        counted.clear()
    assert names(some, BOTH) == ["both"]
    assert counted == ["advies"]


def test_after_a_change_it_is_counted_anew(
    some: MeilisearchEngine, writer: MeilisearchWriter, counted: list[str]
):
    with some.expecting(lambda: (HUUR, ADVIES)):
        writer.update([doc("new", "huur advies")], [], 2)
    counted.clear()
    assert sorted(names(some, BOTH)) == ["both", "new"]
    assert sorted(counted) == ["advies", "huur"]


def test_where_nothing_is_expected_nothing_is_asked(engine: MeilisearchEngine, counted: list[str]):
    with engine.expecting(tuple):  # there is no index, which who asks would be told
        assert counted == []


def test_what_breaks_off_meanwhile_leaves_no_answer_for_the_next_question(some: MeilisearchEngine):
    with pytest.raises(OSError, match="of the block"), some.expecting(lambda: (HUUR,)):
        raise OSError("of the block")
    with some.expecting(lambda: (ADVIES, HUUR)):
        pass
    assert names(some, BOTH) == ["both"]


def test_what_was_asked_is_kept_as_digests_alone(some: MeilisearchEngine):
    names(some, BOTH)
    kept = some._known.newest().holding
    assert len(kept) == 2
    assert {(type(each), len(each)) for each in kept} == {(bytes, 16)}
