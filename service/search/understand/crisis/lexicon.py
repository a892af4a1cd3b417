"""The word groups of danger in ten languages, read into one tree of words."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from service.search.words.fold import folded_words

FOLDER = Path(__file__).parents[1] / "data" / "crisis"
LANGUAGES = ("nl", "fr", "en", "de", "ar", "tr", "uk", "es", "pl", "ro")
GAP = ".."
"""In a phrase of the lists: up to `GAP_WORDS` words may stand here."""
GAP_WORDS = 4


class Node:
    """A place in the tree: the words that may follow, and the groups of the phrases that end here."""

    __slots__ = ("children", "groups")

    def __init__(self) -> None:
        self.children: dict[str, Node] = _NOTHING
        self.groups: tuple[tuple[str, str], ...] = ()

    def following(self, key: str) -> Node:
        """The place after this word, made where it is not there yet."""
        if self.children is _NOTHING:
            self.children = {}
        node = self.children.get(key)
        if node is None:
            node = self.children[key] = Node()
        return node


_NOTHING: dict[str, Node] = {}  # shared by all ends, which most places are; never written to


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tree, and the words it knows.

    ``words`` are whole words, ``stems`` beginnings (without their star) by length, ``slips`` the words that
    are also known with a slip of the pen.
    """

    root: Node
    words: frozenset[str]
    stems: dict[int, frozenset[str]]
    slips: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """All lists; built once for a process."""
    root, slips = Node(), dict[str, str]()
    read: dict[str, tuple[str, ...]] = {}  # what an element of a phrase may be; most stand in many phrases
    for language in LANGUAGES:
        for group, phrase in phrases(language):
            elements = phrase.split()
            for element in elements:
                if element not in read:
                    read[element] = tuple(_keys(element, slips))
            for keys in product(*map(read.__getitem__, elements)):
                _insert(root, keys, (language, group))
    used = {key for keys in read.values() for key in keys} - {GAP}
    stems = {key[:-1] for key in used if key.endswith("*")}
    by_length = {n: frozenset(s for s in stems if len(s) == n) for n in sorted({len(s) for s in stems})}
    return Lexicon(root, frozenset(key for key in used if not key.endswith("*")), by_length, slips)


def phrases(language: str) -> Iterator[tuple[str, str]]:
    """Each phrase of one language's list with its group."""
    with (FOLDER / "words" / f"{language}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for phrase in row["words"].split(";"):
                yield row["group"], phrase


def _keys(element: str, slips: dict[str, str]) -> list[str]:
    """The keys of one element of a phrase: ``slaat/sloeg``, ``zelfmoord*``, ``~suicide``, ``..``."""
    if element == GAP:
        return [GAP]
    keys = []
    for word in element.split("/"):
        plain = "".join(folded_words(word.strip("~*")))
        key = plain + "*" if word.endswith("*") else plain
        keys.append(key)
        if word.startswith("~"):
            slips[plain] = key
    return keys


def _insert(root: Node, keys: tuple[str, ...], group: tuple[str, str]) -> None:
    node = root
    for key in keys:
        node = node.following(key)
    if group not in node.groups:
        node.groups += (group,)
