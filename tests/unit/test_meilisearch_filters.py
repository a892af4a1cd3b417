"""Clauses written as filters of Meilisearch."""

import math
import re

import numpy as np
import pytest
from numpy.typing import NDArray

from service.model.clauses import AllOf, Between, Clause, Has, Known, Not, OneOf, Within
from service.search.engine.distance import DEGREE_M, exact_m
from service.search.engine.meilisearch.codes import code_of
from service.search.engine.meilisearch.filters import EVERY_LISTING, NO_LISTING, PLACED, filter_of
from service.search.index.fields import COLUMNS

FREE = Has("cost", frozenset({"free"}))


def written(clause: Clause) -> str:
    return filter_of((clause,)).removeprefix(f"({EVERY_LISTING})").removeprefix(" AND ")


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (FREE, '(cost IN ["free"])'),
        (Has("cost", frozenset({"free", "fixed"})), '(cost IN ["fixed", "free"])'),
        (Has("cost", frozenset()), f"({NO_LISTING})"),
        (Known("hours"), "(hours EXISTS)"),
        (Known("point"), "(placed EXISTS)"),
        (Between("minimum_age", 18, 64.5), "(minimum_age 18 TO 64.5)"),
        (Not(FREE), '(NOT (cost IN ["free"]))'),
        (AllOf(()), ""),
        (OneOf(()), f"({NO_LISTING})"),
        (AllOf((FREE, Not(OneOf(())))), '(cost IN ["free"])'),
        (AllOf((FREE, OneOf(()))), f"({NO_LISTING})"),
        (OneOf((FREE, Known("cost"))), '((cost IN ["free"]) OR (cost EXISTS))'),
        (OneOf((FREE, FREE)), '(cost IN ["free"])'),
        (OneOf((FREE, AllOf(()))), ""),
    ],
)
def test_is_written(clause: Clause, expected: str) -> None:
    assert written(clause) == expected


def test_a_radius_is_that_of_our_sphere() -> None:
    assert written(Within(51.0, 4.0, 6_371_008.8)) == "(_geoRadius(51.0, 4.0, 6371000.0))"


def boxed(clause: Clause, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the points a filter with one box in the place of a circle passes."""
    text = filter_of((clause,), in_boxes=True)
    north, east, south, west = map(float, re.findall(r"-?\d+\.\d+", text))
    lat, lon = points[:, 0], points[:, 1]
    inside = (lat <= north) & (lat >= south) & (lon <= east) & (lon >= west)
    return ~inside if "NOT" in text else inside


@pytest.mark.parametrize("radius_m", [500, 5_000, 60_000, 200_000])
@pytest.mark.parametrize("centre", [(49.5, 5.8), (51.5, 2.5)], ids=["Arlon", "at sea"])
@pytest.mark.parametrize("turned", [False, True], ids=["inside", "outside"])
def test_boxes_pass_all_that_circles_pass_and_not_much_more(
    radius_m: float, centre: tuple[float, float], turned: bool
) -> None:
    rng = np.random.default_rng(3)
    angle, far = rng.uniform(0, 2 * np.pi, 20_000), rng.uniform(0, 1.5 * radius_m, 20_000) / DEGREE_M
    east = np.sin(angle) * far / math.cos(math.radians(centre[0]))
    points = np.column_stack([centre[0] + np.cos(angle) * far, centre[1] + east])
    within = exact_m(points[:, 0], points[:, 1], centre) <= radius_m
    circle = Within(*centre, radius_m)
    passes = boxed(Not(circle) if turned else circle, points)
    exact = ~within if turned else within
    assert not (exact & ~passes).any()
    assert (passes & ~exact).sum() < 0.6 * exact.sum()


def test_a_circle_as_large_as_the_land_is_every_point() -> None:
    assert f"({PLACED})" in filter_of((Within(51.0, 4.0, 20_000_000),), in_boxes=True)


def test_signs_in_a_value_are_no_signs_of_the_filter() -> None:
    assert written(Has("municipality", frozenset({'a"b\\c'}))).startswith('(municipality IN ["~')


@pytest.mark.parametrize(
    ("clause", "named"),
    [
        (Known("colour"), "colour"),
        (Between("cost", 0, 1), "cost"),
        (Has("minimum_age", frozenset("1")), "minimum_age"),
    ],
)
def test_a_column_that_cannot_be_asked_so_is_an_error(clause: Clause, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        filter_of((clause,))


@pytest.mark.parametrize(("text", "code"), [("44021", "44021"), ("abc", "abc")])
def test_a_short_plain_text_is_its_own_code(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize("texts", [("Mo 09:00", "mo 09:00"), ("a" * 600, "a" * 601), ("B", "b")])
def test_texts_that_differ_have_codes_that_differ(texts: tuple[str, str]) -> None:
    codes = {code_of(text).lower() for text in texts}
    assert len(codes) == 2
    assert all(len(code) <= 24 for code in codes)


def test_every_column_can_be_filtered_by() -> None:
    from service.search.engine.meilisearch.settings import index_settings

    named = {
        name
        for rule in index_settings()["filterableAttributes"]
        if isinstance(rule, dict)
        for name in rule["attributePatterns"]
    }
    assert set(COLUMNS) - named == {"point"}
