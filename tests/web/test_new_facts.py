"""Facts of every kind read as a person says them."""

from datetime import date

import pytest

from service.web.facts import in_words


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("service.wait_first_talk", 14, "14 dagen"),
        ("service.wait_first_talk", 1, "1 dag"),
        ("cost_option.amount", 2.5, "€\xa02,50"),
        ("cost_option.amount", 5, "€\xa05"),
        ("schedule.valid_to", date(2026, 12, 24), "24 december 2026"),
        ("service.childcare", True, "ja"),
        ("service.intake", "stopped", "Tijdelijk geen nieuwe mensen"),
        ("service.documents", ("identity", "income_proof"), "Identiteitsbewijs, Bewijs van inkomen"),
        ("service.wait_first_talk", None, "niet bekend, zegt de bron"),
    ],
)
def test_a_fact_in_words(path, value, words):
    assert in_words(path, value, "nl") == words
