"""People who sleep outside, in words of several, and numbers that are no age."""

from __future__ import annotations

from datetime import datetime

import pytest

from service.config import TIMEZONE

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=TIMEZONE)

SLEEPS_OUTSIDE = [
    ("ik slaap al vijf nachten in de camionette van mijn broer", "nl"),
    ("overnacht sinds vorige week bij vrienden in Mechelen", "nl"),
    ("il dort depuis lundi dans sa voiture à Forest", "fr"),
    ("mon frère dort chez des copains, rien de fixe", "fr"),
    ("we slept two nights at the airport with our bags", "en"),
    ("ich schlafe seit drei Tagen im Treppenhaus", "de"),
]


@pytest.fixture
def audience(line):
    return lambda question, ui: line.understand(question, ui, TUESDAY).audience


@pytest.mark.parametrize(("question", "language"), SLEEPS_OUTSIDE)
def test_who_sleeps_outside_or_with_friends_has_no_home(audience, question, language) -> None:
    assert "homeless" in audience(question, language)


def test_a_share_of_a_hundred_is_no_age(audience) -> None:
    assert "older" not in audience("je travaille à 100 % et je cherche une crèche à Namur", "fr")


def test_a_word_that_a_dictionary_has_is_no_slip_of_another(audience) -> None:
    assert "young" not in audience("je n'ai pas internet à la maison", "fr")


def test_an_old_lady_is_asked_for_as_old(audience) -> None:
    found = audience("een dame van 88 zoekt gezelschap in Aalst", "nl")
    assert "older" in found
    assert "woman" not in found
