"""The way off a page in a hurry: for who reads about violence while somebody may look over their shoulder."""

from __future__ import annotations

from collections.abc import Iterable

NEEDS = frozenset({"safety.violence", "safety.child"})
TOPICS = frozenset({"violence", "child"})

_WEATHER = {"nl": "https://www.meteo.be/nl", "fr": "https://www.meteo.be/fr", "de": "https://www.meteo.be/de"}
_WEATHER_OTHERWISE = "https://www.meteo.be/en"


def is_about_violence(needs: Iterable[str], topics: Iterable[str] = ()) -> bool:
    """Whether a page with these needs and dangers is one that somebody may have to leave at once."""
    return not NEEDS.isdisjoint(needs) or not TOPICS.isdisjoint(topics)


def way_out(language: str) -> str:
    """A harmless page, the weather of the day, in a language of that page."""
    return _WEATHER.get(language, _WEATHER_OTHERWISE)
