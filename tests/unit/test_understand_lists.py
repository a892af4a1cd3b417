import pytest

from service.model import terms
from service.search.index.fields import LANGUAGE_CODES
from service.search.understand.tables import LANGUAGES, rows, split


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_need_has_at_least_twelve_terms(language):
    counts = dict.fromkeys(terms.needs(), 0)
    for row in rows(f"terms_{language}.csv"):
        counts[row["need"]] += len(split(row["terms"]))
    assert {code: count for code, count in counts.items() if count < 12} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_are_of_known_needs_and_weights(language):
    for row in rows(f"terms_{language}.csv"):
        assert row["need"] in terms.needs()
        assert row["weight"] in {"1", "2", "3"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_term_is_written_twice_for_a_need(language):
    seen = [
        (row["need"], text.lower()) for row in rows(f"terms_{language}.csv") for text in split(row["terms"])
    ]
    assert sorted(seen) == sorted(set(seen))


def test_languages_are_known_to_the_index():
    assert {row["code"] for row in rows("languages.csv")} <= set(LANGUAGE_CODES)
