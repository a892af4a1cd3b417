"""Looking up folded names: exactly, as the longest run of words, by beginning, and nearly."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rapidfuzz.distance import OSA

from service.geo.names import Token
from service.geo.place_tables import NameUse

_NEARLY_KINDS = {"municipality", "former_municipality", "district"}
_LEAST_PEOPLE = 7_000
"""People misspell all names, but a word near a hamlet's name is most often another word."""
SHORTEST_MISSPELT = 6
"""Below this length a word one letter away from a name is more often another word than a misspelt name."""


class NameIndex:
    """All names of the gazetteer."""

    def __init__(self, names: dict[str, list[NameUse]], ordinary: Collection[str] = ()) -> None:
        self._names = names
        self._longest: dict[str, int] = {}
        self._joined: dict[str, str] = {}
        self._nearly: dict[str, list[str]] = {}
        self._well_known: set[str] = set()
        for name, uses in names.items():
            words = name.split(" ")
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))
            if len(words) > 1:
                self._joined.setdefault("".join(words), name)
                if words[0] == "st":
                    for saint in ("sint", "saint"):
                        self._joined.setdefault(saint + "".join(words[1:]), name)
            elif name not in ordinary and _is_well_known(uses):
                self._well_known.add(name)
                if len(name) >= SHORTEST_MISSPELT - 1:
                    self._nearly.setdefault(name[0], []).append(name)

    def exactly(self, name: str) -> list[NameUse]:
        """What the folded name can mean."""
        return self._names.get(name, [])

    def joined(self, word: str) -> str | None:
        """The name of several words that was typed as one: ``sintniklaas``."""
        return self._joined.get(word)

    def longest_at(self, tokens: Sequence[Token], start: int) -> int:
        """How many tokens from ``start`` make the longest name; 0 when none begins there."""
        for length in range(min(self._longest.get(tokens[start].text, 0), len(tokens) - start), 0, -1):
            if " ".join(t.text for t in tokens[start : start + length]) in self._names:
                return length
        return 0

    def is_well_known(self, name: str) -> bool:
        """Whether the one-word name is of a larger place and no ordinary word, so that it may be met bent."""
        return name in self._well_known

    def nearly(self, word: str) -> str | None:
        """The one-word name that the word is most likely a misspelling of.

        One slip (a letter too many, too few, another, or two swapped) for up to eight letters, two for longer
        words; the first letter must be right, since people rarely miss that one.
        """
        if len(word) < SHORTEST_MISSPELT:
            return None
        slips = 1 if len(word) <= 8 else 2
        best, least = None, slips + 1
        for name in self._nearly.get(word[0], ()):
            if abs(len(name) - len(word)) <= slips:
                distance = OSA.distance(word, name, score_cutoff=least - 1)
                if distance < least:
                    best, least = name, distance
        return best

    def beginning_with(self, start: str) -> list[NameUse]:
        """What names that begin with this text can mean."""
        return [use for name, uses in self._names.items() if name.startswith(start) for use in uses]

    def all_names(self) -> list[str]:
        """Every folded name."""
        return list(self._names)


def _is_well_known(uses: list[NameUse]) -> bool:
    return any(
        use.use not in ("demonym", "variant")
        and use.place.kind in _NEARLY_KINDS
        and (use.place.population or 0) >= _LEAST_PEOPLE
        for use in uses
    )
