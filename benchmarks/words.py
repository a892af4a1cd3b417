"""Words of Dutch, French and English drawn as often as people use them, for texts and questions."""

from __future__ import annotations

from functools import cache

import numpy as np
from wordfreq import top_n_list, word_frequency

VOCABULARY = 25_000  # words per language; a 100,000-listing catalogue has about as many in use


@cache
def _drawable(language: str) -> tuple[list[str], np.ndarray]:
    words = [w for w in top_n_list(language, VOCABULARY) if w.isalpha() and len(w) > 1]
    weights = np.array([word_frequency(word, language) for word in words])
    return words, np.cumsum(weights / weights.sum())


def draw(rng: np.random.Generator, language: str, count: int) -> list[str]:
    """``count`` words, each as likely as it is in the language."""
    words, shares = _drawable(language)
    return [words[at] for at in np.searchsorted(shares, rng.random(count)).clip(max=len(words) - 1)]


def draw_rare(rng: np.random.Generator, language: str, count: int) -> list[str]:
    """``count`` words of six letters or more that people ask for: not among the 1,500 most frequent."""
    words, _shares = _drawable(language)
    asked = [word for word in words[1_500:12_000] if len(word) >= 6]
    return [asked[at] for at in rng.integers(0, len(asked), count)]
