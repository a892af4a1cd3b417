"""What an engine is told beforehand, while a question is understood: words that it will be asked for."""

import pytest

from service.geo.places import gazetteer
from service.search.engine.fts5.reader import Fts5Engine
from service.search.engine.timed import TimedEngine
from service.search.query.run import SearchService
from tests.api.made import Town, analyser, listing, understanding


class Told(TimedEngine):
    """An engine that remembers what it was told to expect and what it was asked."""

    def __init__(self, engine):
        super().__init__(engine, lambda _seconds: None)
        self.expected, self.asked = [], []

    def expecting(self, words, /):
        self.expected.append(words())
        return super().expecting(words)

    def search(self, query):
        self.asked.append(query.words)
        return super().search(query)


@pytest.fixture
def told(tmp_path, lexicon_home):
    """A search over two listings, and its engine."""
    words = analyser(lexicon_home)
    town = Town(tmp_path, words, [listing("Fietsatelier Zuid", "Gent"), listing("Breicafé", "Gent")])
    engine = Told(Fts5Engine(tmp_path))
    town.service = SearchService(engine, gazetteer(), words, understanding(words))
    return town, engine


def texts(words):
    return [word.text for word in words]


@pytest.mark.parametrize("question", ["fietsatelier breicafé", "breicafe", "fietsatel", "fietsatel gent"])
def test_key_words_are_expected_as_they_are_asked(told, now, question):
    town, engine = told
    town.search(now, q=question, lang="nl")
    assert engine.expected[0] == engine.asked[0] != ()


@pytest.mark.parametrize(
    ("question", "said"), [("fietsatelier gent", "gent"), ("fietsatelier vluchteling", "vluchteling")]
)
def test_who_and_where_are_not(told, now, question, said):
    town, engine = told
    town.search(now, q=question, lang="nl")
    assert said not in texts(engine.expected[0])
    assert "fietsatelier" in texts(engine.expected[0])


def test_of_a_sentence_no_word_is_expected(told, now):
    town, engine = told
    town.search(now, q="ik zoek een fietsatelier in de buurt", lang="nl")
    assert engine.expected == [()]


def test_where_nothing_is_understood_nothing_is_expected(told, now):
    town, engine = told
    town.search(now, q="fietsatelier", understand="false", lang="nl")
    assert engine.expected == []
