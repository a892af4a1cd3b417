"""What a reader is told about a whole answer, as sentences with a way onward."""

from __future__ import annotations

from dataclasses import dataclass

from service.i18n import formats
from service.i18n.messages import N_, translator
from service.search.query.criteria import Criteria
from service.search.query.result import Notice, Results

REDUCED = N_(
    "Our search can do less than usual right now. We looked at what you need, at the place and at your"
    " choices, not at every word. You can simply go on: it comes back by itself."
)
"""What stands above an answer that the database gave in the place of the index."""


@dataclass(frozen=True, slots=True)
class Told:
    """One notice; ``criteria`` is the search that ``invitation`` leads to."""

    text: str
    invitation: str = ""
    criteria: Criteria | None = None


def told(results: Results, language: str) -> list[Told]:
    """The notices of an answer in words; what the page itself says (nothing found) is left out."""
    found = [_told(notice, language) for notice in results.notices]
    return [each for each in found if each is not None]


def fence_without_centre(language: str) -> Told:
    """A distance was chosen, but no place to measure it from."""
    text = translator(language).gettext("Name a place, and we can look within a distance of it.")
    return Told(text)


def place_unknown(name: str, language: str) -> Told:
    """A place was named that the gazetteer does not know, or that several bear alike."""
    t = translator(language)
    text = t.gettext(
        "We do not know the place “%(place)s”. A postal code or a town nearby works too.", place=name
    )
    return Told(text)


def _told(notice: Notice, language: str) -> Told | None:
    t = translator(language)
    words = formats.joined([f"“{word}”" for word in notice.words], language) if notice.words else ""
    if notice.code == "index_away":
        return Told(t.gettext(REDUCED))
    if notice.code == "words_dropped":
        return Told(t.gettext("No offer has the words %(words)s. We searched without them.", words=words))
    if notice.code == "nothing_in_fence":
        text = t.gettext("There is nothing within the distance you chose, but there is help further away.")
        return Told(text, t.gettext("Look further"), notice.criteria)
    if notice.code == "only_leads":
        return Told(t.gettext("All that we found still has to be confirmed. Call before you go."))
    if notice.code == "widened" and notice.ring_m:
        far = formats.distance(notice.ring_m, language)
        return Told(t.gettext("There is nothing just around the corner. We looked up to %(far)s.", far=far))
    return None
