"""How far the nearest were found to lie where it was guessed before, so that the next guess is better."""

from __future__ import annotations

import math

MOST_KEPT = 10_000  # of some 200 bytes
_ROWS, _COLUMNS = 50, 32  # in a degree of latitude, of longitude: 2.2 by 2.2 km at 51 degrees north
_STEPS = 2  # of a radius, for each doubling: what is rarer is looked for farther away
_NEAREST, _FARTHEST = 0.1, 3.0  # times a guess
_UNSURE_M, _CAUTION = 2_500, 0.6
"""A smaller radius lies in one square, where nothing says how they lie: to look once more costs 5 ms, and to
look at more than 3,000 a hundred, so the first look is at less."""

_Key = tuple[int, int, int]


class Hindsight:
    """Remembers for parts of the land by how much a guess at a radius there was wrong; threads may share it.

    Within the squares that guesses are made by (`Squares`) listings lie in the middle of a town rather than
    around it: a guess there holds up to ten times too many, or too few.
    """

    def __init__(self) -> None:
        self._factors: dict[_Key, float] = {}

    def corrected_m(self, centre: tuple[float, float], guess_m: float) -> float:
        """The radius (metres) to look in first, for a guess at what holds enough around a centre."""
        usual = _CAUTION if guess_m < _UNSURE_M else 1.0
        return guess_m * self._factors.get(_key(centre, guess_m), usual)

    def learn(self, centre: tuple[float, float], guess_m: float, right_m: float) -> None:
        """Remember that for this guess around a centre another radius (metres) was right."""
        if len(self._factors) >= MOST_KEPT:
            self._factors.clear()
        self._factors[_key(centre, guess_m)] = min(max(right_m / guess_m, _NEAREST), _FARTHEST)


def _key(centre: tuple[float, float], guess_m: float) -> _Key:
    lat, lon = centre
    return math.floor(lat * _ROWS), math.floor(lon * _COLUMNS), round(_STEPS * math.log2(guess_m))
