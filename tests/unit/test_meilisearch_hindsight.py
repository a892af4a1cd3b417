"""A guess at a radius, after another one there."""

import pytest

from service.search.engine.meilisearch.hindsight import MOST_KEPT, Hindsight

GENT, BESIDE, AALST = (51.0538, 3.7250), (51.0551, 3.7270), (50.9383, 4.0392)
WIDE_M = 8_000.0


def test_the_same_guess_at_the_same_place_is_what_was_right():
    hindsight = Hindsight()
    hindsight.learn(GENT, WIDE_M, 5_000.0)
    assert hindsight.corrected_m(GENT, WIDE_M) == pytest.approx(5_000.0)


def test_a_little_farther_it_is_as_wrong():
    hindsight = Hindsight()
    hindsight.learn(GENT, WIDE_M, 5_000.0)
    assert hindsight.corrected_m(BESIDE, 8_100.0) == pytest.approx(8_100.0 * 5 / 8)


@pytest.mark.parametrize(("centre", "guess_m"), [(AALST, WIDE_M), (GENT, 4 * WIDE_M)])
def test_elsewhere_and_of_what_is_rarer_nothing_was_learnt(centre, guess_m):
    hindsight = Hindsight()
    hindsight.learn(GENT, WIDE_M, 5_000.0)
    assert hindsight.corrected_m(centre, guess_m) == guess_m


def test_within_a_square_the_first_look_is_at_less():
    assert Hindsight().corrected_m(GENT, 1_000.0) < 1_000.0


@pytest.mark.parametrize(("right_m", "least", "most"), [(1.0, 100.0, 2_000.0), (1e9, 9_000.0, 30_000.0)])
def test_one_look_does_not_mislead_without_end(right_m, least, most):
    hindsight = Hindsight()
    hindsight.learn(GENT, WIDE_M, right_m)
    assert least < hindsight.corrected_m(GENT, WIDE_M) < most


def test_it_stays_small():
    hindsight = Hindsight()
    for number in range(2 * MOST_KEPT):
        hindsight.learn((number / 40, 3.7250), WIDE_M, 5_000.0)
    assert len(hindsight._factors) <= MOST_KEPT
