"""The parts of a large selection, and which of them lie in others."""

from service.search.engine.base import Alternative, EngineQuery, Word
from service.search.engine.meilisearch.parts import parts
from service.search.engine.meilisearch.selection import Selection


def word(text):
    return Word(text, (Alternative(text, 1.0),))


def chosen(*words, holding=(5_000, 6_000, 7_000, 8_000), held=frozenset(), needs=None):
    """Each part as the words that it asks for, strong ones in capitals, with those that it lies in."""
    query = EngineQuery(words=tuple(map(word, words)), needs=needs or {}, limit=400)
    found = parts(query, Selection("ALL", "ALL", held), holding[: len(words)], 1_000_000)
    return {short(each.filter): {short(wide) for wide in each.lies_in} for each in found}


def short(filter_):
    """The words in a filter: ``"huur A"`` for (terms IN ["huur"]) AND (strong IN ["a"])."""
    asked = filter_.removeprefix("ALL AND ").replace("(", "").replace(")", "").split(" AND ")
    cut = [each.partition(" IN ")[::2] for each in asked]
    return " ".join(
        value.strip('[]"').upper() if name == "strong" else value.strip('[]"') for name, value in cut
    )


def test_the_word_that_says_most_both_together_and_each_where_it_weighs_most():
    assert chosen("huur", "gent") == {
        "huur": set(),
        "HUUR": set(),
        "GENT": set(),
        "huur gent": set(),
        "HUUR GENT": {"HUUR", "GENT", "huur gent"},
    }


def test_three_words_lie_in_each_two_of_them():
    found = chosen("huur", "gent", "gratis")
    assert found["huur gent gratis"] == {"huur gent", "huur gratis", "gent gratis"}
    assert found["HUUR GENT GRATIS"] >= {"HUUR", "GENT", "GRATIS", "huur gent"}
    assert len(found) == 12


def test_of_a_word_that_few_hold_all_are_told_whatever_else_they_hold():
    found = chosen("huur", "pleegzorg", "gent", holding=(5_000, 400, 7_000))
    assert "pleegzorg" in found
    assert not any("pleegzorg" in each.lower() for each in found if each != "pleegzorg")
    assert "huur gent" in found


def test_a_word_that_nothing_holds_is_not_the_one_that_says_most():
    found = chosen("huurr", "gent", "gratis", holding=(0, 6_000, 7_000))
    assert "gent" in found
    assert not any("huurr" in each.lower() for each in found)


def test_how_many_hold_a_word_is_known():
    query = EngineQuery(words=(word("huur"), word("pleegzorg")), limit=400)
    found = parts(query, Selection("ALL", "ALL"), (5_000, 40), 1_000_000)
    assert {short(each.filter): each.held for each in found} == {"pleegzorg": 40, "HUUR": None}


def test_words_that_all_hold_are_asked_where_they_weigh_most():
    assert chosen("huur", "gent", held=frozenset({0, 1})) == {
        "HUUR": set(),
        "GENT": set(),
        "HUUR GENT": {"HUUR", "GENT"},
    }


def test_only_the_three_words_that_say_most():
    assert not any("ook" in each.lower() for each in chosen("huur", "gent", "gratis", "ook"))


def test_needs_lie_in_nothing():
    found = chosen("huur", needs={"food.parcel": 0.9, "food.meal": 0.3})
    assert found["food.parcel"] == found["food.meal"] == set()
